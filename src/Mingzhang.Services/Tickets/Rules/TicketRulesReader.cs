using System.Globalization;
using System.Text.Json;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Tickets.Clocks;

namespace Mingzhang.Services.Tickets.Rules;

/// <summary>Reads <c>tickets.json</c>: every broken rule in one pass, in both languages.</summary>
internal static class TicketRulesReader
{
    private static readonly Dictionary<string, TicketKind> Kinds = Words<TicketKind>();
    private static readonly Dictionary<string, TicketState> States = Words<TicketState>();
    private static readonly Dictionary<string, ClockUnit> Units = Words<ClockUnit>();
    private static readonly Dictionary<string, ClockGoal> Goals = Words<ClockGoal>();
    private static readonly Dictionary<string, RoutingFact> Facts = Words<RoutingFact>();

    public static TicketRulesParse Read(string json, string file)
    {
        var errors = new ProductErrors(file);
        var rules = JsonText.Read(json, errors, Rules);
        return rules is not null && errors.None ? new TicketRulesRead(rules) : new TicketRulesRejected(errors.All);
    }

    private static TicketRules Rules(JsonElement root, ProductErrors errors)
    {
        var fields = new JsonFields(root, "", errors);
        fields.Allow("$schema");
        var rules = new TicketRules(
            fields["version"].Count(1, 1_000_000), fields["queues"].List(1, Queue), fields["clocks"].List(1, Clock),
            fields["kinds"].List(1, Kind), fields["routes"].List(1, Route));
        fields.NoOthers();
        if (errors.None)
        {
            TicketRulesChecks.Check(rules, errors);
        }

        return rules;
    }

    private static QueueRule Queue(JsonField field)
    {
        var fields = field.Object();
        var rule = new QueueRule(fields["code"].Code(), Said(fields));
        fields.NoOthers();
        return rule;
    }

    private static ClockRule Clock(JsonField field)
    {
        var fields = field.Object();
        var rule = new ClockRule(
            fields["code"].Code(), Said(fields), fields["amount"].Count(1, 1000), fields["unit"].Word(Units), fields["metBy"].Word(Goals),
            fields["pausesFor"].List(0, item => item.Word(States)), fields["extensions"].List(0, Extension),
            new Said(fields["sourceZh"].Text(), fields["sourceEn"].Text()));
        fields.NoOthers();
        return rule;
    }

    private static ClockExtension Extension(JsonField field)
    {
        var fields = field.Object();
        var extension = new ClockExtension(fields["by"].Count(1, 1000), fields["approval"].Flag(), Said(fields));
        fields.NoOthers();
        return extension;
    }

    private static KindRule Kind(JsonField field)
    {
        var fields = field.Object();
        var rule = new KindRule(
            fields["code"].Word(Kinds), fields["clocks"].List(1, item => item.Code()), fields["escalatesTo"].Code(), Said(fields));
        fields.NoOthers();
        return rule;
    }

    private static RouteRule Route(JsonField field)
    {
        var fields = field.Object();
        var rule = new RouteRule(
            fields["id"].Code(), fields["kinds"].List(0, item => item.Word(Kinds)), fields["facts"].List(0, item => item.Word(Facts)),
            fields["queue"].Code(), Said(fields));
        fields.NoOthers();
        return rule;
    }

    private static Said Said(JsonFields fields) => new(fields["zh"].Text(), fields["en"].Text());

    private static Dictionary<string, T> Words<T>()
        where T : struct, Enum => Enum.GetValues<T>().ToDictionary(TicketWords.Of, word => word, StringComparer.Ordinal);
}

/// <summary>What holds between the parts of <c>tickets.json</c>.</summary>
internal static class TicketRulesChecks
{
    public static void Check(TicketRules rules, ProductErrors errors)
    {
        Once(rules.Queues.Select(one => one.Code), "queues", "code", errors);
        Once(rules.Clocks.Select(one => one.Code), "clocks", "code", errors);
        Once(rules.Kinds.Select(one => TicketWords.Of(one.Kind)), "kinds", "code", errors);
        Once(rules.Routes.Select(one => one.Id), "routes", "id", errors);
        foreach (var (clock, i) in rules.Clocks.Select((one, i) => (one, i)))
        {
            Pauses(clock, At("clocks", i, "pausesFor"), errors);
        }

        foreach (var (kind, i) in rules.Kinds.Select((one, i) => (one, i)))
        {
            foreach (var (code, n) in kind.Clocks.Select((one, n) => (one, n)).Where(pair => rules.Clock(pair.one) is null))
            {
                errors.Add($"{At("kinds", i, "clocks")}[{n.ToString(CultureInfo.InvariantCulture)}]", new BrokenRule(
                    "a kind names clocks of this file", $"Add the clock {code} or name another.", "时钟须在本文件中定义", $"请定义时钟 {code} 或改名。"));
            }

            QueueOf(rules, kind.EscalatesTo, At("kinds", i, "escalatesTo"), errors);
        }

        foreach (var kind in Enum.GetValues<TicketKind>().Where(kind => rules.Kinds.Find(one => one.Kind == kind) is null))
        {
            errors.Add("kinds", new BrokenRule(
                "every kind of ticket has its clocks", $"Add {TicketWords.Of(kind)}.", "每类工单都须有时钟", $"请添加 {TicketWords.Of(kind)}。"));
        }

        foreach (var (route, i) in rules.Routes.Select((one, i) => (one, i)))
        {
            QueueOf(rules, route.Queue, At("routes", i, "queue"), errors);
            var last = i == rules.Routes.Count - 1;
            if ((route.Kinds.Count == 0 && route.Facts.Count == 0) != last)
            {
                errors.Add($"routes[{i.ToString(CultureInfo.InvariantCulture)}]", new BrokenRule(
                    "the last route, and only it, has no conditions", "Add conditions, or move it to the end.",
                    "最后一条规则、且仅最后一条不带条件", "请添加条件或移到末尾。"));
            }
        }
    }

    private static void Pauses(ClockRule clock, string field, ProductErrors errors)
    {
        var waiting = clock.PausesFor.All(state => state is TicketState.WaitingCustomer or TicketState.WaitingHouse);
        if (!waiting || (clock.PausesFor.Count > 0 && clock.Unit != ClockUnit.Hours))
        {
            errors.Add(field, new BrokenRule(
                "only a clock of hours stands still, and only while somebody else is waited for", "Leave the list empty.",
                "只有按小时计的时钟可以在等待他人时暂停", "请留空。"));
        }
    }

    private static void QueueOf(TicketRules rules, string code, string field, ProductErrors errors)
    {
        if (rules.Queue(code) is null)
        {
            errors.Add(field, new BrokenRule(
                "a queue of this file", $"Add the queue {code} or name another.", "队列须在本文件中定义", $"请定义队列 {code} 或改名。"));
        }
    }

    private static void Once(IEnumerable<string> codes, string list, string field, ProductErrors errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (code, i) in codes.Select((code, i) => (code, i)).Where(pair => !seen.Add(pair.code)))
        {
            errors.Add(At(list, i, field), new BrokenRule("a name occurs once", $"Remove or rename {code}.", "名称不得重复", $"请删除或改名 {code}。"));
        }
    }

    private static string At(string list, int i, string field) => string.Create(CultureInfo.InvariantCulture, $"{list}[{i}].{field}");
}
