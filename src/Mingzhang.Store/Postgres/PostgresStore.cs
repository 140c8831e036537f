using System.Data.Common;
using Mingzhang.Domain.Values;
using Mingzhang.Store.Writing;
using Npgsql;

namespace Mingzhang.Store.Postgres;

/// <summary>A store in a PostgreSQL database: the same tables as in SQLite, one writing process at a time.</summary>
/// <remarks>
/// COMMIT waits for the server's disk as <c>synchronous_commit</c> says; the house refuses to open where it is off. A connection that
/// breaks during COMMIT leaves the outcome unknown, so the store stops, and opening it again finds out.
/// </remarks>
public sealed class PostgresStore : ILedgerStore
{
    private readonly StoreOptions _options;
    private readonly PostgresConnections _connections;
    private readonly Backlog _backlog;
    private readonly WriterLease _lease;
    private readonly long _lastAtOpening;
    private GroupWriter? _writer;

    private PostgresStore(StoreOptions options)
    {
        (_options, _backlog) = (options, new Backlog(options.Time));
        _connections = new PostgresConnections(options.Path);
        WriterLease? lease = null;
        try
        {
            Prepare();
            _lease = lease = WriterLease.Take(_connections, options.Lease);
            using var rows = new PostgresRows(_connections);
            House = ReadHouse(rows);
            _lastAtOpening = rows.All("SELECT coalesce(max(position), 0) FROM journal WHERE partition_id >= 0", row => row.GetInt64(0))[0];
            ReadUnsettled(rows);
            _backlog.Committed(_lastAtOpening);
        }
        catch
        {
            lease?.Dispose();
            _connections.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public HouseFacts House { get; }

    /// <inheritdoc/>
    public IReadOnlyList<AccountId> UnsettledAccounts => _backlog.Accounts;

    /// <inheritdoc/>
    public long LastPosition => _writer?.LastPosition ?? _lastAtOpening;

    /// <inheritdoc/>
    public Exception? Fault => _writer?.Fault;

    private GroupWriter Writer => _writer ?? throw new InvalidOperationException("The store was not started.");

    /// <summary>
    /// Opens the database a connection string or URL names, making its tables when there are none. Throws
    /// <see cref="StoreInUseException"/> when another process writes, <see cref="StoreException"/> when it cannot be used.
    /// </summary>
    public static PostgresStore Open(StoreOptions options)
    {
        try
        {
            return new PostgresStore(options);
        }
        catch (NpgsqlException cause)
        {
            throw new StoreException($"The PostgreSQL database cannot be opened: {cause.Message}", cause);
        }
    }

    /// <inheritdoc/>
    public void Start(IHeadProjector projector, Action<Exception> onFault) => _writer = new GroupWriter(
        new PostgresSession(_connections, _options, projector, _lease.Epoch), _options, _backlog, _lastAtOpening, onFault);

    /// <inheritdoc/>
    public void Enqueue(CommitBatch batch) => Writer.Enqueue(batch);

    /// <inheritdoc/>
    public bool TryTakeTurn() => Writer.TryTakeTurn();

    /// <inheritdoc/>
    public void CommitInTurn(CommitBatch batch) => Writer.CommitInTurn(batch);

    /// <inheritdoc/>
    public Task SettleAsync(IReadOnlyList<AccountHead> heads) => Writer.SettleAsync(heads);

    /// <inheritdoc/>
    public Task SettleAsync() => Writer.SettleAsync([]);

    /// <inheritdoc/>
    public Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, T> write) => Writer.WriteAsync(write);

    /// <inheritdoc/>
    public IStoreReader OpenReader() => new PostgresReader(_connections, _backlog);

    /// <inheritdoc/>
    public DbConnection OpenReadOnly() => _connections.OpenReader();

    /// <inheritdoc/>
    public Task<IReadOnlyList<IAuditReader>> OpenAuditAsync(int readers) => Writer.WriteAsync<IReadOnlyList<IAuditReader>>(
        (_, _) => [.. Enumerable.Range(0, readers).Select(_ => new PostgresAudit(_connections))]);

    /// <summary>Not offered: PostgreSQL has its own ways (docs/operations.md). Throws <see cref="StoreException"/>.</summary>
    public void Backup(string path) => throw new StoreException(
        "A PostgreSQL database is backed up with pg_dump or pg_basebackup; see docs/operations.md.");

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer?.Dispose();
        _lease.Dispose();
        _connections.Dispose();
    }

    private static void MustBeDurable(NpgsqlConnection connection)
    {
        foreach (var (setting, wrong) in (ReadOnlySpan<(string, string)>)[("fsync", "off"), ("synchronous_commit", "off")])
        {
            using var command = new NpgsqlCommand("SELECT coalesce(current_setting(@setting, true), '')", connection);
            command.Parameters.AddWithValue("setting", setting);
            if ((string?)command.ExecuteScalar() == wrong)
            {
                throw new StoreException($"The PostgreSQL server has {setting} = off: an answer could be lost. Set it to on.");
            }
        }
    }

    private void Prepare()
    {
        using var connection = _connections.OpenWriter();
        MustBeDurable(connection);
        using var known = new NpgsqlCommand("SELECT to_regclass('journal') IS NOT NULL", connection);
        if (_options.CreateAs is null && known.ExecuteScalar() is false)
        {
            throw new StoreException("The PostgreSQL database has no house in it, and this command does not create one.");
        }

        PostgresMigrations.Apply(connection, _options.Migrations, _options.Time);
        if (_options.CreateAs is not { } facts)
        {
            return;
        }

        using var create = new NpgsqlCommand(
            "INSERT INTO house (id, sandbox, business_date, next_fork, recorded_at) VALUES (1, @sandbox, @date, 0, @at) "
            + "ON CONFLICT (id) DO NOTHING",
            connection);
        create.Parameters.AddWithValue("sandbox", facts.Sandbox ? 1L : 0L);
        create.Parameters.AddWithValue("date", (long)facts.BusinessDate.ToStored());
        create.Parameters.AddWithValue("at", _options.Time.GetUtcNow().ToUnixTimeMilliseconds() * 1000);
        create.ExecuteNonQuery();
    }

    private static HouseFacts ReadHouse(PostgresRows rows) => rows.All(
        "SELECT sandbox, business_date FROM house WHERE id = 1",
        row => new HouseFacts(row.GetInt64(0) != 0, StoreDates.FromStored(row.GetInt64(1)))) is [var house]
            ? house : throw new StoreException("The PostgreSQL database has no row in house.");

    private void ReadUnsettled(PostgresRows rows)
    {
        var at = rows.All("SELECT position FROM settled WHERE id = 1", row => row.GetInt64(0))[0];
        for (var page = rows.After(at, 2_000); page.Count > 0; page = rows.After(page[^1].Position, 2_000))
        {
            page.ForEach(_backlog.Add);
        }
    }
}
