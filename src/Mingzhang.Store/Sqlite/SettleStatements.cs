using System.Globalization;
using SQLitePCL;

namespace Mingzhang.Store.Sqlite;

/// <summary>Writes what the backlog holds into the index, the account rows and the snapshots, inside the writer's transaction.</summary>
internal sealed class SettleStatements : IDisposable
{
    private readonly RawStatement _entry;
    private readonly RawStatement _account;
    private readonly RawStatement _snapshot;
    private readonly RawStatement _settled;
    private readonly IHeadProjector _projector;

    public SettleStatements(sqlite3 db, IHeadProjector projector)
    {
        _projector = projector;
        _entry = new RawStatement(db, "write entry", "INSERT INTO entry (partition_id, account_id, sequence, key_hash, position) VALUES (?1, ?2, ?3, ?4, ?5)");
        _account = new RawStatement(
            db,
            "write account",
            "INSERT INTO account (partition_id, account_id, version, head_hash, status, product, terms_version, currency, opened_on, figures_on, total_limit, available, "
            + "debt, credit, overdue_since, restricted, next_date) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17) "
            + "ON CONFLICT (partition_id, account_id) DO UPDATE SET version = ?3, head_hash = ?4, status = ?5, product = ?6, terms_version = ?7, currency = ?8, opened_on = ?9, "
            + "figures_on = ?10, total_limit = ?11, available = ?12, debt = ?13, credit = ?14, overdue_since = ?15, restricted = ?16, next_date = ?17");
        _snapshot = new RawStatement(
            db,
            "write snapshot",
            "INSERT INTO snapshot (partition_id, account_id, sequence, state, seal) VALUES (?1, ?2, ?3, ?4, ?5) "
            + "ON CONFLICT (partition_id, account_id) DO UPDATE SET sequence = ?3, state = ?4, seal = ?5");
        _settled = new RawStatement(db, "write settled", "UPDATE settled SET position = ?1 WHERE id = 1");
    }

    /// <summary>Writes the backlog; the caller commits and then clears it.</summary>
    public void Write(Backlog backlog, long lastPosition)
    {
        foreach (var waiting in backlog.Sorted())
        {
            var head = waiting.Head ?? throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture, $"Account {waiting.Account} has rows to settle but was not folded after opening."));
            foreach (var entry in waiting.Entries)
            {
                _entry.Bind(1, waiting.Account.PartitionId).Bind(2, waiting.Account.Value).Bind(3, entry.Sequence)
                    .Bind(4, entry.KeyHash).Bind(5, entry.Position).Run();
            }

            WriteAccount(_projector.Row(head));
            if (waiting.SnapshotDue)
            {
                WriteSnapshot(head);
            }
        }

        _settled.Bind(1, lastPosition).Run();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _entry.Dispose();
        _account.Dispose();
        _snapshot.Dispose();
        _settled.Dispose();
    }

    private void WriteAccount(AccountRow row) => _account
        .Bind(1, row.Account.PartitionId)
        .Bind(2, row.Account.Value)
        .Bind(3, row.Version)
        .Bind(4, row.HeadHash)
        .Bind(5, row.Status)
        .Bind(6, row.Product)
        .Bind(7, row.TermsVersion)
        .Bind(8, row.Currency)
        .Bind(9, row.OpenedOn?.ToStored() ?? 0)
        .Bind(10, row.FiguresOn.ToStored())
        .Bind(11, row.TotalLimit)
        .Bind(12, row.Available)
        .Bind(13, row.Debt)
        .Bind(14, row.Credit)
        .Bind(15, row.OverdueSince?.ToStored() ?? 0)
        .Bind(16, row.Restricted)
        .Bind(17, row.NextDate.ToStored())
        .Run();

    private void WriteSnapshot(in AccountHead head)
    {
        var state = _projector.Snapshot(head.State);
        _snapshot.Bind(1, head.State.Id.PartitionId).Bind(2, head.State.Id.Value).Bind(3, head.State.Version)
            .BindText(4, state).Bind(5, RowHash.SnapshotSeal(head.HeadHash, state)).Run();
    }
}
