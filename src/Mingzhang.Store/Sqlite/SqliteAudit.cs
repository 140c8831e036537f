using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Mingzhang.Domain.Values;

namespace Mingzhang.Store.Sqlite;

/// <summary>Reads a database for the verifier inside one read transaction.</summary>
public sealed class SqliteAudit : IAuditReader
{
    private readonly SqliteConnection _connection;
    private readonly RawStatement _accounts;
    private readonly RawStatement _index;
    private readonly RawStatement _at;
    private readonly RawStatement _after;
    private readonly RawStatement _positions;
    private readonly RawStatement _account;
    private readonly RawStatement _snapshot;

    private SqliteAudit(SqliteConnection connection)
    {
        _connection = connection;
        var db = connection.Handle!;
        _accounts = new RawStatement(
            db,
            "read accounts",
            "SELECT account_id FROM entry WHERE partition_id = ?1 UNION SELECT account_id FROM account WHERE partition_id = ?1 "
            + "UNION SELECT account_id FROM snapshot WHERE partition_id = ?1");
        _index = new RawStatement(
            db,
            "read entry",
            "SELECT sequence, key_hash, position FROM entry WHERE partition_id = ?1 AND account_id = ?2 ORDER BY sequence");
        _at = new RawStatement(db, "read journal", JournalColumns.ByPosition);
        _after = new RawStatement(db, "read journal", JournalColumns.After);
        _positions = new RawStatement(db, "read journal", "SELECT position, partition_id, account_id FROM journal ORDER BY position");
        _account = new RawStatement(db, "read account", AccountColumns.ById);
        _snapshot = new RawStatement(
            db, "read snapshot", "SELECT sequence, state, seal FROM snapshot WHERE partition_id = ?1 AND account_id = ?2");
    }

    /// <inheritdoc/>
    public DbConnection Connection => _connection;

    /// <summary>Opens a reader that sees the present moment until disposed.</summary>
    public static SqliteAudit Open(string path)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = SqliteConnections.OpenReader(path);
            SqliteConnections.Run(connection, "BEGIN");
            _ = SqliteConnections.Scalar(connection, "SELECT count(*) FROM sqlite_schema");
            return new SqliteAudit(connection);
        }
        catch (Exception cause) when (cause is SqliteException or StoreException)
        {
            connection?.Dispose();
            throw new StoreException($"file: {path} cannot be read: {cause.Message}", cause);
        }
    }

    /// <inheritdoc/>
    public string? IntegrityFinding()
    {
        try
        {
            var id = Convert.ToInt64(SqliteConnections.Scalar(_connection, "PRAGMA application_id"), CultureInfo.InvariantCulture);
            var finding = (string)SqliteConnections.Scalar(_connection, "PRAGMA integrity_check(1)")!;
            return finding != "ok" ? finding : id != SqliteConnections.ApplicationId
                ? "the header does not say that this is a Mingzhang ledger" : null;
        }
        catch (SqliteException cause)
        {
            return cause.Message;
        }
    }

    /// <inheritdoc/>
    public string? SchemaFinding()
    {
        using var fresh = new SqliteConnection("Data Source=:memory:");
        fresh.Open();
        SqliteMigrations.Apply(fresh, [], TimeProvider.System);
        var actual = Definitions(_connection);
        foreach (var (name, sql) in Definitions(fresh))
        {
            if (actual.GetValueOrDefault(name) != sql)
            {
                return $"{name} is not defined as the migrations define it";
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public HouseFacts House()
    {
        using var row = new RawStatement(_connection.Handle!, "read house", "SELECT sandbox, business_date FROM house WHERE id = 1");
        return row.Step() && row.Long(0) is 0 or 1
            ? new HouseFacts(row.Long(0) == 1, StoreDates.FromStored(row.Long(1)))
            : throw new StoreException("house: its one row is missing or altered.");
    }

    /// <inheritdoc/>
    public long Settled()
    {
        using var row = new RawStatement(_connection.Handle!, "read settled", "SELECT position FROM settled WHERE id = 1");
        return row.Step() ? row.Long(0) : throw new StoreException("settled: its one row is missing.");
    }

    /// <inheritdoc/>
    public IReadOnlyList<AccountId> Accounts(int partition, IEnumerable<AccountId> others)
    {
        var accounts = new SortedSet<long>(others.Select(account => account.Value));
        _accounts.Bind(1, partition);
        while (_accounts.Step())
        {
            accounts.Add(_accounts.Long(0));
        }

        return [.. accounts.Select(value => new AccountId(value))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<IndexEntry> Index(AccountId account)
    {
        var entries = new List<IndexEntry>();
        _index.Bind(1, account.PartitionId).Bind(2, account.Value);
        while (_index.Step())
        {
            entries.Add(new IndexEntry(_index.Long(0), _index.Long(1), _index.Long(2)));
        }

        return entries;
    }

    /// <inheritdoc/>
    public JournalRow? At(int partition, long position)
    {
        _at.Bind(1, position).Bind(2, partition);
        try
        {
            return _at.Step() ? JournalColumns.Read(_at) : null;
        }
        finally
        {
            _at.Reset();
        }
    }

    /// <inheritdoc/>
    public IEnumerable<JournalRow> After(long position)
    {
        _after.Bind(1, position).Bind(2, long.MaxValue);
        while (_after.Step())
        {
            yield return JournalColumns.Read(_after);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<(long Position, int Partition, AccountId Account)> Positions()
    {
        while (_positions.Step())
        {
            yield return (_positions.Long(0), unchecked((int)_positions.Long(1)), new AccountId(_positions.Long(2)));
        }
    }

    /// <inheritdoc/>
    public AccountRow? Account(AccountId account)
    {
        _account.Bind(1, account.PartitionId).Bind(2, account.Value);
        try
        {
            return _account.Step() ? AccountColumns.Read(_account) : null;
        }
        finally
        {
            _account.Reset();
        }
    }

    /// <inheritdoc/>
    public StoredSnapshot? Snapshot(AccountId account)
    {
        _snapshot.Bind(1, account.PartitionId).Bind(2, account.Value);
        try
        {
            return _snapshot.Step() ? new StoredSnapshot(_snapshot.Long(0), _snapshot.Utf8(1), _snapshot.Bytes(2)) : null;
        }
        finally
        {
            _snapshot.Reset();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _accounts.Dispose();
        _index.Dispose();
        _at.Dispose();
        _after.Dispose();
        _positions.Dispose();
        _account.Dispose();
        _snapshot.Dispose();
        _connection.Dispose();
    }

    private static Dictionary<string, string> Definitions(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'";
        using var reader = command.ExecuteReader();
        var definitions = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read())
        {
            definitions[reader.GetString(0)] = reader.GetString(1);
        }

        return definitions;
    }
}
