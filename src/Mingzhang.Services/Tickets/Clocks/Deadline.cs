using Mingzhang.Domain.Calendar;

namespace Mingzhang.Services.Tickets.Clocks;

/// <summary>Until when. Closed.</summary>
public /*closed*/ abstract record Deadline
{
    private protected Deadline()
    {
    }
}

/// <summary>Known: too late from this moment on; for days that is the end of the last one.</summary>
public sealed record KnownDeadline(DateTimeOffset At) : Deadline
{
    /// <summary>The last day on which it is in time.</summary>
    public DateOnly LastOn => DateOnly.FromDateTime(At.AddTicks(-1).ToOffset(Deadlines.Beijing).DateTime);
}

/// <summary>The count runs into a year that the State Council has not announced: not known, but bounded.</summary>
/// <param name="Year">The first such year.</param>
/// <param name="Earliest">The last day in time were no day off and every make-up day within the count.</param>
/// <param name="Latest">The same were as many weekdays off as in any announced year.</param>
public sealed record UnknownDeadline(int Year, DateOnly Earliest, DateOnly Latest) : Deadline;

/// <summary>Works deadlines out.</summary>
/// <remarks>
/// The day of the request does not count and the last day counts to its end: 20 days from 2026-09-20 end with 2026-10-10; 15 working days
/// from 2026-09-21 end with 2026-10-19. Hours count exactly: 48 from 09:30 end at 09:30.
/// </remarks>
public static class Deadlines
{
    /// <summary>The house's time zone.</summary>
    public static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    /// <summary>The deadline of so many hours, days or working days from a moment.</summary>
    /// <param name="start">When it began.</param>
    /// <param name="amount">How many; 0 or more.</param>
    /// <param name="unit">Of what.</param>
    /// <param name="stood">How long it stood still; only hours do.</param>
    /// <param name="calendar">The announced years.</param>
    public static Deadline Of(DateTimeOffset start, int amount, ClockUnit unit, TimeSpan stood, WorkingCalendar calendar)
    {
        var day = DayOf(start);
        return unit switch
        {
            ClockUnit.Hours => new KnownDeadline(start + TimeSpan.FromHours(amount) + stood),
            ClockUnit.Days => new KnownDeadline(EndOf(day.AddDays(amount))),
            ClockUnit.WorkingDays => calendar.AddWorkingDays(day, amount) switch
            {
                KnownDay known => new KnownDeadline(EndOf(known.Day)),
                UnknownYear unknown => CalendarBounds.Of(calendar).Unknown(day, amount, unknown.Year),
                _ => throw new InvalidOperationException("A third answer of the calendar."),
            },
            _ => throw new ArgumentOutOfRangeException(nameof(unit)),
        };
    }

    /// <summary>The day of a moment.</summary>
    public static DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(moment.ToOffset(Beijing).DateTime);

    /// <summary>The first moment after a day.</summary>
    public static DateTimeOffset EndOf(DateOnly day) => new(day.AddDays(1).ToDateTime(TimeOnly.MinValue), Beijing);
}
