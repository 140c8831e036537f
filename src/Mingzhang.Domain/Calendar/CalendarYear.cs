namespace Mingzhang.Domain.Calendar;

/// <summary>What the State Council announced for one year.</summary>
/// <param name="Year">The year.</param>
/// <param name="Notices">Addresses of the notices; none = not announced.</param>
/// <param name="Days">Days that differ from the plain week. A few may lie in the December before.</param>
public sealed record CalendarYear(int Year, ValueList<string> Notices, ValueList<AnnouncedDay> Days)
{
    /// <summary>Whether there is an announcement at all.</summary>
    public bool IsAnnounced => Notices.Count > 0;
}

/// <summary>One announced day.</summary>
/// <param name="Day">The day.</param>
/// <param name="Name">The holiday it belongs to.</param>
/// <param name="IsOff">True: a day off. False: a make-up working day.</param>
public sealed record AnnouncedDay(DateOnly Day, string Name, bool IsOff);

/// <summary>The answer to reading calendar files. Closed.</summary>
public /*closed*/ abstract record CalendarParse
{
    private protected CalendarParse()
    {
    }
}

/// <summary>All files are good.</summary>
public sealed record CalendarRead(WorkingCalendar Calendar) : CalendarParse;

/// <summary>Some file breaks a rule; none is used.</summary>
/// <param name="Errors">All of them, in the form that product files use too.</param>
public sealed record CalendarRejected(ValueList<ProductError> Errors) : CalendarParse;
