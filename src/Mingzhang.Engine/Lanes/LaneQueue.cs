namespace Mingzhang.Engine.Lanes;

/// <summary>
/// What waits for a lane, and whose turn it is to decide: the lane's thread or a caller that found it idle, never both. Closed or
/// stopped it takes nothing more.
/// </summary>
internal sealed class LaneQueue
{
    private readonly object _gate = new();
    private readonly Queue<LaneWork> _waiting = new();
    private Exception? _fault;
    private bool _deciding;
    private bool _closed;

    /// <summary>How much waits.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Adds work; fails it at once when the lane has stopped.</summary>
    public void Add(LaneWork work)
    {
        Exception? refused;
        lock (_gate)
        {
            refused = _fault ?? (_closed ? new ObjectDisposedException(nameof(CreditHouse)) : null);
            if (refused is null)
            {
                _waiting.Enqueue(work);
                if (_waiting.Count == 1 && !_deciding)
                {
                    Monitor.Pulse(_gate);
                }
            }
        }

        if (refused is not null)
        {
            work.Fail(refused);
        }
    }

    /// <summary>Takes the turn when nobody has it and nothing waits.</summary>
    public bool TryTakeTurn()
    {
        lock (_gate)
        {
            return !_closed && _fault is null && _waiting.Count == 0 && !_deciding && (_deciding = true);
        }
    }

    /// <summary>Waits for work, takes the turn and up to so much of it; false when the lane has ended and nothing waits.</summary>
    public bool Take(List<LaneWork> taken, int most)
    {
        lock (_gate)
        {
            while (_deciding || _waiting.Count == 0)
            {
                if (!_deciding && (_closed || _fault is not null))
                {
                    return false;
                }

                Monitor.Wait(_gate);
            }

            _deciding = true;
            while (taken.Count < most && _waiting.TryDequeue(out var work))
            {
                taken.Add(work);
            }

            return true;
        }
    }

    /// <summary>Gives the turn back.</summary>
    public void EndTurn()
    {
        lock (_gate)
        {
            _deciding = false;
            if (_waiting.Count > 0 || _closed || _fault is not null)
            {
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Takes nothing more; what waits is still done.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Takes nothing more, and everything waiting fails.</summary>
    public void Stop(Exception why)
    {
        List<LaneWork> rest;
        lock (_gate)
        {
            _fault ??= why;
            rest = [.. _waiting];
            _waiting.Clear();
            Monitor.PulseAll(_gate);
        }

        foreach (var work in rest)
        {
            work.Fail(why);
        }
    }
}
