using Mingzhang.Store.Writing;

namespace Mingzhang.Store.Postgres;

/// <summary>
/// Commits on PostgreSQL beside other nodes. What waits goes as one flight; the next one is sent while it is being written, and both are
/// told in order. Each expects the head of the journal as the one before left it; when another node came between, the rows it wrote
/// are read, and what was decided without knowing them is given back to be decided again (decision 0019).
/// </summary>
internal sealed partial class PostgresWriter : IDisposable
{
    private const int LargestWaiting = 8192;
    private const int AtOnce = 2;
    private const int Tries = 10;

    private static readonly TimeSpan Watch = TimeSpan.FromMilliseconds(100);

    private readonly StoreOptions _options;
    private readonly Nodes _nodes;
    private readonly INeighbours? _neighbours;
    private readonly Action<Exception> _onFault;
    private readonly WriterQueue _queue = new(LargestWaiting);
    private readonly PostgresSession _turn;
    private readonly List<PostgresSession> _sessions = [];
    private readonly List<Thread> _threads = [];
    private readonly Timer _watch;
    private readonly object _gate = new();
    private readonly NeighbourLog _log = new();
    private JournalHead _actual;
    private JournalHead _next;
    private long _stamps;
    private long _begun;
    private long _locking;
    private long _told;
    private long _lastPosition;
    private long _knownSpell;
    private bool _diverged;
    private volatile bool _closing;
    private volatile Exception? _fault;

    public PostgresWriter(
        PostgresConnections connections, StoreOptions options, Nodes nodes, IHeadProjector projector, JournalHead head, long spell,
        Action<Exception> onFault, INeighbours? neighbours)
    {
        _knownSpell = spell;
        (_options, _nodes, _neighbours, _onFault) = (options, nodes, neighbours, onFault);
        (_actual, _next, _lastPosition) = (head, head, head.Position);
        _turn = new PostgresSession(connections, options, projector);
        for (var i = 0; i < AtOnce; i++)
        {
            var session = new PostgresSession(connections, options, projector);
            _sessions.Add(session);
            _threads.Add(new Thread(() => Run(session)) { IsBackground = true, Name = $"ledger-writer-{i}" });
        }

        _queue.EndTurn(settle: false);
        _threads.ForEach(thread => thread.Start());
        _watch = new Timer(_ => WatchNeighbours(), null, Watch, Watch);
    }

    /// <summary>Why it stopped.</summary>
    public Exception? Fault => _fault;

    /// <summary>The last position known to be committed.</summary>
    public long LastPosition => Volatile.Read(ref _lastPosition);

    /// <summary>Whether no other node writes, and everything others wrote before is known here.</summary>
    public bool IsAlone => _nodes.IsAlone && Volatile.Read(ref _knownSpell) == _nodes.Spell;

    private bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return _begun == _told;
            }
        }
    }

    /// <summary>Adds a batch; blocks while very much waits.</summary>
    public void Enqueue(CommitBatch batch)
    {
        if (!_queue.Add(batch, batch.Rows.Count))
        {
            batch.Fail(Stopped());
        }
    }

    /// <summary>Adds what is to be done after everything before it.</summary>
    public void Enqueue(IFlightRequest request)
    {
        if (!_queue.Add(request, 0))
        {
            request.Fail(Stopped());
        }
    }

    /// <summary>Takes the turn when nothing waits and nothing is under way.</summary>
    public bool TryTakeTurn()
    {
        if (!IsIdle || !_queue.TryTakeTurn())
        {
            return false;
        }

        if (IsIdle)
        {
            return true;
        }

        _queue.EndTurn(settle: false);
        return false;
    }

    /// <summary>Commits a batch in the turn taken.</summary>
    public void CommitInTurn(CommitBatch batch) => Fly([batch], _turn);

    /// <inheritdoc/>
    public void Dispose()
    {
        _watch.Dispose();
        _closing = true;
        _queue.Close();
        _threads.ForEach(thread => thread.Join());
        _sessions.ForEach(session => session.Dispose());
        _turn.Dispose();
    }

    private void Run(PostgresSession session)
    {
        var taken = new List<object>();
        while (_queue.Take(taken, _options.LargestTransaction))
        {
            Fly(taken, session);
            taken.Clear();
        }
    }

    /// <summary>Begins a flight in the turn, gives the turn back, writes, waits until it is its time to be told, and tells.</summary>
    private void Fly(List<object> taken, PostgresSession session)
    {
        var flight = Begin(taken);
        _queue.EndTurn(settle: false);
        var (written, failure) = Write(flight, session);
        lock (_gate)
        {
            while (_told != flight.Number - 1)
            {
                Monitor.Wait(_gate);
            }
        }

        try
        {
            if (_fault is null && (failure is null || new Reconnecting(_options.ReconnectFor).Allows(failure)))
            {
                Tell(flight, session, written, isHeard: failure is null);
            }
            else
            {
                Stop(failure ?? _fault!, flight);
            }
        }
        catch (Exception cause)
        {
            Stop(cause, flight);
        }
        finally
        {
            lock (_gate)
            {
                _told++;
                Monitor.PulseAll(_gate);
            }
        }
    }

    private Flight Begin(List<object> taken)
    {
        lock (_gate)
        {
            while (_diverged && _begun != _told)
            {
                Monitor.Wait(_gate);
            }

            (_next, _diverged) = (_diverged ? _actual : _next, false);
            var flight = new Flight(++_begun, NextStamp(), _next);
            foreach (var item in taken)
            {
                switch (item)
                {
                    case CommitBatch batch when IsLate(batch):
                        batch.Reject();
                        break;
                    case CommitBatch batch:
                        flight.Add(batch);
                        break;
                    case IFlightRequest request:
                        flight.Requests.Add(request);
                        break;
                }
            }

            _next = flight.After;
            return flight;
        }
    }

    /// <summary>
    /// Flights are put together side by side, but ask for the head one after the other: the later one waits for its lock until the earlier
    /// one is committed. Without other nodes nobody else writes its rows, so that they are written before it waits.
    /// </summary>
    private (bool Written, Exception? Failure) Write(Flight flight, PostgresSession session)
    {
        try
        {
            var statements = flight.Rows > 0 ? session.Prepare(flight) : null;
            var atOnce = IsNextAndLast(flight);
            var begun = atOnce || !_nodes.IsAlone || statements is null || session.TryBegin(statements);
            WaitToLock(flight);
            return (statements is not null && begun && _fault is null
                && session.TryCommit(flight, statements, atOnce, () => Locking(flight)), null);
        }
        catch (Exception cause)
        {
            return (false, cause);
        }
        finally
        {
            Locking(flight);
        }
    }

    /// <summary>Whether the flight before is told already and none has begun since.</summary>
    private bool IsNextAndLast(Flight flight)
    {
        lock (_gate)
        {
            return _told == flight.Number - 1 && _begun == flight.Number;
        }
    }

    private void WaitToLock(Flight flight)
    {
        lock (_gate)
        {
            while (_locking < flight.Number - 1)
            {
                Monitor.Wait(_gate);
            }
        }
    }

    private void Locking(Flight flight)
    {
        lock (_gate)
        {
            if (_locking < flight.Number)
            {
                _locking = flight.Number;
                Monitor.PulseAll(_gate);
            }
        }
    }

    private long NextStamp() => (_nodes.Own << 36) | Interlocked.Increment(ref _stamps);

    private void Arrive(JournalHead head)
    {
        lock (_gate)
        {
            _actual = head;
            Volatile.Write(ref _lastPosition, head.Position);
        }
    }
}
