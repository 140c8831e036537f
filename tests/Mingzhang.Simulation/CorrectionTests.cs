namespace Mingzhang.Simulation;

/// <summary>T16: a fact that comes late, is taken back or was recorded wrongly ends where the right facts on time would have
/// ended.</summary>
public sealed class CorrectionTests(ITestOutputHelper output)
{
    // Cases of every line in a commit run: together ten thousand.
    private const int Cases = 570;

    public static TheoryData<string> Lines =>
        [.. ShippedLines.All.Append(LendingLines.PayLater).Concat(LendingLines.Lending).Concat(ReliefLines.All).Select(line => line.Name)];

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_corrected_history_equals_the_right_one(string name)
    {
        CorrectionRun run = new(ShippedLines.Named(name));
        List<string> failures = [];
        int wanted = Knobs.Seeds(Cases);
        int seed = Knobs.FirstSeed;
        while (run.Compared < wanted && failures.Count < Knobs.Failures && seed < Knobs.FirstSeed + wanted)
        {
            int from = seed;
            seed += wanted == 1 ? 1 : 16;
            _ = Parallel.For(from, seed, new ParallelOptions { MaxDegreeOfParallelism = 2 }, one =>
            {
                if (run.Play(one) is { } difference)
                {
                    lock (failures)
                    {
                        failures.Add(difference);
                    }
                }
            });
        }

        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
        output.WriteLine(run.Summary);
        Assert.True(wanted == 1 || (run.Compared >= wanted && run.Farthest > 550), run.Summary);
    }
}
