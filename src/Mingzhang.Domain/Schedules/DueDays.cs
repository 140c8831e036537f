using Mingzhang.Domain.Calendar;

namespace Mingzhang.Domain.Schedules;

/// <summary>The days of a schedule: where its periods begin and end, and when they are paid.</summary>
internal static class DueDays
{
    /// <summary>Writes first and due day of each row, before any shift. The rows follow each other without a gap.</summary>
    public static void Fill(ScheduleTerms terms, DateOnly disbursedOn, Span<ScheduleRow> rows)
    {
        var from = terms.StartsOn ?? disbursedOn;
        var anchor = terms.FirstDueOn ?? from;
        var early = terms.FirstDueOn is null ? 1 : 0;
        var (given, rhythm) = (terms.DueDates, new DayRhythm(terms.Period, anchor, terms.MonthEnd));
        for (var k = 0; k < rows.Length; k++)
        {
            var due = given.Count > 0 ? given[k]
                : k == rows.Length - 1 && terms.LastDueOn is { } last ? last
                : rhythm.At(k + early);
            rows[k] = new ScheduleRow(k + 1, from, due, 0, 0, 0, 0);
            from = due;
        }
    }

    /// <summary>The price of each row's period. The first bears interest from paying out, a part of a period in proportion.</summary>
    public static void Price(
        ScheduleTerms terms, ScheduleRate rate, DateOnly disbursedOn, ReadOnlySpan<ScheduleRow> rows, Span<InterestFactor> factors)
    {
        var isByDays = rate.Days is DayRule.Actual or DayRule.ThirtyEuropean;
        for (var k = 0; k < rows.Length; k++)
        {
            ref readonly var row = ref rows[k];
            var from = k == 0 && disbursedOn > row.FromOn ? disbursedOn : row.FromOn;
            factors[k] = k < terms.InterestFreeRows ? default
                : isByDays ? InterestFactor.Of(rate, from, row.DueOn, default)
                : InterestFactor.Of(rate, from, row.DueOn, Whole(terms, row, k == rows.Length - 1));
        }
    }

    /// <summary>The regular period a row's days are measured against.</summary>
    public static PeriodSpan Whole(ScheduleTerms terms, in ScheduleRow row, bool isLast)
    {
        var isRegular = terms.DueDates.Count > 0;
        return !isRegular && row.Number == 1 && terms is { FirstDueOn: { } first, StartsOn: null }
            ? new PeriodSpan(terms.Period.After(first, -1, terms.MonthEnd), first, terms.Period)
            : !isRegular && isLast && terms.LastDueOn is not null
                ? new PeriodSpan(row.FromOn, terms.Period.After(row.FromOn, 1, terms.MonthEnd), terms.Period)
                : new PeriodSpan(row.FromOn, row.DueOn, terms.Period);
    }

    /// <summary>Moves due days that are days off. Days of years that are not announced stay.</summary>
    /// <param name="calendar">The working days; null is Monday to Friday.</param>
    public static void Shift(DayShift shift, WorkingCalendar? calendar, Span<ScheduleRow> rows)
    {
        for (var k = 0; k < rows.Length; k++)
        {
            ref readonly var row = ref rows[k];
            rows[k] = row with { FromOn = k == 0 ? row.FromOn : rows[k - 1].DueOn, DueOn = Shifted(row.DueOn, shift, calendar) };
        }
    }

    /// <summary>The day a due day moves to.</summary>
    public static DateOnly Shifted(DateOnly day, DayShift shift, WorkingCalendar? calendar) => shift switch
    {
        DayShift.None => day,
        DayShift.Following => Next(day, 1, calendar),
        DayShift.Preceding => Next(day, -1, calendar),
        DayShift.ModifiedFollowing => InMonth(day, Next(day, 1, calendar)) ?? Next(day, -1, calendar),
        DayShift.ModifiedPreceding => InMonth(day, Next(day, -1, calendar)) ?? Next(day, 1, calendar),
    };

    private static DateOnly Next(DateOnly day, int step, WorkingCalendar? calendar)
    {
        while (IsOff(day, calendar))
        {
            day = day.AddDays(step);
        }

        return day;
    }

    private static DateOnly? InMonth(DateOnly day, DateOnly moved) => moved.Month == day.Month ? moved : null;

    private static bool IsOff(DateOnly day, WorkingCalendar? calendar) => calendar is null
        ? day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday
        : calendar.IsWorkingDay(day) == DayKind.DayOff;
}
