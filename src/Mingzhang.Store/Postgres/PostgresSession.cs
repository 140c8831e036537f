using System.Buffers.Binary;
using System.Data.Common;
using System.Text;
using Mingzhang.Store.Writing;
using Npgsql;

namespace Mingzhang.Store.Postgres;

/// <summary>The connection that commits: a transaction is one message with all its statements, and one answer after COMMIT.</summary>
internal sealed class PostgresSession(PostgresConnections connections, StoreOptions options, IHeadProjector projector, long epoch)
    : IWriterSession
{
    private const int Tries = 5;

    private const string Journal =
        "INSERT INTO journal (position, partition_id, account_id, sequence, kind, booked_on, effective_on, recorded_at, "
        + "actor, key, request_hash, body, postings, hash, seal) SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], "
        + "$4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::text[], $10::text[], $11::bytea[], "
        + "$12::text[], $13::bytea[], $14::bytea[], $15::bigint[])";

    private const string Entry =
        "INSERT INTO entry (partition_id, account_id, sequence, key_hash, position) SELECT * FROM unnest($1::bigint[], "
        + "$2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])";

    private const string EntryAgain = Entry + " ON CONFLICT (partition_id, account_id, sequence) DO NOTHING";

    private const string Account =
        "INSERT INTO account (partition_id, account_id, version, head_hash, status, product, terms_version, currency, "
        + "opened_on, figures_on, total_limit, available, debt, credit, overdue_since, restricted, next_date) SELECT * FROM "
        + "unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bytea[], $5::text[], $6::text[], $7::bigint[], $8::text[], "
        + "$9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[], $15::bigint[], "
        + "$16::bigint[], $17::bigint[]) ON CONFLICT (partition_id, account_id) DO UPDATE SET version = excluded.version, "
        + "head_hash = excluded.head_hash, status = excluded.status, product = excluded.product, terms_version = "
        + "excluded.terms_version, currency = excluded.currency, opened_on = excluded.opened_on, figures_on = "
        + "excluded.figures_on, total_limit = excluded.total_limit, available = excluded.available, debt = excluded.debt, "
        + "credit = excluded.credit, overdue_since = excluded.overdue_since, restricted = excluded.restricted, next_date = "
        + "excluded.next_date";

    private const string Snapshot =
        "INSERT INTO snapshot (partition_id, account_id, sequence, state, seal) SELECT * FROM unnest($1::bigint[], "
        + "$2::bigint[], $3::bigint[], $4::text[], $5::bytea[]) ON CONFLICT (partition_id, account_id) DO UPDATE SET sequence = "
        + "excluded.sequence, state = excluded.state, seal = excluded.seal";

    private readonly NpgsqlConnection _connection = connections.OpenWriter();

    /// <inheritdoc/>
    public DbConnection Connection => _connection;

    /// <inheritdoc/>
    public void Commit(in WriterTransaction transaction)
    {
        for (var tried = 1; ; tried++)
        {
            using var batch = new NpgsqlBatch(_connection);
            Fill(batch, transaction);
            options.BeforeCommit?.Invoke(transaction.Rows);
            try
            {
                batch.ExecuteNonQuery();
                return;
            }
            catch (PostgresException cause) when (cause.SqlState is PostgresErrorCodes.SerializationFailure
                or PostgresErrorCodes.DeadlockDetected && tried < Tries)
            {
                // Rolled back for certain, so it may be tried again.
                Task.Delay(tried * 10).Wait();
            }
            catch (PostgresException cause) when (cause.SqlState == PostgresErrorCodes.DivisionByZero)
            {
                throw new StoreInUseException(
                    "Another process has become the writer of this database; nothing more is written here.", cause);
            }
        }
    }

    /// <inheritdoc/>
    public bool IsStorageFault(Exception cause) => _connection.State != System.Data.ConnectionState.Open
        || cause is PostgresException { SqlState: ['5', '3', ..] or ['5', '8', ..] or ['X', 'X', ..] };

    /// <inheritdoc/>
    public void Tidy()
    {
        // PostgreSQL checkpoints by itself.
    }

    /// <inheritdoc/>
    public void Close()
    {
        // Nothing is left to do.
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private void Fill(NpgsqlBatch batch, in WriterTransaction transaction)
    {
        var prove = new NpgsqlBatchCommand(WriterLease.Prove);
        prove.Parameters.AddWithValue("epoch", epoch);
        batch.BatchCommands.Add(prove);
        if (transaction.Rows > 0)
        {
            batch.BatchCommands.Add(Rows(transaction.Group, transaction.Rows));
        }

        if (transaction.Portion is { } portion)
        {
            Settle(batch, portion, transaction);
        }
    }

    private static NpgsqlBatchCommand Rows(IReadOnlyList<CommitBatch> group, int rows)
    {
        var columns = new Columns(rows);
        foreach (var row in group.SelectMany(batch => batch.Rows))
        {
            var request = new byte[16];
            BinaryPrimitives.WriteUInt128BigEndian(request, row.RequestHash);
            columns.Next().Add(row.Position).Add(row.Account.PartitionId).Add(row.Account.Value).Add(row.Sequence).Add((long)row.Kind)
                .Add(row.BookedOn.ToStored()).Add(row.EffectiveOn.ToStored()).Add(row.RecordedAt).Add(row.Actor).Add(row.Key)
                .Add(request).Add(Encoding.UTF8.GetString(row.Body)).Add(row.Postings).Add(row.Hash)
                .Add(RowHash.Seal(row.Hash, row.Position, row.RecordedAt));
        }

        return columns.For(Journal);
    }

    private void Settle(NpgsqlBatch batch, Backlog.Portion portion, in WriterTransaction transaction)
    {
        var (entries, accounts) = (new Columns(portion.Rows), new Columns(portion.Accounts.Count));
        var due = portion.Accounts.FindAll(waiting => waiting.SnapshotDue);
        foreach (var waiting in portion.Accounts)
        {
            foreach (var entry in waiting.Entries)
            {
                entries.Next().Add(waiting.Account.PartitionId).Add(waiting.Account.Value).Add(entry.Sequence).Add(entry.KeyHash)
                    .Add(entry.Position);
            }

            Add(accounts, projector.Row(waiting.Head ?? throw new InvalidOperationException(
                $"Account {waiting.Account} has rows to settle but was not folded after opening.")));
        }

        batch.BatchCommands.Add(entries.For(transaction.Recovering ? EntryAgain : Entry));
        batch.BatchCommands.Add(accounts.For(Account));
        if (due.Count > 0)
        {
            batch.BatchCommands.Add(Snapshots(due));
        }

        var settled = new NpgsqlBatchCommand("UPDATE settled SET position = @position WHERE id = 1");
        settled.Parameters.AddWithValue("position", Math.Min(portion.SettledTo, transaction.LastPosition));
        batch.BatchCommands.Add(settled);
    }

    private NpgsqlBatchCommand Snapshots(List<Backlog.Waiting> due)
    {
        var columns = new Columns(due.Count);
        foreach (var head in due.Select(waiting => waiting.Head!.Value))
        {
            var state = projector.Snapshot(head.State);
            columns.Next().Add(head.State.Id.PartitionId).Add(head.State.Id.Value).Add(head.State.Version)
                .Add(Encoding.UTF8.GetString(state)).Add(RowHash.SnapshotSeal(head.HeadHash, state));
        }

        return columns.For(Snapshot);
    }

    private static void Add(Columns columns, AccountRow row) => columns.Next()
        .Add(row.Account.PartitionId).Add(row.Account.Value).Add(row.Version).Add(row.HeadHash).Add(row.Status).Add(row.Product)
        .Add(row.TermsVersion).Add(row.Currency).Add(row.OpenedOn?.ToStored() ?? 0).Add(row.FiguresOn.ToStored()).Add(row.TotalLimit)
        .Add(row.Available).Add(row.Debt).Add(row.Credit).Add(row.OverdueSince?.ToStored() ?? 0).Add(row.Restricted)
        .Add(row.NextDate.ToStored());
}
