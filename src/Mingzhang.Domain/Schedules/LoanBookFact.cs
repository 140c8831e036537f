namespace Mingzhang.Domain.Schedules;

/// <summary>What a loan's money is for.</summary>
public enum BookComponent
{
    /// <summary>A charge for breach.</summary>
    Penalty,

    /// <summary>A charge for service.</summary>
    Fee,

    /// <summary>Interest.</summary>
    Interest,

    /// <summary>Principal.</summary>
    Principal,
}

/// <summary>Where money comes from; terms may treat them differently when they arrive ahead of a due day.</summary>
public enum PaymentKind
{
    /// <summary>The borrower pays.</summary>
    Repayment,

    /// <summary>The merchant gives money back.</summary>
    MerchantRefund,

    /// <summary>A payout comes back.</summary>
    PayoutRefund,

    /// <summary>The lender credits the borrower.</summary>
    Goodwill,
}

/// <summary>One thing that happened to a loan, in the order it was told. Closed.</summary>
public /*closed*/ abstract record LoanBookFact
{
    private protected LoanBookFact(DateOnly on) => On = on;

    /// <summary>The day it counts for; it may lie before facts told earlier.</summary>
    public DateOnly On { get; init; }
}

/// <summary>Money was paid out to the borrower.</summary>
/// <param name="On">The day; it bears interest.</param>
/// <param name="AmountMinor">Above zero.</param>
public sealed record PaidOut(DateOnly On, long AmountMinor) : LoanBookFact(On);

/// <summary>Money came in and is allocated by the terms.</summary>
/// <param name="On">The day; it bears no interest any more.</param>
/// <param name="AmountMinor">Above zero.</param>
/// <param name="Kind">Where it came from.</param>
public sealed record PaidIn(DateOnly On, long AmountMinor, PaymentKind Kind = PaymentKind.Repayment) : LoanBookFact(On);

/// <summary>Money came in for one part of one row, named by the payer.</summary>
/// <param name="On">The day.</param>
/// <param name="DueOn">The row's due day.</param>
/// <param name="Component">The part.</param>
/// <param name="AmountMinor">Above zero.</param>
public sealed record PaidPart(DateOnly On, DateOnly DueOn, BookComponent Component, long AmountMinor) : LoanBookFact(On);

/// <summary>A charge was made.</summary>
/// <param name="On">The day it was entered.</param>
/// <param name="DueOn">The day it is due; the row whose period holds this day takes it.</param>
/// <param name="AmountMinor">Above zero.</param>
/// <param name="Component"><see cref="BookComponent.Fee"/> or <see cref="BookComponent.Penalty"/>.</param>
public sealed record Charged(DateOnly On, DateOnly DueOn, long AmountMinor, BookComponent Component) : LoanBookFact(On);

/// <summary>A charge was made in parts of the loan: of all principal paid out and all interest planned on that day, rounded once.</summary>
/// <param name="On">The day it was entered.</param>
/// <param name="DueOn">The day it is due; the row whose period holds this day takes it.</param>
/// <param name="Ppm">Parts per million, 1 to 1,000,000.</param>
/// <param name="Component"><see cref="BookComponent.Fee"/> or <see cref="BookComponent.Penalty"/>.</param>
/// <example>10 % of 1,000.00 and 30.00 of interest → 103.00.</example>
public sealed record ChargedShare(DateOnly On, DateOnly DueOn, long Ppm, BookComponent Component) : LoanBookFact(On);

/// <summary>Agreed: what is unpaid of rows due by the day is spread over the rows to come. Without interest only.</summary>
/// <param name="On">The day.</param>
public sealed record ReAmortised(DateOnly On) : LoanBookFact(On);

/// <summary>Agreed when no row is to come: all unpaid principal goes onto new rows. Without interest only.</summary>
/// <param name="On">The day.</param>
/// <param name="FirstDueOn">First new due day, after the day.</param>
/// <param name="Period">From one new row to the next.</param>
/// <param name="Count">New rows.</param>
public sealed record ReAged(DateOnly On, DateOnly FirstDueOn, SchedulePeriod Period, int Count) : LoanBookFact(On);

/// <summary>A day was closed: what is overdue has borne interest up to it.</summary>
public sealed record DayClosed(DateOnly On) : LoanBookFact(On);
