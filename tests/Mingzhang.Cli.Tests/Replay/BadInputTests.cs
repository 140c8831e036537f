using System.Text;

namespace Mingzhang.Cli.Tests.Replay;

/// <summary>Every bad input is told by file, line, column, rule and fix, and writes nothing.</summary>
public sealed class BadInputTests
{
    private static readonly string[] Good = File.ReadAllLines(Mz.Fixture);

    public static TheoryData<string, byte[], string, int?, string> Inputs { get; } = new()
    {
        { "a column is missing", Changed(lines => lines[0] = lines[0].Replace("PAY_AMT3", "PAID3")), "PAY_AMT3", 1, "missing" },
        { "a column comes twice", Changed(lines => lines[0] = lines[0].Replace("SEX", "LIMIT_BAL")), "LIMIT_BAL", 1, "twice" },
        { "no header", Encoding.UTF8.GetBytes(string.Join('\n', Good[1..])), "ID", 1, "missing" },
        { "text in a number", Cell(5, "BILL_AMT2", "abc"), "BILL_AMT2", 5, "'abc' is not a whole number" },
        { "an empty number", Cell(5, "LIMIT_BAL", ""), "LIMIT_BAL", 5, "''" },
        { "NaN", Cell(9, "PAY_AMT1", "NaN"), "PAY_AMT1", 9, "NaN" },
        { "infinity", Cell(9, "PAY_AMT1", "Infinity"), "PAY_AMT1", 9, "Infinity" },
        { "a fraction", Cell(3, "BILL_AMT6", "10.5"), "BILL_AMT6", 3, "10.5" },
        { "an exponent", Cell(3, "BILL_AMT6", "1e5"), "BILL_AMT6", 3, "1e5" },
        { "thousands marks", Cell(3, "BILL_AMT6", "\"1,000\""), "BILL_AMT6", 3, "1,000" },
        { "a negative payment", Cell(3, "PAY_AMT2", "-1"), "PAY_AMT2", 3, "from 0" },
        { "a limit of nothing", Cell(3, "LIMIT_BAL", "0.0"), "LIMIT_BAL", 3, "from 1" },
        { "an amount beyond reason", Cell(3, "BILL_AMT1", "99999999999999999999"), "BILL_AMT1", 3, "1000000000" },
        { "a status beyond reason", Cell(3, "PAY_0", "1000"), "PAY_0", 3, "from -9 to 99" },
        { "an id of text", Cell(2, "ID", "one"), "ID", 2, "'one'" },
        { "a duplicate id", Cell(4, "ID", "1"), "ID", 4, "comes twice" },
        { "a field too many", Changed(lines => lines[7] += ",1"), "line", 8, "25 fields" },
        { "a field too few", Changed(lines => lines[7] = lines[7][..lines[7].LastIndexOf(',')]), "line", 8, "25 fields" },
        { "an open quote", Changed(lines => lines[7] = "\"" + lines[7]), "line", 8, "25 fields" },
        { "an empty file", [], "file", null, "empty" },
        { "a header alone", Encoding.UTF8.GetBytes(Good[0] + "\n"), "file", null, "no client" },
        { "UTF-16 with a mark", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(string.Join('\n', Good))], "line", 1,
            "UTF-16" },
        { "UTF-16 without a mark", Encoding.Unicode.GetBytes(string.Join('\n', Good)), "line", 1, "UTF-16" },
        { "GB18030 bytes", Insert(6, [0xC4, 0xEA, 0xC1, 0xE4]), "line", 6, "not UTF-8" },
        { "a zero byte", Insert(6, [0]), "line", 6, "zero bytes" },
        { "a line of 70,000 bytes", Insert(6, Encoding.UTF8.GetBytes(new string('7', 70_000))), "line", 6, "64 KB" },
        { "no line end at all", Encoding.UTF8.GetBytes(new string('x', 300_000)), "line", 1, "64 KB" },
    };

    [Theory]
    [MemberData(nameof(Inputs))]
    public async Task A_bad_file_is_refused_by_line_and_column_and_nothing_is_written(string what, byte[] bytes, string field,
        int? line, string says)
    {
        using var mz = new Mz();

        var (code, answer) = await mz.JsonAsync("replay", "taiwan", mz.Write("bad.csv", bytes));

        Assert.Equal(ExitCode.BadInput, code);
        var problems = answer.GetProperty("error").GetProperty("problems").EnumerateArray().ToList();
        Assert.Contains(problems, p => p.GetProperty("field").GetString() == field
            && p.GetProperty("rule").GetString()!.Contains(says)
            && (line is null || p.GetProperty("line").GetInt64() == line));
        Assert.All(problems, p => Assert.All(["fix", "ruleZh", "fixZh"], part => Assert.NotEmpty(p.GetProperty(part).GetString()!)));
        Assert.False(File.Exists(mz.Database), what);
    }

    [Fact]
    public async Task A_line_of_ten_gigabytes_is_not_read_on()
    {
        using var mz = new Mz();
        using (var file = File.Create(mz.File("huge.csv")))
        {
            file.Write(Encoding.UTF8.GetBytes(Good[0] + "\n1"));
            file.SetLength(10L << 30);
        }

        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        var (code, answer) = await mz.JsonAsync("replay", "taiwan", mz.File("huge.csv"));

        Assert.Equal(ExitCode.BadInput, code);
        Assert.Equal(2, answer.GetProperty("error").GetProperty("problems")[0].GetProperty("line").GetInt64());
        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Problems_are_told_together_up_to_twenty()
    {
        using var mz = new Mz();
        var bytes = Changed(lines =>
        {
            for (var i = 1; i < lines.Length; i++)
            {
                lines[i] = lines[i].Replace(".0", ".1");
            }
        });

        var (_, _, error) = await mz.RunAsync("replay", "taiwan", mz.Write("bad.csv", bytes));

        Assert.Equal(20, error.Split('\n').Count(line => line.StartsWith("mz: bad.csv:", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_file_that_is_not_there_and_a_wrong_option_are_told()
    {
        using var mz = new Mz();

        Assert.Equal(ExitCode.BadInput, (await mz.RunAsync("replay", "taiwan", mz.File("none.csv"))).Code);
        Assert.Equal(ExitCode.Usage, (await mz.RunAsync("replay", "taiwan", Mz.Fixture, "--limit", "0")).Code);
        Assert.Equal(ExitCode.Usage, (await mz.RunAsync("replay", "taiwan", Mz.Fixture, "--limit", "many")).Code);
        Assert.Equal(ExitCode.Usage, (await mz.RunAsync("replay", "mars", Mz.Fixture)).Code);
    }

    [Fact]
    public async Task A_mark_of_utf8_windows_line_ends_quotes_and_other_orders_of_columns_are_fine()
    {
        using var mz = new Mz();
        var lines = Good.Select(line => string.Join(',', line.Split(',').Reverse().Select(field => $"\"{field}\"")));
        byte[] bytes = [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(string.Join("\r\n", lines))];

        var (code, answer) = await mz.JsonAsync("replay", "taiwan", mz.Write("good.csv", bytes));

        Assert.Equal((ExitCode.Done, 180), (code, answer.GetProperty("statementsEqual").GetInt32()));
    }

    private static byte[] Cell(int line, string column, string text) => Changed(lines =>
    {
        var fields = lines[line - 1].Split(',');
        fields[Array.IndexOf(Good[0].Split(','), column)] = text;
        lines[line - 1] = string.Join(',', fields);
    });

    private static byte[] Changed(Action<string[]> change)
    {
        string[] lines = [.. Good];
        change(lines);
        return Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
    }

    private static byte[] Insert(int line, byte[] bytes) =>
    [
        .. Encoding.UTF8.GetBytes(string.Join('\n', Good[..(line - 1)]) + "\n"), .. bytes,
        .. Encoding.UTF8.GetBytes(string.Join('\n', Good[(line - 1)..])),
    ];
}
