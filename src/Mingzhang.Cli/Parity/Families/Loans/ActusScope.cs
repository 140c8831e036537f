namespace Mingzhang.Cli.Parity.Families.Loans;

/// <summary>Which contracts are compared, by rules about their terms.</summary>
internal static class ActusScope
{
    private const decimal Million = 1_000_000;

    private static readonly (string Part, string Reason)[] NotOffered =
    [
        ("RateReset", "a rate that follows a market index"),
        ("purchaseDate", "a contract bought from someone else"),
        ("terminationDate", "a contract ended at a price"),
        ("capitalizationEndDate", "interest that is added to the principal: interest on interest is not offered"),
        ("scaling", "amounts scaled by an index"),
        ("Scaling", "amounts scaled by an index"),
        ("interestCalculationBaseAmount", "interest on another base than the principal that is left"),
        ("array", "a schedule of cycles that change by arrays"),
        ("Fee", "fees by cycles of their own"),
        ("Prepayment", "prepayment options"),
        ("Option", "options"),
    ];

    /// <summary>Why a contract is not compared; null when it is.</summary>
    public static string? Reason(ParityNode terms)
    {
        if (terms.Get("contractType").Text() is var type && Type(type) is { } unknown)
        {
            return unknown;
        }

        foreach (var (name, _) in terms.Fields())
        {
            var found = NotOffered.FirstOrDefault(one => name.Contains(one.Part, StringComparison.Ordinal));
            if (found.Reason is not null)
            {
                return found.Reason;
            }
        }

        if (type == "CLM" && (terms.Find("maturityDate") is not { } maturity || !IsOnePeriod(terms, maturity)))
        {
            return terms.Find("maturityDate") is null
                ? "a loan repaid when it is called: its last day is observed, the terms do not say it"
                : "interest that is added to the principal: interest on interest is not offered";
        }

        var rate = ActusText.Exact(terms.Get("nominalInterestRate"));
        return rate is < 0 or > 100 ? "a rate below zero, or above 10,000 %, is not offered"
            : rate * Million != decimal.Truncate(rate * Million) ? "a rate finer than one part per million"
            : !ActusContract.DayCounts.ContainsKey(terms.Get("dayCountConvention").Text()) ? "a day count the product does not have"
            : terms.Find("interestCalculationBase") is { } given && given.Text() != "NT"
                ? "interest on another base than the principal that is left"
            : !SharesRhythm(terms) ? "principal and interest in rhythms that do not meet"
            : null;
    }

    private static string? Type(string type) => type switch
    {
        "PAM" or "LAM" or "ANN" or "CLM" => null,
        "UMP" => "UMP contracts: nothing says when principal comes back, so there is no schedule to compare",
        "NAM" => "NAM contracts: principal that grows by unpaid interest is not offered, and all of these follow a market index",
        "LAX" => "LAX contracts: a schedule of cycles that change by arrays",
        _ => $"{type} contracts: only PAM, LAM, ANN and CLM without capitalisation are schedules",
    };

    /// <summary>Interest falls due once, with the principal.</summary>
    private static bool IsOnePeriod(ParityNode terms, ParityNode maturity) => terms.Find("cycleOfInterestPayment") is not { } cycle
        || ActusText.Cycle(cycle).Period.Until(
            ActusText.Anchor(terms, "InterestPayment"), ActusText.Written(maturity), ActusText.Cycle(cycle).Last, default).Count == 1;

    /// <summary>Principal is paid on days on which interest is paid too.</summary>
    private static bool SharesRhythm(ParityNode terms)
    {
        var (principal, interest) = (terms.Find("cycleOfPrincipalRedemption"), terms.Find("cycleOfInterestPayment"));
        if (principal is null || interest is null)
        {
            return principal is null;
        }

        var (anchor, first) = (ActusText.Anchor(terms, "PrincipalRedemption"), ActusText.Anchor(terms, "InterestPayment"));
        var (period, last) = ActusText.Cycle(interest);
        var days = period.Until(first, anchor, last, default);
        return (period, last) == ActusText.Cycle(principal)
            && first <= anchor && (days.Count == 1 || period.After(first, days.Count - 1, default) == anchor);
    }
}
