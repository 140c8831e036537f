using Mingzhang.Services.Tickets;
using Mingzhang.Services.Tickets.Clocks;
using Mingzhang.Services.Tickets.Rules;

namespace Mingzhang.Web.Api.Resources;

/// <summary>A text in both languages.</summary>
internal sealed record SaidSheet(string Zh, string En)
{
    public static SaidSheet Of(Said said) => new(said.Zh, said.En);
}

/// <summary>A clock of a ticket. An unknown deadline has no <c>dueAt</c> but the year nobody knows and the bounds.</summary>
internal sealed record ClockSheet(
    int Number, string Code, SaidSheet? Title, SaidSheet? Source, DateTimeOffset StartedAt, int Amount, ClockUnit Unit, ClockStatus Status,
    DateTimeOffset? DueAt, DateOnly? LastOn, int? UnknownYear, DateOnly? EarliestOn, DateOnly? LatestOn, long? LeftSeconds,
    DateTimeOffset? PausedAt, int Extensions, DateTimeOffset? EndedAt)
{
    public static ClockSheet Of(ClockReading one, TicketRules rules)
    {
        var (clock, rule) = (one.Clock, rules.Clock(one.Clock.Code));
        var (known, unknown) = (one.Due as KnownDeadline, one.Due as UnknownDeadline);
        return new ClockSheet(
            clock.Number, clock.Code, rule is null ? null : SaidSheet.Of(rule.Title), rule is null ? null : SaidSheet.Of(rule.Source),
            clock.StartedAt, clock.Amount, clock.Unit, one.Status, known?.At, known?.LastOn, unknown?.Year, unknown?.Earliest,
            unknown?.Latest, one.Left is { } left ? (long)left.TotalSeconds : null, clock.PausedAt, clock.Extensions, clock.EndedAt);
    }
}

/// <summary>Something that happened to a ticket; <c>text</c> is absent when nothing was said or the person was erased.</summary>
internal sealed record TicketStepSheet(
    int Number, DateTimeOffset At, string Actor, string What, TicketState From, TicketState To, string Detail, string? Text);

/// <summary>A line of a list of tickets.</summary>
internal sealed record TicketLine(
    string Number, TicketKind Kind, TicketChannel Channel, string Subject, TicketState State, string Queue, int Escalated,
    DateTimeOffset OpenedAt, DateTimeOffset? AnsweredAt)
{
    public static TicketLine Of(Ticket t) => new(
        t.Number.ToString(), t.Kind, t.Channel, t.Subject, t.State, t.Queue, t.Escalated, t.OpenedAt, t.AnsweredAt);
}

/// <summary>A ticket with its clocks and what happened to it.</summary>
/// <param name="Added">Whether the request was added to a ticket that stood there before.</param>
internal sealed record TicketSheet(
    string Number, string Customer, string? Account, TicketKind Kind, TicketChannel Channel, string Subject, TicketState State,
    string Queue, string Route, SaidSheet? RouteWhy, string OpenedBy, string Owner, int Escalated, int Rating, DateTimeOffset OpenedAt,
    DateTimeOffset? AnsweredAt, bool Added, IReadOnlyList<ClockSheet> Clocks, IReadOnlyList<TicketStepSheet> Steps)
{
    /// <summary>The whole ticket; steps that customers do not read only for staff.</summary>
    public static TicketSheet Of(TicketDesk desk, Ticket t, bool staff, bool added = false) => new(
        t.Number.ToString(), t.Customer.ToString(), t.Account?.ToString(), t.Kind, t.Channel, t.Subject, t.State, t.Queue, t.Route,
        desk.Rules.Route(t.Route) is { } route ? SaidSheet.Of(route.Why) : null, t.OpenedBy, staff ? t.Owner : "", t.Escalated, t.Rating,
        t.OpenedAt, t.AnsweredAt, added, [.. desk.Clocks(t).Select(clock => ClockSheet.Of(clock, desk.Rules))],
        [
            .. desk.Steps(t).Where(step => staff || step.ForCustomer).Select(step => new TicketStepSheet(
                step.Number, step.At, step.Actor, step.What, step.From, step.To, step.Detail,
                step.Text is { Length: > 0 } said ? said : null)),
        ]);
}
