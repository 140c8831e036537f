using System.Collections.Concurrent;
using Dapper;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Lanes;
using Mingzhang.Store;

namespace Mingzhang.Engine.Days;

/// <summary>How far a day end is.</summary>
/// <param name="Day">The day that passes.</param>
/// <param name="PartitionsDone">0 to 1024.</param>
/// <param name="AccountsDone">Accounts passed so far, on disk.</param>
public readonly record struct DayProgress(DateOnly Day, int PartitionsDone, long AccountsDone);

/// <summary>What a day end did.</summary>
/// <param name="From">Business date before.</param>
/// <param name="To">Business date after.</param>
/// <param name="Accounts">How often an account passed a day.</param>
public sealed record DayReport(DateOnly From, DateOnly To, long Accounts)
{
    /// <summary>
    /// Accounts whose figures grow out of 64 bits on a due day: they stay before it, the house goes on. Sorted; usually empty.
    /// </summary>
    public IReadOnlyList<AccountId> Parked { get; init; } = [];
}

/// <summary>
/// Moves the business date and feeds the accounts whose next date has come through the lanes. Nothing of it is kept: what is left
/// is asked from the account table.
/// </summary>
internal sealed class DayRunner(
    ILedgerStore store, BusinessClock clock, Func<AccountId, Lane> laneOf, Func<Task> barrier, Func<bool> hasCustomers) : IDisposable
{
    private const int Page = 1024;
    private const int MostInFlight = 2048;

    // While customers use the house: so few that a command waits for about one small commit more.
    private const int MostBesideCustomers = 32;

    private const string MoveClock = "UPDATE house SET business_date = @date WHERE id = 1 AND business_date <= @date";

    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Passes one day.</summary>
    public async Task<DayReport> RunAsync(DateOnly day, IProgress<DayProgress>? progress, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            var from = clock.Today;
            await MoveAsync(day);
            using var feed = new Feed(MostInFlight, hasCustomers);
            await FeedAsync(feed, progress, cancel);
            return feed.Report(from, clock.Today);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Passes many days: the clock stops on each day on which some account has something due, and at the end.</summary>
    public async Task<DayReport> RunToAsync(DateOnly last, IProgress<DayProgress>? progress, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            var from = clock.Today;
            using var feed = new Feed(MostInFlight, hasCustomers);
            await FeedAsync(feed, progress, cancel);
            while (clock.Today < last)
            {
                var due = EarliestDue() ?? last;
                await MoveAsync(due > last ? last : due > clock.Today ? due : clock.Today.AddDays(1));
                await FeedAsync(feed, progress, cancel);
            }

            return feed.Report(from, clock.Today);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task MoveAsync(DateOnly day)
    {
        if (day <= clock.Today)
        {
            return;
        }

        var date = new { date = day.ToStored() };
        await store.ChangeHouseAsync((connection, transaction) => connection.Execute(MoveClock, date, transaction));
        clock.MoveTo(day);
    }

    private DateOnly? EarliestDue()
    {
        using var reader = store.OpenReader();
        DateOnly? earliest = null;
        for (var partition = 0; partition < AccountId.Partitions; partition++)
        {
            if (reader.EarliestDue(partition, BusinessClock.FirstFork) is { } due && (earliest is null || due < earliest))
            {
                earliest = due;
            }
        }

        return earliest;
    }

    private async Task FeedAsync(Feed feed, IProgress<DayProgress>? progress, CancellationToken cancel)
    {
        // Rows decided before the date moved must stand in the account table, or their accounts would be missed.
        await barrier();
        await store.SettleAsync();
        using var reader = store.OpenReader();
        for (var partition = 0; partition < AccountId.Partitions; partition++)
        {
            await FeedAsync(partition, reader, feed, cancel);
            if (partition % 32 == 31)
            {
                progress?.Report(new DayProgress(clock.Today, partition + 1, feed.Done));
            }
        }

        await feed.DrainAsync();
        await store.SettleAsync();
        await store.DayPassedAsync(clock.Today);
        progress?.Report(new DayProgress(clock.Today, AccountId.Partitions, feed.Done));
    }

    private async Task FeedAsync(int partition, IStoreReader reader, Feed feed, CancellationToken cancel)
    {
        var after = default(AccountId);
        while (true)
        {
            var due = reader.Due(partition, clock.Today, after, Page);
            foreach (var account in due)
            {
                cancel.ThrowIfCancellationRequested();
                after = account;
                if (!BusinessClock.IsFork(account))
                {
                    await feed.EnterAsync(cancel);
                    laneOf(account).Add(new CatchUpWork(account, (parked, why) => feed.Leave(account, parked, why)));
                }
            }

            if (due.Count < Page)
            {
                return;
            }
        }
    }

    /// <summary>Counts what is under way, so that a day end never fills the lanes before customers.</summary>
    private sealed class Feed(int most, Func<bool> hasCustomers) : IDisposable
    {
        private readonly SemaphoreSlim _free = new(most);
        private readonly ConcurrentDictionary<AccountId, Refusal> _parked = [];
        private long _done;
        private Exception? _failure;

        public long Done => Interlocked.Read(ref _done);

        public async Task EnterAsync(CancellationToken cancel)
        {
            await _free.WaitAsync(cancel);
            ThrowIfFailed();
            while (most - _free.CurrentCount > MostBesideCustomers && hasCustomers())
            {
                await Task.Delay(1, cancel);
            }
        }

        public void Leave(AccountId account, Refusal? parked, Exception? why)
        {
            _failure ??= why;
            if (parked is null)
            {
                Interlocked.Increment(ref _done);
            }
            else
            {
                _parked[account] = parked;
            }

            _free.Release();
        }

        public DayReport Report(DateOnly from, DateOnly to) => new(from, to, Done)
        {
            Parked = [.. _parked.Keys.OrderBy(account => account.Value)],
        };

        public async Task DrainAsync()
        {
            for (var i = 0; i < most; i++)
            {
                await _free.WaitAsync();
            }

            _free.Release(most);
            ThrowIfFailed();
        }

        public void Dispose() => _free.Dispose();

        private void ThrowIfFailed()
        {
            if (_failure is { } failure)
            {
                throw new HouseStoppedException("The day end stopped with the house; start again and resume.", failure);
            }
        }
    }
}
