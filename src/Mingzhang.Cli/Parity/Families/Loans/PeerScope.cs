namespace Mingzhang.Cli.Parity.Families.Loans;

/// <summary>What a loan's file may ask for that the product does not do, by rules about the content.</summary>
internal static class PeerScope
{
    private static readonly Dictionary<string, string> Events = new(StringComparer.Ordinal)
    {
        ["chargeback"] = "a chargeback adds to the debt of a row; the product books a payment that comes back as a correction",
        ["charge_adjustment"] = "adjusting a charge is a correction of a fact in the product, not an event of the schedule",
        ["reschedule"] = "due days moved while the instalment stays; the product's deferral keeps each row's principal instead",
    };

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "business_date", "close_of_business", "disbursement", "repayment", "goodwill_credit", "merchant_issued_refund", "payout_refund",
        "pay_off", "pay_principal", "pay_interest", "charge", "undo", "charge_off", "re_age", "re_amortize",
    };

    /// <summary>Why the case is not compared; null when it is.</summary>
    public static string? Reason(ParityNode inputs, IReadOnlyList<ParityNode> events)
    {
        foreach (var node in events)
        {
            if (Events.TryGetValue(node.Get("type").Text(), out var reason))
            {
                return reason;
            }

            if (!Known.Contains(node.Get("type").Text()) || IsUndoneElsewhere(node))
            {
                return "an event the product has no fact for";
            }

        }

        return inputs.Get("schedule_type").Text() == "CUMULATIVE" && inputs.Find("interest_recalculation") is not null
                ? "the older engine's recalculation of interest, for which no rule is published"
            : inputs.Find("product_charges") is not null
                ? "charges the product makes by itself are made by the account, not by the schedule"
            : inputs.Find("interest_recalculation")?.Find("compounding") is { } compounding && compounding.Text() != "NONE"
                ? "interest that bears interest is not offered"
            : null;
    }

    private static bool IsUndoneElsewhere(ParityNode node) => node.Get("type").Text() == "undo"
        && node.Get("what").Text() is not ("last disbursement" or "any transaction" or "Repayment" or "re_age" or "re_amortize");
}
