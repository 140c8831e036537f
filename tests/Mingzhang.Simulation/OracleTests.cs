using System.Globalization;

namespace Mingzhang.Simulation;

/// <summary>T3: the core against the naive model, to the fen, every day.</summary>
public sealed class OracleTests(ITestOutputHelper output)
{
    /// <summary>MZ_SIM_SCALE multiplies the number of accounts; MZ_SEED replays one.</summary>
    public static int Scale => int.Parse(Environment.GetEnvironmentVariable("MZ_SIM_SCALE") ?? "1", CultureInfo.InvariantCulture);

    /// <summary>MZ_FAILS: how many failing seeds to shrink and print before giving up.</summary>
    private static int Failures => int.Parse(Environment.GetEnvironmentVariable("MZ_FAILS") ?? "1", CultureInfo.InvariantCulture);

    private static Func<Habits, Habits>? Without() =>
        Environment.GetEnvironmentVariable("MZ_NO") is { } no
            ? h => h with { Disputes = no.Contains('d', StringComparison.Ordinal) ? 0 : h.Disputes, WriteOffs = no.Contains('w', StringComparison.Ordinal) ? 0 : h.WriteOffs, Closes = no.Contains('c', StringComparison.Ordinal) ? 0 : h.Closes }
            : null;

    [Fact]
    public void Core_equals_the_rules_page_every_day()
    {
        string? one = Environment.GetEnvironmentVariable("MZ_SEED");
        int first = one is null ? 1 : int.Parse(one, CultureInfo.InvariantCulture);
        int count = one is null ? 250 * Scale : 1;
        long months = 0;
        List<string> failures = [];
        for (int seed = first; seed < first + count; seed++)
        {
            Script script = Generator.Make(seed, Without());
            months += ((script.Until.Year - script.Steps[0].On.Year) * 12) + script.Until.Month - script.Steps[0].On.Month;
            if (script.Difference() is not null)
            {
                Script smallest = script.Shrunk();
                failures.Add($"MZ_SEED={seed}\n{smallest}{smallest.Difference()}{smallest.LastEvents(12)}");
                if (failures.Count >= Failures)
                {
                    break;
                }
            }
        }

        foreach (string line in Script.Precedence.Order(StringComparer.Ordinal))
        {
            output.WriteLine(line);
        }

        Assert.True(failures.Count == 0, string.Join("\n\n", failures));

        output.WriteLine($"seeds {first} to {first + count - 1}, {months} account-months");
    }
}
