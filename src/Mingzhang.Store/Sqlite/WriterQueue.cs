using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Mingzhang.Store.Sqlite;

/// <summary>What waits for the writer, first come first served. No timer under load: the writer takes all there is.</summary>
internal sealed class WriterQueue(int largestWaiting)
{
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(5);

    private readonly object _gate = new();
    private List<object> _waiting = [];
    private int _rows;
    private bool _closed;

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

            _waiting.Add(item);
            _rows += rows;
            if (_waiting.Count == 1)
            {
                Monitor.PulseAll(_gate);
            }

            return true;
        }
    }

    /// <summary>
    /// Moves everything that waits into <paramref name="taken"/>; returns with nothing after a short idle time when asked to,
    /// false when closed and empty.
    /// </summary>
    public bool Take(List<object> taken, bool settleWhenIdle)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_closed)
                {
                    return false;
                }

                if (!settleWhenIdle)
                {
                    Monitor.Wait(_gate);
                }
                else if (!Monitor.Wait(_gate, Idle))
                {
                    return true;
                }
            }

            taken.AddRange(_waiting);
            _waiting.Clear();
            _rows = 0;
            Monitor.PulseAll(_gate);
            return true;
        }
    }

    /// <summary>Lets nothing more in; returns what was not taken.</summary>
    public List<object> Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
            return _waiting;
        }
    }
}

/// <summary>Something other than a batch that the writer does in turn.</summary>
internal interface IWriterRequest
{
    /// <summary>Does it; an exception of the caller's own code stays with the request, one of the storage comes out.</summary>
    void Execute(SqliteConnection connection);

    /// <summary>It will not be done.</summary>
    void Fail(Exception why);
}

/// <summary>A write of another part, in a transaction of its own.</summary>
internal sealed class WriteRequest<T>(Func<DbConnection, DbTransaction, T> write)
    : TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously), IWriterRequest
{
    /// <inheritdoc/>
    public void Execute(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        T result;
        try
        {
            result = write(connection, transaction);
        }
        catch (Exception cause)
        {
            transaction.Rollback();
            TrySetException(cause);
            if (cause is SqliteException { SqliteErrorCode: raw.SQLITE_IOERR or raw.SQLITE_FULL or raw.SQLITE_CORRUPT
                or raw.SQLITE_NOTADB })
            {
                throw;
            }

            return;
        }

        transaction.Commit();
        TrySetResult(result);
    }

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
    public void Execute(SqliteConnection connection) => throw new NotSupportedException("The writer settles by itself.");

    /// <summary>It is on disk.</summary>
    public void Done() => TrySetResult();

    /// <inheritdoc/>
    public void Fail(Exception why) => TrySetException(why);
}
