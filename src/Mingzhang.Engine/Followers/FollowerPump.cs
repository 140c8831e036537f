using System.Data.Common;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Dapper;
using Mingzhang.Store;

namespace Mingzhang.Engine.Followers;

/// <summary>
/// Drives the followers from one thread: reads what is new, lets each prepare, and writes output and checkpoint in one
/// transaction. After a turn it rests several times as long, so that what customers wait for has the writer, and rows gather meanwhile.
/// </summary>
internal sealed class FollowerPump : IDisposable
{
    private const int LargestPage = 8_192;
    private const int SmallestPage = 256;

    /// <summary>A turn with fewer rows is no load: then nobody gathers.</summary>
    private const int Load = 64;

    private const int RestsPerTurn = 4;
    private const string Checkpoint = "SELECT coalesce((SELECT position FROM follower WHERE name = @name), 0)";
    private const string Move =
        "INSERT INTO follower (name, position) VALUES (@name, @position) ON CONFLICT (name) DO UPDATE SET position = @position WHERE "
            + "follower.position = @before";

    /// <summary>How long a turn may keep the writer from what customers wait for; pages become as small as that needs.</summary>
    private static readonly TimeSpan LongestTurn = TimeSpan.FromMilliseconds(25);

    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(1);

    /// <summary>How often a node that does not lead looks how far the leader is.</summary>
    private static readonly TimeSpan Aside = TimeSpan.FromMilliseconds(200);

    private readonly ILedgerStore _store;
    private readonly Action<Exception> _stop;
    private bool _isAway;
    private readonly CancellationTokenSource _end = new();
    private readonly List<Followed> _followers;
    private readonly SemaphoreSlim _hurry = new(0);
    private readonly Task _loop;
    private long _wanted;
    private int _page = LargestPage;

    public FollowerPump(ILedgerStore store, HouseOptions options, Action<Exception> stop)
    {
        _store = store;
        _stop = stop;
        _followers = [.. BuiltIn(options).Concat(options.Followers).Select(follower => new Followed(follower))];
        ReadPositions();
        _loop = _followers.Count == 0 ? Task.CompletedTask : Task.Run(RunAsync);
    }

    /// <summary>Waits until every follower is past a position.</summary>
    public async Task WaitAsync(long position, CancellationToken cancel)
    {
        while (_followers.Exists(one => one.Position < position))
        {
            if (_loop.IsCompleted)
            {
                throw new HouseStoppedException("The followers have stopped.");
            }

            Want(position);
            await Task.Delay(ShortestRest, cancel);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _loop.GetAwaiter().GetResult();
        _end.Dispose();
        _hurry.Dispose();
    }

    private static IEnumerable<IFollower> BuiltIn(HouseOptions options) =>
        options.BuiltInFollowers ? [new TrialBalance(), new Outbox()] : [];

    /// <summary>Somebody waits for a position: no rest and no gathering before it.</summary>
    private void Want(long position)
    {
        long before;
        do
        {
            before = Volatile.Read(ref _wanted);
        }
        while (before < position && Interlocked.CompareExchange(ref _wanted, position, before) != before);

        if (_hurry.CurrentCount == 0)
        {
            _hurry.Release();
        }
    }

    private async Task RunAsync()
    {
        try
        {
            using var reader = _store.OpenReader();
            while (!_end.IsCancellationRequested)
            {
                try
                {
                    await TurnAsync(reader);
                }
                catch (Exception cause) when (cause is StoreAwayException or DbException { IsTransient: true })
                {
                    _isAway = true; // the writer knows when it has lasted too long
                    await Task.Delay(LongestRest, _end.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The house is being disposed.
        }
        catch (Exception cause)
        {
            _stop(cause);
        }
    }

    private async Task TurnAsync(IStoreReader reader)
    {
        if (!_store.Leads || _isAway)
        {
            await _hurry.WaitAsync(Aside, _end.Token);
            ReadPositions(); // another node's leader moves them, or nobody heard whether this one did
            _isAway = false;
            return;
        }

        var (from, most) = (Stopwatch.GetTimestamp(), 0);
        foreach (var group in _followers.GroupBy(one => one.Read).ToList())
        {
            most = Math.Max(most, await StepAsync([.. group], group.Key, reader));
        }

        if (most < _page)
        {
            await RestAsync(Stopwatch.GetElapsedTime(from));
        }
    }

    private Task RestAsync(TimeSpan turn)
    {
        var rest = turn * RestsPerTurn;
        return _hurry.WaitAsync(rest < ShortestRest ? ShortestRest : rest > LongestRest ? LongestRest : rest, _end.Token);
    }

    private void ReadPositions()
    {
        using var connection = _store.OpenReadOnly();
        _followers.ForEach(one => one.Restart(connection.ExecuteScalar<long>(Checkpoint, new { name = one.Follower.Name })));
    }

    /// <summary>Followers at the same place share one reading and one transaction; those that gather may stay out of it.</summary>
    private async Task<int> StepAsync(Followed[] followers, long before, IStoreReader reader)
    {
        var rows = before >= _store.LastPosition ? [] : reader.Log(before, _page).Select(row => new FollowedRow(row)).ToList();
        foreach (var one in followers)
        {
            one.Take(rows);
        }

        var isLoad = rows.Count >= Load;
        var due = Array.FindAll(followers, one => one.Read > one.Position
            && (!isLoad || one.Position < Volatile.Read(ref _wanted) || one.Waited >= one.Follower.Gathers));
        if (due.Length > 0 && !await TryWriteAsync(due))
        {
            var stood = Array.ConvertAll(due, one => one.Position);
            ReadPositions();
            return due.Where((one, i) => one.Position > stood[i]).Any() ? rows.Count : throw new StoreException(
                $"follower: a checkpoint is not where it was left: {string.Join(", ", due.Select(one => one.Follower.Name))}.");
        }

        return rows.Count;
    }

    /// <summary>
    /// False when another node, which leads or led until just now, was faster: then what this one wrote is rolled back.
    /// </summary>
    private async Task<bool> TryWriteAsync(Followed[] followers)
    {
        try
        {
            await _store.WriteAsync((connection, transaction) =>
            {
                var from = Stopwatch.GetTimestamp();
                foreach (var one in followers)
                {
                    var checkpoint = new { name = one.Follower.Name, position = one.Read, before = one.Position };
                    if (connection.Execute(Move, checkpoint, transaction) != 1)
                    {
                        throw new CheckpointMovedException();
                    }

                    one.Follower.Handle(one.Prepared, new FollowerTransaction(connection, transaction));
                }

                _page = PageAfter(Stopwatch.GetElapsedTime(from));
                return true;
            });
        }
        catch (CheckpointMovedException)
        {
            return false;
        }

        Array.ForEach(followers, one => one.Written());
        return true;
    }

    private int PageAfter(TimeSpan turn) => turn > LongestTurn ? Math.Max(SmallestPage, _page / 2)
        : turn < LongestTurn / 4 ? Math.Min(LargestPage, _page * 2) : _page;

    /// <summary>A follower, how far it has read, and how far what it made of that is written.</summary>
    private sealed class Followed(IFollower follower)
    {
        private long _position;
        private long _since;

        public IFollower Follower => follower;

        /// <summary>Its checkpoint.</summary>
        public long Position => Volatile.Read(ref _position);

        public long Read { get; private set; }

        public object? Prepared { get; private set; }

        /// <summary>How long the first row waits that is not written.</summary>
        public TimeSpan Waited => Stopwatch.GetElapsedTime(_since);

        public void Take(List<FollowedRow> rows)
        {
            if (rows.Count == 0)
            {
                return;
            }

            _since = Read == Position ? Stopwatch.GetTimestamp() : _since;
            Prepared = follower.Prepare(rows, Prepared);
            Read = rows[^1].Row.Position;
        }

        public void Written() => Restart(Read);

        public void Restart(long position)
        {
            (Prepared, Read) = (null, position);
            Volatile.Write(ref _position, position);
        }
    }

    [SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "Never leaves the pump.")]
    [SuppressMessage("Design", "CA1064:Exceptions should be public", Justification = "Never leaves the pump.")]
    private sealed class CheckpointMovedException : Exception;
}
