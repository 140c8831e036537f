using System.Text;
using Mingzhang.Domain.Values;
using Npgsql;
using NpgsqlTypes;

namespace Mingzhang.Store.Postgres;

/// <summary>Reads on one connection, shared by the engine's readers and the verifier's.</summary>
/// <param name="connections">Gives the connection, and another one after it broke.</param>
/// <param name="reconnectFor">How long; zero where what is read must stand in one transaction.</param>
internal sealed class PostgresRows(PostgresConnections connections, TimeSpan reconnectFor) : IDisposable
{
    private NpgsqlConnection _connection = connections.OpenReader();

    private const string Journal =
        "SELECT position, partition_id, account_id, sequence, kind, booked_on, effective_on, recorded_at, actor, key, request_hash, "
        + "body, postings, hash, seal FROM journal ";

    /// <summary>The connection.</summary>
    public NpgsqlConnection Connection => _connection;

    /// <summary>Rows of a partition at positions, in order of position.</summary>
    public List<JournalRow> At(int partition, long[] positions) => All(
        Journal + "WHERE partition_id = @partition AND position = ANY(@positions) ORDER BY position",
        row => Stored(row).Checked(),
        ("partition", (long)partition), ("positions", positions));

    /// <summary>Rows after a position, of all partitions.</summary>
    public List<JournalRow> After(long position, int most) => All(
        Journal + "WHERE position > @position ORDER BY position LIMIT @most",
        row => Stored(row).Checked(),
        ("position", position), ("most", (long)most));

    /// <summary>Where rows stand, after a position.</summary>
    public List<(long Position, int Partition, AccountId Account)> Positions(long after, int most) => All(
        "SELECT position, partition_id, account_id FROM journal WHERE position > @after ORDER BY position LIMIT @most",
        row => (row.GetInt64(0), unchecked((int)row.GetInt64(1)), new AccountId(row.GetInt64(2))),
        ("after", after), ("most", (long)most));

    /// <summary>The seals of rows after a position up to another, inside a transaction.</summary>
    public static List<(long Position, long Seal)> Seals(NpgsqlTransaction transaction, long after, long upTo) => Within(
        transaction, "SELECT position, seal", after, upTo, row => (row.GetInt64(0), row.GetInt64(1)));

    /// <summary>Whose rows stand after a position up to another, inside a transaction.</summary>
    public static List<(long Position, AccountId Account)> Places(NpgsqlTransaction transaction, long after, long upTo) => Within(
        transaction, "SELECT position, account_id", after, upTo, row => (row.GetInt64(0), new AccountId(row.GetInt64(1))));

    private static List<T> Within<T>(NpgsqlTransaction transaction, string columns, long after, long upTo, Func<NpgsqlDataReader, T> make)
    {
        var sql = columns + " FROM journal WHERE position > @after AND position <= @to AND partition_id >= 0 ORDER BY position";
        using var command = new NpgsqlCommand(sql, transaction.Connection, transaction);
        command.Parameters.AddWithValue("after", after);
        command.Parameters.AddWithValue("to", upTo);
        return Made(command, make);
    }

    private static List<T> Made<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> make)
    {
        using var row = command.ExecuteReader();
        var all = new List<T>();
        while (row.Read())
        {
            all.Add(make(row));
        }

        return all;
    }

    /// <summary>An account's index as stored.</summary>
    public List<IndexEntry> Index(AccountId account) => All(
        "SELECT sequence, key_hash, position FROM entry WHERE partition_id = @partition AND account_id = @account ORDER BY sequence",
        row => new IndexEntry(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)),
        ("partition", (long)account.PartitionId), ("account", account.Value));

    /// <summary>An account's rows whose key has a hash.</summary>
    public List<JournalRow> WithKey(AccountId account, long hash) => All(
        Journal + "WHERE partition_id = @partition AND account_id = @account AND key_hash = @hash ORDER BY sequence",
        row => Stored(row).Checked(),
        ("partition", (long)account.PartitionId), ("account", account.Value), ("hash", hash));

    /// <summary>An account's rows from a sequence to another, in order. Throws <see cref="StoreException"/> naming a gap.</summary>
    public List<JournalRow> Of(AccountId account, long from, long to)
    {
        var rows = All(
            Journal + "WHERE partition_id = @partition AND account_id = @account AND sequence >= @from AND sequence <= @to "
            + "ORDER BY sequence",
            row => Stored(row).Checked(),
            ("partition", (long)account.PartitionId), ("account", account.Value), ("from", from), ("to", to));
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].Sequence != from + i)
            {
                throw new StoreException($"journal: account {account} has sequence {rows[i].Sequence} where {from + i} must stand.");
            }
        }

        return rows;
    }

    /// <summary>An account's snapshot, or null.</summary>
    public StoredSnapshot? Snapshot(AccountId account) => All(
        "SELECT sequence, state, seal FROM snapshot WHERE partition_id = @partition AND account_id = @account",
        row => new StoredSnapshot(row.GetInt64(0), Encoding.UTF8.GetBytes(row.GetString(1)), row.GetFieldValue<byte[]>(2)),
        ("partition", (long)account.PartitionId), ("account", account.Value)).FirstOrDefault();

    /// <summary>An account's row, or null.</summary>
    public AccountRow? Account(AccountId account) => All(
        "SELECT account_id, version, head_hash, status, product, terms_version, currency, opened_on, figures_on, total_limit, available, "
        + "debt, credit, overdue_since, restricted, next_date FROM account WHERE partition_id = @partition AND account_id = @account",
        Account,
        ("partition", (long)account.PartitionId), ("account", account.Value)).FirstOrDefault();

    /// <summary>Accounts of a partition with a next date up to a day, after one.</summary>
    public List<AccountId> Due(int partition, DateOnly upTo, AccountId after, int most) => All(
        "SELECT account_id FROM account WHERE partition_id = @partition AND wake_on <= @day AND wake_on < 99991231 "
        + "AND next_date <= @day AND account_id > @after ORDER BY account_id LIMIT @most",
        row => new AccountId(row.GetInt64(0)),
        ("partition", (long)partition), ("day", (long)upTo.ToStored()), ("after", after.Value), ("most", (long)most));

    /// <summary>The earliest day on which an account of a partition below an id is looked at; nothing is due before it.</summary>
    public DateOnly? EarliestDue(int partition, AccountId below) => All(
        "SELECT wake_on FROM account WHERE partition_id = @partition AND wake_on < 99991231 AND account_id < @below "
        + "ORDER BY wake_on LIMIT 1",
        row => (DateOnly?)StoreDates.FromStored(row.GetInt64(0)),
        ("partition", (long)partition), ("below", below.Value)).FirstOrDefault();

    /// <summary>Every row a statement gives, each made into something.</summary>
    public List<T> All<T>(string sql, Func<NpgsqlDataReader, T> make, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var reconnecting = new Reconnecting(reconnectFor);
        while (true)
        {
            try
            {
                return AllNow(sql, make, parameters);
            }
            catch (Exception cause) when (reconnecting.Allows(cause))
            {
                _connection.Close();
                reconnecting.Wait();
            }
        }
    }

    private List<T> AllNow<T>(string sql, Func<NpgsqlDataReader, T> make, ReadOnlySpan<(string Name, object Value)> parameters)
    {
        if (_connection.State != System.Data.ConnectionState.Open)
        {
            _connection.Dispose();
            _connection = connections.OpenReader();
        }

        using var command = new NpgsqlCommand(sql, _connection);
        foreach (var (name, value) in parameters)
        {
            var type = value is long[] ? NpgsqlDbType.Array | NpgsqlDbType.Bigint : NpgsqlDbType.Bigint;
            command.Parameters.Add(new NpgsqlParameter(name, type) { Value = value });
        }

        return Made(command, make);
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private static StoredRow Stored(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6),
        row.GetInt64(7), row.GetString(8), row.GetString(9), row.GetFieldValue<byte[]>(10), Encoding.UTF8.GetBytes(row.GetString(11)),
        row.GetFieldValue<byte[]>(12), row.GetFieldValue<byte[]>(13), row.GetInt64(14));

    private static AccountRow Account(NpgsqlDataReader row) => new(
        new AccountId(row.GetInt64(0)), row.GetInt64(1), row.GetFieldValue<byte[]>(2), row.GetString(3), row.GetString(4),
        checked((int)row.GetInt64(5)), row.GetString(6), Day(row.GetInt64(7)), StoreDates.FromStored(row.GetInt64(8)), row.GetInt64(9),
        row.GetInt64(10), row.GetInt64(11), row.GetInt64(12), Day(row.GetInt64(13)), checked((int)row.GetInt64(14)),
        StoreDates.FromStored(row.GetInt64(15)));

    private static DateOnly? Day(long stored) => stored == 0 ? null : StoreDates.FromStored(stored);
}
