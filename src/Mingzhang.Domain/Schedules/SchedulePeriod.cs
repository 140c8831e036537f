namespace Mingzhang.Domain.Schedules;

/// <summary>What a period is counted in.</summary>
public enum PeriodUnit
{
    /// <summary>Calendar months.</summary>
    Month,

    /// <summary>Days.</summary>
    Day,

    /// <summary>Weeks of seven days.</summary>
    Week,

    /// <summary>Calendar years.</summary>
    Year,
}

/// <summary>What a monthly due day does in months that are too short for it.</summary>
public enum MonthEnd
{
    /// <summary>Keeps the day of the first date and is cut to the month's length: 31 January, 28 February, 31 March.</summary>
    SameDay,

    /// <summary>When the first date is the last day of its month, every due day is: 28 February, 31 March.</summary>
    EndOfMonth,
}

/// <summary>What becomes of a last period that is not whole.</summary>
public enum LastPeriod
{
    /// <summary>It stays as a short one.</summary>
    Short,

    /// <summary>It joins the one before, which becomes a long one.</summary>
    Long,
}

/// <summary>Where a due day goes that is not a working day.</summary>
public enum DayShift
{
    /// <summary>It stays.</summary>
    None,

    /// <summary>To the next working day.</summary>
    Following,

    /// <summary>To the next working day, but backwards when that is in the next month.</summary>
    ModifiedFollowing,

    /// <summary>To the working day before.</summary>
    Preceding,

    /// <summary>To the working day before, but forwards when that is in the month before.</summary>
    ModifiedPreceding,
}

/// <summary>The time from one due day to the next: 1 month, 15 days, 2 weeks.</summary>
/// <remarks><c>default</c> has length 0 and is refused.</remarks>
/// <param name="Unit">What is counted.</param>
/// <param name="Length">How many; 1 to 3,660.</param>
public readonly record struct SchedulePeriod(PeriodUnit Unit, int Length)
{
    /// <summary>One month.</summary>
    public static SchedulePeriod Monthly { get; } = new(PeriodUnit.Month, 1);

    /// <summary>The day so many whole periods after an anchor, counted from the anchor each time.</summary>
    /// <example>2 months after 2025-12-31 is 2026-02-28; 3 months after it is 2026-03-31.</example>
    public DateOnly After(DateOnly anchor, int steps, MonthEnd monthEnd) => new DayRhythm(this, anchor, monthEnd).At(steps);

    /// <summary>The due days from a first one in this rhythm to a last one; for <see cref="ScheduleTerms.DueDates"/>.</summary>
    /// <param name="firstDueOn">The first; the rhythm counts from it.</param>
    /// <param name="lastDueOn">The last; whether or not the rhythm meets it.</param>
    /// <param name="lastPeriod">A last period that is not whole.</param>
    /// <param name="monthEnd">Short months.</param>
    /// <returns>Rising days, at most <see cref="ScheduleTerms.MostRows"/> and one; only the last when it is not after the first.</returns>
    /// <example>Monthly from 2013-02-01 to 2013-12-15: ten firsts of the month and the 15th; long: nine and the 15th.</example>
    public ValueList<DateOnly> Until(DateOnly firstDueOn, DateOnly lastDueOn, LastPeriod lastPeriod, MonthEnd monthEnd)
    {
        var days = new List<DateOnly>();
        for (var day = firstDueOn; day < lastDueOn && days.Count < ScheduleTerms.MostRows && Length > 0;)
        {
            days.Add(day);
            day = After(firstDueOn, days.Count, monthEnd);
            if (day > lastDueOn && lastPeriod == LastPeriod.Long && days.Count > 1)
            {
                days.RemoveAt(days.Count - 1);
                break;
            }
        }

        days.Add(lastDueOn);
        return ValueList.From(days);
    }

    /// <summary>The days a whole period counts for when every month has <paramref name="monthDays"/> days.</summary>
    internal int NominalDays(int monthDays) => Unit switch
    {
        PeriodUnit.Day => Length,
        PeriodUnit.Week => 7 * Length,
        PeriodUnit.Month => monthDays * Length,
        PeriodUnit.Year => 12 * monthDays * Length,
    };
}
