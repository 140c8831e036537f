using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Values;

namespace Mingzhang.Store;

/// <summary>The small row of an account for lists and filters; figures in minor units, as of <paramref name="FiguresOn"/>.</summary>
/// <param name="Account">The account.</param>
/// <param name="Version">The sequence it stands at.</param>
/// <param name="HeadHash">The hash of that journal row.</param>
/// <param name="Status">not-opened, active, closing or closed.</param>
/// <param name="Product">Product code.</param>
/// <param name="TermsVersion">Terms it runs under.</param>
/// <param name="Currency">Three letters.</param>
/// <param name="OpenedOn">First opened; null = never.</param>
/// <param name="FiguresOn">Business day of the figures.</param>
/// <param name="TotalLimit">Total limit.</param>
/// <param name="Available">Available limit of the general pool.</param>
/// <param name="Debt">Total debt including what accrued.</param>
/// <param name="Credit">Credit balance.</param>
/// <param name="OverdueSince">Due day of the oldest missed bill; null = none.</param>
/// <param name="Restricted">Number of restrictions.</param>
/// <param name="NextDate">Next day on which something happens by itself.</param>
public sealed record AccountRow(
    AccountId Account, long Version, byte[] HeadHash, string Status, string Product, int TermsVersion, string Currency, DateOnly? OpenedOn,
    DateOnly FiguresOn, long TotalLimit, long Available, long Debt, long Credit, DateOnly? OverdueSince, int Restricted, DateOnly NextDate);

/// <summary>An account at the end of a batch: what the store writes its row and snapshot from.</summary>
/// <param name="State">The folded state; immutable.</param>
/// <param name="HeadHash">Hash of its last row.</param>
/// <param name="BookedOn">Booked day of its last row.</param>
/// <param name="SnapshotDue">Whether a snapshot shall be written with the row.</param>
public readonly record struct AccountHead(AccountState State, byte[] HeadHash, DateOnly BookedOn, bool SnapshotDue);

/// <summary>Computes what the store keeps of a state. Runs on the writer's thread; throws only for broken invariants.</summary>
public interface IHeadProjector
{
    /// <summary>The account's row.</summary>
    AccountRow Row(in AccountHead head);

    /// <summary>The state as JSON, the same bytes for equal states.</summary>
    byte[] Snapshot(AccountState state);
}

/// <summary>A stored snapshot of an account.</summary>
/// <param name="Sequence">The row it stands at.</param>
/// <param name="State">JSON.</param>
/// <param name="Seal">See <see cref="RowHash.SnapshotSeal"/>.</param>
public sealed record StoredSnapshot(long Sequence, byte[] State, byte[] Seal);

/// <summary>One line of the account index.</summary>
/// <param name="Sequence">Of the row.</param>
/// <param name="KeyHash">See <see cref="RowHash.OfKey"/>.</param>
/// <param name="Position">Where the row stands in the journal.</param>
public readonly record struct IndexEntry(long Sequence, long KeyHash, long Position);

/// <summary>All that is needed to go on with an account.</summary>
/// <param name="Index">Every row of the account, by sequence.</param>
/// <param name="Snapshot">The latest snapshot, or null.</param>
/// <param name="Tail">The row of the snapshot (when there is one) and all rows after it.</param>
public sealed record LoadedAccount(IReadOnlyList<IndexEntry> Index, StoredSnapshot? Snapshot, IReadOnlyList<JournalRow> Tail);
