using System.Xml.Linq;

namespace Mingzhang.Cli.Tests;

/// <summary><c>mz bench</c>: every part runs in its smallest form, and a wrong argument is one line.</summary>
public sealed class BenchTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mz-bench-test-");

    public BenchTests() => Environment.SetEnvironmentVariable(
        "MZ_BENCH", Path.Combine(Mz.Root, "artifacts", "bin", "Mingzhang.Bench", Configuration, "Mingzhang.Bench.dll"));

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/')).Name;

    [Fact]
    public async Task Every_part_runs_and_leaves_a_page_and_a_chart()
    {
        var databases = Path.Combine(_folder.FullName, "db");
        var (code, output, error) = await RunAsync("--smallest", "--folder", databases, "--out", _folder.FullName);
        Assert.True(code == ExitCode.Done, error);
        Assert.DoesNotContain("broke off", output, StringComparison.Ordinal);
        foreach (var figure in (string[])["one in flight", "mz verify", "a day with nothing due", "beside a day end", "bare Kestrel",
            "HTTP in requests of 100", "goals reached", Store.Postgres.PrivateServer.IsPossible ? "TPC-B" : "PostgreSQL is not installed"])
        {
            Assert.Contains(figure, output, StringComparison.Ordinal);
        }

        var page = await File.ReadAllTextAsync(Assert.Single(_folder.GetFiles("*-side-by-side.md")).FullName);
        Assert.DoesNotContain(_folder.FullName, page, StringComparison.Ordinal);
        Assert.Contains("sound", page, StringComparison.Ordinal);
        var chart = XDocument.Load(Path.Combine(_folder.FullName, "side-by-side.svg"));
        Assert.True(chart.Root!.Elements().Count(element => element.Name.LocalName == "rect") > 8);
        Assert.Empty(Directory.GetFileSystemEntries(databases));
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_country_and_too_few_houses_do_not_hold()
    {
        var first = await RunAsync("capacity", "--seed", "7");
        Assert.Equal(ExitCode.Done, first.Code);
        Assert.Equal(first.Output, (await RunAsync("capacity", "--seed", "7")).Output);
        Assert.NotEqual(first.Output, (await RunAsync("capacity", "--seed", "8")).Output);
        var rows = first.Output.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).ToList();
        Assert.All(rows.Where(row => row.StartsWith("| 25 ", StringComparison.Ordinal)), row => Assert.Contains("does not hold", row));
        Assert.Contains(rows, row => row.StartsWith("| 128 ", StringComparison.Ordinal) && row.EndsWith("| holds |"));
    }

    [Theory]
    [InlineData("--rounds 0", "--rounds: a whole number from 1 to 50, not '0'. Write --rounds 3.")]
    [InlineData("--rounds many", "not 'many'")]
    [InlineData("--accounts 5", "from 100 to 20000000")]
    [InlineData("--seconds -1", "--seconds")]
    [InlineData("--only nonsense", "parts out of server, file, days, http")]
    [InlineData("--folder --quick", "--folder")]
    [InlineData("--nonsense", "--nonsense")]
    [InlineData("capacity --seed x", "--seed")]
    public async Task A_wrong_argument_is_one_clear_line(string line, string said)
    {
        var (code, output, error) = await RunAsync(line.Split(' '));
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error + output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<(ExitCode Code, string Output, string Error)> RunAsync(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await Task.Run(() => MzProgram.RunAsync(["bench", .. args], output, error));
        return ((ExitCode)code, output.ToString(), error.ToString());
    }
}
