using Mingzhang.Cli.Parity;
using System.Text;
using System.Text.Json;

namespace Mingzhang.Cli.Tests.Parity;

/// <summary>The frame of <c>mz parity</c>: it counts honestly, and says what is wrong with a file.</summary>
public sealed class ParityFrameTests
{
    private const string Good = """{"cases":[{"from_date":"2020-01-17","working_days":1,"deadline":"2020-01-19"}]}""";

    public static TheoryData<string, byte[], string, string> BadFiles { get; } = new()
    {
        { "empty", [], "file", "empty" },
        { "a mark alone", [.. Encoding.UTF8.Preamble], "file", "empty" },
        { "UTF-16", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Good)], "file", "UTF-16" },
        { "GB18030", [.. "{\n\""u8, 0xC4, 0xEA, .. "\":1}"u8], "file", "not UTF-8" },
        { "no JSON", Encoding.UTF8.GetBytes("{\"cases\":["), "file", "not JSON" },
        { "a field twice", Encoding.UTF8.GetBytes("""{"cases":[],"cases":[]}"""), "file", "not JSON" },
        { "too deep", Encoding.UTF8.GetBytes(new string('[', 100_000)), "file", "not JSON" },
        { "a list as root", Encoding.UTF8.GetBytes("[]"), "$", "not an object" },
        { "no cases", Encoding.UTF8.GetBytes("{}"), "cases", "missing" },
        { "no case", Encoding.UTF8.GetBytes("""{"cases":[]}"""), "cases", "no case" },
        { "a missing field", Encoding.UTF8.GetBytes("""{"cases":[{"from_date":"2020-01-17"}]}"""),
            "cases[0].working_days", "missing" },
        { "a text for a number", Encoding.UTF8.GetBytes(Good.Replace(":1,", ":\"1\",")), "cases[0].working_days", "whole number" },
        { "a fraction", Encoding.UTF8.GetBytes(Good.Replace(":1,", ":1.5,")), "cases[0].working_days", "whole number" },
        { "half a character", Encoding.UTF8.GetBytes(
            Good.Replace("{\"cases\":[", """{"working_days_per_month":[{"month":"\ud800"}],"cases":[""")),
            "working_days_per_month[0].month", "whole characters" },
        { "a day that is none", Encoding.UTF8.GetBytes(Good.Replace("2020-01-17", "2020-02-30")), "cases[0].from_date", "2026-11-22" },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public async Task A_bad_file_is_refused_by_field_rule_and_fix(string what, byte[] bytes, string field, string says)
    {
        using var mz = new Mz();

        var (code, answer) = await JsonAsync("workdays", mz.Write("cases.json", bytes));

        Assert.Equal(ExitCode.BadInput, code);
        var problem = Assert.Single(answer.GetProperty("error").GetProperty("problems").EnumerateArray());
        Assert.Equal((what, field), (what, problem.GetProperty("field").GetString()));
        Assert.Contains(says, problem.GetProperty("rule").GetString()!);
        Assert.All(["file", "fix", "ruleZh", "fixZh"], part => Assert.NotEmpty(problem.GetProperty(part).GetString()!));
    }

    [Fact]
    public async Task A_missing_a_huge_file_and_an_unknown_family_are_told()
    {
        using var mz = new Mz();
        using (var huge = File.Create(mz.File("huge.json")))
        {
            huge.SetLength(10L << 30);
        }

        Assert.Equal((ExitCode.BadInput, "there is no file"), await SaysAsync("workdays", mz.File("none.json"), "there is no file"));
        Assert.Equal((ExitCode.BadInput, "64 MB"), await SaysAsync("workdays", mz.File("huge.json"), "64 MB"));
        Assert.Equal((ExitCode.Usage, "Name one of"), await SaysAsync("astrology", mz.File("none.json"), "Name one of"));
    }

    [Fact]
    public async Task A_planted_wrong_expectation_is_told_with_id_expected_and_actual_and_fails_the_command()
    {
        using var mz = new Mz();
        const string Wrong = """[{"from_date":"2020-01-17","working_days":1,"deadline":"2020-01-20"},{""";
        var path = mz.Write("cases.json", Encoding.UTF8.GetBytes(Good.Replace("[{", Wrong)));

        var (code, answer) = await JsonAsync("workdays", path);
        var (_, text, _) = await RunAsync("workdays", path);

        Assert.Equal((ExitCode.Difference, "workdays"), (code, answer.GetProperty("family").GetString()));
        Assert.Equal((2, 1), (answer.GetProperty("cases").GetInt32(), answer.GetProperty("equal").GetInt32()));
        var failure = Assert.Single(answer.GetProperty("failures").EnumerateArray());
        Assert.Equal("cases[0] 2020-01-17 + 1", failure.GetProperty("id").GetString());
        Assert.Equal("deadline 2020-01-20", failure.GetProperty("expected").GetString());
        Assert.Equal("deadline 2020-01-19", failure.GetProperty("actual").GetString());
        Assert.Equal("1 of 2", text.TrimEnd().Split('\n')[^1]);
    }

    [Fact]
    public void What_is_left_out_is_counted_apart_and_what_throws_is_a_difference()
    {
        var report = Mingzhang.Cli.Parity.ParityReport.Of(new Planted(), AnyFile());

        Assert.Equal((2, 1, false), (report.Cases, report.Equal, report.IsLevel));
        Assert.Equal(["b"], report.Failures.Select(failure => failure.Id));
        Assert.Contains("planted", report.Failures[0].Actual);
        Assert.Equal(("out of scope", "c"), (Assert.Single(report.NotCompared).Reason, Assert.Single(report.NotCompared[0].Cases)));
    }

    [Fact]
    public void Near_is_never_true_of_no_number()
    {
        Assert.IsType<CaseDiffers>(new Comparison().Near("x", 1, double.NaN, 1e9).Outcome);
        Assert.IsType<CaseDiffers>(new Comparison().Near("x", 1, double.PositiveInfinity, 1e9).Outcome);
        Assert.IsType<CaseEqual>(new Comparison().Near("x", 1, 1.01, 0.011).Same("y", "a", "a").Outcome);
    }

    private static ParityFile AnyFile()
    {
        using var mz = new Mz();
        return ParityFile.Read(mz.Write("any.json", "{}"u8.ToArray()));
    }

    private static async Task<(ExitCode Code, string Says)> SaysAsync(string family, string path, string says)
    {
        var (code, output, error) = await RunAsync(family, path);
        Assert.Empty(output);
        Assert.Contains(error, c => c > '\u4e00');
        return (code, error.Contains(says, StringComparison.Ordinal) ? says : error);
    }

    internal static async Task<(ExitCode Code, string Output, string Error)> RunAsync(string family, string path, params string[] more)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await MzProgram.RunAsync(["parity", family, path, .. more], output, error);
        return ((ExitCode)code, output.ToString(), error.ToString());
    }

    internal static async Task<(ExitCode Code, JsonElement Answer)> JsonAsync(string family, string path)
    {
        var (code, output, _) = await RunAsync(family, path, "--json");
        return (code, Mz.LastLine(output));
    }

    private sealed class Planted : IParityFamily
    {
        public string Name => "planted";

        public IReadOnlyList<ParityCase> Read(ParityFile file) =>
        [
            new("a", () => new CaseEqual()),
            new("b", () => throw new InvalidOperationException("planted")),
            new("c", () => new CaseLeftOut("out of scope")),
        ];
    }
}
