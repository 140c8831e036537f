namespace Mingzhang.Domain.Explaining;

/// <summary>One line of a bill.</summary>
/// <param name="On">Economic date.</param>
/// <param name="Event">Event name, such as <c>purchase-posted</c>.</param>
/// <param name="Reference">Purchase, repayment or refund id.</param>
/// <param name="Label">Merchant or source.</param>
/// <param name="Amount">Debit positive, credit negative.</param>
/// <param name="Why">Rule id and arithmetic, such as <c>interest: 90000 × 500 ppm × 20 d = 900</c>.</param>
public sealed record BillLine(DateOnly On, string Event, string? Reference, string? Label, Money Amount, string Why);

/// <summary>A bill with its lines and how its minimum came about; opening + lines = closing.</summary>
/// <param name="Bill">Its figures (of the version asked for).</param>
/// <param name="Lines">Everything between the previous bill and this one.</param>
/// <param name="Minimum">The steps of the minimum payment.</param>
public sealed record BillExplanation(Bill Bill, ValueList<BillLine> Lines, ValueList<TraceStep> Minimum);
