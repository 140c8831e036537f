using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Tickets.Clocks;

/// <summary>In what a clock counts.</summary>
public enum ClockUnit
{
    /// <summary>Hours, to the second.</summary>
    Hours,

    /// <summary>Calendar days; the first day does not count, the last one counts to its end.</summary>
    Days,

    /// <summary>Working days of the State Council's calendar, counted the same way.</summary>
    WorkingDays,
}

/// <summary>What ends a clock well.</summary>
public enum ClockGoal
{
    /// <summary>Any word of staff to the customer.</summary>
    Reply,

    /// <summary>The answer itself.</summary>
    Answer,
}

/// <summary>Two texts for people.</summary>
public sealed record Said(string Zh, string En)
{
    /// <summary>One of them.</summary>
    public string In(bool chinese) => chinese ? Zh : En;
}

/// <summary>How a clock may be made longer, once, with a notice to the customer.</summary>
/// <param name="By">How many more of its unit.</param>
/// <param name="Approval">Whether a second person has to agree.</param>
/// <param name="Why">The ground that allows it.</param>
public sealed record ClockExtension(int By, bool Approval, Said Why);

/// <summary>A kind of clock, from <c>tickets.json</c>.</summary>
/// <param name="Code">Its name.</param>
/// <param name="Title">For people.</param>
/// <param name="Amount">How many of the unit.</param>
/// <param name="Unit">Hours, days or working days.</param>
/// <param name="MetBy">What ends it well.</param>
/// <param name="PausesFor">States in which it stands still; only hour clocks have any, and no rule of law does.</param>
/// <param name="Extensions">The ways to make it longer, in order; each once.</param>
/// <param name="Source">Where the rule comes from.</param>
public sealed record ClockRule(
    string Code, Said Title, int Amount, ClockUnit Unit, ClockGoal MetBy, ValueList<TicketState> PausesFor,
    ValueList<ClockExtension> Extensions, Said Source);
