using Mingzhang.Store.Writing;
using SQLitePCL;

namespace Mingzhang.Store.Sqlite;

/// <summary>Writes what the backlog holds into the index, the account rows and the snapshots, inside the writer's transaction.</summary>
internal sealed class SettleStatements : IDisposable
{
    private const string Entry = "INSERT INTO entry (partition_id, account_id, sequence, key_hash, position) VALUES (?1, ?2, ?3, ?4, ?5)";

    private const string EntryAgain =
        "INSERT INTO entry (partition_id, account_id, sequence, key_hash, position) VALUES (?1, ?2, ?3, ?4, ?5) "
        + "ON CONFLICT (partition_id, account_id, sequence) DO NOTHING";

    /// <summary>The usual case leaves the next date and so its index alone.</summary>
    private const string SameNextDate =
        "UPDATE account SET version = ?3, head_hash = ?4, status = ?5, product = ?6, terms_version = ?7, currency = ?8, opened_on = ?9, "
        + "figures_on = ?10, total_limit = ?11, available = ?12, debt = ?13, credit = ?14, overdue_since = ?15, restricted = ?16 "
        + "WHERE partition_id = ?1 AND account_id = ?2 AND next_date = ?17";

    private const string Account =
        "INSERT INTO account (partition_id, account_id, version, head_hash, status, product, terms_version, currency, opened_on, "
        + "figures_on, total_limit, available, debt, credit, overdue_since, restricted, next_date) "
        + "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17) "
        + "ON CONFLICT (partition_id, account_id) DO UPDATE SET version = ?3, head_hash = ?4, status = ?5, product = ?6, "
        + "terms_version = ?7, currency = ?8, opened_on = ?9, figures_on = ?10, total_limit = ?11, available = ?12, debt = ?13, "
        + "credit = ?14, overdue_since = ?15, restricted = ?16, next_date = ?17";

    private const string Snapshot =
        "INSERT INTO snapshot (partition_id, account_id, sequence, state, seal) VALUES (?1, ?2, ?3, ?4, ?5) "
        + "ON CONFLICT (partition_id, account_id) DO UPDATE SET sequence = ?3, state = ?4, seal = ?5";

    private readonly sqlite3 _db;
    private readonly IHeadProjector _projector;
    private readonly RawStatement _entry;
    private readonly RawStatement _entryAgain;
    private readonly RawStatement _sameNextDate;
    private readonly RawStatement _account;
    private readonly RawStatement _snapshot;
    private readonly RawStatement _settled;

    public SettleStatements(sqlite3 db, IHeadProjector projector)
    {
        _db = db;
        _projector = projector;
        _entry = new RawStatement(db, "write entry", Entry);
        _entryAgain = new RawStatement(db, "write entry", EntryAgain);
        _sameNextDate = new RawStatement(db, "write account", SameNextDate);
        _account = new RawStatement(db, "write account", Account);
        _snapshot = new RawStatement(db, "write snapshot", Snapshot);
        _settled = new RawStatement(db, "write settled", "UPDATE settled SET position = ?1 WHERE id = 1");
    }

    /// <summary>Writes a portion; the caller commits and then tells the backlog. After a crash some entries may stand already.</summary>
    public void Write(Backlog.Portion portion, long lastPosition, bool recovering)
    {
        var insert = recovering ? _entryAgain : _entry;
        foreach (var waiting in portion.Accounts)
        {
            var head = waiting.Head ?? throw new InvalidOperationException(
                $"Account {waiting.Account} has rows to settle but was not folded after opening.");
            foreach (var entry in waiting.Entries)
            {
                insert.Bind(1, waiting.Account.PartitionId).Bind(2, waiting.Account.Value).Bind(3, entry.Sequence)
                    .Bind(4, entry.KeyHash).Bind(5, entry.Position).Run();
            }

            var row = _projector.Row(head);
            WriteAccount(_sameNextDate, row);
            if (raw.sqlite3_changes(_db) == 0)
            {
                WriteAccount(_account, row);
            }

            if (waiting.SnapshotDue)
            {
                WriteSnapshot(head);
            }
        }

        _settled.Bind(1, Math.Min(portion.SettledTo, lastPosition)).Run();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _entry.Dispose();
        _entryAgain.Dispose();
        _sameNextDate.Dispose();
        _account.Dispose();
        _snapshot.Dispose();
        _settled.Dispose();
    }

    private static void WriteAccount(RawStatement statement, AccountRow row) => statement
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
        _snapshot.Reserve(state.Length + 256);
        _snapshot.Bind(1, head.State.Id.PartitionId).Bind(2, head.State.Id.Value).Bind(3, head.State.Version)
            .BindText(4, state).Bind(5, RowHash.SnapshotSeal(head.HeadHash, state)).Run();
    }
}
