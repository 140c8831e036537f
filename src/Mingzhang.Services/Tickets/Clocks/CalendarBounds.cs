using System.Runtime.CompilerServices;
using Mingzhang.Domain.Calendar;

namespace Mingzhang.Services.Tickets.Clocks;

/// <summary>
/// What can be said about a year that is not announced: no year had more weekdays off, or more weekend days made working (调休), than the
/// announced ones. Within that, the earliest and the latest day a count can end on.
/// </summary>
/// <param name="MostOff">The most weekdays off in one announced year.</param>
/// <param name="MostMadeUp">The most weekend days made working in one announced year.</param>
public sealed record CalendarBounds(int MostOff, int MostMadeUp)
{
    private static readonly ConditionalWeakTable<WorkingCalendar, CalendarBounds> Known = [];

    /// <summary>The bounds that a calendar's announced years give.</summary>
    public static CalendarBounds Of(WorkingCalendar calendar) => Known.GetValue(calendar, Read);

    /// <summary>The deadline that runs into an unknown year; <see cref="Bounds"/> with the calendar it was read from.</summary>
    internal UnknownDeadline Unknown(DateOnly from, int workingDays, int year)
    {
        var calendar = Calendar ?? throw new InvalidOperationException("Bounds without their calendar.");
        return new UnknownDeadline(
            year,
            End(calendar, from, workingDays, MostMadeUp, onWeekend: true),
            End(calendar, from, workingDays, MostOff, onWeekend: false));
    }

    private WorkingCalendar? Calendar { get; init; }

    /// <summary>Counts with the first days of each unknown year other than the plain week: weekends that work, weekdays off.</summary>
    private static DateOnly End(WorkingCalendar calendar, DateOnly from, int workingDays, int others, bool onWeekend)
    {
        var (day, left, year, used) = (from, workingDays, 0, 0);
        while (left > 0)
        {
            day = day.AddDays(1);
            var kind = calendar.IsWorkingDay(day);
            var works = kind == DayKind.WorkingDay;
            if (kind == DayKind.Unknown)
            {
                used = day.Year == year ? used : 0;
                year = day.Year;
                var weekend = IsWeekend(day);
                var other = weekend == onWeekend && used < others;
                used += other ? 1 : 0;
                works = weekend == other;
            }

            left -= works ? 1 : 0;
        }

        return day;
    }

    private static CalendarBounds Read(WorkingCalendar calendar)
    {
        var years = calendar.AnnouncedYears.Select(year => Days(year).ToList()).ToList();
        return new CalendarBounds(
            Most(day => !IsWeekend(day) && calendar.IsWorkingDay(day) == DayKind.DayOff),
            Most(day => IsWeekend(day) && calendar.IsWorkingDay(day) == DayKind.WorkingDay))
        {
            Calendar = calendar,
        };

        int Most(Func<DateOnly, bool> counts) => years.Select(days => days.Count(counts)).DefaultIfEmpty().Max();
    }

    private static IEnumerable<DateOnly> Days(int year)
    {
        for (var day = new DateOnly(year, 1, 1); day.Year == year; day = day.AddDays(1))
        {
            yield return day;
        }
    }

    private static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}
