using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace Mingzhang.Bench;

/// <summary>How many objects of which type a call makes, from the collector's allocation ticks: one about every 100 KB, with type and
/// size.</summary>
/// <remarks>The bytes of a call are exact; how they divide among types is sampled over <see cref="Bytes"/>, so a count is good to a few
/// hundredths.</remarks>
internal static class ObjectCount
{
    private const long Bytes = 2_000_000_000;

    /// <summary>By type, most bytes first: bytes and objects of one of <paramref name="each"/> calls.</summary>
    public static IReadOnlyList<(string Type, double Bytes, double Objects)> Of(Func<long> play, int each)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        GC.KeepAlive(play());
        var perPlay = GC.GetAllocatedBytesForCurrentThread() - before;
        if (perPlay < each)
        {
            return [];
        }

        using var ticks = new Ticks();
        for (var n = 0L; n < Bytes / perPlay; n++)
        {
            GC.KeepAlive(play());
        }

        ticks.Stop();
        double all = ticks.Seen.Values.Sum();
        var perCall = (double)perPlay / each;
        return [.. ticks.Seen.Select(seen => (seen.Key.Type, Bytes: perCall * seen.Value / all,
            Objects: perCall * seen.Value / all / seen.Key.Size)).OrderByDescending(made => made.Bytes)];
    }

    /// <summary>Prints a table.</summary>
    public static void Told(string name, Func<long> play, int each)
    {
        var made = Of(play, each);
        Console.WriteLine($"{name}: {made.Sum(one => one.Bytes):0} bytes, {made.Sum(one => one.Objects):0.0} objects");
        Console.WriteLine();
        Console.WriteLine("| type | objects | bytes |");
        Console.WriteLine("|---|---|---|");
        foreach (var (type, bytes, objects) in made.Where(one => one.Objects > 0.02))
        {
            Console.WriteLine($"| {type} | {objects:0.00} | {bytes:0} |");
        }

        Console.WriteLine();
    }

    private sealed class Ticks : EventListener
    {
        private const EventKeywords Collector = (EventKeywords)1;
        private const int Tick = 10;

        private volatile bool _stopped;

        public ConcurrentDictionary<(string Type, long Size), int> Seen { get; } = new();

        public void Stop() => _stopped = true;

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
            {
                EnableEvents(eventSource, EventLevel.Verbose, Collector);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (_stopped || eventData.EventId != Tick || eventData.PayloadNames is not { } names || eventData.Payload is not { } values)
            {
                return;
            }

            var type = $"{values[names.IndexOf("TypeName")]}";
            var size = Convert.ToInt64(values[names.IndexOf("ObjectSize")], System.Globalization.CultureInfo.InvariantCulture);
            Seen.AddOrUpdate((type, size), 1, (_, times) => times + 1);
        }
    }
}
