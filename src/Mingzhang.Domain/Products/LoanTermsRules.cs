using System.Globalization;

namespace Mingzhang.Domain.Products;

/// <summary>Rules of offers: each makes a schedule, costs no more than the cap, runs no longer than allowed; shares are whole.</summary>
internal static class LoanTermsRules
{
    private const int LongestDays = 7 * 366;

    public static void Check(ProductTerms terms, ProductErrors errors)
    {
        if (terms.Loan is { } loan && errors.Sound("loan"))
        {
            Loans(terms, loan, errors);
        }

        if (terms.Instalments is { } instalments && errors.Sound("instalments"))
        {
            Plans(terms, instalments.Bill, "instalments.bill", instalments, errors);
            Plans(terms, instalments.Checkout, "instalments.checkout", instalments, errors);
        }

        Lenders(terms, errors);
        CostItemRules.Check(terms, errors);
    }

    private static void Loans(ProductTerms terms, LoanTerms loan, ProductErrors errors)
    {
        var codes = new HashSet<string>(StringComparer.Ordinal);
        if (loan.Smallest > loan.Largest)
        {
            errors.Add("loan.smallestMinor", ProductRuleSentences.AtMost("loan.largestMinor", loan.Largest));
        }

        PersonCap(terms, loan, errors);
        for (var i = 0; i < loan.Offers.Count; i++)
        {
            var offer = loan.Offers[i];
            if (!codes.Add(offer.Code))
            {
                errors.Add(Path($"loan.offers[{i}].code"), ProductRuleSentences.CodeTwice(offer.Code));
            }

            if (offer.Rate.Ppm * loan.PenaltyPercent % 100 != 0)
            {
                errors.Add(Path($"loan.offers[{i}].dailyPpm"), ProductRuleSentences.WholePenalty);
            }

            for (var j = 0; j < offer.Counts.Count; j++)
            {
                Offer(terms, loan, offer, offer.Counts[j], Path($"loan.offers[{i}].counts[{j}]"), errors);
            }
        }
    }

    // No class of customers may ever owe more: a larger loan could be offered to nobody.
    private static void PersonCap(ProductTerms terms, LoanTerms loan, ProductErrors errors)
    {
        ExposureRow? most = null;
        foreach (var row in terms.Currency == Currency.Cny ? terms.Costs?.Exposure.Rows ?? [] : [])
        {
            most = row.Validity.Holds(terms.EffectiveFrom) && row.PersonCapMinor > (most?.PersonCapMinor ?? 0) ? row : most;
        }

        if (most is not null && loan.Largest.MinorUnits > most.PersonCapMinor)
        {
            errors.Add("loan.largestMinor", ProductRuleSentences.AbovePersonCap(most));
        }
    }

    private static void Offer(ProductTerms terms, LoanTerms loan, LoanOffer offer, int count, string path, ProductErrors errors)
    {
        var schedule = LoanQuotes.ScheduleOf(offer, count);
        switch (RepaymentSchedule.Of(schedule, loan.Largest, terms.EffectiveFrom))
        {
            case ScheduleRefused refused:
                errors.Add(path, ProductRuleSentences.NoSchedule(refused.ToString()));
                break;
            case Scheduled made:
                Term(made, offer, terms.EffectiveFrom, path, errors);
                Cost(LoanQuotes.Of(terms, loan, offer, made, loan.Largest, terms.EffectiveFrom, 0), path, errors);
                break;
        }
    }

    private static void Term(Scheduled made, LoanOffer offer, DateOnly from, string path, ProductErrors errors)
    {
        var days = made.Rows[^1].DueOn.DayNumber - from.DayNumber;
        if (offer.Method is ScheduleMethod.Bullet or ScheduleMethod.InterestFirst && days > 366)
        {
            errors.Add(path, ProductRuleSentences.BulletTerm);
        }

        if (days > LongestDays)
        {
            errors.Add(path, ProductRuleSentences.LongestTerm);
        }
    }

    private static void Plans(
        ProductTerms terms, ValueList<PlanOffer> plans, string path, InstalmentTerms instalments, ProductErrors errors)
    {
        var counts = new HashSet<int>();
        for (var i = 0; i < plans.Count; i++)
        {
            if (!counts.Add(plans[i].Count))
            {
                errors.Add(Path($"{path}[{i}].count"), ProductRuleSentences.CodeTwice(Path($"{plans[i].Count}")));
            }

            var schedule = new ScheduleTerms
            {
                Method = ScheduleMethod.EqualPrincipal,
                Count = plans[i].Count,
                Rounding = instalments.Rounding,
                Fee = new FlatFee(plans[i].FeePpm, FeeSpread.TotalInParts),
            };
            if (RepaymentSchedule.Of(schedule, terms.Limits.Largest, terms.EffectiveFrom) is Scheduled made)
            {
                var quote = PlanQuotes.Of(
                    terms, instalments, made, terms.Limits.Largest, null, terms.EffectiveFrom, 0, merchantBorne: null);
                Cost(quote, Path($"{path}[{i}].feePpm"), errors);
            }
        }
    }

    // The same table a customer would be shown, for the largest amount on the first day; PriceRules says when no cap is dated at all.
    private static void Cost(LoanQuote quote, string path, ProductErrors errors)
    {
        if (errors.Sound("caps") && quote.Table is CostTableRefused { Verdict: AboveCap above })
        {
            errors.Add(path, ProductRuleSentences.CostAboveCap(above.Rates, above.Row));
        }
    }

    private static void Lenders(ProductTerms terms, ProductErrors errors)
    {
        if (terms.Lenders.Count == 0 || !errors.Sound("lenders"))
        {
            return;
        }

        var codes = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < terms.Lenders.Count; i++)
        {
            if (!codes.Add(terms.Lenders[i].Code))
            {
                errors.Add(Path($"lenders[{i}].code"), ProductRuleSentences.CodeTwice(terms.Lenders[i].Code));
            }
        }

        var partners = 0L;
        var all = 0L;
        foreach (var lender in terms.Lenders.AsSpan())
        {
            all += lender.SharePpm;
            partners += lender.Platform ? 0 : lender.SharePpm;
        }

        if (all != 1_000_000)
        {
            errors.Add("lenders", ProductRuleSentences.SharesSum);
        }
        else if (partners > 0 && partners < (terms.Costs?.Cooperation.Find(row => row.Validity.Holds(terms.EffectiveFrom))?.PartnerMinPpm
            ?? 300_000))
        {
            errors.Add("lenders", ProductRuleSentences.PartnerShare);
        }
    }

    private static string Path(FormattableString path) => path.ToString(CultureInfo.InvariantCulture);
}
