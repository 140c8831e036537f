using System.Data.Common;
using Mingzhang.Domain.Values;

namespace Mingzhang.Store;

/// <summary>
/// Reads everything as it stands, without trusting it: for the verifier. For one thread; all readers of one audit see the same
/// moment.
/// </summary>
/// <remarks>
/// A damaged place throws <see cref="StoreException"/> or <see cref="FormatException"/> with the table or row in its message.
/// </remarks>
public interface IAuditReader : IDisposable
{
    /// <summary>A connection inside the same moment, for tables of followers.</summary>
    DbConnection Connection { get; }

    /// <summary>The database's own check of its pages and indexes; null when it finds nothing.</summary>
    string? IntegrityFinding();

    /// <summary>The first table or index whose definition is not what the migrations make; null when all are.</summary>
    string? SchemaFinding();

    /// <summary>The house's facts; throws when they cannot be read.</summary>
    HouseFacts House();

    /// <summary>The position up to which rows stand in the index and account tables.</summary>
    long Settled();

    /// <summary>
    /// Every account of a partition that occurs in the index, the account table, the snapshots or the given others; sorted.
    /// </summary>
    IReadOnlyList<AccountId> Accounts(int partition, IEnumerable<AccountId> others);

    /// <summary>An account's index as stored.</summary>
    IReadOnlyList<IndexEntry> Index(AccountId account);

    /// <summary>The row at a position in a partition, or null.</summary>
    JournalRow? At(int partition, long position);

    /// <summary>Rows after a position.</summary>
    IEnumerable<JournalRow> After(long position);

    /// <summary>All positions of the journal in order, with partition and account.</summary>
    IEnumerable<(long Position, int Partition, AccountId Account)> Positions();

    /// <summary>The account's row, or null.</summary>
    AccountRow? Account(AccountId account);

    /// <summary>The account's snapshot, or null.</summary>
    StoredSnapshot? Snapshot(AccountId account);
}
