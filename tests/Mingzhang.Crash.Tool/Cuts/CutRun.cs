using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Mingzhang.Engine;
using Mingzhang.Engine.Verification;
using Mingzhang.Store;
using Mingzhang.Store.Postgres;
using Npgsql;

namespace Mingzhang.Crash.Tool.Cuts;

/// <summary>A fault put into the harness's subject; it has to be found.</summary>
public enum CutPlant
{
    None,

    /// <summary>Answers before the rows are there.</summary>
    AckBeforeCommit,

    /// <summary>Asks again under a new key when it heard nothing.</summary>
    NewKey,

    /// <summary>The server says that it committed and rolled back.</summary>
    LyingServer,

    /// <summary>A house that stops over 40001.</summary>
    StopsOver40001,
}

/// <summary>T9: a house behind a proxy that breaks COMMITs, again and again; what was acknowledged is kept here.</summary>
/// <param name="server">Behind the proxy.</param>
/// <param name="faults">How many.</param>
/// <param name="seed">Which and where.</param>
/// <param name="plant">What is wrong with the subject.</param>
/// <param name="outlives">
/// Whether the house opens broken connections again, finds out what became of its COMMIT and answers every caller; otherwise it stops.
/// </param>
public sealed class CutRun(PrivateServer server, int faults, int seed, CutPlant plant = CutPlant.None, bool outlives = false) : IDisposable
{
    private const int Callers = 8;
    private const int Accounts = 40;

    private static readonly CommitFault[] Kinds =
    [
        CommitFault.CutBefore, CommitFault.CutAfter, CommitFault.CutBeside, CommitFault.Serialisation, CommitFault.Deadlock,
        CommitFault.Shutdown,
    ];

    private readonly Random _random = new(seed);
    private readonly FaultProxy _proxy = new(server.Port);
    private readonly string _direct = server.NewDatabase();
    private readonly Dictionary<string, Request> _sent = [];
    private readonly ConcurrentDictionary<string, string> _acknowledged = [];
    private readonly ConcurrentQueue<Request> _unknown = [];
    private readonly ConcurrentQueue<string> _violations = [];
    private readonly SortedDictionary<CommitFault, int> _struck = [];
    private int _ordered;
    private int _stops;
    private int _heardNothing;
    private int _done;
    private readonly List<TimeSpan> _back = [];

    public void Dispose() => _proxy.Dispose();

    public async Task<CutReport> RunAsync()
    {
        // A caller of the house waits on a thread of the pool; the proxy between must not starve behind it.
        _ = ThreadPool.SetMinThreads(64, 64);
        Stopwatch watch = Stopwatch.StartNew();
        while (_struck.Values.Sum() < faults && _violations.IsEmpty)
        {
            await LifeAsync();
        }

        long rows = _violations.IsEmpty ? await LastAsync() : 0;
        return new CutReport(
            _struck, _stops, _sent.Count, _acknowledged.Count, _heardNothing, _done, rows,
            [.. _back.Order()], [.. _violations], watch.Elapsed);
    }

    /// <summary>A house until it stops, or until a few faults it has to outlive have struck.</summary>
    private async Task LifeAsync()
    {
        _proxy.Order(CommitFault.None, 0);
        Stopwatch watch = Stopwatch.StartNew();
        using CreditHouse house = Open();
        _proxy.Order(plant == CutPlant.LyingServer ? CommitFault.Lie : CommitFault.None, 0);
        await AskAgainAsync(house);
        _back.Add(watch.Elapsed);
        for (int i = 0; i < (outlives ? 60 : 6) && house.Fault is null && _struck.Values.Sum() < faults; i++)
        {
            CommitFault kind = plant == CutPlant.StopsOver40001 ? CommitFault.Serialisation : Kinds[_ordered++ % Kinds.Length];
            if (plant != CutPlant.LyingServer)
            {
                _proxy.Order(kind, plant == CutPlant.StopsOver40001 ? 1 : 1 + _random.Next(6));
            }

            await LoadAsync(house);
            if (house.Fault?.Message.Contains("lost rows", StringComparison.Ordinal) == true)
            {
                _violations.Enqueue($"the house itself: {house.Fault.Message}");
            }

            if (plant == CutPlant.LyingServer || !_proxy.HasStruck)
            {
                return;
            }

            _struck[kind] = _struck.GetValueOrDefault(kind) + 1;
            if (house.Fault is not null && (outlives || kind is CommitFault.Serialisation or CommitFault.Deadlock))
            {
                _violations.Enqueue($"the house stopped over {kind}: {house.Fault.Message}");
            }

            if (outlives && !_unknown.IsEmpty)
            {
                _violations.Enqueue($"after {kind} a caller heard nothing");
            }
        }

        _stops += house.Fault is not null ? 1 : 0;
    }

    private async Task LoadAsync(CreditHouse house)
    {
        List<Request> requests = [.. Enumerable.Range(0, Callers * 6).Select(_ => New(house.BusinessDate))];
        int next = -1;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            for (int i = Interlocked.Increment(ref next); i < requests.Count; i = Interlocked.Increment(ref next))
            {
                await AskAsync(house, requests[i]);
            }
        })));
    }

    /// <summary>Whoever heard nothing asks again under the same key, as does one in ten of the others.</summary>
    private async Task AskAgainAsync(CreditHouse house)
    {
        while (_unknown.TryDequeue(out Request? request))
        {
            _heardNothing++;
            Request again = plant == CutPlant.NewKey ? request with { Key = request.Key + "-again" } : request;
            _done += await AskAsync(house, again) == true ? 1 : 0;
        }

        foreach (Request request in _sent.Values.Where(request => _random.Next(10) == 0).TakeLast(100).ToList())
        {
            _ = await AskAsync(house, request);
        }
    }

    /// <summary>True when it was a replay; null when nothing was heard.</summary>
    private async Task<bool?> AskAsync(CreditHouse house, Request request)
    {
        try
        {
            CommandResult result = await house.SubmitAsync(request.Envelope());
            string answer = string.Create(
                CultureInfo.InvariantCulture, $"{result.Sequence} {result.IsAccepted} {Server.Print(result.Body.Span)}");
            string said = _acknowledged.GetOrAdd(request.Key, answer);
            if (said != answer)
            {
                _violations.Enqueue($"{request.Key} was answered {said}, now {answer}");
            }

            return result.Replayed;
        }
        catch (Exception cause) when (cause is HouseStoppedException or StoreException or NpgsqlException)
        {
            _unknown.Enqueue(request);
            return null;
        }
    }

    private Request New(DateOnly today)
    {
        string key = "k" + _sent.Count.ToString(CultureInfo.InvariantCulture);
        long customer = 7_000 + _random.Next(Accounts);
        string verb = _sent.Count < Accounts ? "open" : _random.Next(10) < 5 ? "authorise" : _random.Next(2) == 0 ? "repay" : "offline";
        Request request = verb == "open" ? new Request(7_000 + _sent.Count, key, today, "open", "-", 500_000)
            : new Request(customer, key, today, verb, verb + key, 1 + _random.Next(9_000));
        return _sent[key] = request;
    }

    private CreditHouse Open()
    {
        string text = new NpgsqlConnectionStringBuilder(_direct) { Port = _proxy.Port, Timeout = 60, CommandTimeout = 120 }.ToString();
        int commits = 0;
        return plant switch
        {
            CutPlant.AckBeforeCommit => House.Open(text, Plant.AckBeforeCommit),
            CutPlant.StopsOver40001 => House.Open(text, beforeCommit: _ =>
            {
                if (++commits == 3)
                {
                    throw new StoreException("planted: 40001 is taken for the end");
                }
            }),
            _ => House.Open(text, reconnectFor: outlives ? TimeSpan.FromSeconds(30) : TimeSpan.Zero),
        };
    }

    /// <summary>Every row, read past the proxy, against every acknowledgement.</summary>
    private async Task<long> LastAsync()
    {
        using CreditHouse house = House.Open(_direct);
        await AskAgainAsync(house);
        VerifyReport verified = await house.VerifyAsync();
        if (!verified.IsSound || verified.TrialBalanceMinor != 0)
        {
            _violations.Enqueue("verify: " + verified.First);
        }

        List<(string Key, string Answer)> rows = JournalAnswers.Of(house);
        foreach (string violation in JournalAnswers.Violations(rows, _sent.ContainsKey, _acknowledged))
        {
            _violations.Enqueue(violation);
        }

        return rows.Count;
    }
}
