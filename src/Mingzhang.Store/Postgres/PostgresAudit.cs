using System.Data.Common;
using System.Security.Cryptography;
using Mingzhang.Domain.Values;
using Npgsql;

namespace Mingzhang.Store.Postgres;

/// <summary>Reads a database for the verifier inside one repeatable-read transaction.</summary>
internal sealed class PostgresAudit : IAuditReader
{
    private const int PageSize = 2_000;

    private const string Definitions =
        "SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable FROM information_schema.columns "
        + "WHERE table_schema = current_schema() "
        + "UNION ALL SELECT replace(indexdef, current_schema() || '.', '') FROM pg_indexes WHERE schemaname = current_schema()";

    private readonly PostgresRows _rows;
    private readonly PostgresRows _others; // a connection reads one thing at a time, and the verifier reads both at once
    private readonly PostgresConnections _connections;
    private readonly bool _owned;

    private PostgresAudit(PostgresConnections connections, string? moment, bool owned)
    {
        _owned = owned;
        _connections = connections;
        _rows = new PostgresRows(connections, TimeSpan.Zero);
        _others = new PostgresRows(connections, TimeSpan.Zero);
        try
        {
            Begin(_rows, moment);
            Moment = moment ?? _rows.All("SELECT pg_export_snapshot()", row => row.GetString(0))[0];
            Begin(_others, Moment);
        }
        catch (Exception cause)
        {
            Dispose();
            if (cause is NpgsqlException)
            {
                throw new StoreException($"The PostgreSQL database cannot be verified: {cause.Message}", cause);
            }

            throw;
        }
    }

    private string Moment { get; }

    /// <summary>Readers that all see one moment, also while nodes write; with connections of their own.</summary>
    public static IReadOnlyList<IAuditReader> Open(string path, int readers) =>
        Open(readers, moment => new PostgresAudit(new PostgresConnections(path), moment, owned: true));

    /// <summary>The same on connections of a store.</summary>
    public static IReadOnlyList<IAuditReader> Open(PostgresConnections connections, int readers) =>
        Open(readers, moment => new PostgresAudit(connections, moment, owned: false));

    private static List<PostgresAudit> Open(int readers, Func<string?, PostgresAudit> open)
    {
        var all = new List<PostgresAudit>();
        try
        {
            for (var i = 0; i < readers; i++)
            {
                all.Add(open(all.Count == 0 ? null : all[0].Moment));
            }

            return all;
        }
        catch
        {
            all.ForEach(reader => reader.Dispose());
            throw;
        }
    }

    /// <inheritdoc/>
    public DbConnection Connection => _others.Connection;

    /// <inheritdoc/>
    public string? IntegrityFinding() => null; // pg_amcheck looks at pages and indexes; see docs/operations.md

    /// <inheritdoc/>
    public string? SchemaFinding()
    {
        var wanted = Fresh();
        var actual = _rows.All(Definitions, row => row.GetString(0)).ToHashSet(StringComparer.Ordinal);
        return wanted.FirstOrDefault(definition => !actual.Contains(definition)) is { } missing
            ? $"{missing} is not defined as the migrations define it" : null;
    }

    /// <inheritdoc/>
    public HouseFacts House() => _rows.All(
        "SELECT sandbox, business_date FROM house WHERE id = 1", row => (Sandbox: row.GetInt64(0), Date: row.GetInt64(1))) switch
    {
        [(0 or 1, _) and var one] => new HouseFacts(one.Sandbox == 1, StoreDates.FromStored(one.Date)),
        _ => throw new StoreException("house: its one row is missing or altered."),
    };

    /// <inheritdoc/>
    public long Settled() => _rows.All("SELECT position FROM settled WHERE id = 1", row => row.GetInt64(0)) is [var position]
        ? position : throw new StoreException("settled: its one row is missing.");

    /// <inheritdoc/>
    public IReadOnlyList<AccountId> Accounts(int partition, IEnumerable<AccountId> others)
    {
        var accounts = new SortedSet<long>(others.Select(account => account.Value));
        accounts.UnionWith(_rows.All(
            "SELECT account_id FROM entry WHERE partition_id = @partition UNION SELECT account_id FROM account "
            + "WHERE partition_id = @partition UNION SELECT account_id FROM snapshot WHERE partition_id = @partition",
            row => row.GetInt64(0),
            ("partition", (long)partition)));
        return [.. accounts.Select(value => new AccountId(value))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<IndexEntry> Index(AccountId account) => _rows.Index(account);

    /// <inheritdoc/>
    public JournalRow? At(int partition, long position) => _rows.At(partition, [position]).FirstOrDefault();

    /// <inheritdoc/>
    public IEnumerable<JournalRow> After(long position)
    {
        for (var page = _rows.After(position, PageSize); page.Count > 0; page = _rows.After(page[^1].Position, PageSize))
        {
            foreach (var row in page)
            {
                yield return row;
            }
        }
    }

    /// <inheritdoc/>
    public IEnumerable<(long Position, int Partition, AccountId Account)> Positions()
    {
        for (var page = _rows.Positions(0, PageSize); page.Count > 0; page = _rows.Positions(page[^1].Position, PageSize))
        {
            foreach (var row in page)
            {
                yield return row;
            }
        }
    }

    /// <inheritdoc/>
    public AccountRow? Account(AccountId account) => _rows.Account(account);

    /// <inheritdoc/>
    public StoredSnapshot? Snapshot(AccountId account) => _rows.Snapshot(account);

    /// <inheritdoc/>
    public void Dispose()
    {
        _rows.Dispose();
        _others.Dispose();
        if (_owned)
        {
            _connections.Dispose();
        }
    }

    private static void Begin(PostgresRows rows, string? moment)
    {
        using var begin = new NpgsqlCommand("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", rows.Connection);
        begin.ExecuteNonQuery();
        if (moment is not null)
        {
            // The name comes from the database itself; the statement takes no parameter.
            using var join = new NpgsqlCommand($"SET TRANSACTION SNAPSHOT '{moment}'", rows.Connection);
            join.ExecuteNonQuery();
        }
    }

    /// <summary>What the migrations define, made in a schema of its own that is rolled back.</summary>
    private List<string> Fresh()
    {
        using var connection = _connections.OpenWriter();
        using var transaction = connection.BeginTransaction();
        var name = $"mingzhang_check_{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        using (var make = new NpgsqlCommand($"CREATE SCHEMA {name}; SET LOCAL search_path TO {name}", connection, transaction))
        {
            make.ExecuteNonQuery();
        }

        foreach (var step in Migrations.Core.Concat(PostgresMigrations.Own))
        {
            using var define = new NpgsqlCommand(PostgresSql.Of(step.Sql), connection, transaction);
            define.ExecuteNonQuery();
        }

        using var list = new NpgsqlCommand(Definitions, connection, transaction);
        var all = new List<string>();
        using (var row = list.ExecuteReader())
        {
            while (row.Read())
            {
                all.Add(row.GetString(0));
            }
        }

        transaction.Rollback();
        return all;
    }
}
