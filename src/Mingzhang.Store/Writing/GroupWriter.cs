using System.Data.Common;

namespace Mingzhang.Store.Writing;

/// <summary>
/// The one place that commits and checkpoints. Its thread takes what waits, writes it in one transaction and answers after COMMIT
/// returned. A caller that finds nothing waiting and nobody writing takes the turn and commits its batch itself.
/// </summary>
internal sealed class GroupWriter : IDisposable
{
    private const int LargestWaiting = 8192;
    private const int SettledWhenIdle = 512; // what comes meanwhile waits: 2,048 took 35 ms and more, docs/decisions/0037

    private readonly IWriterSession _session;
    private readonly StoreOptions _options;
    private readonly Backlog _backlog;
    private readonly WriterQueue _queue = new(LargestWaiting);
    private readonly Action<Exception> _onFault;
    private readonly List<CommitBatch> _group = [];
    private readonly Thread _thread;
    private bool _recovering;
    private long _lastPosition;
    private volatile Exception? _fault;

    public GroupWriter(IWriterSession session, StoreOptions options, Backlog backlog, long lastPosition, Action<Exception> onFault)
    {
        _session = session;
        _options = options;
        _backlog = backlog;
        _recovering = backlog.Rows > 0;
        _lastPosition = lastPosition;
        _onFault = onFault;
        _thread = new Thread(Run) { IsBackground = true, Name = "ledger-writer" };
        _thread.Start();
    }

    /// <summary>Why it stopped.</summary>
    public Exception? Fault => _fault;

    /// <summary>The last committed position.</summary>
    public long LastPosition => Volatile.Read(ref _lastPosition);

    /// <summary>Adds a batch; blocks while very much waits.</summary>
    public void Enqueue(CommitBatch batch)
    {
        if (!_queue.Add(batch, batch.Rows.Count))
        {
            batch.Fail(Stopped());
        }
    }

    /// <summary>Takes the writer's turn when nothing waits and nobody writes; then <see cref="CommitInTurn"/> has to follow.</summary>
    public bool TryTakeTurn() => _queue.TryTakeTurn();

    /// <summary>Commits a batch in the turn taken and gives the turn back. What it leaves to settle waits for an idle moment.</summary>
    public void CommitInTurn(CommitBatch batch)
    {
        try
        {
            _group.Add(batch);
            CommitGroup(alone: true);
        }
        catch (Exception cause)
        {
            Stop(cause, [batch]);
        }
        finally
        {
            _queue.EndTurn(ToSettle);
        }
    }

    /// <summary>Runs a write in its own transaction.</summary>
    public Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, T> write)
    {
        var request = new WriteRequest<T>(write);
        if (!_queue.Add(request, 0))
        {
            request.Fail(Stopped());
        }

        return request.Task;
    }

    /// <summary>Overwrites what was deleted; false when a reader is in the way at present.</summary>
    public Task<bool> ScrubAsync()
    {
        var request = new ScrubRequest();
        if (!_queue.Add(request, 0))
        {
            request.Fail(Stopped());
        }

        return request.Task;
    }

    /// <summary>Settles what is committed.</summary>
    public Task SettleAsync(IReadOnlyList<AccountHead> heads)
    {
        var request = new SettleRequest(heads);
        if (!_queue.Add(request, 0))
        {
            request.Fail(Stopped());
        }

        return request.Task;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _queue.Close();
        _thread.Join();
        _session.Dispose();
    }

    private void Run()
    {
        var taken = new List<object>();
        try
        {
            _session.Tidy();
            _queue.EndTurn(ToSettle);
            while (_queue.Take(taken))
            {
                Handle(taken);
                taken.Clear();
                _queue.EndTurn(ToSettle);
            }

            if (_fault is not null)
            {
                return;
            }

            if (!_recovering)
            {
                SettleAlone(int.MaxValue);
            }

            _session.Close();
        }
        catch (Exception cause)
        {
            Stop(cause, taken);
            _queue.EndTurn(settle: false);
        }
    }

    private bool ToSettle => _backlog.Rows > 0 && !_recovering && _fault is null;

    private void Handle(List<object> taken)
    {
        var rows = 0;
        foreach (var item in taken)
        {
            if (item is CommitBatch batch)
            {
                if (rows > 0 && rows + batch.Rows.Count > _options.LargestTransaction)
                {
                    CommitGroup();
                    rows = 0;
                }

                _group.Add(batch);
                rows += batch.Rows.Count;
                continue;
            }

            CommitGroup();
            rows = 0;
            Handle((IWriterRequest)item);
        }

        CommitGroup();
        if (taken.Count == 0)
        {
            SettleAlone(SettledWhenIdle);
        }

        _session.Tidy();
    }

    private void Handle(IWriterRequest request)
    {
        if (request is SettleRequest settle)
        {
            foreach (var head in settle.Heads)
            {
                _backlog.SetHead(head);
            }

            SettleAlone(int.MaxValue, _recovering);
            _recovering = false;
            settle.Done();
            return;
        }

        request.Execute(_session);
    }

    private void CommitGroup(bool alone = false)
    {
        if (_group.Count == 0)
        {
            return;
        }

        var rows = 0;
        var position = _lastPosition;
        foreach (var batch in _group)
        {
            foreach (var row in batch.Rows)
            {
                row.Position = ++position;
            }

            rows += batch.Rows.Count;
            _backlog.Add(batch);
        }

        var portion = alone && _backlog.Rows < _options.LargestBacklog ? null : PortionDue(rows);
        _session.Commit(new WriterTransaction(_group, rows, portion, position, Recovering: false));
        Volatile.Write(ref _lastPosition, position);
        _backlog.Committed(position);
        if (portion is not null)
        {
            _backlog.Settled(portion);
        }

        foreach (var batch in _group)
        {
            batch.Commit();
        }

        _group.Clear();
    }

    /// <summary>
    /// A small backlog goes at once; a full one, and one that waited its time, goes as fast as it comes; in between it waits for neighbours
    /// to share pages with.
    /// </summary>
    private Backlog.Portion? PortionDue(int committing)
    {
        var waiting = _backlog.Rows;
        var due = !_recovering && waiting > 0
            && (waiting <= _options.SettleAtOnceUpTo || waiting >= _options.LargestBacklog || _backlog.Waited >= _options.SettleWithin);
        return due ? _backlog.Take(Math.Max(_options.SettleAtOnceUpTo, committing + (committing / 4))) : null;
    }

    private void SettleAlone(int rows, bool recovering = false)
    {
        if (_backlog.Rows == 0)
        {
            return;
        }

        var portion = _backlog.Take(rows);
        _session.Commit(new WriterTransaction([], 0, portion, _lastPosition, recovering));
        _backlog.Settled(portion);
    }

    private void Stop(Exception cause, List<object> taken)
    {
        _fault = cause;
        var rest = _queue.Abandon();
        var stopped = Stopped();
        _onFault(cause);
        foreach (var item in taken.Concat(rest))
        {
            switch (item)
            {
                case CommitBatch { IsCommitted: false } batch:
                    batch.Fail(stopped);
                    break;
                case IWriterRequest request:
                    request.Fail(stopped);
                    break;
            }
        }
    }

    private StoreException Stopped() => WriterQueue.Stopped(_fault);
}
