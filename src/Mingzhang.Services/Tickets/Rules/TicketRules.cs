using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Tickets.Clocks;

namespace Mingzhang.Services.Tickets.Rules;

/// <summary>A place where tickets wait for people.</summary>
public sealed record QueueRule(string Code, Said Title);

/// <summary>What holds for a kind of ticket.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Clocks">The clocks that start with it.</param>
/// <param name="EscalatesTo">The queue it goes to when it is escalated.</param>
/// <param name="Title">For people.</param>
public sealed record KindRule(TicketKind Kind, ValueList<string> Clocks, string EscalatesTo, Said Title);

/// <summary>Something about an account that routes its tickets.</summary>
public enum RoutingFact
{
    /// <summary>A risk restriction is in force.</summary>
    RiskAccount,

    /// <summary>The bill it is about spans two calendar years.</summary>
    CrossYearBill,

    /// <summary>Loans or instalment plans are not settled.</summary>
    UnsettledInstalments,
}

/// <summary>Sends a ticket to a queue: the first rule whose conditions all hold.</summary>
/// <param name="Id">Its name, kept with the ticket.</param>
/// <param name="Kinds">One of these; empty = any.</param>
/// <param name="Facts">All of these; empty = none needed.</param>
/// <param name="Queue">Where to.</param>
/// <param name="Why">For people.</param>
public sealed record RouteRule(string Id, ValueList<TicketKind> Kinds, ValueList<RoutingFact> Facts, string Queue, Said Why)
{
    /// <summary>Whether it holds.</summary>
    public bool Holds(TicketKind kind, IReadOnlySet<RoutingFact> facts) =>
        (Kinds.Count == 0 || Kinds.Contains(kind)) && Facts.All(facts.Contains);
}

/// <summary>Queues, clocks, kinds and routes: <c>tickets.json</c>.</summary>
/// <param name="Version">Counted up with every change.</param>
/// <param name="Queues">All of them.</param>
/// <param name="Clocks">All of them.</param>
/// <param name="Kinds">One for each kind.</param>
/// <param name="Routes">In order; the last one takes everything.</param>
public sealed record TicketRules(
    int Version, ValueList<QueueRule> Queues, ValueList<ClockRule> Clocks, ValueList<KindRule> Kinds, ValueList<RouteRule> Routes)
{
    /// <summary>Reads the file.</summary>
    /// <param name="json">Its text.</param>
    /// <param name="file">Its name, for errors.</param>
    public static TicketRulesParse Parse(string json, string file) => TicketRulesReader.Read(json, file);

    /// <summary>The rule of a clock.</summary>
    public ClockRule? Clock(string code) => Clocks.Find(rule => rule.Code == code);

    /// <summary>The rule of a kind.</summary>
    public KindRule Kind(TicketKind kind) => Kinds.Find(rule => rule.Kind == kind)!;

    /// <summary>A queue, or null.</summary>
    public QueueRule? Queue(string code) => Queues.Find(rule => rule.Code == code);

    /// <summary>A route, or null.</summary>
    public RouteRule? Route(string id) => Routes.Find(rule => rule.Id == id);

    /// <summary>Where a ticket goes: the first route that holds.</summary>
    public RouteRule RouteOf(TicketKind kind, IReadOnlySet<RoutingFact> facts) => Routes.First(rule => rule.Holds(kind, facts));
}

/// <summary>The answer to reading the rules. Closed.</summary>
public /*closed*/ abstract record TicketRulesParse
{
    private protected TicketRulesParse()
    {
    }
}

/// <summary>The file keeps every rule.</summary>
public sealed record TicketRulesRead(TicketRules Rules) : TicketRulesParse;

/// <summary>The file breaks rules; nothing of it is used.</summary>
public sealed record TicketRulesRejected(ValueList<ProductError> Errors) : TicketRulesParse;
