using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Mingzhang.Crash.Tool.Disks;
using Mingzhang.Engine;
using Mingzhang.Engine.Verification;
using Mingzhang.Store;
using Npgsql;

namespace Mingzhang.Crash.Tool;

/// <summary>Callers of a house that fails: they remember what they asked and what they heard, and ask again under the same keys.</summary>
public sealed class Callers(int seed)
{
    private const int Accounts = 24;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Random _random = new(seed);
    private readonly Dictionary<string, Request> _sent = [];
    private readonly ConcurrentDictionary<string, string> _heard = [];
    private readonly ConcurrentQueue<Request> _unknown = [];
    private readonly ConcurrentQueue<string> _violations = [];

    /// <summary>Told of every answer.</summary>
    public DiskRecord? Record { get; set; }

    /// <summary>Commands asked, each under one key.</summary>
    public int Asked => _sent.Count;

    /// <summary>Answers heard, by key.</summary>
    public IReadOnlyDictionary<string, string> Heard => _heard;

    /// <summary>How often a caller heard nothing.</summary>
    public int Silences { get; private set; }

    /// <summary>What went wrong.</summary>
    public IReadOnlyList<string> Violations => [.. _violations];

    /// <summary>Adds a finding.</summary>
    public void Accuse(string violation) => _violations.Enqueue(violation);

    /// <summary>What a house may throw when its disk or server fails; anything else is a mistake of the house.</summary>
    public static bool IsHonest(Exception cause) =>
        cause is HouseStoppedException or StoreException or SqliteException or NpgsqlException or ObjectDisposedException;

    /// <summary>Opens the accounts; before anything else.</summary>
    public Task OpenAccountsAsync(CreditHouse house) => AskAllAsync(house, Openings(), Accounts);

    /// <summary>What <see cref="OpenAccountsAsync"/> asks.</summary>
    public List<Request> Openings() => [.. Enumerable.Range(0, Accounts).Select(n => Keep(
        new Request(5_000 + n, Key(n), House.Start, "open", "-", 900_000)))];

    /// <summary>Asks new commands until all are answered or the house stops.</summary>
    public Task LoadAsync(CreditHouse house, int count, int atOnce) =>
        AskAllAsync(house, [.. Enumerable.Range(0, count).Select(_ => New(house.BusinessDate))], atOnce);

    /// <summary>Whoever heard nothing asks again under the same key, and so does one in ten of the others.</summary>
    public async Task AskAgainAsync(CreditHouse house)
    {
        List<Request> silent = [];
        while (_unknown.TryDequeue(out Request? request))
        {
            silent.Add(request);
        }

        Silences += silent.Count;
        await AskAllAsync(house, silent, 8);
        await AskAllAsync(house, [.. _sent.Values.Where(_ => _random.Next(10) == 0).TakeLast(40)], 8);
    }

    /// <summary>Many commands of one caller in one go.</summary>
    public async Task BulkAsync(CreditHouse house, int count)
    {
        List<Request> requests = [.. Enumerable.Range(0, count).Select(_ => New(house.BusinessDate))];
        try
        {
            IReadOnlyList<CommandResult> results = await house.SubmitManyAsync([.. requests.Select(one => one.Envelope())])
                .WaitAsync(Patience);
            for (int i = 0; i < count; i++)
            {
                Hear(requests[i], results[i]);
            }
        }
        catch (Exception cause) when (IsHonest(cause))
        {
            requests.ForEach(_unknown.Enqueue);
        }
    }

    /// <summary>The books of a house against what was heard; by default everything heard.</summary>
    public async Task CheckAsync(CreditHouse house, string where, IReadOnlyDictionary<string, string>? heard = null)
    {
        VerifyReport verified = await house.VerifyAsync();
        if (!verified.IsSound || verified.TrialBalanceMinor != 0)
        {
            Accuse($"{where}: verify: {verified.First}");
        }

        foreach (string violation in JournalAnswers.Violations(JournalAnswers.Of(house), _sent.ContainsKey, heard ?? _heard).Take(3))
        {
            Accuse($"{where}: {violation}");
        }
    }

    private async Task AskAllAsync(CreditHouse house, List<Request> requests, int atOnce)
    {
        int next = -1;
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(async () =>
        {
            for (int i = Interlocked.Increment(ref next); i < requests.Count; i = Interlocked.Increment(ref next))
            {
                await AskAsync(house, requests[i]);
            }
        })));
    }

    private async Task AskAsync(CreditHouse house, Request request)
    {
        try
        {
            Hear(request, await house.SubmitAsync(request.Envelope()).WaitAsync(Patience));
        }
        catch (Exception cause) when (IsHonest(cause))
        {
            _unknown.Enqueue(request);
        }
        catch (Exception cause)
        {
            Accuse($"{request.Key}: {cause.GetType().Name}: {cause.Message}");
        }
    }

    private void Hear(Request request, CommandResult result)
    {
        if (result.Sequence == 0)
        {
            return; // nothing was stored: the account is not open
        }

        string answer = string.Create(
            CultureInfo.InvariantCulture, $"{result.Sequence} {result.IsAccepted} {Server.Print(result.Body.Span)}");
        string said = _heard.GetOrAdd(request.Key, answer);
        if (said != answer)
        {
            Accuse($"{request.Key} was answered {said}, now {answer}");
        }

        Record?.Heard(request.Key, answer);
    }

    private Request New(DateOnly today)
    {
        string key = Key(_sent.Count);
        int dice = _random.Next(100);
        string verb = dice < 35 ? "authorise" : dice < 50 ? "offline" : dice < 75 ? "repay" : dice < 85 ? "refund" : dice < 93 ? "limit"
            : "capture";
        string id = verb == "capture" ? "authorise" + Key(_random.Next(_sent.Count)) : verb + key;
        long fen = verb == "limit" ? 300_000 + _random.Next(600_000) : 1 + _random.Next(9_000);
        return Keep(new Request(5_000 + _random.Next(Accounts), key, today, verb, id, fen));
    }

    private static string Key(int number) => "k" + number.ToString(CultureInfo.InvariantCulture);

    private Request Keep(Request request) => _sent[request.Key] = request;
}
