using Mingzhang.Domain.Calendar;

namespace Mingzhang.Services.Tickets.Clocks;

/// <summary>How a clock stands.</summary>
public enum ClockStatus
{
    /// <summary>It runs and is not due today.</summary>
    Running,

    /// <summary>It runs out today.</summary>
    DueToday,

    /// <summary>It ran out and what it waits for is not there.</summary>
    Overdue,

    /// <summary>It stands still.</summary>
    Paused,

    /// <summary>It runs into a year whose working days are not announced.</summary>
    Unknown,

    /// <summary>Ended in time.</summary>
    Met,

    /// <summary>Ended too late.</summary>
    Missed,

    /// <summary>Ended without an answer: the customer took the ticket back.</summary>
    Withdrawn,
}

/// <summary>One clock of a ticket. What the rule said when it started is kept in it: a rule changed later changes no promise.</summary>
public sealed record TicketClock
{
    /// <summary>1, 2, 3 … within the ticket.</summary>
    public int Number { get; init; }

    /// <summary>The rule's name.</summary>
    public required string Code { get; init; }

    /// <summary>When it started.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>How many of the unit, extensions included.</summary>
    public int Amount { get; init; }

    /// <summary>Of what.</summary>
    public ClockUnit Unit { get; init; }

    /// <summary>What ends it well.</summary>
    public ClockGoal MetBy { get; init; }

    /// <summary>Since when it stands still; null = it runs.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>How long it stood still before that.</summary>
    public TimeSpan Stood { get; init; }

    /// <summary>Extensions granted so far.</summary>
    public int Extensions { get; init; }

    /// <summary>When it ended; null = it has not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether it ended without an answer.</summary>
    public bool Withdrawn { get; init; }

    /// <summary>Until when, by what the calendar knows now.</summary>
    public Deadline Due(WorkingCalendar calendar) => Deadlines.Of(StartedAt, Amount, Unit, Stood, calendar);

    /// <summary>How it stands at a moment.</summary>
    public ClockReading Read(DateTimeOffset now, WorkingCalendar calendar)
    {
        var due = Due(calendar);
        return new ClockReading(this, due, StatusOf(due, now), EndedAt is null && due is KnownDeadline known
            ? known.At - (PausedAt ?? now) : null);
    }

    private ClockStatus StatusOf(Deadline due, DateTimeOffset now) => (EndedAt, due) switch
    {
        ({ }, _) when Withdrawn => ClockStatus.Withdrawn,
        ({ } ended, KnownDeadline known) => ended < known.At ? ClockStatus.Met : ClockStatus.Missed,
        ({ } ended, UnknownDeadline unknown) => Ended(ended, unknown),
        (null, _) when PausedAt is not null => ClockStatus.Paused,
        (null, UnknownDeadline unknown) => now >= Deadlines.EndOf(unknown.Latest) ? ClockStatus.Overdue : ClockStatus.Unknown,
        (null, KnownDeadline known) when now >= known.At => ClockStatus.Overdue,
        (null, KnownDeadline known) => Deadlines.DayOf(now) >= known.LastOn ? ClockStatus.DueToday : ClockStatus.Running,
        _ => throw new InvalidOperationException("A third kind of deadline."),
    };

    private static ClockStatus Ended(DateTimeOffset ended, UnknownDeadline due) =>
        ended < Deadlines.EndOf(due.Earliest) ? ClockStatus.Met
        : ended >= Deadlines.EndOf(due.Latest) ? ClockStatus.Missed
        : ClockStatus.Unknown;
}

/// <summary>A clock at a moment.</summary>
/// <param name="Clock">The clock.</param>
/// <param name="Due">Until when.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Left">What is left, below zero when it is late; null when it has ended or nobody can know.</param>
public sealed record ClockReading(TicketClock Clock, Deadline Due, ClockStatus Status, TimeSpan? Left)
{
    /// <summary>Whether it ran out without what it waits for.</summary>
    public bool IsOverdue => Status == ClockStatus.Overdue;

    /// <summary>Whether it has ended.</summary>
    public bool IsOver => Status is ClockStatus.Met or ClockStatus.Missed or ClockStatus.Withdrawn || Clock.EndedAt is not null;
}
