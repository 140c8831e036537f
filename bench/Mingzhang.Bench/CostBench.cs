using System.Diagnostics;
using System.Globalization;
using Mingzhang.Domain.AnnualCost;

namespace Mingzhang.Bench;

/// <summary>Annual cost of a schedule: time and memory per call. <c>dotnet run -c Release
/// --project bench/Mingzhang.Bench -- costs</c>.</summary>
internal static class CostBench
{
    private const int Calls = 20_000;
    private const int Rounds = 101;

    public static void Run()
    {
        foreach (var (name, rows) in new[] { ("12 rows", 12), ("36 rows", 36), ("360 rows", 360) })
        {
            var payment = (long)(1_200_000 * 1.0085 * Math.Max(1, 0.0085 * rows) / rows) + 6000;
            long[] flows = [-1_200_000, .. Enumerable.Repeat(payment, rows)];
            DatedFlow[] dated = [.. flows.Select((flow, i) => new DatedFlow(new DateOnly(2026, 1, 15).AddMonths(i), flow))];
            Measure($"both annual rates, {name}", () => AnnualRates.OfPeriods(flows)!.Value.SimplePpm);
            Measure($"XIRR, {name}", () => (long)(InternalRate.OfDays(dated).Value * 1_000_000));
        }
    }

    private static void Measure(string what, Func<long> call)
    {
        var (nanoseconds, check) = (new double[Rounds], 0L);
        var calls = what.StartsWith("XIRR", StringComparison.Ordinal) ? Calls / 100 : Calls;
        for (var round = -20; round < Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < calls; i++)
            {
                check += call();
            }

            var elapsed = Stopwatch.GetElapsedTime(started).TotalNanoseconds / calls;
            nanoseconds[Math.Max(round, 0)] = elapsed;
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        check += call();
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Array.Sort(nanoseconds);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: median {nanoseconds[Rounds / 2]:N0} ns, 90 % {nanoseconds[Rounds * 9 / 10]:N0} ns, {bytes} bytes ({check % 7})"));
    }
}
