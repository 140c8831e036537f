namespace Mingzhang.Domain.Loans;

/// <summary>240 LOANS_NOT_OFFERED: The product has no loans or no such plans.</summary>
public sealed record LoansNotOffered : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.LoansNotOffered;
}

/// <summary>241 OFFER_UNKNOWN: The offer and its number of rows must be one of the product's.</summary>
public sealed record OfferUnknown(string Offer, int Count) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.OfferUnknown;
}

/// <summary>242 LOAN_AMOUNT_NOT_OFFERED: Within the bounds, a whole multiple.</summary>
public sealed record LoanAmountNotOffered(Money Smallest, Money Largest, Money Multiple) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.LoanAmountNotOffered;
}

/// <summary>243 LOAN_EXISTS: A loan's id is used once.</summary>
public sealed record LoanExists(string LoanId) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.LoanExists;
}

/// <summary>244 LOAN_UNKNOWN: No such loan, request or plan.</summary>
public sealed record LoanUnknown(string LoanId) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.LoanUnknown;
}

/// <summary>245 TOO_MANY_LOANS: Open at once, or in a month.</summary>
public sealed record TooManyLoans(int Most, bool PerMonth) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.TooManyLoans;
}

/// <summary>246 DISCLOSURE_MISSING: The cost table comes before every contract (金规〔2026〕2号).</summary>
public sealed record DisclosureMissing(string CostTable) : Refusal
{
    /// <summary>Where the rule comes from.</summary>
    public Clause? Rule { get; init; }

    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.DisclosureMissing;
}

/// <summary>247 DISCLOSURE_OUTDATED: The confirmed table differs from what would be booked.</summary>
public sealed record DisclosureOutdated(string CostTable) : Refusal
{
    /// <summary>Where the rule comes from.</summary>
    public Clause? Rule { get; init; }

    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.DisclosureOutdated;
}

/// <summary>248 READ_TOO_FAST: The table must have been open for the reading time.</summary>
public sealed record ReadTooFast(int Seconds) : Refusal
{
    /// <summary>Where the rule comes from.</summary>
    public Clause? Rule { get; init; }

    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.ReadTooFast;
}

/// <summary>249 ABOVE_COST_CAP: The yearly cost (IRR × 12) is above what the licence allows on that day.</summary>
public sealed record AboveCostCap(long AnnualPpm, long CapPpm, string Clause) : Refusal
{
    /// <summary>The compound rate, shown beside the simple one.</summary>
    public long CompoundPpm { get; init; }

    /// <summary>Where the cap comes from.</summary>
    public Clause? Rule { get; init; }

    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.AboveCostCap;
}

/// <summary>250 BILL_NOT_CONVERTIBLE: From its statement day to its due day, before a minimum payment unless the product allows
/// it.</summary>
public sealed record BillNotConvertible(string Rule) : Refusal
{
    /// <summary>The rule in Chinese; null in refusals kept before it was.</summary>
    public string? RuleZh { get; init; }

    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.BillNotConvertible;
}

/// <summary>251 EARLY_PART_NOT_OFFERED: Only everything may be repaid early.</summary>
public sealed record EarlyPartNotOffered(Money Settlement) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.EarlyPartNotOffered;
}

/// <summary>252 DISCLOSURE_LAPSED: The cost table was confirmed before it was offered, or too long ago.</summary>
public sealed record DisclosureLapsed(int ValidDays) : Refusal
{
    /// <summary>Where the rule comes from.</summary>
    public Clause? Rule { get; init; }

    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.DisclosureLapsed;
}
