using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mingzhang.Cli.Parity;

namespace Mingzhang.Cli.Tests.Parity;

/// <summary>Published loans through the product's schedules: what must be level, and that a planted difference is seen.</summary>
public sealed class LoanParityTests
{
    [Fact]
    public void Every_recomputed_progressive_loan_and_every_plain_cumulative_one_is_level()
    {
        var path = Mz.SharedData("schedules/peer-schedules.json");
        var must = JsonNode.Parse(File.ReadAllText(path))!.AsArray().Where(IsRequired).Select(one => (string)one!["id"]!).ToList();

        var report = Report("schedules", path);

        Assert.True(must.Count >= 60);
        Assert.Empty(report.Failures);
        Assert.Empty(report.NotCompared.SelectMany(left => left.Cases).Intersect(must));
    }

    [Theory]
    [InlineData("ann", "ann02 ann03 ann05 ann07 ann10 ann12 ann20 ann22 ann26 ann27 ann30")]
    [InlineData("lam", "lam27 lam29 lam31")]
    [InlineData("pam", "pam01 pam13 pam14 pam16 pam25")]
    [InlineData("clm", "clm01")]
    public void Every_plain_standard_contract_is_level(string type, string plain)
    {
        var report = Report("actus", Mz.SharedData($"actus/actus-{type}.json"));

        Assert.Empty(report.Failures);
        Assert.Empty(report.NotCompared.SelectMany(left => left.Cases).Intersect(plain.Split(' ')));
    }

    [Fact]
    public void Every_repayment_method_is_level() =>
        Assert.True(Report("repayment-methods", Mz.SharedData("apr/cn-repayment-methods.json")).IsLevel);

    [Theory]
    [InlineData("schedules", "schedules/peer-schedules.json", "$[0].expected_rows[0].principal_due", "\"0.01\"")]
    [InlineData("schedules", "schedules/peer-schedules.json", "$[0].expected_rows[1].due_date", "\"2031-01-01\"")]
    [InlineData("actus", "actus/actus-ann.json", "ann02.results[7].payoff", "\"1.0\"")]
    [InlineData("actus", "actus/actus-clm.json", "clm01.results[0].payoff", "\"10.17\"")]
    [InlineData("actus", "actus/actus-ann.json", "ann02.results[7].eventDate", "\"2013-05-02T00:00\"")]
    [InlineData("repayment-methods", "apr/cn-repayment-methods.json", "cases[2].total_interest", "3900.02")]
    [InlineData("repayment-methods", "apr/cn-repayment-methods.json", "cases[2].last_due", "\"2027-01-16\"")]
    public void A_planted_difference_is_seen(string family, string shared, string place, string value)
    {
        using var mz = new Mz();
        var root = JsonNode.Parse(File.ReadAllText(Mz.SharedData(shared)))!;
        Replace(root, place, JsonNode.Parse(value)!);

        var report = Report(family, mz.Write("planted.json", Encoding.UTF8.GetBytes(root.ToJsonString())));

        Assert.False(report.IsLevel);
        Assert.Single(report.Failures);
    }

    [Theory]
    [InlineData("schedules", """[{"id":"a"}]""", "[0].inputs")]
    [InlineData("actus", """{"a":{"terms":{},"results":[]}}""", "a.terms.contractType")]
    [InlineData("repayment-methods", """{"cases":[{"method":"x","principal":1,"annual_rate":0,"months":1}]}""", "cases[0].method")]
    public async Task A_file_of_another_kind_is_refused_by_its_field(string family, string json, string field)
    {
        using var mz = new Mz();

        var (code, answer) = await ParityFrameTests.JsonAsync(family, mz.Write("bad.json", Encoding.UTF8.GetBytes(json)));

        Assert.Equal(ExitCode.BadInput, code);
        var problem = Assert.Single(answer.GetProperty("error").GetProperty("problems").EnumerateArray());
        Assert.Equal(field, problem.GetProperty("field").GetString());
    }

    private static bool IsRequired(JsonNode? loan) => (bool)loan!["recomputed"]!
        && ((string)loan["inputs"]!["schedule_type"]! == "PROGRESSIVE" || (int)loan["level"]! == 1);

    private static ParityReport Report(string family, string path) => ParityReport.Of(ParityFamilies.Find(family), ParityFile.Read(path));

    private static void Replace(JsonNode root, string place, JsonNode value)
    {
        var node = root;
        var steps = place.TrimStart('$').Replace("[", ".").Replace("]", "").Split('.', StringSplitOptions.RemoveEmptyEntries);
        foreach (var step in steps[..^1])
        {
            node = int.TryParse(step, out var at) ? node![at] : node![step];
        }

        node![steps[^1]] = value;
    }
}
