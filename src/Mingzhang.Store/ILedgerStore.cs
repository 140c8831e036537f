using System.Data.Common;
using Mingzhang.Domain.Values;

namespace Mingzhang.Store;

/// <summary>Facts about the house that the store keeps.</summary>
/// <param name="Sandbox">Whether its clock may be moved freely and accounts forked. Fixed at creation.</param>
/// <param name="BusinessDate">The day the books are open for.</param>
public sealed record HouseFacts(bool Sandbox, DateOnly BusinessDate);

/// <summary>The one contract of durable storage; every provider passes the same test suite.</summary>
/// <remarks>
/// One thread at a time commits. A batch is answered after COMMIT returned and never before. On any error whose outcome is unknown
/// the store stops
/// for good (<see cref="Fault"/>): what was acknowledged is in the file, and opening it again is the recovery.
/// </remarks>
public interface ILedgerStore : IDisposable
{
    /// <summary>Facts read at opening.</summary>
    HouseFacts House { get; }

    /// <summary>
    /// Accounts of which the last rows are not settled yet; after a crash the engine folds them and hands their heads in with
    /// <see cref="SettleAsync(IReadOnlyList{AccountHead})"/>.
    /// </summary>
    IReadOnlyList<AccountId> UnsettledAccounts { get; }

    /// <summary>The last committed position.</summary>
    long LastPosition { get; }

    /// <summary>Why the store stopped; null while it runs.</summary>
    Exception? Fault { get; }

    /// <summary>Starts the writer. Nothing may be enqueued before.</summary>
    void Start(IHeadProjector projector, Action<Exception> onFault, INeighbours? neighbours = null);

    /// <summary>Whether this process leads: of all nodes on one database one does what has to be done once, such as following the
    /// journal.</summary>
    bool Leads { get; }

    /// <summary>Whether no other node is alive on this database. With others, answers that wrote nothing are proved too.</summary>
    bool IsAlone { get; }

    /// <summary>Adds a batch to what waits for the next commit. Blocks the caller while very much waits.</summary>
    void Enqueue(CommitBatch batch);

    /// <summary>
    /// Takes the writer's turn when nothing waits and nobody writes. True obliges the caller to <see cref="CommitInTurn"/> at once;
    /// until then nothing is committed.
    /// </summary>
    bool TryTakeTurn();

    /// <summary>
    /// Commits a batch on the caller's own thread, in the turn taken, and answers it; spares a lone caller the change of threads. A
    /// failure stops the store as one in the writer's thread does.
    /// </summary>
    void CommitInTurn(CommitBatch batch);

    /// <summary>Hands in folded accounts whose rows stand in the journal but not yet in the account table.</summary>
    Task SettleAsync(IReadOnlyList<AccountHead> heads);

    /// <summary>Writes the index and account rows of everything committed so far.</summary>
    Task SettleAsync();

    /// <summary>
    /// Every account due up to a day has passed it. The store may put its order of days right; nothing that is read changes.
    /// </summary>
    Task DayPassedAsync(DateOnly day);

    /// <summary>
    /// Runs <paramref name="write"/> on the writer in a transaction of its own, after what was enqueued before it. An exception
    /// of it rolls back and comes back.
    /// </summary>
    Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, T> write);

    /// <summary>
    /// As <see cref="WriteAsync"/>, for facts that decisions rest on, such as the business date: nothing decided before it is committed
    /// after it by another node.
    /// </summary>
    Task<T> ChangeHouseAsync<T>(Func<DbConnection, DbTransaction, T> write);

    /// <summary>A reader with its own read-only connection; for one thread at a time.</summary>
    IStoreReader OpenReader();

    /// <summary>A read-only connection for queries; the caller disposes it.</summary>
    DbConnection OpenReadOnly();

    /// <summary>Readers for the verifier that all see the same moment, between two commits.</summary>
    Task<IReadOnlyList<IAuditReader>> OpenAuditAsync(int readers);

    /// <summary>
    /// Overwrites what was deleted: a file's log is copied into it and emptied. False when a reader held the log all the time: then it is
    /// emptied later, at the latest when the store is closed. On PostgreSQL that is the work of VACUUM; see docs/operations.md.
    /// </summary>
    Task<bool> ScrubAsync();

    /// <summary>Copies the database, while it is in use, to a new file; returns when the copy is on disk and checked.</summary>
    void Backup(string path);
}

/// <summary>Reads of the engine; each sees everything committed before it began.</summary>
public interface IStoreReader : IDisposable
{
    /// <summary>An account's index, snapshot and tail; null when it has no row.</summary>
    LoadedAccount? Load(AccountId account);

    /// <summary>The row of an account with exactly this key, or null.</summary>
    JournalRow? FindByKey(AccountId account, string key);

    /// <summary>The rows of an account after a sequence and up to another, in order.</summary>
    IReadOnlyList<JournalRow> History(AccountId account, long after = 0, long upTo = long.MaxValue);

    /// <summary>The next rows of the journal after a position, at most so many.</summary>
    IReadOnlyList<JournalRow> Log(long after, int most);

    /// <summary>Settled accounts of a partition with a next date up to a day, in id order after one, at most so many.</summary>
    IReadOnlyList<AccountId> Due(int partition, DateOnly upTo, AccountId after, int most);

    /// <summary>
    /// A day before which no settled account of a partition below an id has its next date; null when nothing is due ever. Usually the
    /// earliest next date; a store may name an earlier day.
    /// </summary>
    DateOnly? EarliestDue(int partition, AccountId below);

    /// <summary>An account's row as last settled, or null.</summary>
    AccountRow? Account(AccountId account);
}
