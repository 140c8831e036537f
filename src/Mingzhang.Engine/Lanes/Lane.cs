using System.Collections.Concurrent;
using Mingzhang.Domain.Values;
using Mingzhang.Store;

namespace Mingzhang.Engine.Lanes;

/// <summary>
/// Decides for the partitions it owns, one command at a time. Its thread takes what waits, decides in order, hands the rows on and
/// never waits for a timer. A caller that finds the lane idle decides on its own thread, and commits there too when the store is idle.
/// What the store gives back because another node came first is decided again, in its order, before anything else.
/// </summary>
internal sealed class Lane : IDisposable
{
    private readonly LaneQueue _queue = new();
    private readonly ILedgerStore _store;
    private readonly TimeProvider _time;
    private readonly int _snapshotEvery;
    private readonly int _largestBatch;
    private readonly Action<Exception> _stop;
    private readonly AccountDesk _accounts;
    private readonly CommandDesk _commands;
    private readonly IStoreReader _reader;
    private readonly Thread _thread;
    private readonly Queue<LaneBatch> _inFlight = new();
    private readonly ConcurrentQueue<(IReadOnlyCollection<AccountId> Accounts, long Position)> _moved = new();
    private readonly CommitLine _line = new();
    private readonly HouseFactsSeen _facts;
    private readonly Action _onReturned;
    private long _seenTo;
    private LaneBatch _batch;
    private LaneBatch? _last;

    public Lane(int number, HouseOptions options, TermsDesk terms, BusinessClock clock, HouseFactsSeen facts, Action<Exception> stop)
    {
        _facts = facts;
        _onReturned = () => Add(new ReturnedWork());
        _batch = NewBatch(facts.Number);
        _store = options.Store;
        _time = options.Time;
        _snapshotEvery = options.SnapshotEvery;
        _largestBatch = Math.Clamp(options.LargestBatch, 1, 512);
        _stop = stop;
        _reader = _store.OpenReader();
        _accounts = new AccountDesk(_reader, terms, Math.Max(16, options.CachedAccounts / options.Lanes));
        _commands = new CommandDesk(_accounts, terms, clock, InFlight, CommitAll);
        _thread = new Thread(Run) { IsBackground = true, Name = $"lane-{number}" };
        _thread.Start();
    }

    /// <summary>Work that waits.</summary>
    public int Waiting => _queue.Count;

    /// <summary>How often an account was in memory.</summary>
    public CacheCount Cache => _accounts.Cache;

    /// <summary>Adds work; fails it at once when the lane has stopped.</summary>
    public void Add(LaneWork work) => _queue.Add(work);

    /// <summary>Does the work on the caller's thread when the lane is idle, which returns after its commit; adds it otherwise.</summary>
    public void DoOrAdd(LaneWork work)
    {
        if (!_queue.TryTakeTurn())
        {
            Add(work);
            return;
        }

        if (_line.IsRejected)
        {
            _queue.EndTurn();
            Add(work);
            return;
        }

        LaneBatch? mine = null;
        try
        {
            BeginTurn();
            Handle(work);
            mine = HandOver(mayCommitHere: true);
        }
        catch (Exception cause)
        {
            Break(cause, [work]);
        }
        finally
        {
            _queue.EndTurn();
        }

        if (mine is not null)
        {
            _store.CommitInTurn(mine);
        }
    }

    /// <summary>Other nodes wrote to accounts; what is remembered of them is forgotten before the next decision.</summary>
    public void Moved(IReadOnlyCollection<AccountId> accounts, long position) => _moved.Enqueue((accounts, position));

    /// <summary>Stops for good: everything waiting fails.</summary>
    public void Stop(Exception why) => _queue.Stop(why);

    /// <inheritdoc/>
    public void Dispose()
    {
        _queue.Close();
        _thread.Join();
        _reader.Dispose();
    }

    private void Run()
    {
        var taken = new List<LaneWork>(_largestBatch);
        try
        {
            while (_queue.Take(taken, _largestBatch))
            {
                GoBack(taken);
                BeginTurn();
                foreach (var work in taken)
                {
                    Handle(work);
                }

                HandOver(mayCommitHere: false);
                taken.Clear();
                _queue.EndTurn();
            }
        }
        catch (Exception cause)
        {
            Break(cause, taken);
            _queue.EndTurn();
        }
    }

    private void Break(Exception cause, IEnumerable<LaneWork> taken)
    {
        var why = cause as HouseStoppedException
            ?? new HouseStoppedException($"The house has stopped: {cause.Message} Nothing is acknowledged that is not in the store; "
            + $"start again to recover.", cause);
        _stop(why);
        _batch.Fail(why);
        foreach (var work in taken)
        {
            work.Fail(why);
        }
    }

    private void BeginTurn()
    {
        while (_moved.TryDequeue(out var moved))
        {
            foreach (var account in moved.Accounts)
            {
                _accounts.Forget(account);
            }

            _seenTo = moved.Position;
        }

        var facts = _facts.Number;
        if (_batch.SeenTo != _seenTo || _batch.Facts != facts || _batch.Generation != _line.Generation)
        {
            _batch = NewBatch(facts);
        }

        _batch.RecordedAt = _time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
    }

    /// <summary>
    /// After a batch was rejected: waits for all that are under way, forgets what the rejected ones made of their accounts, and takes their
    /// work in again before what was taken.
    /// </summary>
    private void GoBack(List<LaneWork> taken)
    {
        if (!_line.IsRejected)
        {
            return;
        }

        var again = new List<LaneWork>();
        foreach (var batch in _inFlight)
        {
            batch.Wait();
            if (batch.IsRejected)
            {
                again.AddRange(batch.Works);
                foreach (var account in batch.Touched)
                {
                    _accounts.Forget(account.Id);
                }
            }
        }

        _inFlight.Clear();
        _last = null;
        _line.GoBack();
        taken.InsertRange(0, again);
    }

    private void Handle(LaneWork work)
    {
        try
        {
            Do(work);
        }
        catch (ReturnedException)
        {
            _batch.Answer(work, null); // the batch is of the rejected generation: it comes back as well
        }
    }

    private void Do(LaneWork work)
    {
        switch (work)
        {
            case Submission submission:
                _batch = _commands.Decide(submission, _batch);
                break;
            case CatchUpWork catchUp:
                catchUp.Parked = _commands.CatchUp(work.Account, _batch);
                _batch.Answer(work, null);
                break;
            case ReadWork:
                var account = _accounts.Get(work.Account);
                _batch.Answer(work, account is { State.Version: > 0 } ? account.State : null);
                break;
            default:
                _batch.Answer(work, null);
                break;
        }
    }

    /// <summary>Hands the batch to the store; returns it when the store is idle and the caller may and has to commit it itself.</summary>
    private LaneBatch? HandOver(bool mayCommitHere)
    {
        if (_batch.IsEmpty)
        {
            return null;
        }

        _batch.Close(_snapshotEvery);
        var batch = _batch;
        _batch = NewBatch(batch.Facts);
        _batch.RecordedAt = batch.RecordedAt;
        if (batch.Rows.Count == 0 && _last is null or { IsCommitted: true } && IsStillTrue(batch))
        {
            batch.Commit();
            return null;
        }

        _last = batch;
        while (_inFlight.TryPeek(out var oldest) && oldest.IsCommitted)
        {
            _inFlight.Dequeue();
        }

        _inFlight.Enqueue(batch);
        if (mayCommitHere && _store.TryTakeTurn())
        {
            return batch;
        }

        _store.Enqueue(batch);
        return null;
    }

    /// <summary>Alone, and nothing of others learnt since it was decided; in this order: a store learns before it is alone.</summary>
    private bool IsStillTrue(LaneBatch batch) =>
        _store.IsAlone && _moved.IsEmpty && _facts.Number == batch.Facts && !_line.IsRejected;

    private JournalRow? InFlight(AccountId account, string key)
    {
        foreach (var batch in _inFlight.Append(_batch))
        {
            if (!batch.IsCommitted && batch.Rows.Find(row => row.Account == account && row.Key == key) is { } row)
            {
                return row;
            }
        }

        return null;
    }

    private LaneBatch CommitAll()
    {
        HandOver(mayCommitHere: false);
        _last?.Wait();
        return _line.IsRejected ? throw new ReturnedException() : _batch;
    }

    private LaneBatch NewBatch(long facts) => new()
    {
        Line = _line, Generation = _line.Generation, SeenTo = _seenTo, Facts = facts, OnReturned = _onReturned,
    };
}
