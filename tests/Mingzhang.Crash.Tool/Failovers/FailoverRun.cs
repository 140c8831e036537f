using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Mingzhang.Engine;
using Mingzhang.Store.Postgres;
using Npgsql;

namespace Mingzhang.Crash.Tool.Failovers;

/// <summary>What a run of failovers showed.</summary>
/// <param name="Back">From the kill of the primary until every caller had an answer of the standby, the shortest first.</param>
public sealed record FailoverReport(
    int Failovers, int Asked, int Heard, int Silences, IReadOnlyList<TimeSpan> Back, IReadOnlyList<string> Violations, TimeSpan Took)
{
    /// <summary>For people and for the results folder.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"""
        - primaries killed under load, each time the synchronous standby took over and got a standby of its own: {Failovers}
        - commands: {Asked}; answers heard: {Heard}; callers who heard nothing and asked again: {Silences}
        - from the kill until 64 callers had an answer again, by the same house: {Middle:0} ms in the median, at most {Most:0} ms
        - lost, double, answered differently, unsound: {Violations.Count}
        - took {Took.TotalSeconds:0} s
        {string.Concat(Violations.Take(20).Select(one => $"  - VIOLATION {one}\n"))}
        """);

    private double Middle => Back.Count == 0 ? 0 : Back[Back.Count / 2].TotalMilliseconds;

    private double Most => Back.Count == 0 ? 0 : Back[^1].TotalMilliseconds;
}

/// <summary>A fault put into servers or house; it has to be found.</summary>
public enum FailoverPlant
{
    None,

    /// <summary>The standby is not waited for, and its line is cut before the primary dies.</summary>
    Asynchronous,

    /// <summary>Answers before COMMIT.</summary>
    AckBeforeCommit,
}

/// <summary>
/// T10: a house whose connection string names primary and standby. The primary is killed under load and the standby promoted; the house
/// goes on there without a restart.
/// </summary>
public sealed class FailoverRun(int failovers, int seed, FailoverPlant plant = FailoverPlant.None)
{
    private readonly Random _random = new(seed);
    private readonly Callers _callers = new(seed);
    private readonly List<TimeSpan> _back = [];
    private string _database = "";

    /// <summary>Null where PostgreSQL is not installed.</summary>
    public async Task<FailoverReport?> RunAsync()
    {
        Stopwatch watch = Stopwatch.StartNew();
        PrivateServer? primary = PrivateServer.Start();
        if (primary is null)
        {
            return null;
        }

        try
        {
            _database = new NpgsqlConnectionStringBuilder(primary.NewDatabase()).Database!;
            for (int i = 0; i < failovers && _callers.Violations.Count == 0; i++)
            {
                primary = await FailOverAsync(primary, first: i == 0);
            }

            using CreditHouse last = House.Open(primary.Text(_database));
            await _callers.CheckAsync(last, "at the end");
        }
        finally
        {
            primary.Dispose();
        }

        return new FailoverReport(
            _back.Count, _callers.Asked, _callers.Heard.Count, _callers.Silences, [.. _back.Order()], _callers.Violations, watch.Elapsed);
    }

    [SuppressMessage("Reliability", "CA2025:Ensure tasks using IDisposable instances complete", Justification = "Awaited before it goes.")]
    private async Task<PrivateServer> FailOverAsync(PrivateServer primary, bool first)
    {
        Stopwatch watch;
        PrivateServer standby = primary.StartStandby(synchronous: plant != FailoverPlant.Asynchronous);
        using (primary)
        {
            using CreditHouse house = House.Open(
                Either(primary, standby), plant == FailoverPlant.AckBeforeCommit ? Plant.AckBeforeCommit : Plant.None,
                reconnectFor: TimeSpan.FromSeconds(60));
            if (first)
            {
                await _callers.OpenAccountsAsync(house);
            }

            if (plant == FailoverPlant.Asynchronous)
            {
                await house.SettleAsync();
                standby.Deafen();
            }

            using CancellationTokenSource enoughAfter = new();
            Task load = LoadAsync(house, enoughAfter.Token);
            int enough = _callers.Heard.Count + 100 + _random.Next(300);
            for (int waited = 0; _callers.Heard.Count < enough && waited < 3_000; waited++)
            {
                await Task.Delay(5);
            }

            watch = Stopwatch.StartNew();
            primary.Kill();
            standby.Promote();
            int silent = _callers.Heard.Count;
            for (int waited = 0; _callers.Heard.Count < silent + 64 && house.Fault is null && waited < 12_000; waited++)
            {
                await Task.Delay(5);
            }

            _back.Add(watch.Elapsed);
            await enoughAfter.CancelAsync();
            await load;
            if (plant == FailoverPlant.None && house.Fault is { } fault)
            {
                _callers.Accuse($"the house did not outlive it: {fault.Message}");
            }
        }

        using CreditHouse after = House.Open(standby.Text(_database));
        await _callers.AskAgainAsync(after);
        await _callers.CheckAsync(after, $"failover {_back.Count}");
        return standby;
    }

    private string Either(PrivateServer one, PrivateServer other) => new NpgsqlConnectionStringBuilder(one.Text(_database))
    {
        Host = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{one.Port},127.0.0.1:{other.Port}"),
        TargetSessionAttributes = "read-write",
    }.ToString();

    private async Task LoadAsync(CreditHouse house, CancellationToken enough)
    {
        while (house.Fault is null && !enough.IsCancellationRequested)
        {
            await _callers.LoadAsync(house, 64, 16);
        }
    }
}
