using System.Data.Common;

namespace Mingzhang.Store.Writing;

/// <summary>
/// What waits for the writer, first come first served, and whose turn it is to write. No timer under load: the writer takes all
/// there is. A caller may take the turn itself when nothing waits and nobody writes.
/// </summary>
internal sealed class WriterQueue(int largestWaiting)
{
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(5);

    private readonly object _gate = new();
    private readonly Queue<(object Item, int Rows)> _waiting = [];
    private int _rows;
    private bool _writing = true;
    private bool _settle;
    private bool _asleep;
    private bool _wanted;
    private bool _closed;

    /// <summary>What a writer says that takes nothing any more.</summary>
    public static StoreException Stopped(Exception? fault) => fault is null ? new StoreException("The store is closed.")
        : new StoreException($"The store has stopped and nothing more is written; open it again to recover. Cause: {fault.Message}", fault);

    /// <summary>Adds an item; false when closed. Blocks while more rows wait than are good.</summary>
    public bool Add(object item, int rows)
    {
        lock (_gate)
        {
            while (rows > 0 && _rows > largestWaiting && !_closed)
            {
                Monitor.Wait(_gate);
            }

            if (_closed)
            {
                return false;
            }

            _waiting.Enqueue((item, rows));
            _rows += rows;
            if (_waiting.Count == 1 && !_writing)
            {
                Monitor.PulseAll(_gate);
            }

            return true;
        }
    }

    /// <summary>Takes the turn when nothing waits and nobody writes; false otherwise, and when closed.</summary>
    public bool TryTakeTurn()
    {
        lock (_gate)
        {
            if (_writing || _wanted || _closed || _waiting.Count > 0)
            {
                return false;
            }

            return _writing = true;
        }
    }

    /// <summary>Gives the turn back to whoever waits.</summary>
    /// <param name="settle">Whether something is left to settle, so that the writer must look after it when it is idle.</param>
    public void EndTurn(bool settle)
    {
        lock (_gate)
        {
            _writing = false;
            _settle = settle;
            if (_waiting.Count > 0 || _wanted || _closed || (settle && _asleep))
            {
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>
    /// Takes the turn and moves everything that waits into <paramref name="taken"/>; with nothing after a short idle time when
    /// something is left to settle. False when closed and empty; nobody gets the turn after that.
    /// </summary>
    /// <param name="taken">Gets what is taken.</param>
    /// <param name="most">Rows to take at most, unless one item has more.</param>
    public bool Take(List<object> taken, int most = int.MaxValue)
    {
        lock (_gate)
        {
            while (_writing || _waiting.Count == 0)
            {
                if (_closed && !_writing)
                {
                    return false;
                }

                if (WaitsInVain())
                {
                    if (!_writing)
                    {
                        break;
                    }

                    _wanted = true;
                }
            }

            (_writing, _wanted) = (true, false);
            for (var rows = 0; _waiting.TryPeek(out var next) && (rows == 0 || rows + next.Rows <= most); rows += next.Rows)
            {
                taken.Add(next.Item);
                _rows -= next.Rows;
                _waiting.Dequeue();
            }

            Monitor.PulseAll(_gate);
            return true;
        }
    }

    /// <summary>Sleeps until something comes, or a short while when something is left to settle; true when nothing came.</summary>
    private bool WaitsInVain()
    {
        if (_settle)
        {
            return !Monitor.Wait(_gate, Idle) && _waiting.Count == 0 && !_closed;
        }

        _asleep = true;
        Monitor.Wait(_gate);
        _asleep = false;
        return false;
    }

    /// <summary>Lets nothing more in; what waits is still taken.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Lets nothing more in and returns what waits: it will not be written.</summary>
    public List<object> Abandon()
    {
        lock (_gate)
        {
            List<object> rest = [.. _waiting.Select(waiting => waiting.Item)];
            _waiting.Clear();
            _closed = true;
            Monitor.PulseAll(_gate);
            return rest;
        }
    }
}

/// <summary>Something other than a batch that the writer does in turn.</summary>
internal interface IWriterRequest
{
    /// <summary>Does it; an exception of the caller's own code stays with the request, one of the storage comes out.</summary>
    void Execute(IWriterSession session);

    /// <summary>It will not be done.</summary>
    void Fail(Exception why);
}

/// <summary>A write of another part, in a transaction of its own.</summary>
internal sealed class WriteRequest<T>(Func<DbConnection, DbTransaction, T> write)
    : TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously), IWriterRequest
{
    /// <inheritdoc/>
    public void Execute(IWriterSession session)
    {
        using var transaction = session.Connection.BeginTransaction();
        T result;
        try
        {
            result = write(session.Connection, transaction);
        }
        catch (Exception cause)
        {
            TrySetException(cause);
            if (session.IsStorageFault(cause))
            {
                throw;
            }

            transaction.Rollback();

            return;
        }

        transaction.Commit();
        TrySetResult(result);
    }

    /// <inheritdoc/>
    public void Fail(Exception why) => TrySetException(why);
}

/// <summary>Overwrites what was deleted.</summary>
internal sealed class ScrubRequest : TaskCompletionSource<bool>, IWriterRequest
{
    /// <summary>A new one.</summary>
    public ScrubRequest()
        : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
    }

    /// <inheritdoc/>
    public void Execute(IWriterSession session) => TrySetResult(session.Scrub());

    /// <inheritdoc/>
    public void Fail(Exception why) => TrySetException(why);
}

/// <summary>Settles, perhaps after accounts were folded at opening.</summary>
internal sealed class SettleRequest(IReadOnlyList<AccountHead> heads)
    : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), IWriterRequest
{
    /// <summary>Folded accounts.</summary>
    public IReadOnlyList<AccountHead> Heads { get; } = heads;

    /// <inheritdoc/>
    public void Execute(IWriterSession session) => throw new NotSupportedException("The writer settles by itself.");

    /// <summary>It is on disk.</summary>
    public void Done() => TrySetResult();

    /// <inheritdoc/>
    public void Fail(Exception why) => TrySetException(why);
}
