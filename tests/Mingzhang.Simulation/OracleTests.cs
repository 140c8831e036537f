using System.Globalization;

namespace Mingzhang.Simulation;

/// <summary>T3: the core against the naive model, to the fen, every day and every answer.</summary>
public sealed class OracleTests(ITestOutputHelper output)
{
    [Fact]
    public void Core_equals_the_rules_page_every_day() => Compare(Knobs.FirstSeed, Knobs.Seeds(250), h => h);

    [Fact]
    public void Disputes_across_due_days() => Compare(Knobs.FirstSeed, Knobs.Seeds(100), h => h with { WildDisputes = true,
        Disputes = 12 });

    private void Compare(int first, int count, Func<Habits, Habits> change)
    {
        long months = 0;
        List<string> failures = [];
        for (int seed = first; seed < first + count && failures.Count < Knobs.Failures; seed++)
        {
            Script script = Generator.Make(seed, change);
            months += script.Months;
            if (script.Difference() is not null)
            {
                Script smallest = script.Shrunk();
                failures.Add($"MZ_SEED={seed}\n{smallest}{smallest.Difference()}{smallest.LastEvents(Knobs.Events)}");
            }
        }

        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seeds {first} to {first + count - 1}, {months} account-months"));
    }
}
