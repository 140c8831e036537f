using System.Diagnostics;
using System.Globalization;
using Mingzhang.Engine;

namespace Mingzhang.Crash.Tool.Disks;

/// <summary>What a run of full disks showed.</summary>
public sealed record FullReport(
    string Kind, int Full, int RefusedToOpen, int Asked, int Heard, int Silences, TimeSpan BackMost, IReadOnlyList<string> Violations,
    TimeSpan Took)
{
    /// <summary>For people and for the results folder.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"""
        - disk: {Kind}; filled under load {Full} times, then freed
        - while it was full the house was opened again and again; it refused {RefusedToOpen} times, saying that the disk is full
        - commands: {Asked}; answers heard: {Heard}; callers who heard nothing and asked again: {Silences}
        - after the disk was freed every caller had an answer within {BackMost.TotalMilliseconds:0} ms at most
        - lost, double, answered differently, unsound, a stop that does not say why: {Violations.Count}
        - took {Took.TotalSeconds:0.0} s
        {string.Concat(Violations.Take(20).Select(one => $"  - VIOLATION {one}\n"))}
        """);
}

/// <summary>T7: the disk fills up under load, is held full while a supervisor starts the house again and again, and is freed.</summary>
public sealed class FullRun(IRoom room, int times, int seed, Plant plant = Plant.None)
{
    private const int OpenedWhileFull = 3;

    private readonly Random _random = new(seed);
    private readonly Callers _callers = new(seed);
    private int _full;
    private int _refused;
    private TimeSpan _back;

    private string Database => Path.Combine(room.Folder, "house.db");

    public async Task<FullReport> RunAsync()
    {
        Stopwatch watch = Stopwatch.StartNew();
        using (CreditHouse house = House.Open(Database))
        {
            await _callers.OpenAccountsAsync(house);
        }

        while (_full < times && _callers.Violations.Count == 0)
        {
            await FillAsync();
            for (int i = 0; i < OpenedWhileFull; i++)
            {
                await OpenWhileFullAsync();
            }

            await FreeAsync();
        }

        return new FullReport(
            room.Kind, _full, _refused, _callers.Asked, _callers.Heard.Count, _callers.Silences, _back, _callers.Violations, watch.Elapsed);
    }

    private async Task FillAsync()
    {
        using CreditHouse house = House.Open(Database, plant, checkpointMegabytes: 1);
        await _callers.AskAgainAsync(house);
        room.Leave(_random.Next(200_000));
        for (int i = 0; i < 100 && house.Fault is null; i++)
        {
            await _callers.LoadAsync(house, 60, _random.Next(3) == 0 ? 1 : 8);
        }

        _full++;
        Expect(house.Fault, "under load");
    }

    /// <summary>What a supervisor does: it may open and stop again, or not open; it must say why, and promise nothing.</summary>
    private async Task OpenWhileFullAsync()
    {
        try
        {
            using CreditHouse house = House.Open(Database, plant, checkpointMegabytes: 1);
            for (int i = 0; i < 20 && house.Fault is null; i++)
            {
                await _callers.LoadAsync(house, 20, 4);
            }

            Expect(house.Fault, "opened while full");
        }
        catch (Exception cause) when (Callers.IsHonest(cause))
        {
            _refused++;
            Expect(cause, "refused to open");
        }
    }

    private async Task FreeAsync()
    {
        room.Free();
        Stopwatch watch = Stopwatch.StartNew();
        try
        {
            using CreditHouse house = House.Open(Database);
            await _callers.AskAgainAsync(house);
            _back = watch.Elapsed > _back ? watch.Elapsed : _back;
            await _callers.LoadAsync(house, 40, 8);
            await _callers.CheckAsync(house, $"after the disk was full {_full} times");
        }
        catch (Exception cause) when (Callers.IsHonest(cause))
        {
            _callers.Accuse($"the disk has room again, but the house is not back: {cause.Message}");
        }
    }

    private void Expect(Exception? fault, string where)
    {
        if (fault is null || !fault.Message.Contains("full", StringComparison.Ordinal))
        {
            _callers.Accuse($"{where}: the disk is full, the house says: {fault?.Message ?? "nothing"}");
        }
    }
}
