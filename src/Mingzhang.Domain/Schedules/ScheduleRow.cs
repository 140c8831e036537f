namespace Mingzhang.Domain.Schedules;

/// <summary>One row of a schedule; amounts in minor units of the schedule's currency, none of them negative.</summary>
/// <remarks><c>default</c> is an empty row number 0. A down payment is a row whose two days are the same.</remarks>
/// <param name="Number">1, 2, 3 …</param>
/// <param name="FromOn">The first day that bears this row's interest.</param>
/// <param name="DueOn">The day it is to be paid; this day bears no interest any more.</param>
/// <param name="PrincipalMinor">Principal to pay.</param>
/// <param name="InterestMinor">Interest to pay.</param>
/// <param name="FeeMinor">Fee to pay.</param>
/// <param name="RemainingMinor">Principal left after this row.</param>
public readonly record struct ScheduleRow(
    int Number, DateOnly FromOn, DateOnly DueOn, long PrincipalMinor, long InterestMinor, long FeeMinor, long RemainingMinor)
{
    /// <summary>What the row asks for: principal, interest and fee.</summary>
    public long TotalMinor => checked(PrincipalMinor + InterestMinor + FeeMinor);

    /// <summary>Days that bear interest, by the calendar.</summary>
    public int Days => DueOn.DayNumber - FromOn.DayNumber;
}
