namespace Mingzhang.Bench.Side;

/// <summary>On a file: throughput, one in flight, ten times the accounts, memory, refolding.</summary>
internal sealed class FileFigures(SideOptions options, Board board)
{
    /// <summary>Measures.</summary>
    public async Task RunAsync()
    {
        Arguments arguments = new(["--folder", options.Folder]);
        var few = Math.Max(100, options.Accounts / 10);
        using var small = await House.CreateAsync(arguments, few);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var large = await House.CreateAsync(arguments, options.Accounts);
        Memory(before, "opened");
        _ = await Measures.ManyAsync(small, few, 1024, options.Commands / 2, 1);
        _ = await Measures.ManyAsync(large, options.Accounts, 1024, options.Commands / 2, 2);
        for (var round = 0; round < options.Rounds; round++)
        {
            var one = await Measures.ManyAsync(small, few, 1, Math.Min(3_000, options.Commands / 10), 700 + round);
            board.Add("engine on SQLite FULL, one in flight, p50", "ms", one.P50, Goal.Most(0.6), $"p99 {one.P99:0.00} ms");
            var ofFew = await Measures.ManyAsync(small, few, 1024, options.Commands, 10 + round);
            board.Add(
                $"engine on SQLite FULL, {few:#,0} accounts, 1,024 callers", "commands/s", ofFew.PerSecond, Goal.Least(50_000),
                $"p50 {ofFew.P50:0.0} ms, p99 {ofFew.P99:0} ms");
            var ofMany = await Measures.ManyAsync(large, options.Accounts, 1024, options.Commands, 100 + round);
            board.Add(
                $"engine on SQLite FULL, {options.Accounts:#,0} accounts, 1,024 callers", "commands/s", ofMany.PerSecond, null,
                $"p50 {ofMany.P50:0.0} ms, p99 {ofMany.P99:0} ms");
            board.Add("cost of a command with ten times the accounts", "x", ofFew.PerSecond / ofMany.PerSecond, Goal.Most(1.2));
        }

        Memory(before, "opened, some with purchases");
        for (var round = 0; round < options.Rounds; round++)
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            var report = await small.Engine.VerifyAsync();
            board.Add(
                "refolding everything, mz verify, two cores", "events/s", report.Rows / watch.Elapsed.TotalSeconds, Goal.Least(1_000_000),
                report.IsSound ? $"{report.Rows:#,0} rows, sound" : $"NOT SOUND: {report.First}");
        }
    }

    private void Memory(long before, string which) => board.Add(
        $"memory of an account kept, {which}", "bytes", (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)options.Accounts,
        Goal.Most(1_000), $"{options.Accounts:#,0} accounts");
}
