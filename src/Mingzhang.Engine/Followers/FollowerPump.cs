using System.Data.Common;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Store;

namespace Mingzhang.Engine.Followers;

/// <summary>
/// Drives the followers from one thread: reads what is new, lets each prepare, and writes output and checkpoint in one
/// transaction. After a turn it rests several times as long, so that what customers wait for has the writer, and rows gather meanwhile.
/// Under load transactions are small and slices take turns, as in a lift (decision 0036).
/// </summary>
internal sealed class FollowerPump : IDisposable
{
    private const int Page = 8_192;

    /// <summary>Rows that may wait in the slices of a follower.</summary>
    private const int MostGathered = 131_072;

    /// <summary>Rows of one transaction, unless one slice has more.</summary>
    private const int Together = 2_048;

    /// <summary>A turn with fewer rows is no load: then nobody gathers.</summary>
    private const int Load = 64;

    private const int RestsPerTurn = 4;
    private const string Move =
        "INSERT INTO follower (name, position) VALUES (@name, @position) ON CONFLICT (name) DO UPDATE SET position = @position WHERE "
            + "follower.position = @before";

    private const string MoveSlice =
        "INSERT INTO follower (name, position) VALUES (@name, @position) ON CONFLICT (name) DO UPDATE SET position = @position WHERE "
            + "follower.position < @first";

    /// <summary>After so long in the writer a turn ends and the rest of what is due waits for the next.</summary>
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
    private readonly long[] _wanted = new long[FollowerPlaces.Slices];

    public FollowerPump(ILedgerStore store, HouseOptions options, Action<Exception> stop)
    {
        _store = store;
        _stop = stop;
        _followers = [.. BuiltIn(options).Concat(options.Followers).Select(follower => new Followed(follower))];
        ReadPositions();
        _loop = _followers.Count == 0 ? Task.CompletedTask : Task.Run(RunAsync);
    }

    /// <summary>How far a follower is; 0 = there is none of that name.</summary>
    public long PositionOf(string follower) => _followers.Find(one => one.Follower.Name == follower)?.Position ?? 0;

    /// <summary>Waits until every follower is past a position, with all rows or with those of an account.</summary>
    public async Task WaitAsync(long position, AccountId? account, CancellationToken cancel)
    {
        int? slice = account is { } its ? FollowerPlaces.SliceOf(its.PartitionId) : null;
        while (_followers.Exists(one => one.PositionOf(slice) < position))
        {
            if (_loop.IsCompleted)
            {
                throw new HouseStoppedException("The followers have stopped.");
            }

            Want(position, slice);
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
    private void Want(long position, int? slice)
    {
        var (first, last) = (slice ?? 0, slice ?? FollowerPlaces.Slices - 1);
        for (var number = first; number <= last; number++)
        {
            long before;
            do
            {
                before = Volatile.Read(ref _wanted[number]);
            }
            while (before < position && Interlocked.CompareExchange(ref _wanted[number], position, before) != before);
        }

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

        var (from, isBehind) = (Stopwatch.GetTimestamp(), false);
        foreach (var group in _followers.GroupBy(one => one.Read).ToList())
        {
            isBehind |= await StepAsync([.. group], group.Key, reader);
        }

        if (!isBehind)
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
        _followers.ForEach(one => one.Restart(FollowerPlaces.Read(connection, one.Follower.Name)));
    }

    /// <summary>
    /// Followers at the same place share one reading, and small outputs one transaction. True when they have more to do than they could.
    /// </summary>
    private async Task<bool> StepAsync(Followed[] followers, long before, IStoreReader reader)
    {
        var isFull = Array.Exists(followers, one => one.Follower.BySlices && one.Rows >= MostGathered);
        var page = new FollowedPage(
            isFull || before >= _store.LastPosition ? [] : [.. reader.Log(before, Page).Select(row => new FollowedRow(row))]);
        foreach (var one in followers)
        {
            one.Take(page);
        }

        var isLoad = isFull || page.Rows.Count >= Load;
        var due = followers.SelectMany(one => one.Waiting)
            .Where(slice => !isLoad || isFull || IsWanted(slice) || slice.Waited >= slice.Of.Follower.Gathers)
            .OrderByDescending(IsWanted).ThenBy(slice => slice.Of.Follower.BySlices).ThenBy(slice => slice.Since).ToList();
        var wrote = TimeSpan.Zero;
        while (due.Count > 0 && (isFull || due.Exists(IsWanted) || wrote < LongestTurn))
        {
            var together = Packed(due);
            due.RemoveRange(0, together.Count);
            if (await TryWriteAsync(together) is not { } took)
            {
                Recover(together);
                return true;
            }

            wrote += took;
        }

        // What is left while there is no load is not left to a rest: nobody else wants the writer.
        return isFull || page.Rows.Count == Page || (!isLoad && due.Count > 0);
    }

    private bool IsWanted(FollowerSlice slice) =>
        slice.Of.Follower.BySlices ? slice.First <= Volatile.Read(ref _wanted[slice.Number]) : slice.First <= _wanted.Max();

    /// <summary>As many of the first as make one small transaction; at least one.</summary>
    private static List<FollowerSlice> Packed(List<FollowerSlice> due)
    {
        var (rows, count) = (0, 0);
        while (count < due.Count && (count == 0 || rows + due[count].Rows <= Together))
        {
            rows += due[count++].Rows;
        }

        return due[..count];
    }

    /// <summary>Another node was faster: goes on from where it left the checkpoints. Throws when nobody moved them.</summary>
    private void Recover(List<FollowerSlice> together)
    {
        var stood = together.ConvertAll(slice => (Slice: slice, slice.Of.Kept, slice.First));
        ReadPositions();
        if (!stood.Exists(one => one.Slice.Of.Kept > one.Kept || one.Slice.Written >= one.First))
        {
            throw new StoreException("follower: a checkpoint is not where it was left: "
                + $"{string.Join(", ", together.Select(slice => slice.Of.Follower.Name).Distinct())}.");
        }
    }

    /// <summary>
    /// How long the writer was busy with it. Null when another node, which leads or led until just now, was faster: then what this one
    /// wrote is rolled back.
    /// </summary>
    private async Task<TimeSpan?> TryWriteAsync(List<FollowerSlice> slices)
    {
        var byFollower = slices.GroupBy(slice => slice.Of).Select(of => (Followed: of.Key, Slices: of.ToList())).ToList();
        try
        {
            var took = await _store.WriteAsync((connection, transaction) =>
            {
                var from = Stopwatch.GetTimestamp();
                foreach (var (followed, its) in byFollower)
                {
                    MoveCheckpoints(followed, its, connection, transaction);
                    foreach (var slice in its)
                    {
                        followed.Follower.Handle(slice.Prepared, new FollowerTransaction(connection, transaction));
                    }
                }

                return Stopwatch.GetElapsedTime(from);
            });
            byFollower.ForEach(one => one.Followed.Written(one.Slices));
            return took;
        }
        catch (CheckpointMovedException)
        {
            return null;
        }
    }

    /// <summary>The checkpoint is moved, or at least held, by every transaction: on a server they follow one another by it.</summary>
    private static void MoveCheckpoints(
        Followed followed, List<FollowerSlice> slices, DbConnection connection, DbTransaction transaction)
    {
        var (name, kept) = (followed.Follower.Name, followed.KeptAfter(slices));
        Set(Move, new { name, position = kept, before = followed.Kept });
        foreach (var slice in slices.Where(_ => kept < followed.Read))
        {
            Set(MoveSlice, new { name = FollowerPlaces.NameOf(name, slice.Number), position = followed.Read, first = slice.First });
        }

        void Set(string sql, object values)
        {
            if (connection.Execute(sql, values, transaction) != 1)
            {
                throw new CheckpointMovedException();
            }
        }
    }

    [SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "Never leaves the pump.")]
    [SuppressMessage("Design", "CA1064:Exceptions should be public", Justification = "Never leaves the pump.")]
    private sealed class CheckpointMovedException : Exception;
}
