using System.Diagnostics;
using System.Globalization;
using Mingzhang.Crash.Tool.Disks;

namespace Mingzhang.Crash.Tool;

/// <summary>What a run of kills showed.</summary>
public sealed record KillReport(
    int Kills, int SelfKills, long Commands, long Acknowledged, long Repeated, int Days, IReadOnlyList<string> Violations,
    TimeSpan RecoveryMedian, TimeSpan RecoveryMost, TimeSpan Took, long Rows);

/// <summary>Kills the server again and again under load. Acknowledgements are kept here, outside of the process that dies.</summary>
/// <param name="kills">How often.</param>
/// <param name="seed">Of all choices.</param>
/// <param name="plant">A fault to be found.</param>
/// <param name="verifyEvery">Every so manieth restart everything is verified.</param>
/// <param name="database">A connection string: then a second node lives through it all on the same database and gets half of the load.
/// Null: a file of its own.</param>
/// <param name="disk">A file system whose power is cut each time instead: the process is frozen, the disk shut down, then it is
/// killed.</param>
/// <param name="older">Another build of this program, of an earlier version: it lives the first half, and at the end it must refuse the
/// database.</param>
/// <param name="fillsUp">The disk fills up in each life instead of losing its power; then the process is killed and there is room
/// again.</param>
public sealed class KillRun(
    int kills, int seed, Plant plant = Plant.None, int verifyEvery = 1, string? database = null, MountedRoom? disk = null,
    string? older = null, bool fillsUp = false)
{
    private const string OfPeer = "p";

    private const int InFlightMost = 200;
    private const int Hot = 1;
    private const int Accounts = 300;

    private readonly Random _random = new(seed);
    private readonly string _folder = Directory.CreateTempSubdirectory("mz-kill-").FullName;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Request> _sent = [];
    private readonly Dictionary<string, string> _acknowledged = [];
    private readonly Dictionary<string, string> _inFlight = [];
    private readonly List<Request> _recent = [];
    private readonly List<string> _violations = [];
    private readonly List<TimeSpan> _recoveries = [];
    private readonly HashSet<long> _opened = [];
    private int _number;
    private int _selfKills;
    private long _repeated;
    private int _days;
    private long _rows;

    private Child? _peer;

    private string Database => database ?? Path.Combine(disk?.Folder ?? _folder, "house.db");

    public KillReport Run()
    {
        Stopwatch watch = Stopwatch.StartNew();
        try
        {
            _peer = database is null ? null : new Child(database, Plant.None, 0, OnAnswer);
            for (int life = 0; life < kills && _violations.Count == 0; life++)
            {
                Life(life);
            }

            if (_violations.Count == 0)
            {
                LastLife();
            }

            if (_violations.Count == 0 && older is not null)
            {
                OlderMustRefuse(older);
            }
        }
        catch (InvalidOperationException problem)
        {
            _violations.Add(problem.Message);
        }
        finally
        {
            _peer?.Dispose();
            Directory.Delete(_folder, recursive: true);
        }

        _recoveries.Sort();
        return new KillReport(
            kills, _selfKills, _sent.Count, _acknowledged.Count, _repeated, _days, [.. _violations],
            _recoveries.Count == 0 ? default : _recoveries[_recoveries.Count / 2], _recoveries.Count == 0 ? default : _recoveries[^1],
            watch.Elapsed, _rows);
    }

    private void Life(int life)
    {
        int dieAt = _random.Next(4) == 0 ? 1 + _random.Next(12) : 0;
        using Child child = new(Database, plant, dieAt, OnAnswer, life < kills / 2 ? older : null);
        if (!child.Started)
        {
            _selfKills++;
            End(child);
            return;
        }

        _recoveries.Add(child.Recovery);
        CheckAfterRestart(child, life % verifyEvery == 0);
        if (fillsUp)
        {
            disk!.Leave(_random.Next(200_000));
        }

        Stopwatch watch = Stopwatch.StartNew();
        int most = 50 + _random.Next(450);
        while (watch.ElapsedMilliseconds < most && !child.HasEnded)
        {
            SendOne(child);
        }

        if (_random.Next(5) == 0)
        {
            _ = child.Send("day");
            _days++;
            _ = SpinWait.SpinUntil(() => child.HasEnded, _random.Next(40));
        }

        _selfKills += child.HasEnded ? 1 : 0;
        End(child);
        if (plant == Plant.LoseLog && database is null)
        {
            File.Delete(Database + "-wal");
        }
    }

    private void OlderMustRefuse(string program)
    {
        House.Open(Database).Dispose(); // puts what the last kill left in the log into the file
        byte[] before = File.ReadAllBytes(Database);
        using Child child = new(Database, Plant.None, dieAtCommit: 1, OnAnswer, program);
        if (child.Started || !child.Said.Contains("Use the newer program", StringComparison.Ordinal))
        {
            _violations.Add("the older program does not refuse: " + child.Said);
        }

        child.Kill();
        if (!before.AsSpan().SequenceEqual(File.ReadAllBytes(Database)))
        {
            _violations.Add("the older program refused and changed the file");
        }
    }

    private void End(Child child)
    {
        if (disk is null || fillsUp)
        {
            child.Kill();
            disk?.Free();
            return;
        }

        if (!child.HasEnded)
        {
            child.Freeze();
        }

        disk.CutOff();
        child.Kill();
        disk.Unmount();
        disk.Mount();
    }

    private void SendOne(Child child)
    {
        bool full;
        Request? again = null;
        lock (_lock)
        {
            full = _inFlight.Count >= InFlightMost;
            again = _recent.Count > 0 && _random.Next(100) < 30 ? _recent[_random.Next(_recent.Count)] : null;
        }

        if (full)
        {
            _ = SpinWait.SpinUntil(() => _inFlight.Count < InFlightMost || child.HasEnded, 20);
            return;
        }

        _repeated += again is null ? 0 : 1;
        Send(child, again ?? New(child.Today));
    }

    private void Send(Child child, Request request)
    {
        bool toPeer = _peer is not null && _random.Next(2) == 0;
        string number = (toPeer ? OfPeer : "") + (++_number).ToString(CultureInfo.InvariantCulture);
        lock (_lock)
        {
            _inFlight[number] = request.Key;
            if (_sent.TryAdd(request.Key, request))
            {
                _recent.Add(request);
            }
        }

        _ = (toPeer ? _peer! : child).Send($"do {number} {request.Line}");
    }

    private Request New(DateOnly today)
    {
        long customer = 1_000 + (_random.Next(4) == 0 ? Hot : 1 + _random.Next(Accounts));
        string key = "k" + _sent.Count.ToString(CultureInfo.InvariantCulture);
        if (_opened.Add(customer))
        {
            return new Request(customer, key, today, "open", "-", 500_000);
        }

        int dice = _random.Next(100);
        string verb = dice < 40 ? "authorise" : dice < 60 ? "offline" : dice < 85 ? "repay" : dice < 95 ? "refund" : "limit";
        return new Request(customer, key, today, verb, verb + key, verb == "limit" ? 300_000 + _random.Next(400_000)
            : 1 + _random.Next(20_000));
    }

    private void OnAnswer(string[] words)
    {
        lock (_lock)
        {
            if (!_inFlight.Remove(words[1], out string? key))
            {
                _violations.Add("an answer to nothing: " + string.Join(' ', words));
            }
            else if (words[0] == "ans")
            {
                string answer = $"{words[2]} {words[3]} {words[4]}";
                if (!_acknowledged.TryAdd(key, answer) && _acknowledged[key] != answer)
                {
                    _violations.Add($"{key} was answered {_acknowledged[key]}, now {answer}");
                }
            }
            else if (plant == Plant.None && !(fillsUp && string.Join(' ', words).Contains("full", StringComparison.Ordinal)))
            {
                _violations.Add(string.Join(' ', words));
            }
        }
    }

    /// <summary>Everything sent in the last life is asked again: the acknowledged must answer the same, the rest now.</summary>
    private void CheckAfterRestart(Child child, bool verify)
    {
        List<Request> ask;
        lock (_lock)
        {
            foreach (string dead in _inFlight.Keys.Where(number => !number.StartsWith(OfPeer, StringComparison.Ordinal)).ToList())
            {
                _inFlight.Remove(dead);
            }

            ask = [.. _recent];
            _recent.Clear();
        }

        foreach (Request request in ask)
        {
            Send(child, request);
            _ = SpinWait.SpinUntil(() => _inFlight.Count < InFlightMost || child.HasEnded, 5_000);
        }

        // What comes later than this is still matched to its question: one slow account is one violation, not hundreds.
        if (!SpinWait.SpinUntil(() => _inFlight.Count == 0 || child.HasEnded, 30_000))
        {
            lock (_lock)
            {
                _violations.Add($"{_inFlight.Count} commands got no answer within 30 s after a restart");
            }
        }

        if (verify && !child.HasEnded && child.Send("verify") && child.Wait("verified", TimeSpan.FromSeconds(120)) is { } words
            && words[1] != "True")
        {
            _violations.Add("verify: " + string.Join(' ', words));
        }
    }

    /// <summary>Every row against every acknowledgement.</summary>
    private void LastLife()
    {
        using Child child = new(Database, plant, 0, OnAnswer);
        CheckAfterRestart(child, verify: true);
        HashSet<string> present = [];
        _ = child.Send("rows");
        while (child.Wait("row", TimeSpan.FromSeconds(60)) is { } row && row[0] == "row")
        {
            _rows++;
            string key = row[2];
            string answer = $"{row[3]} {row[4]} {row[5]}";
            if (!_sent.ContainsKey(key))
            {
                _violations.Add("a row nobody asked for: " + string.Join(' ', row));
            }
            else if (!present.Add(key))
            {
                _violations.Add("twice in the journal: " + key);
            }
            else if (_acknowledged.TryGetValue(key, out string? said) && said != answer)
            {
                _violations.Add($"{key} was answered {said}, the journal has {answer}");
            }
        }

        _violations.AddRange(_acknowledged.Keys.Where(k => !present.Contains(k)).Take(5).Select(k => "acknowledged and lost: " + k));
    }
}
