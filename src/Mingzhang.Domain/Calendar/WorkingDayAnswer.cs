namespace Mingzhang.Domain.Calendar;

/// <summary>The answer to "which day is the n-th working day from here?". Closed.</summary>
public /*closed*/ abstract record WorkingDayAnswer
{
    private protected WorkingDayAnswer()
    {
    }
}

/// <summary>That day; every day on the way lies in an announced year.</summary>
public sealed record KnownDay(DateOnly Day) : WorkingDayAnswer;

/// <summary>The count runs into a year whose days off the State Council has not announced: nobody can know.</summary>
/// <param name="Year">The first such year.</param>
public sealed record UnknownYear(int Year) : WorkingDayAnswer;

/// <summary>What kind of day a day is. <c>default</c> is <see cref="Unknown"/>.</summary>
public enum DayKind
{
    /// <summary>Its year is not announced.</summary>
    Unknown,

    /// <summary>A weekday that is no announced day off, or an announced make-up day (调休).</summary>
    WorkingDay,

    /// <summary>A weekend day that is no make-up day, or an announced day off.</summary>
    DayOff,
}
