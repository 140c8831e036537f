using System.Buffers.Binary;
using Npgsql;

namespace Mingzhang.Store.Postgres;

/// <summary>A connection that commits flights: each is one message with all its statements, and one answer after COMMIT.</summary>
internal sealed class PostgresSession(PostgresConnections connections, StoreOptions options, IHeadProjector projector) : IDisposable
{
    private const string Journal =
        "INSERT INTO journal (position, partition_id, account_id, sequence, kind, booked_on, effective_on, recorded_at, "
        + "actor, key, request_hash, body, postings, hash, seal, key_hash) SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], "
        + "$4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::text[], $10::text[], $11::bytea[], "
        + "$12::text[], $13::bytea[], $14::bytea[], $15::bigint[], $16::bigint[])";

    private const string Unnested =
        "unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bytea[], $5::text[], $6::text[], $7::bigint[], $8::text[], "
        + "$9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[], $15::bigint[], "
        + "$16::bigint[], $17::bigint[])";

    private const string Names =
        "partition_id, account_id, version, head_hash, status, product, terms_version, currency, opened_on, figures_on, total_limit, "
        + "available, debt, credit, overdue_since, restricted, next_date";

    private const string NewAccount =
        "INSERT INTO account (partition_id, account_id, version, head_hash, status, product, terms_version, currency, "
        + "opened_on, figures_on, total_limit, available, debt, credit, overdue_since, restricted, next_date, wake_on) "
        + "SELECT n.*, n.next_date FROM " + Unnested + " AS n (" + Names + ")";

    // INSERT … ON CONFLICT would lock every row before it changes it. While no indexed column changes, no index is touched.
    private const string KnownAccount =
        "UPDATE account SET version = n.version, head_hash = n.head_hash, status = n.status, product = n.product, terms_version = "
        + "n.terms_version, currency = n.currency, opened_on = n.opened_on, figures_on = n.figures_on, total_limit = n.total_limit, "
        + "available = n.available, debt = n.debt, credit = n.credit, overdue_since = n.overdue_since, restricted = n.restricted, "
        + "next_date = n.next_date, wake_on = CASE WHEN account.wake_on > n.figures_on AND account.wake_on < n.next_date "
        + "THEN account.wake_on ELSE n.next_date END FROM " + Unnested + " AS n (" + Names + ") "
        + "WHERE account.partition_id = n.partition_id AND account.account_id = n.account_id";

    private const string Snapshot =
        "INSERT INTO snapshot (partition_id, account_id, sequence, state, seal) SELECT * FROM unnest($1::bigint[], "
        + "$2::bigint[], $3::bigint[], $4::text[], $5::bytea[]) ON CONFLICT (partition_id, account_id) DO UPDATE SET sequence = "
        + "excluded.sequence, state = excluded.state, seal = excluded.seal";

    /// <summary>The connection; another one after it broke.</summary>
    public NpgsqlConnection Connection { get; private set; } = connections.OpenCommitter();

    /// <summary>Opens another connection where the one before is closed or broken.</summary>
    public void EnsureOpen()
    {
        if (Connection.State != System.Data.ConnectionState.Open)
        {
            Connection.Dispose();
            Connection = connections.OpenCommitter();
        }
    }

    /// <summary>Gives up a connection of which nobody knows what it did last.</summary>
    public void Close() => Connection.Close();

    /// <summary>The statements of a flight without its head, put together while others are being written.</summary>
    public FlightStatements Prepare(Flight flight)
    {
        var accounts = new List<NpgsqlBatchCommand>();
        Accounts(accounts, flight);
        return new FlightStatements(Rows(flight), accounts);
    }

    /// <summary>
    /// Begins the transaction of a flight and writes its journal rows, which nobody sees before it has the head; false when somebody else
    /// has written one of them: then nothing of it is there.
    /// </summary>
    public bool TryBegin(FlightStatements statements)
    {
        try
        {
            using var batch = new NpgsqlBatch(Connection);
            batch.BatchCommands.Add(new NpgsqlBatchCommand("BEGIN"));
            batch.BatchCommands.Add(statements.Journal);
            batch.ExecuteNonQuery();
            statements.IsBegun = true;
            return true;
        }
        catch (PostgresException cause) when (cause.SqlState == PostgresErrorCodes.UniqueViolation || Passes(cause))
        {
            Rollback();
            return false;
        }
    }

    /// <summary>
    /// Commits when nothing came between; false when something did, or the database rolled it back for a reason that passes: then nothing
    /// of it is there. Any exception leaves the outcome unknown.
    /// </summary>
    /// <param name="flight">Its head is moved first.</param>
    /// <param name="statements">What <see cref="Prepare"/> made.</param>
    /// <param name="atOnce">All in one message; otherwise the head is locked by one of its own.</param>
    /// <param name="locking">Called when the head may be asked for by the next flight, which has to wait for it.</param>
    public bool TryCommit(Flight flight, FlightStatements statements, bool atOnce, Action locking)
    {
        options.BeforeCommit?.Invoke(flight.Rows);
        try
        {
            using var batch = new NpgsqlBatch(Connection);
            if (!statements.IsBegun)
            {
                batch.BatchCommands.Add(new NpgsqlBatchCommand("BEGIN"));
            }

            batch.BatchCommands.Add(new NpgsqlBatchCommand(JournalHead.Lock));
            if (!atOnce)
            {
                var head = JournalHead.Locked(batch);
                batch.BatchCommands.Clear();
                locking();
                if ((head.Stamp, head.Facts) != (flight.Before.Stamp, flight.Before.Facts))
                {
                    Rollback();
                    return false;
                }
            }

            var move = new NpgsqlBatchCommand(JournalHead.Move);
            Head(move, flight.After);
            move.Parameters.AddWithValue("expected", flight.Before.Stamp);
            batch.BatchCommands.Add(move);
            statements.AddRest(batch.BatchCommands);
            batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
            batch.ExecuteNonQuery();
            return true;
        }
        catch (PostgresException cause) when (cause.SqlState == PostgresErrorCodes.DivisionByZero || Passes(cause))
        {
            Rollback();
            return false;
        }
    }

    private void Rollback()
    {
        using var rollback = new NpgsqlCommand("ROLLBACK", Connection);
        rollback.ExecuteNonQuery();
    }

    /// <summary>Writes a flight into a transaction that has locked the head, and moves the head.</summary>
    public void Write(Flight flight, NpgsqlTransaction transaction)
    {
        using var batch = new NpgsqlBatch(Connection, transaction);
        Prepare(flight).AddRest(batch.BatchCommands);
        var set = new NpgsqlBatchCommand(JournalHead.Set);
        Head(set, flight.After);
        batch.BatchCommands.Add(set);
        options.BeforeCommit?.Invoke(flight.Rows);
        batch.ExecuteNonQuery();
    }

    /// <summary>Moves the head in a transaction that has locked it.</summary>
    public void Write(JournalHead head, NpgsqlTransaction transaction)
    {
        using var batch = new NpgsqlBatch(Connection, transaction);
        var set = new NpgsqlBatchCommand(JournalHead.Set);
        Head(set, head);
        batch.BatchCommands.Add(set);
        batch.ExecuteNonQuery();
    }

    /// <summary>Whether the database rolled back for certain, for a reason that passes.</summary>
    public static bool Passes(PostgresException cause) =>
        cause.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;

    /// <inheritdoc/>
    public void Dispose() => Connection.Dispose();

    private static void Head(NpgsqlBatchCommand command, JournalHead head)
    {
        command.Parameters.AddWithValue("position", head.Position);
        command.Parameters.AddWithValue("stamp", head.Stamp);
        command.Parameters.AddWithValue("facts", head.Facts);
    }

    private void Accounts(List<NpgsqlBatchCommand> statements, Flight flight)
    {
        var (heads, fresh) = flight.Heads();
        foreach (var group in heads.GroupBy(head => fresh.Contains(head.State.Id.Value)))
        {
            statements.Add(Accounts([.. group], group.Key ? NewAccount : KnownAccount));
        }

        if (heads.FindAll(head => head.SnapshotDue) is { Count: > 0 } due)
        {
            statements.Add(Snapshots(due));
        }
    }

    private static NpgsqlBatchCommand Rows(Flight flight)
    {
        var columns = new Columns(flight.Rows);
        foreach (var batch in flight.Batches)
        {
            foreach (var row in batch.Rows)
            {
                var request = new byte[16];
                BinaryPrimitives.WriteUInt128BigEndian(request, row.RequestHash);
                columns.Next().Add(row.Position).Add(row.Account.PartitionId).Add(row.Account.Value).Add(row.Sequence).Add((long)row.Kind)
                    .Add(row.BookedOn.ToStored()).Add(row.EffectiveOn.ToStored()).Add(row.RecordedAt).Add(row.Actor).Add(row.Key)
                    .Add(request).AddUtf8(row.Body).Add(row.Postings).Add(row.Hash)
                    .Add(RowHash.Seal(row.Hash, row.Position, row.RecordedAt)).Add(row.KeyHash);
            }
        }

        return columns.For(Journal);
    }

    private NpgsqlBatchCommand Accounts(List<AccountHead> heads, string sql)
    {
        var columns = new Columns(heads.Count);
        foreach (var head in heads)
        {
            var row = projector.Row(head);
            columns.Next().Add(row.Account.PartitionId).Add(row.Account.Value).Add(row.Version).Add(row.HeadHash).Add(row.Status)
                .Add(row.Product).Add(row.TermsVersion).Add(row.Currency).Add(row.OpenedOn?.ToStored() ?? 0).Add(row.FiguresOn.ToStored())
                .Add(row.TotalLimit).Add(row.Available).Add(row.Debt).Add(row.Credit).Add(row.OverdueSince?.ToStored() ?? 0)
                .Add(row.Restricted).Add(row.NextDate.ToStored());
        }

        return columns.For(sql);
    }

    private NpgsqlBatchCommand Snapshots(List<AccountHead> due)
    {
        var columns = new Columns(due.Count);
        foreach (var head in due)
        {
            var state = projector.Snapshot(head.State);
            columns.Next().Add(head.State.Id.PartitionId).Add(head.State.Id.Value).Add(head.State.Version).AddUtf8(state)
                .Add(RowHash.SnapshotSeal(head.HeadHash, state));
        }

        return columns.For(Snapshot);
    }
}
