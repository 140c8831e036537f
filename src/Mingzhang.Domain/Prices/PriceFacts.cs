namespace Mingzhang.Domain.Prices;

/// <summary>From this day on the account, or one of its loans, has another price. Dated earlier than today it corrects a past
/// price.</summary>
/// <param name="LoanId">The loan, or null for what revolves and what is overdue on statements.</param>
/// <param name="ContractPpm">Contract price, parts per million by the day count it already has; 500 a day is 0.05 %.</param>
/// <param name="OverduePpm">Overdue price, at most 1.5 times the contract price.</param>
/// <param name="Reason">Why.</param>
public sealed record SetPrice(string? LoanId, long ContractPpm, long OverduePpm, string Reason) : AccountCommand;

/// <summary>The price is another one from this day on; what grew until then stays at the price of then.</summary>
/// <param name="Fact">The command.</param>
/// <param name="ContractBefore">Contract price until then.</param>
/// <param name="OverdueBefore">Overdue price until then.</param>
public sealed record PriceSet(SetPrice Fact, Rate ContractBefore, Rate OverdueBefore) : AccountEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}

/// <summary>280 PRICE_ABOVE_CAP: The yearly price is above the dated cap of the licence.</summary>
public sealed record PriceAboveCap(long AnnualPpm, long CapPpm, string Source) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.PriceAboveCap;
}

/// <summary>281 OVERDUE_PRICE_TOO_HIGH: The overdue price is above 1.5 times the contract price (Yinfa [2003] 251).</summary>
public sealed record OverduePriceTooHigh(long OverduePpm, long MostPpm) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.OverduePriceTooHigh;
}

/// <summary>284 PRICE_NOT_LISTED: The cost table the borrower confirmed lists no such price: a free loan stays free.</summary>
public sealed record PriceNotListed(string LoanId) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.PriceNotListed;
}
