using System.Text.Json;
using System.Text.Json.Nodes;
using Mingzhang.Domain.Disclosure;
using Mingzhang.Domain.Tests.Products;

namespace Mingzhang.Domain.Tests.Disclosure;

/// <summary>The file of dated rules: what holds when, and what a file may not say.</summary>
public sealed class CostRulesTests
{
    private static readonly string Json = RepoFiles.Read("products/cost-rules.json");

    private static readonly MiniSchema Schema = new(JsonDocument.Parse(RepoFiles.Read("products/cost-rules.schema.json")).RootElement);

    [Theory]
    [InlineData("bank", 365, "2026-11-22", 240_000)]
    [InlineData("consumer-finance", 365, "2025-11-30", 240_000)]
    [InlineData("consumer-finance", 365, "2025-12-01", 200_000)]
    [InlineData("card-instalment", 365, "2026-11-22", 180_000)]
    [InlineData("small-loan", 365, "2027-12-30", 240_000)]
    [InlineData("small-loan", 365, "2027-12-31", 120_000)]
    [InlineData("small-loan", 32, "2028-06-01", 120_000)]
    [InlineData("small-loan", 31, "2028-06-01", 240_000)]
    public void The_lowest_of_all_caps_that_cover_a_loan_counts(string licence, int days, string on, long ppm) =>
        Assert.Equal(ppm, Offers.Shipped.Caps.Find(licence, days, Day(on))!.AnnualPpm);

    [Fact]
    public void Before_the_first_row_no_cap_is_known() => Assert.Null(Offers.Shipped.Caps.Find("bank", 365, new(2020, 8, 31)));

    [Fact]
    public void Every_row_that_rests_on_weak_ground_says_sample()
    {
        var rules = Offers.Shipped;
        Clause[] clauses =
        [
            .. rules.Caps.Rows.Select(row => row.Clause), .. rules.Gate.Duties.Select(duty => duty.Clause),
            .. rules.Exposure.Rows.SelectMany(row => new[] { row.CapClause, row.DebtClause! }),
        ];
        Assert.All(clauses, clause => Assert.Equal(clause.IsSample, clause.Source.Contains("SAMPLE", StringComparison.Ordinal)));
    }

    [Fact]
    public void Schema_and_parser_accept_what_is_shipped() => Assert.True(Schema.Accepts(JsonDocument.Parse(Json).RootElement));

    public static TheoryData<string, Action<JsonNode>, bool> Broken { get; } = new()
    {
        { "caps[0].annualPpm", root => root["caps"]![0]!["annualPpm"] = 2_000_000, true },
        { "caps[0].annualPpm", root => root["caps"]![0]!.AsObject().Remove("annualPpm"), true },
        { "caps[0].licence", root => root["caps"]![0]!["licence"] = "Bank", true },
        { "caps[0].extra", root => root["caps"]![0]!["extra"] = 1, true },
        { "caps[0].clause.zh", root => root["caps"]![0]!["clause"]!["zh"] = "", true },
        { "caps", root => root["caps"] = new JsonArray(), true },
        { "disclosure[0].readingSeconds", root => root["disclosure"]![0]!["readingSeconds"] = -1, true },
        { "exposure[0].class", root => root["exposure"]![0]!["class"] = 7, true },
        { "exposure[0].debtClause", root => root["exposure"]![0]!["debtClause"] = "none", true },
        { "caps[0].until", root => root["caps"]![0]!["until"] = "2020-09-01", false },
        { "caps[1].from", root => root["caps"]![1]!["from"] = "2025-09-30", false },
        { "caps[4].atMostDays", root => root["caps"]![4]!["moreThanDays"] = 31, false },
        { "exposure[2].from", root => root["exposure"]![2]!["from"] = "2025-01-01", false },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_file_is_refused_by_field_rule_and_fix_in_both_languages(string field, Action<JsonNode> breakIt, bool schemaSees)
    {
        var root = JsonNode.Parse(Json)!;
        breakIt(root);

        var rejected = Assert.IsType<CostRulesRejected>(CostRules.Parse(root.ToJsonString(), "cost-rules.json"));

        var error = Assert.Single(rejected.Errors, one => one.Field == field);
        Assert.All([error.Rule, error.Fix, error.RuleZh, error.FixZh], Assert.NotEmpty);
        Assert.Equal(!schemaSees, Schema.Accepts(JsonDocument.Parse(root.ToJsonString()).RootElement));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"caps\":1,\"caps\":2}")]
    public void What_is_no_object_is_refused(string json) => Assert.IsType<CostRulesRejected>(CostRules.Parse(json, "f"));

    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
