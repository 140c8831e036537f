using System.Diagnostics;
using Mingzhang.Cli.House;
using Mingzhang.Cli.Output;
using Mingzhang.Engine;
using Mingzhang.Engine.Verification;
using Mingzhang.Store;

namespace Mingzhang.Cli.Replay.Taiwan;

/// <summary><c>mz replay taiwan</c> from file to report: check the file, run the replay, read the journal back, verify, report.</summary>
public sealed class TaiwanRun(Screen screen, string database, string products)
{
    /// <summary>Runs it; the answer is <see cref="ExitCode.Difference"/> when a statement differs or the books do not verify.</summary>
    public async Task<ExitCode> RunAsync(string path, int limit, CancellationToken cancel)
    {
        var start = Stopwatch.GetTimestamp();
        var terms = HouseDoor.Products(products);
        var clients = TaiwanFile.Read(path, limit);
        var read = Stopwatch.GetElapsedTime(start);
        var report = await ReplayProgress.ShowAsync(screen, async progress =>
        {
            var counts = await DriveAsync(clients, terms, progress, cancel);
            var (driven, cpu) = (Stopwatch.GetElapsedTime(start), Environment.CpuUsage.TotalTime);
            var reading = ReadBack(clients, terms, progress);
            var verification = Verify(terms, progress);
            var times = new ReplayTimes(read, driven, cpu, Stopwatch.GetElapsedTime(start));
            return new TaiwanReport(Path.GetFullPath(database), clients, reading, counts, verification, times);
        });
        TaiwanReportText.Write(screen.Human, report);
        screen.Json(report.ToJson());
        return report.IsGood ? ExitCode.Done : ExitCode.Difference;
    }

    private async Task<ReplayCounts> DriveAsync(
        IReadOnlyList<TaiwanClient> clients, TermsBook terms, IReplayProgress progress, CancellationToken cancel)
    {
        var store = HouseDoor.Store(database, new HouseFacts(Sandbox: true, TaiwanPlan.OpeningOn));
        using var house = CreditHouse.Open(new HouseOptions
        {
            Store = store, Terms = terms, CachedAccounts = Math.Max(131_072, clients.Count * 2),
        });
        var counts = await new TaiwanReplay(house, clients, progress).RunAsync(cancel);
        await house.SettleAsync();
        return counts;
    }

    private VerifyReport Verify(TermsBook terms, IReplayProgress progress)
    {
        progress.Begin("verify", AccountId.Partitions);
        var report = Verifier.Run(Path.GetFullPath(database), terms);
        progress.End();
        return report;
    }

    private JournalReading ReadBack(IReadOnlyList<TaiwanClient> clients, TermsBook terms, IReplayProgress progress)
    {
        progress.Begin("read back", 1);
        using var store = HouseDoor.Store(database, null);
        using var reader = store.OpenReader();
        var reading = new JournalReading(reader, terms, clients);
        reading.Read();
        progress.End();
        return reading;
    }
}
