using System.Data.Common;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Days;
using Mingzhang.Engine.Followers;
using Mingzhang.Engine.Lanes;
using Mingzhang.Store;

namespace Mingzhang.Engine;

/// <summary>The house: takes commands, decides them in lanes, and answers when they are on disk.</summary>
/// <remarks>
/// Crash-only: ending the process in any way is safe; opening again is the recovery. Disposing only saves the next start some
/// work.
/// </remarks>
public sealed partial class CreditHouse : IDisposable
{
    /// <summary>How long after a command the house counts as in use, so that a day end goes gently.</summary>
    private const long RecentMilliseconds = 100;

    private readonly ILedgerStore _store;
    private readonly TermsDesk _terms;
    private readonly TimeProvider _time;
    private readonly TermsBook _files;
    private readonly BusinessClock _clock;
    private readonly Lane[] _lanes;
    private readonly DayRunner _days;
    private readonly ForkDesk _forks;
    private readonly FollowerPump _followers;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _published;
    private long _askedAt = -RecentMilliseconds;
    private volatile HouseStoppedException? _fault;

    private CreditHouse(HouseOptions options)
    {
        _store = options.Store;
        _time = options.Time;
        using (var connection = _store.OpenReadOnly())
        {
            _files = options.Terms;
            _published = Versions.PublishedVersions.Count(connection);
            _terms = new TermsDesk(Versions.PublishedVersions.With(options.Terms, connection));
        }

        _clock = new BusinessClock(_store.House.BusinessDate);
        _store.Start(new HeadProjector(_terms), cause => Stop(Stopping(cause)), this);
        Recover(options);
        _lanes = [.. Enumerable.Range(0, options.Lanes).Select(number => new Lane(number, options, _terms, _clock, _facts, Stop))];
        _days = new DayRunner(_store, _clock, LaneOf, BarrierAsync, () => IsInUse);
        _forks = new ForkDesk(_store, _clock, this);
        _followers = new FollowerPump(_store, options, Stop);
    }

    /// <summary>Whether the clock may be moved freely and accounts forked.</summary>
    public bool IsSandbox => _store.House.Sandbox;

    /// <summary>The day the books are open for.</summary>
    public DateOnly BusinessDate => _clock.Today;

    /// <summary>All terms.</summary>
    public TermsBook Terms => _terms.Book;

    /// <summary>Completes, with the exception, when the house stops on a failure; the host must end then.</summary>
    public Task Stopped => _stopped.Task;

    /// <summary>Why it stopped; null while it runs.</summary>
    public HouseStoppedException? Fault => _fault;

    /// <summary>The last committed journal position.</summary>
    public long LastPosition => _store.LastPosition;

    /// <summary>Opens a house on a store. What a crash left unsettled is folded first.</summary>
    public static CreditHouse Open(HouseOptions options) => new(options);

    /// <summary>
    /// Decides a command and answers when the answer is on disk. Refusals are answers; exceptions mean that the outcome is
    /// unknown or the house has stopped.
    /// </summary>
    /// <param name="envelope">The command with its key; the same key and content always get the first answer.</param>
    /// <param name="cancel">Stops the waiting, not the command.</param>
    public Task<CommandResult> SubmitAsync(CommandEnvelope envelope, CancellationToken cancel = default)
    {
        if (Unfit(envelope) is { } refusal)
        {
            return Task.FromResult(Unasked(envelope, refusal));
        }

        Volatile.Write(ref _askedAt, Environment.TickCount64);
        var submission = new SingleSubmission(envelope);
        LaneOf(envelope.Account).DoOrAdd(submission);
        return cancel.CanBeCanceled ? submission.Task.WaitAsync(cancel) : submission.Task;
    }

    /// <summary>Decides many commands, those of one account in the given order; answers in the same order when all are on disk.</summary>
    public Task<IReadOnlyList<CommandResult>> SubmitManyAsync(IReadOnlyList<CommandEnvelope> envelopes, CancellationToken cancel = default)
    {
        if (envelopes.Count == 0)
        {
            return Task.FromResult<IReadOnlyList<CommandResult>>([]);
        }

        Volatile.Write(ref _askedAt, Environment.TickCount64);
        var bulk = new Bulk(envelopes.Count);
        for (var i = 0; i < envelopes.Count; i++)
        {
            if (Unfit(envelopes[i]) is { } refusal)
            {
                bulk.Set(i, Unasked(envelopes[i], refusal));
            }
            else
            {
                LaneOf(envelopes[i].Account).Add(new BulkSubmission(envelopes[i], bulk, i));
            }
        }

        return cancel.CanBeCanceled ? bulk.Task.WaitAsync(cancel) : bulk.Task;
    }

    /// <summary>
    /// The account as it stands, with everything answered so far and nothing that is not on disk; null when it has no row.
    /// </summary>
    public Task<AccountState?> ReadAsync(AccountId account)
    {
        var work = new ReadWork(account);
        LaneOf(account).DoOrAdd(work);
        return work.Task;
    }

    /// <summary>All journal rows of an account, refusals included, by sequence.</summary>
    public IReadOnlyList<JournalRow> Rows(AccountId account)
    {
        using var reader = _store.OpenReader();
        return reader.History(account);
    }

    /// <summary>The accepted entries of an account after a sequence and up to another; reads no other row.</summary>
    public IReadOnlyList<HistoryEntry> History(AccountId account, long after, long upTo)
    {
        using var reader = _store.OpenReader();
        return AccountDesk.HistoryOf(reader.History(account, after, upTo));
    }

    /// <summary>The accepted entries of an account, for explanations and as-of views.</summary>
    public IReadOnlyList<HistoryEntry> History(AccountId account) => AccountDesk.HistoryOf(Rows(account));

    /// <summary>The account as it was on a day, by what was known on another; null when it was not open then.</summary>
    public AccountState? AsOf(AccountId account, DateOnly asOf, DateOnly knownOn) =>
        AccountCorrector.AsOf(History(account), Terms, asOf, knownOn);

    /// <summary>Whether an account is a sandbox fork, which belongs to nobody.</summary>
    public static bool IsFork(AccountId account) => BusinessClock.IsFork(account);

    /// <summary>The business date that commands on an account get: the house's, or a fork's own.</summary>
    public DateOnly BusinessDateOf(AccountId account) => _clock.DateFor(account);

    /// <summary>A read-only connection for queries; the caller disposes it.</summary>
    public DbConnection OpenReadOnly() => _store.OpenReadOnly();

    /// <summary>Runs a write on the store's one writer, in its own transaction; for the tables of other parts.</summary>
    public Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, T> write) => _store.WriteAsync(write);

    /// <summary>Overwrites what was deleted, as far as the database can; see <see cref="ILedgerStore.ScrubAsync"/>.</summary>
    public Task<bool> ScrubAsync() => _store.ScrubAsync();

    /// <summary>Writes the account rows of everything answered so far, so that queries see it.</summary>
    public async Task SettleAsync()
    {
        await BarrierAsync();
        await _store.SettleAsync();
    }

    /// <summary>Waits until every follower has handled everything answered so far.</summary>
    public async Task CatchUpFollowersAsync(CancellationToken cancel = default)
    {
        await BarrierAsync();
        await _followers.WaitAsync(_store.LastPosition, null, cancel);
    }

    /// <summary>Waits until every follower has handled everything answered so far of an account; others gather on meanwhile.</summary>
    public async Task CatchUpFollowersAsync(AccountId account, CancellationToken cancel = default)
    {
        await BarrierAsync();
        await _followers.WaitAsync(_store.LastPosition, account, cancel);
    }

    /// <summary>Copies the database to a new file while the house works; returns when the copy is on disk and checked.</summary>
    public Task BackupAsync(string path) => Task.Run(() => _store.Backup(path));

    /// <summary>Refolds everything as of one moment while the house works on; see <see cref="Verification.Verifier"/>.</summary>
    public async Task<Verification.VerifyReport> VerifyAsync(IProgress<Verification.VerifyProgress>? progress = null, int threads = 2)
    {
        var readers = await _store.OpenAuditAsync(threads);
        try
        {
            return await Task.Run(() => new Verification.Verifier(Terms, readers).Run(progress));
        }
        finally
        {
            foreach (var reader in readers)
            {
                reader.Dispose();
            }
        }
    }

    private static HouseStoppedException Stopping(Exception cause) => cause as HouseStoppedException
        ?? new HouseStoppedException(
        $"The house has stopped: {cause.Message} Nothing is acknowledged that is not in the store; start again to recover.", cause);

    private Refusal? Unfit(CommandEnvelope envelope) =>
        envelope.Fault() is { } fault ? fault : envelope.Command is ForkAccount && !IsSandbox ? new SandboxOnly("fork-account") : null;

    private static CommandResult Unasked(CommandEnvelope envelope, Refusal refusal)
    {
        var result = new CommandResult(refusal, null);
        Observing.HouseMetrics.Answered(envelope.Command, result, asked: 0);
        return result;
    }

    /// <summary>Whether somebody asked something of it within the last moment: what is not urgent makes room.</summary>
    public bool IsInUse => Environment.TickCount64 - Volatile.Read(ref _askedAt) < RecentMilliseconds;

    private Lane LaneOf(AccountId account) => _lanes[account.PartitionId % _lanes.Length];

    private Task BarrierAsync() => Task.WhenAll(_lanes.Select(lane =>
    {
        var barrier = new BarrierWork();
        lane.Add(barrier);
        return barrier.Task;
    }));

    /// <summary>Folds the accounts whose last rows a crash left without index and account row.</summary>
    private void Recover(HouseOptions options)
    {
        var unsettled = _store.UnsettledAccounts;
        if (unsettled.Count == 0)
        {
            return;
        }

        var heads = new AccountHead[unsettled.Count];
        try
        {
            Parallel.ForEach(
                System.Collections.Concurrent.Partitioner.Create(0, heads.Length),
                new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
                part =>
                {
                    using var reader = _store.OpenReader();
                    var desk = new AccountDesk(reader, _terms, int.MaxValue);
                    for (var i = part.Item1; i < part.Item2; i++)
                    {
                        heads[i] = desk.Load(unsettled[i])!.Head(options.SnapshotEvery);
                    }
                });
        }
        catch (AggregateException several)
        {
            // Whoever starts the house is told what is wrong with which row, not that several threads said so.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }

        _store.SettleAsync(heads).GetAwaiter().GetResult();
    }

    private void Stop(Exception why)
    {
        var stopping = Stopping(why);
        if (Interlocked.CompareExchange(ref _fault, stopping, null) is null)
        {
            _stopped.TrySetException(stopping);
        }

        foreach (var lane in _lanes ?? [])
        {
            lane.Stop(stopping);
        }
    }
}
