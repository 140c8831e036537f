namespace Mingzhang.Domain.Billing;

/// <summary>What became of a bill.</summary>
public enum BillStage
{
    /// <summary>Issued, its due day not passed.</summary>
    Open,

    /// <summary>Its due day passed with the minimum met; the rest revolves.</summary>
    Revolving,

    /// <summary>Its due day passed without the minimum.</summary>
    Overdue,
}

/// <summary>A statement's figures and what has been paid towards it.</summary>
/// <param name="IssuedOn">Statement day: the bill's name.</param>
/// <param name="DueOn">Due day.</param>
/// <param name="Opening">The previous bill's closing.</param>
/// <param name="Debits">Purchases, interest, charges, payouts since then.</param>
/// <param name="Credits">Repayments and refunds since then.</param>
/// <param name="Closing">Opening + debits − credits; negative is a credit balance.</param>
/// <param name="CyclableBilled">Undisputed principal on it of which a part is the minimum.</param>
/// <param name="FullBilled">Undisputed amounts due in full: un-cyclable principal, interest, charges, overdue items.</param>
/// <param name="Minimum">The minimum payment.</param>
/// <param name="PaidSince">Repayments and refunds that met its items since.</param>
/// <param name="Stage">What became of it.</param>
/// <param name="Version">1 as first issued; a correction supersedes it with the next.</param>
public sealed record Bill(
    DateOnly IssuedOn, DateOnly DueOn, Money Opening, Money Debits, Money Credits, Money Closing,
    Money CyclableBilled, Money FullBilled, Money Minimum, Money PaidSince, BillStage Stage, int Version)
{
    /// <summary>The day an agreement moved what stood on it: from then on it asks for nothing more, also when a dispute of something on
    /// it ends. Null = none did.</summary>
    public DateOnly? MovedOn { get; init; }

    /// <summary>Whether so little of it might have been paid in part, disputed amounts included, that all is due (<c>allBelow</c>); settled
    /// when it is drawn, so that no dispute makes more due. Null = no such rule, or drawn before this was kept: what is billed now
    /// decides.</summary>
    public bool? AllDue { get; init; }

    /// <summary>What is missing to the minimum.</summary>
    public Money Shortfall => (Minimum - PaidSince).OrZeroIfNegative();
}
