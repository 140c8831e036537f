using System.Diagnostics;
using Mingzhang.Store;

namespace Mingzhang.Bench;

/// <summary>What one run of the engine gave.</summary>
internal sealed record Throughput(
    double PerSecond, double P50, double P99, int Transactions, double LagSeconds,
    double MicrosecondsCpu, double PauseShare, long BytesEach);

/// <summary>The measurements.</summary>
internal static class Measures
{
    /// <summary>Milliseconds of appending 4 KiB and one fsync: median and 99th of a hundred.</summary>
    public static (double P50, double P99) Fsync(string root)
    {
        var path = Path.Combine(root, "fsync.bin");
        var page = new byte[4096];
        var times = new List<double>();
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        for (var i = 0; i < 300; i++)
        {
            var from = Stopwatch.GetTimestamp();
            file.Write(page);
            CheckedFile.SyncData(path);
            times.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
        }

        File.Delete(path);
        return Percentiles(times);
    }

    /// <summary>Many callers, each sending its next command when the last is answered.</summary>
    public static async Task<Throughput> ManyAsync(House house, int accounts, int callers, int commands, int seed)
    {
        var load = new Load(accounts, seed);
        var queue = new List<Engine.CommandEnvelope>(commands);
        for (var i = 0; i < commands; i++)
        {
            queue.Add(load.Next());
        }

        house.Transactions.Clear();
        GC.Collect();
        var next = -1;
        var times = new double[commands];
        var (paused, allocated) = (GC.GetTotalPauseDuration(), GC.GetTotalAllocatedBytes());
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (var i = Interlocked.Increment(ref next); i < commands; i = Interlocked.Increment(ref next))
            {
                var from = Stopwatch.GetTimestamp();
                _ = await house.Engine.SubmitAsync(queue[i]);
                times[i] = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
            }
        })));
        await house.Engine.SettleAsync();
        var seconds = watch.Elapsed.TotalSeconds;
        var used = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        var share = (GC.GetTotalPauseDuration() - paused).TotalSeconds / seconds;
        var bytes = (GC.GetTotalAllocatedBytes() - allocated) / commands;
        var transactions = house.Transactions.Count;
        watch.Restart();
        await house.Engine.CatchUpFollowersAsync();
        var (p50, p99) = Percentiles([.. times]);
        return new Throughput(
            commands / seconds, p50, p99, transactions, watch.Elapsed.TotalSeconds,
            used.TotalMicroseconds / commands, share, bytes);
    }

    public static (double P50, double P99) Percentiles(List<double> times)
    {
        times.Sort();
        return (times[times.Count / 2], times[times.Count * 99 / 100]);
    }
}
