namespace Mingzhang.Domain.Billing;

/// <summary>A statement was issued: what falls due together.</summary>
/// <param name="Bill">The bill as issued.</param>
/// <param name="NextStatementOn">The next statement's day.</param>
/// <param name="StatementDay">Statement day from now on (a booked change takes over here).</param>
/// <param name="DueDay">Due day from now on.</param>
public sealed record StatementIssued(Bill Bill, DateOnly NextStatementOn, int StatementDay, int DueDay) : AccountEvent;

/// <summary>Revolving interest was posted: the accrual rounded once.</summary>
/// <param name="ItemId">Its due item.</param>
/// <param name="Amount">Rounded amount.</param>
/// <param name="Numerator">The exact accrual it was rounded from: minor units × ppm × days.</param>
/// <param name="Denominator">Of the accrual.</param>
public sealed record InterestPosted(int ItemId, Money Amount, long Numerator, long Denominator) : AccountEvent;

/// <summary>An overdue charge was posted: the accrual rounded once.</summary>
public sealed record OverdueChargePosted(int ItemId, Money Amount, long Numerator, long Denominator) : AccountEvent;

/// <summary>The due day passed with the minimum met: what is left revolves from the day after it.</summary>
public sealed record BillRolled(DateOnly BillIssuedOn, DateOnly BearingFrom) : AccountEvent;

/// <summary>The due day passed without the minimum: the bill is overdue from the day after it.</summary>
public sealed record BillOverdue(DateOnly BillIssuedOn, DateOnly BearingFrom, Money Shortfall) : AccountEvent;

/// <summary>The missing part of the minimum was paid: what is left revolves from now.</summary>
public sealed record OverdueCured(DateOnly BillIssuedOn, int DaysPastDue) : AccountEvent;

/// <summary>The due day is here and automatic repayment is on: so much should be debited.</summary>
public sealed record AutoRepayFellDue(DateOnly BillIssuedOn, Money Amount) : AccountEvent;
