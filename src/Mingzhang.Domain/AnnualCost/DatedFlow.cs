namespace Mingzhang.Domain.AnnualCost;

/// <summary>Money on a day, seen by the one who gives it: paid out below zero, received above.</summary>
/// <remarks><c>default</c> is nothing on day one of the calendar.</remarks>
/// <param name="On">The day.</param>
/// <param name="AmountMinor">Minor units.</param>
public readonly record struct DatedFlow(DateOnly On, long AmountMinor);
