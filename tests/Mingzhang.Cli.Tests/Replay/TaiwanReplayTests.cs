using System.Text;
using System.Text.Json;

namespace Mingzhang.Cli.Tests.Replay;

public sealed class TaiwanReplayTests
{
    [Fact]
    public async Task Every_statement_of_the_fixture_equals_the_file_and_the_books_verify()
    {
        using var mz = new Mz();

        var (code, answer) = await mz.JsonAsync("replay", "taiwan", Mz.Fixture);

        Assert.Equal(ExitCode.Done, code);
        Assert.Equal((30, 180, 180), (Int(answer, "clients"), Int(answer, "statements"), Int(answer, "statementsEqual")));
        Assert.Equal((0, true), (Int(answer, "trialBalanceMinor"), answer.GetProperty("verified").GetBoolean()));
        Assert.Equal(6, Int(answer, "forcedPostings"));
        Assert.Equal(150, answer.GetProperty("payMatrix").GetProperty("rows").EnumerateObject().Sum(row =>
            row.Value.EnumerateArray().Sum(n => n.GetInt32())));
    }

    [Fact]
    public async Task The_report_for_people_names_figures_and_differences()
    {
        using var mz = new Mz();

        var (_, output, error) = await mz.RunAsync("replay", "taiwan", Mz.Fixture, "--limit", "5");

        Assert.Contains("equal to BILL_AMT", output);
        Assert.Contains("PAY 0, ours late", output);
        Assert.Contains("2005-09 statements", error);
    }

    [Fact]
    public async Task The_label_column_is_optional_and_unused_columns_may_hold_anything()
    {
        using var mz = new Mz();
        var lines = File.ReadAllLines(Mz.Fixture).Select(line => line[..line.LastIndexOf(',')]).ToArray();
        lines[1] = lines[1].Replace(",1,1,1,40,", ",女,,x,n/a,");

        var (code, answer) = await mz.JsonAsync("replay", "taiwan", mz.Write("f.csv", Encoding.UTF8.GetBytes(string.Join('\n', lines))));

        Assert.Equal((ExitCode.Done, 180), (code, Int(answer, "statementsEqual")));
    }

    [Fact]
    public async Task A_second_run_sends_nothing_again_and_reports_the_same()
    {
        using var mz = new Mz();
        var (_, first) = await mz.JsonAsync("replay", "taiwan", Mz.Fixture);

        var (code, second) = await mz.JsonAsync("replay", "taiwan", Mz.Fixture);

        Assert.Equal((ExitCode.Done, 0), (code, Int(second, "commands")));
        Assert.Equal((Int(first, "journalRows"), 180), (Int(second, "journalRows"), Int(second, "statementsEqual")));
    }

    [Fact]
    public async Task Another_file_on_the_same_database_is_refused_or_differs_by_name()
    {
        using var mz = new Mz();
        _ = await mz.JsonAsync("replay", "taiwan", Mz.Fixture);
        var other = File.ReadAllText(Mz.Fixture).Replace("3000.0", "3001.0");

        var (code, answer) = await mz.JsonAsync("replay", "taiwan", mz.Write("other.csv", Encoding.UTF8.GetBytes(other)));

        Assert.Equal(ExitCode.Difference, code);
        Assert.NotEqual(180, Int(answer, "statementsEqual"));
        Assert.Contains("client 2 BILL_AMT6", answer.GetProperty("differing")[0].GetString());
    }

    [Fact]
    public async Task A_database_of_another_day_is_refused()
    {
        using var mz = new Mz();
        Assert.Equal(ExitCode.Done, (await mz.RunAsync("demo")).Code);

        var (code, _, error) = await mz.RunAsync("replay", "taiwan", Mz.Fixture);

        Assert.Equal(ExitCode.Refused, code);
        Assert.Contains("something other than a replay", error);
        Assert.Contains("请用 --db 指定新文件", error);
    }

    [Fact]
    public async Task Real_clients_come_out_to_the_unit()
    {
        using var mz = new Mz();

        var (code, answer) = await mz.JsonAsync("replay", "taiwan", Mz.SharedData("credit-risk/taiwan/train.csv"), "--limit", "300");

        Assert.Equal((ExitCode.Done, 1800), (code, Int(answer, "statementsEqual")));
    }

    /// <summary>Killed with SIGKILL at several places, the replay goes on where it was and ends as if nothing had happened.</summary>
    [Fact]
    public async Task Killed_in_the_middle_it_goes_on_and_ends_the_same()
    {
        using var mz = new Mz();
        var file = mz.Write("many.csv", Encoding.UTF8.GetBytes(Many(3000)));
        var kills = 0;
        foreach (var step in (string[])["open", "2005-05 payments", "2005-06 purchases", "2005-07 statements"])
        {
            kills += await KillAfterAsync(mz, file, step) ? 1 : 0;
        }

        var (code, answer) = await mz.JsonAsync("replay", "taiwan", file);

        Assert.True(kills >= 2, $"only {kills} runs could be killed in the middle");
        Assert.Equal((ExitCode.Done, 18_000), (code, Int(answer, "statementsEqual")));
        Assert.True(answer.GetProperty("verified").GetBoolean());
        Assert.Equal(0, Int(answer, "strangers"));
    }

    private static async Task<bool> KillAfterAsync(Mz mz, string file, string step)
    {
        using var child = mz.Start("replay", "taiwan", file);
        while (await child.StandardError.ReadLineAsync() is { } line)
        {
            if (line.EndsWith(step, StringComparison.Ordinal))
            {
                await Task.Delay(60);
                break;
            }
        }

        var killed = !child.HasExited;
        child.Kill();
        await child.WaitForExitAsync();
        return killed;
    }

    private static string Many(int clients)
    {
        var random = new Random(2005);
        var text = new StringBuilder(File.ReadLines(Mz.Fixture).First()).Append('\n');
        for (var id = 1; id <= clients; id++)
        {
            var numbers = Enumerable.Range(0, 12).Select(i => i < 6 ? random.Next(-100, 40_000) : random.Next(0, 5_000));
            text.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"{id},{random.Next(1, 60) * 1000},1,1,1,1,0,0,0,0,0,0,{string.Join(',', numbers)},0\n");
        }

        return text.ToString();
    }

    private static int Int(JsonElement answer, string name) => answer.GetProperty(name).GetInt32();
}
