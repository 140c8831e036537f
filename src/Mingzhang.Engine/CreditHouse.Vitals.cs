using Dapper;
using Mingzhang.Engine.Days;
using Mingzhang.Engine.Observing;

namespace Mingzhang.Engine;

/// <content>How the house is doing: for health checks, metrics and the console; and its end.</content>
public sealed partial class CreditHouse
{
    private const string SettledTo = "SELECT position FROM settled WHERE id = 1";
    private const string Checkpoints = "SELECT name AS Name, position AS Position FROM follower WHERE name NOT LIKE '%/%'";

    private volatile DayStatus? _lastDay;
    private bool _isDisposed;

    /// <summary>The day end that runs or ran last in this process; null = none yet.</summary>
    public DayStatus? LastDay => _lastDay;

    /// <summary>Work that waits in the lanes now.</summary>
    public int Waiting => _lanes.Sum(lane => lane.Waiting);

    /// <summary>How often an account was found in memory since the start.</summary>
    public long CacheHits => _lanes.Sum(lane => lane.Cache.Hits);

    /// <summary>How often one had to be read from the store.</summary>
    public long CacheMisses => _lanes.Sum(lane => lane.Cache.Misses);

    /// <summary>Told how each day end of this process ended, finished or broken off; for logs.</summary>
    public Action<DayStatus>? OnDayEnd { get; set; }

    /// <summary>
    /// How far a follower is: what it makes of every row up to this position can be read. 0 when there is no such follower.
    /// </summary>
    public long FollowedTo(string follower) => _followers.PositionOf(follower);

    /// <summary>How it is doing now. Asks the store; throws when that cannot be read.</summary>
    public HouseVitals Vitals()
    {
        using var connection = _store.OpenReadOnly();
        var settled = connection.ExecuteScalar<long>(SettledTo);
        var followers = connection.Query<(string Name, long Position)>(Checkpoints).AsList();
        var position = _store.LastPosition;
        return new HouseVitals(
            position, Math.Max(0, position - settled),
            followers.ToDictionary(at => at.Name, at => Math.Max(0, position - at.Position), StringComparer.Ordinal), _lastDay);
    }

    /// <summary>
    /// Passes the writer with an empty transaction: it is alive and commits. Throws <see cref="TimeoutException"/> when it takes longer,
    /// and as <see cref="WriteAsync"/> does.
    /// </summary>
    public Task ProbeWriterAsync(TimeSpan most) => _store.WriteAsync((_, _) => true).WaitAsync(most, _time);

    /// <summary>A run over the invariants of all accounts, from the first partition or where an earlier one was.</summary>
    public Integrity.IntegrityRun Watch(Integrity.IntegrityMemory? memory = null, Action<Integrity.IntegrityViolation>? told = null) =>
        new(this, _store, _terms, _time, memory) { OnViolation = told };

    /// <summary>All that is kept of an account, folded anew; null when it has no row. Throws where it cannot be read.</summary>
    public Integrity.AccountEvidence? Evidence(Domain.Values.AccountId account)
    {
        using var reader = _store.OpenReader();
        return new Integrity.EvidenceReader(reader, _terms, BusinessDateOf).Read(account);
    }

    /// <summary>A day end that is watched.</summary>
    private async Task<DayReport> WatchedAsync(DateOnly to, Func<Task<DayReport>> run)
    {
        var (began, status) = (_time.GetTimestamp(), new DayStatus(to, _time.GetUtcNow()));
        _lastDay = status;
        try
        {
            var report = await run();
            End(status with { Accounts = report.Accounts, Parked = report.Parked.Count }, began);
            return report;
        }
        catch
        {
            End(status with { Failed = true }, began);
            throw;
        }
    }

    private void End(DayStatus status, long began)
    {
        _lastDay = status = status with { Seconds = _time.GetElapsedTime(began).TotalSeconds };
        HouseMetrics.Day(status.Seconds.Value, status.Accounts, status.Failed);
        OnDayEnd?.Invoke(status);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        foreach (var lane in _lanes)
        {
            lane.Dispose();
        }

        _followers.Dispose();
        _days.Dispose();
        _publishing.Dispose();
        _store.Dispose();
    }
}
