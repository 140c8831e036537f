namespace Mingzhang.Simulation;

/// <summary>Golden cases as an accountant reads them: tests/Cases/*.case. MZ_UPDATE=1 writes the figures anew.</summary>
public sealed class CaseTests
{
    public static readonly string Folder = Find();

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*.case").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_figures_are_those_of_the_case(string name)
    {
        string path = Path.Combine(Folder, name + ".case");
        CaseRun run = new();
        foreach (string line in File.ReadAllLines(path))
        {
            run.Play(line);
        }

        if (Environment.GetEnvironmentVariable("MZ_UPDATE") == "1")
        {
            File.WriteAllText(path, string.Join('\n', run.Written) + "\n");
        }
        else
        {
            Assert.True(run.Wrong.Count == 0, string.Join('\n', run.Wrong));
        }

        Assert.Null(run.Difference());
    }

    /// <summary>T1 to T19 of the domain rules each have a case that bears their number.</summary>
    [Fact]
    public void Every_worked_case_of_the_domain_rules_is_here()
    {
        string[] files = [.. Directory.GetFiles(Folder, "T*.case").Select(f => Path.GetFileName(f)[..3])];
        Assert.Equal(Enumerable.Range(1, 19).Select(n => $"T{n:00}"), files.Distinct().Order(StringComparer.Ordinal));
    }

    private static string Find()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Mingzhang.slnx")))
        {
            at = at.Parent;
        }

        return Path.Combine(at!.FullName, "tests", "Cases");
    }
}
