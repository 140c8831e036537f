namespace Mingzhang.Domain.Disclosure;

/// <summary>What a borrower may be asked for besides the principal.</summary>
public enum CostKind
{
    /// <summary>Interest (利息).</summary>
    Interest,

    /// <summary>A fee of the lender, such as an instalment fee (手续费).</summary>
    Fee,

    /// <summary>A fee that goes to somebody else, such as a guarantor (增信费); it counts into the cost all the same.</summary>
    ThirdPartyFee,

    /// <summary>What the merchant bears instead of the borrower (商户贴息); shown, never asked for.</summary>
    MerchantBorne,

    /// <summary>Penalty on what is overdue (罚息); only when late.</summary>
    LateCharge,

    /// <summary>Fee for repaying early (提前还款手续费); only when repaid early.</summary>
    EarlyFee,
}

/// <summary>When an item is taken.</summary>
public enum CostTiming
{
    /// <summary>With every instalment.</summary>
    EachInstalment,

    /// <summary>Once, with the first instalment.</summary>
    FirstInstalment,

    /// <summary>Once, at the end.</summary>
    LastInstalment,

    /// <summary>Only when something is paid late.</summary>
    WhenLate,

    /// <summary>Only when something is repaid early.</summary>
    WhenEarly,
}

/// <summary>One line of the cost table: what, how much, by which standard, how it is taken, who receives it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Timing">How it is taken.</param>
/// <param name="AmountMinor">Minor units over the whole life; 0 for what is only taken when late or early.</param>
/// <param name="StandardPpm">The standard by which it is taken, parts per million; null when it is a plain amount.</param>
/// <param name="Basis">What the standard is applied to.</param>
/// <param name="Receiver">Who gets it: a name for people to read.</param>
public sealed record CostItem(
    CostKind Kind, CostTiming Timing, long AmountMinor, long? StandardPpm, CostBasis Basis, string Receiver)
{
    /// <summary>Whether it is asked for only when the borrower is late or repays early.</summary>
    public bool IsContingent => Kind is CostKind.LateCharge or CostKind.EarlyFee;

    /// <summary>Whether the borrower bears it when everything is paid on time: it counts into the cost.</summary>
    public bool IsBorne => Kind is CostKind.Interest or CostKind.Fee or CostKind.ThirdPartyFee;
}

/// <summary>What a standard is applied to.</summary>
public enum CostBasis
{
    /// <summary>A plain amount.</summary>
    Amount,

    /// <summary>The principal that is out, per day.</summary>
    PrincipalPerDay,

    /// <summary>The principal that is out, per year.</summary>
    PrincipalPerYear,

    /// <summary>The principal at the beginning, once.</summary>
    PrincipalOnce,

    /// <summary>What is overdue, per day.</summary>
    OverduePerDay,

    /// <summary>The principal that is repaid early.</summary>
    RepaidEarly,

    /// <summary>The fees of the rows that are left.</summary>
    RemainingFees,
}
