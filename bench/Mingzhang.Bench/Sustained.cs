using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Mingzhang.Bench;

/// <summary>
/// A load that goes on for a given time on random accounts, with pgbench before and after it where the house is on a server.
/// </summary>
internal static partial class Sustained
{
    /// <summary>Measures and writes lines of a table.</summary>
    public static async Task RunAsync(Arguments arguments, Action<string> line)
    {
        using var house = await House.CreateAsync(arguments, arguments.Accounts);
        var simple = new List<double>();
        var prepared = new List<double>();
        var rates = new List<double>();
        house.Server?.Program("pgbench", "-i", "-q", "-s", "20", "postgres");
        for (var round = 0; round < arguments.Rounds; round++)
        {
            Pgbench(house, simple, prepared);
            var (rate, p50, p99) = await LoadAsync(house, arguments, round);
            rates.Add(rate);
            line($"| engine, {arguments.Accounts:#,0} accounts, {arguments.Callers} callers, {arguments.Seconds} s | "
                + $"{rate:#,0} commands/s, p50 {p50:0.00} ms, p99 {p99:0.0} ms |");
        }

        Pgbench(house, simple, prepared);
        if (house.Server is not null)
        {
            line($"| pgbench TPC-B, simple and prepared, medians | {Median(simple):#,0} and {Median(prepared):#,0}/s |");
            line($"| engine to it | × {Median(rates) / Median(simple):0.0} (goal 20) and × {Median(rates) / Median(prepared):0.0} |");
        }

        var one = await Measures.ManyAsync(house, arguments.Accounts, 1, 3_000, 77);
        line($"| one caller | p50 {one.P50:0.000} ms, p99 {one.P99:0.000} ms |");
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void Pgbench(House house, List<double> simple, List<double> prepared)
    {
        if (house.Server is { } server)
        {
            simple.Add(Rate(server.Program("pgbench", "-c", "8", "-j", "2", "-T", "8", "-M", "simple", "postgres")));
            prepared.Add(Rate(server.Program("pgbench", "-c", "8", "-j", "2", "-T", "8", "-M", "prepared", "postgres")));
        }
    }

    private static double Rate(string printed) => double.Parse(Tps().Match(printed).Groups[1].Value, CultureInfo.InvariantCulture);

    private static async Task<(double PerSecond, double P50, double P99)> LoadAsync(House house, Arguments arguments, int round)
    {
        GC.Collect();
        var times = new List<double>[arguments.Callers];
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var served = house.Server?.ProcessorTime ?? TimeSpan.Zero;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, arguments.Callers).Select(caller => Task.Run(async () =>
        {
            var load = new Load(arguments.Accounts, (round * 10_000) + caller, arguments.Callers, caller + 1);
            var mine = times[caller] = [];
            while (watch.Elapsed.TotalSeconds < arguments.Seconds)
            {
                var from = Stopwatch.GetTimestamp();
                _ = await house.Engine.SubmitAsync(load.Next());
                mine.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
            }
        })));
        await house.Engine.SettleAsync();
        var seconds = watch.Elapsed.TotalSeconds;
        List<double> all = [.. times.SelectMany(mine => mine)];
        var used = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        served = (house.Server?.ProcessorTime ?? TimeSpan.Zero) - served;
        Console.Error.WriteLine($"{used.TotalMicroseconds / all.Count:0.0} us of processor a command, "
            + $"{served.TotalMicroseconds / all.Count:0.0} us in the server");
        var (p50, p99) = Measures.Percentiles(all);
        return (all.Count / seconds, p50, p99);
    }

    [GeneratedRegex(@"tps = ([0-9.]+) \(without")]
    private static partial Regex Tps();
}
