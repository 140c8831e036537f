using System.Diagnostics;
using System.Globalization;
using Mingzhang.Engine;

namespace Mingzhang.Crash.Tool.Disks;

/// <summary>What a run of power cuts showed.</summary>
public sealed record PowerReport(
    int Lives, int Cuts, int Steps, int Commands, int Heard, int Silences, IReadOnlyList<string> Violations, TimeSpan Took)
{
    /// <summary>For people and for the results folder.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"""
        - lives of one house on a recorded disk: {Lives}, each broken off at a write or a sync; writes, syncs and answers recorded: {Steps}
        - commands: {Commands}; answers heard: {Heard}; callers who heard nothing and asked again: {Silences}
        - power cuts tried: {Cuts}
        - acknowledgements lost, answers changed, books unsound, files that do not open: {Violations.Count}
        - took {Took.TotalSeconds:0.0} s
        {string.Concat(Violations.Take(20).Select(one => $"  - VIOLATION {one}\n"))}
        """);
}

/// <summary>A fault put under or into the house; it has to be found.</summary>
public enum PowerPlant
{
    None,

    /// <summary>The disk takes a sync of the log for done and does nothing, as <c>synchronous=NORMAL</c> would.</summary>
    NoSync,

    /// <summary>Answers before COMMIT.</summary>
    AckBeforeCommit,
}

/// <summary>
/// T5: a house on a disk that records every write, sync and answer. It is broken off again and again in the middle of its writing and
/// opened again on what the machine still holds in memory; then the power is cut at places of the record, with the writes that no sync had
/// reached lost, kept in part, torn or kept.
/// </summary>
public sealed class PowerRun(int lives, int cuts, int seed, PowerPlant plant = PowerPlant.None)
{
    private const string Database = "house.db";
    private const string Log = Database + "-wal";

    private readonly Random _random = new(seed);
    private readonly DiskRecord _record = new();
    private readonly Callers _callers = new(seed);
    private readonly List<(int From, int To)> _askedAgain = [];

    public async Task<PowerReport> RunAsync()
    {
        Stopwatch watch = Stopwatch.StartNew();
        using TestFolder folder = new();
        _callers.Record = _record;
        using (WatchedDisk disk = new(folder.New()) { Record = _record })
        {
            for (int life = 0; life < lives && _callers.Violations.Count == 0; life++)
            {
                await LifeAsync(disk, life);
            }
        }

        int tried = 0;
        for (; tried < cuts && _callers.Violations.Count == 0; tried++)
        {
            // While callers hear again what the life before had written; anywhere; at the end.
            (int from, int to) = tried % 2 == 0 ? _askedAgain[_random.Next(_askedAgain.Count)] : (0, _record.Count);
            int place = tried == 1 ? to : _random.Next(from, to + 1);
            await CutAsync(folder, place, tried % 2 == 0 ? Unsynced.Lost : (Unsynced)_random.Next(4));
        }

        return new PowerReport(
            lives, tried, _record.Count, _callers.Asked, _callers.Heard.Count, _callers.Silences, _callers.Violations, watch.Elapsed);
    }

    private async Task LifeAsync(WatchedDisk disk, int life)
    {
        disk.Plan = AnswerOf;
        Plant inside = plant == PowerPlant.AckBeforeCommit ? Plant.AckBeforeCommit : Plant.None;
        using (CreditHouse house = House.Open(Path.Combine(disk.Folder, Database), inside, checkpointMegabytes: 1))
        {
            if (life == 0)
            {
                await _callers.OpenAccountsAsync(house);
            }

            int from = _record.Count;
            await _callers.AskAgainAsync(house);
            _askedAgain.Add((from, _record.Count));
            await LoadLightlyAsync(house);
            BreakOff(disk);
            for (int i = 0; i < 20 && house.Fault is null; i++)
            {
                await LoadLightlyAsync(house);
            }
        }

        disk.Plan = null;
    }

    private async Task LoadLightlyAsync(CreditHouse house)
    {
        await _callers.LoadAsync(house, 40, _random.Next(3) == 0 ? 1 : 8);
        await _callers.BulkAsync(house, 10);
        if (_random.Next(8) == 0 && house.Fault is null)
        {
            try
            {
                _ = await house.AdvanceDayAsync();
            }
            catch (Exception cause) when (Callers.IsHonest(cause))
            {
                return;
            }
        }
    }

    /// <summary>
    /// From a write or a sync on, chosen by chance, nothing reaches the disk any more: as if the process had been killed there.
    /// </summary>
    private void BreakOff(WatchedDisk disk)
    {
        (DiskAct at, int left, bool gone) = (_random.Next(3) == 0 ? DiskAct.Write : DiskAct.Sync, 1 + _random.Next(30), false);
        disk.Plan = ask =>
        {
            gone = gone || (ask.Act == at && ask.File == Log && --left == 0);
            return gone && ask.Act != DiskAct.Read ? DiskAnswer.Fails : AnswerOf(ask);
        };
    }

    private DiskAnswer AnswerOf(DiskAsk ask) => plant == PowerPlant.NoSync && ask.Act == DiskAct.Sync && ask.File == Log
        ? DiskAnswer.Swallows : DiskAnswer.Does;

    private async Task CutAsync(TestFolder folder, int place, Unsynced unsynced)
    {
        string where = $"cut at {place} of {_record.Count}, unsynced writes {unsynced}";
        string copy = folder.New(_record.CutBefore(place, unsynced, _random));
        try
        {
            using CreditHouse house = House.Open(Path.Combine(copy, Database));
            await _callers.CheckAsync(house, where, _record.HeardBefore(place));
        }
        catch (Exception cause) when (Callers.IsHonest(cause))
        {
            _callers.Accuse($"{where}: {cause.Message}");
        }

        Directory.Delete(copy, recursive: true);
    }
}
