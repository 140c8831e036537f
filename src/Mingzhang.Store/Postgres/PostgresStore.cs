using System.Data.Common;
using Mingzhang.Domain.Values;
using Mingzhang.Store.Writing;
using Npgsql;

namespace Mingzhang.Store.Postgres;

/// <summary>A store in a PostgreSQL database, which several processes may have open at once.</summary>
/// <remarks>
/// COMMIT waits for the server's disk as <c>synchronous_commit</c> says; the house refuses to open where it is off. Account rows are
/// written with the journal, so nothing has to be recovered. A connection that breaks during COMMIT leaves the outcome unknown: the rows
/// say what became of it, read on another connection with the head of the journal locked (decision 0035).
/// </remarks>
public sealed class PostgresStore : ILedgerStore
{
    private readonly StoreOptions _options;
    private readonly PostgresConnections _connections;
    private readonly Nodes _nodes;
    private readonly JournalHead _head;
    private readonly long _spell;
    private readonly SideWriter _side;
    private PostgresWriter? _writer;

    private PostgresStore(StoreOptions options)
    {
        _options = options;
        _connections = new PostgresConnections(options.Path);
        Nodes? nodes = null;
        try
        {
            Prepare();
            _nodes = nodes = new Nodes(_connections, options.NodeCountsFor);
            _spell = nodes.Spell;
            _side = new SideWriter(_connections, options.ReconnectFor);
            using var rows = new PostgresRows(_connections, options.ReconnectFor);
            _head = JournalHead.Look(rows.Connection);
            House = ReadHouse(rows);
        }
        catch
        {
            nodes?.Dispose();
            _connections.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public HouseFacts House { get; }

    /// <summary>None: account rows are written with the journal.</summary>
    public IReadOnlyList<AccountId> UnsettledAccounts => [];

    /// <inheritdoc/>
    public long LastPosition => _writer?.LastPosition ?? _head.Position;

    /// <inheritdoc/>
    public Exception? Fault => _writer?.Fault;

    /// <inheritdoc/>
    public bool Leads => _nodes.Leads;

    /// <inheritdoc/>
    public bool IsAlone => _writer?.IsAlone == true;

    private PostgresWriter Writer => _writer ?? throw new InvalidOperationException("The store was not started.");

    /// <summary>
    /// Opens the database a connection string or URL names, making its tables when there are none; other processes may have it open. Throws
    /// <see cref="StoreException"/> when it cannot be used.
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
    public void Start(IHeadProjector projector, Action<Exception> onFault, INeighbours? neighbours = null)
    {
        _writer = new PostgresWriter(_connections, _options, _nodes, projector, _head, _spell, onFault, neighbours);
        neighbours?.HouseChanged(_head.Facts);
    }

    /// <inheritdoc/>
    public void Enqueue(CommitBatch batch) => Writer.Enqueue(batch);

    /// <inheritdoc/>
    public bool TryTakeTurn() => Writer.TryTakeTurn();

    /// <inheritdoc/>
    public void CommitInTurn(CommitBatch batch) => Writer.CommitInTurn(batch);

    /// <inheritdoc/>
    public Task SettleAsync(IReadOnlyList<AccountHead> heads) => SettleAsync();

    /// <inheritdoc/>
    public Task SettleAsync()
    {
        var marker = new Marker();
        Writer.Enqueue(marker);
        return marker.Task;
    }

    /// <inheritdoc/>
    public Task DayPassedAsync(DateOnly day) => WakeDays.LiftAsync(day, Writer);

    /// <inheritdoc/>
    public async Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, T> write)
    {
        await SettleAsync();
        return await _side.WriteAsync(write);
    }

    /// <inheritdoc/>
    public Task<T> ChangeHouseAsync<T>(Func<DbConnection, DbTransaction, T> write)
    {
        var change = new HouseChange<T>(write);
        Writer.Enqueue(change);
        return change.Task;
    }

    /// <inheritdoc/>
    public IStoreReader OpenReader() => new PostgresReader(_connections, _options.ReconnectFor);

    /// <inheritdoc/>
    public DbConnection OpenReadOnly() => _connections.OpenReader();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IAuditReader>> OpenAuditAsync(int readers)
    {
        await SettleAsync();
        return PostgresAudit.Open(_connections, readers);
    }

    /// <summary>Nothing to do here: dead rows go with VACUUM, logs when they are recycled.</summary>
    public Task<bool> ScrubAsync() => Task.FromResult(true);

    /// <summary>Not offered: PostgreSQL has its own ways (docs/operations.md). Throws <see cref="StoreException"/>.</summary>
    public void Backup(string path) => throw new StoreException(
        "A PostgreSQL database is backed up with pg_dump or pg_basebackup; see docs/operations.md.");

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer?.Dispose();
        _side.Dispose();
        _nodes.Dispose();
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
}
