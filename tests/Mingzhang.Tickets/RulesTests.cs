using Mingzhang.Services.Tickets;
using Mingzhang.Services.Tickets.Clocks;
using Mingzhang.Services.Tickets.Rules;

namespace Mingzhang.Tickets;

public sealed class RulesTests
{
    private static readonly string Shipped = TicketRulesFile.Resource(TicketRulesFile.Name);

    /// <summary>What is replaced in the shipped file, by what, and the field and words of the error.</summary>
    public static TheoryData<string, string, string, string> Broken { get; } = new()
    {
        { "\"queue\": \"video\"", "\"queue\": \"vidio\"", "routes[5].queue", "Add the queue vidio" },
        { "\"clocks\": [\"first-reply\", \"complaint\"]", "\"clocks\": [\"complain\"]", "kinds[4].clocks[0]", "Add the clock complain" },
        { "\"unit\": \"working-days\"", "\"unit\": \"work-days\"", "clocks[5].unit", "working-days" },
        { "\"facts\": [\"risk-account\"]", "\"facts\": [\"risk\"]", "routes[5].facts[0]", "risk-account" },
        { "\"kinds\": [\"complaint\"], \"facts\": [], \"queue\": \"complaints\"", "\"kinds\": [], \"facts\": [], \"queue\": \"complaints\"",
            "routes[0]", "the last route" },
        { "\"code\": \"finance\"", "\"code\": \"special\"", "queues[2].code", "once" },
        { "\"version\": 1,", "\"version\": 1, \"more\": 2,", "more", "no field" },
        { "{ \"code\": \"theft-report\"", "{ \"code\": \"question\"", "kinds[3].code", "once" },
        { "\"amount\": 20, \"unit\": \"days\", \"metBy\": \"answer\",\n      \"pausesFor\": []",
            "\"amount\": 20, \"unit\": \"days\", \"metBy\": \"answer\",\n      \"pausesFor\": [\"waiting-customer\"]",
            "clocks[3].pausesFor", "only a clock of hours" },
        { "\"amount\": 48", "\"amount\": 0", "clocks[0].amount", "1" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_rule_is_named_with_its_field_in_both_languages(string part, string instead, string field, string words)
    {
        Assert.Contains(part, Shipped);
        var at = Shipped.IndexOf(part, StringComparison.Ordinal);
        var json = Shipped[..at] + instead + Shipped[(at + part.Length)..];
        var errors = Assert.IsType<TicketRulesRejected>(TicketRules.Parse(json, "tickets.json")).Errors;
        var error = Assert.Single(errors, one => one.Field == field);
        Assert.Contains(words, error.Rule + " " + error.Fix);
        Assert.Contains(error.RuleZh, c => c is >= '\u4e00' and <= '\u9fff');
    }

    [Fact]
    public void What_is_no_JSON_is_one_error() =>
        Assert.Equal("$", Assert.Single(Assert.IsType<TicketRulesRejected>(TicketRules.Parse("{", "tickets.json")).Errors).Field);

    [Fact]
    public void The_shipped_file_keeps_the_deadlines_of_the_law()
    {
        var rules = TicketRulesFile.Shipped;
        Assert.Equal((48, ClockUnit.Hours), Of("answer"));
        Assert.Equal((15, ClockUnit.Days), Of("complaint"));
        Assert.Equal([(15, false), (30, true)], rules.Clock("complaint")!.Extensions.Select(one => (one.By, one.Approval)));
        Assert.Equal((20, ClockUnit.Days), Of("bureau-objection"));
        Assert.Equal((15, ClockUnit.Days), Of("aml-objection"));
        Assert.Equal((15, ClockUnit.WorkingDays), Of("privacy-target"));
        Assert.Equal((30, ClockUnit.WorkingDays), Of("privacy-limit"));
        Assert.All(rules.Clocks.Where(clock => clock.Code != "answer"), clock => Assert.Empty(clock.PausesFor));
        (int, ClockUnit) Of(string code) => (rules.Clock(code)!.Amount, rules.Clock(code)!.Unit);
    }

    [Theory]
    [InlineData(TicketKind.Question, "", "ordinary")]
    [InlineData(TicketKind.Question, "RiskAccount", "video")]
    [InlineData(TicketKind.Question, "CrossYearBill", "finance")]
    [InlineData(TicketKind.ClosingHelp, "UnsettledInstalments", "special")]
    [InlineData(TicketKind.Question, "UnsettledInstalments", "ordinary")]
    [InlineData(TicketKind.ClosingHelp, "RiskAccount UnsettledInstalments", "video")]
    [InlineData(TicketKind.Complaint, "RiskAccount", "complaints")]
    [InlineData(TicketKind.TheftReport, "", "special")]
    [InlineData(TicketKind.PrivacyRequest, "", "privacy")]
    public void A_ticket_goes_where_the_first_rule_that_holds_says(TicketKind kind, string facts, string queue)
    {
        var known = facts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<RoutingFact>).ToHashSet();
        Assert.Equal(queue, TicketRulesFile.Shipped.RouteOf(kind, known).Queue);
    }
}
