using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Dapper;
using Mingzhang.Store;

namespace Mingzhang.Engine.Followers;

/// <summary>
/// Drives the followers from one thread: reads what is new, lets each prepare, and writes output and checkpoint in one
/// transaction.
/// </summary>
internal sealed class FollowerPump : IDisposable
{
    private const int Page = 8_192;
    private const int Busy = 512;
    private const string Checkpoint = "SELECT coalesce((SELECT position FROM follower WHERE name = @name), 0)";
    private const string Move =
        "INSERT INTO follower (name, position) VALUES (@name, @position) ON CONFLICT (name) DO UPDATE SET position = @position WHERE "
            + "follower.position = @before";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Under load rows are let gather, so that sums of the same day and partition are written once for many of them.</summary>
    private static readonly TimeSpan LongPause = TimeSpan.FromSeconds(1);

    /// <summary>How often a node that does not lead looks how far the leader is.</summary>
    private static readonly TimeSpan Aside = TimeSpan.FromMilliseconds(200);

    private readonly ILedgerStore _store;
    private readonly Action<Exception> _stop;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<string, long> _positions = [];
    private readonly List<IFollower> _followers;
    private readonly SemaphoreSlim _hurry = new(0);
    private readonly Task _loop;

    public FollowerPump(ILedgerStore store, HouseOptions options, Action<Exception> stop)
    {
        _store = store;
        _stop = stop;
        _followers = [.. BuiltIn(options), .. options.Followers];
        ReadPositions();
        _loop = _followers.Count == 0 ? Task.CompletedTask : Task.Run(RunAsync);
    }

    /// <summary>Waits until every follower is past a position.</summary>
    public async Task WaitAsync(long position, CancellationToken cancel)
    {
        while (_positions.Values.Any(at => at < position))
        {
            if (_loop.IsCompleted)
            {
                throw new HouseStoppedException("The followers have stopped.");
            }

            _hurry.Release();
            await Task.Delay(Pause, cancel);
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
        options.BuiltInFollowers ? [new TrialBalance(), new Inbox(), new Outbox()] : [];

    private async Task RunAsync()
    {
        try
        {
            using var reader = _store.OpenReader();
            while (!_end.IsCancellationRequested)
            {
                if (!_store.Leads)
                {
                    await _hurry.WaitAsync(Aside, _end.Token);
                    ReadPositions(); // another node's leader moves them
                    continue;
                }

                var moved = 0;
                foreach (var group in _followers.GroupBy(follower => _positions[follower.Name]).ToList())
                {
                    moved = Math.Max(moved, await StepAsync([.. group], group.Key, reader));
                }

                if (moved < Page)
                {
                    await _hurry.WaitAsync(moved < Busy ? Pause : LongPause, _end.Token);
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

    private void ReadPositions()
    {
        using var connection = _store.OpenReadOnly();
        foreach (var follower in _followers)
        {
            _positions[follower.Name] = connection.ExecuteScalar<long>(Checkpoint, new { name = follower.Name });
        }
    }

    /// <summary>Followers at the same place share one reading and one transaction.</summary>
    private async Task<int> StepAsync(IFollower[] followers, long before, IStoreReader reader)
    {
        var rows = before >= _store.LastPosition ? [] : reader.Log(before, Page);
        if (rows.Count == 0)
        {
            return 0;
        }

        var prepared = Array.ConvertAll(followers, follower => follower.Prepare(rows));
        var position = rows[^1].Position;
        if (!await TryWriteAsync(followers, before, rows, prepared, position))
        {
            ReadPositions();
            return _positions[followers[0].Name] > before ? rows.Count : throw new StoreException(
                $"follower: the checkpoint of {followers[0].Name} is not at {before}.");
        }

        foreach (var follower in followers)
        {
            _positions[follower.Name] = position;
        }

        return rows.Count;
    }

    /// <summary>
    /// False when another node, which leads or led until just now, was faster: then what this one wrote is rolled back.
    /// </summary>
    private async Task<bool> TryWriteAsync(
        IFollower[] followers, long before, IReadOnlyList<JournalRow> rows, object?[] prepared, long position)
    {
        try
        {
            return await _store.WriteAsync((connection, transaction) =>
            {
                foreach (var (follower, i) in followers.Select((follower, i) => (follower, i)))
                {
                    if (connection.Execute(Move, new { name = follower.Name, position, before }, transaction) != 1)
                    {
                        throw new CheckpointMovedException();
                    }

                    follower.Handle(rows, prepared[i], new FollowerTransaction(connection, transaction));
                }

                return true;
            });
        }
        catch (CheckpointMovedException)
        {
            return false;
        }
    }

    [SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "Never leaves the pump.")]
    [SuppressMessage("Design", "CA1064:Exceptions should be public", Justification = "Never leaves the pump.")]
    private sealed class CheckpointMovedException : Exception;
}
