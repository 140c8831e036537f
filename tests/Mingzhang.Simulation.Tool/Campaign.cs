using System.Globalization;
using System.Text;

namespace Mingzhang.Simulation;

/// <summary>Many histories of one product, played on all cores by core and naive model.</summary>
/// <param name="Line">The product.</param>
/// <param name="Wild">Disputes stay open across due days.</param>
/// <param name="First">First seed.</param>
/// <param name="Count">Seeds.</param>
/// <param name="Months">Account-months played.</param>
/// <param name="Differ">Seeds on which core and model differ; empty = equal.</param>
public sealed record Campaign(string Line, bool Wild, int First, int Count, long Months, IReadOnlyList<int> Differ)
{
    public static Campaign Play(Line line, bool wild, int first, int count)
    {
        long months = 0;
        List<int> differ = [];
        _ = Parallel.For(first, first + count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, seed =>
        {
            (int played, bool equal) = Generator.Compare(seed, HabitsOf(wild), line);
            _ = Interlocked.Add(ref months, played);
            if (!equal)
            {
                lock (differ)
                {
                    differ.Add(seed);
                }
            }
        });
        return new Campaign(line.Name, wild, first, count, months, [.. differ.Order()]);
    }

    /// <summary>The smallest histories that still differ, at most so many; empty = equal.</summary>
    public string Failures(int most)
    {
        StringBuilder text = new();
        foreach (int seed in Differ.Take(most))
        {
            Script smallest = Generator.Make(seed, HabitsOf(Wild), LendingLines.Named(Line)).Shrunk();
            _ = text.Append(CultureInfo.InvariantCulture,
                $"MZ_SEED={seed}\n{smallest}{smallest.Difference()}\n{smallest.LastEvents(Knobs.Events)}\n");
        }

        return text.ToString();
    }

    /// <summary>The smallest history of the first difference with the core's figures of every day on which something happened.</summary>
    public string Traced() => Differ.Count == 0 ? ""
        : Traces.Of(Generator.Make(Differ[0], HabitsOf(Wild), LendingLines.Named(Line)).Shrunk());

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Line}{(Wild ? "+disputes" : "")} seeds {First} to {First + Count - 1}: {Months} account-months, differ: {Seeds}");

    private string Seeds => Differ.Count == 0 ? "none" : string.Join(' ', Differ);

    private static Func<Habits, Habits>? HabitsOf(bool wild) => wild ? h => h with { WildDisputes = true, Disputes = 12 } : null;
}
