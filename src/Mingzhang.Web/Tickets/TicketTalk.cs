using System.Globalization;
using Mingzhang.Services.Tickets;
using Mingzhang.Services.Tickets.Clocks;
using Mingzhang.Services.Tickets.Rules;
using Mingzhang.Web.Texts;

namespace Mingzhang.Web.Tickets;

/// <summary>Tickets and clocks in the visitor's words.</summary>
public static class TicketTalk
{
    /// <summary>The kind's name.</summary>
    public static string Kind(Speech t, TicketRules rules, TicketKind kind) => rules.Kind(kind).Title.In(t.IsChinese);

    /// <summary>The queue's name.</summary>
    public static string Queue(Speech t, TicketRules rules, string queue) => rules.Queue(queue)?.Title.In(t.IsChinese) ?? queue;

    /// <summary>Why it waits where it waits.</summary>
    public static string Route(Speech t, TicketRules rules, string route) =>
        rules.Route(route)?.Why.In(t.IsChinese) ?? t.Or("ticket.route-" + route, route);

    /// <summary>The state's name.</summary>
    public static string State(Speech t, TicketState state) => t["ticket.state-" + TicketWords.Of(state)];

    /// <summary>The colour of a state.</summary>
    public static string Tone(TicketState state) => state switch
    {
        TicketState.Answered => "t-ok", TicketState.Closed => "t-gone", TicketState.WaitingCustomer => "t-warn", _ => "",
    };

    /// <summary>The colour of a clock.</summary>
    public static string Tone(ClockStatus status) => status switch
    {
        ClockStatus.Overdue or ClockStatus.Missed => "t-bad", ClockStatus.DueToday or ClockStatus.Unknown => "t-warn",
        ClockStatus.Met => "t-ok", ClockStatus.Withdrawn => "t-gone", ClockStatus.Paused => "t-cold", _ => "",
    };

    /// <summary>The clock's name.</summary>
    public static string Clock(Speech t, TicketRules rules, string code) => rules.Clock(code)?.Title.In(t.IsChinese) ?? code;

    /// <summary>Until when, or within which bounds.</summary>
    public static string Due(Speech t, ClockReading clock) => clock.Due switch
    {
        KnownDeadline known when clock.Clock.Unit == ClockUnit.Hours => t.Say("clock.by-hour", At(known.At)),
        KnownDeadline known => t.Say("clock.by-day", Speech.Iso(known.LastOn)),
        UnknownDeadline unknown => t.Say("clock.unknown-year", unknown.Year, Speech.Iso(unknown.Earliest), Speech.Iso(unknown.Latest)),
        _ => "",
    };

    /// <summary>What is left or how late it is; how it ended.</summary>
    public static string Left(Speech t, ClockReading clock) => clock.Status switch
    {
        ClockStatus.Met => t.Say("clock.met", At(clock.Clock.EndedAt!.Value)),
        ClockStatus.Missed => t.Say("clock.missed", At(clock.Clock.EndedAt!.Value)),
        ClockStatus.Withdrawn => t["clock.withdrawn"],
        ClockStatus.Unknown => t["clock.unknown"],
        ClockStatus.Overdue when clock.Left is null => t["clock.overdue"],
        ClockStatus.Overdue => t.Say("clock.late", Span(t, -clock.Left.Value)),
        ClockStatus.Paused => t.Say("clock.paused", At(clock.Clock.PausedAt!.Value), Span(t, clock.Left ?? default)),
        _ => t.Say("clock.left", Span(t, clock.Left ?? default)),
    };

    /// <summary>How long a rule gives.</summary>
    public static string Length(Speech t, ClockRule rule) => t.Say("clock.unit-" + TicketWords.Of(rule.Unit), rule.Amount);

    /// <summary>A span in its two largest units.</summary>
    public static string Span(Speech t, TimeSpan span) => span switch
    {
        { Days: > 0 } => t.Say("span.days", span.Days, span.Hours),
        { Hours: > 0 } => t.Say("span.hours", span.Hours, span.Minutes),
        _ => t.Say("span.minutes", Math.Max(0, span.Minutes)),
    };

    /// <summary>A moment in Beijing, to the minute.</summary>
    public static string At(DateTimeOffset moment) =>
        moment.ToOffset(Deadlines.Beijing).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>What a ticket is about.</summary>
    public static string Subject(Speech t, string subject)
    {
        var parts = subject.Split(':', 2);
        var name = t.Or("ticket.about-" + parts[0], parts[0]);
        return parts.Length == 2 ? $"{name} {parts[1]}" : name;
    }

    /// <summary>Who did something, as the customer reads it: themselves, or the house.</summary>
    public static string Who(Speech t, string actor) =>
        t[actor.StartsWith("customer:", StringComparison.Ordinal) || actor.StartsWith("api:", StringComparison.Ordinal)
            ? "ticket.you" : "ticket.house"];
}
