using System.Data.Common;
using Microsoft.Data.Sqlite;
using Mingzhang.Domain.Values;
using Mingzhang.Store.Writing;

namespace Mingzhang.Store.Sqlite;

/// <summary>The embedded store: one SQLite file, WAL, <c>synchronous=FULL</c>, one writer.</summary>
public sealed class SqliteStore : ILedgerStore
{
    private const int ScrubTries = 25;

    private static readonly TimeSpan BetweenScrubs = TimeSpan.FromMilliseconds(200);

    private readonly StoreOptions _options;
    private readonly WriterLock _lock;
    private readonly SqliteConnection _connection;
    private readonly Backlog _backlog;
    private readonly long _lastAtOpening;
    private GroupWriter? _writer;

    private SqliteStore(StoreOptions options, WriterLock taken, SqliteConnection connection)
    {
        _options = options;
        _lock = taken;
        _connection = connection;
        _backlog = new Backlog(options.Time);
        var found = WriteAheadLog.IsFound(options.Path);
        Prepare();
        if (found)
        {
            SyncWhatWasFound();
        }

        House = ReadHouse();
        _lastAtOpening = Convert.ToInt64(SqliteConnections.Scalar(_connection,
            "SELECT coalesce((SELECT position FROM journal WHERE partition_id >= 0 ORDER BY position DESC LIMIT 1), 0)"), null);
        ReadUnsettled();
        _backlog.Committed(_lastAtOpening);
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
    /// Opens or creates a database. Throws <see cref="StoreInUseException"/> when another process has it,
    /// <see cref="StoreException"/> when it is not ours.
    /// </summary>
    public static SqliteStore Open(StoreOptions options)
    {
        if (options.CreateAs is null && !File.Exists(options.Path))
        {
            throw new StoreException($"There is no database at {options.Path}.");
        }

        var taken = WriterLock.Take(options.Path);
        SqliteConnection? connection = null;
        try
        {
            connection = SqliteConnections.OpenWriter(options.Path, options.CheckpointMegabytes * 1_000_000L);
            return new SqliteStore(options, taken, connection);
        }
        catch (Exception cause)
        {
            connection?.Dispose();
            taken.Dispose();
            if (cause is SqliteException sqlite)
            {
                throw new StoreException($"{options.Path} cannot be opened: {sqlite.Message}", sqlite) { Code = sqlite.SqliteErrorCode };
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public void Start(IHeadProjector projector, Action<Exception> onFault, INeighbours? neighbours = null) =>
        _writer = new GroupWriter(
            new SqliteSession(_connection, _options, projector), _options, _backlog, _lastAtOpening, onFault);

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

    /// <summary>Nothing to do: the index holds the next date itself.</summary>
    public Task DayPassedAsync(DateOnly day) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, T> write) => Writer.WriteAsync(write);

    /// <inheritdoc/>
    public Task<T> ChangeHouseAsync<T>(Func<DbConnection, DbTransaction, T> write) => Writer.WriteAsync(write);

    /// <inheritdoc/>
    public bool Leads => true;

    /// <inheritdoc/>
    public bool IsAlone => true;

    /// <inheritdoc/>
    public IStoreReader OpenReader() => new SqliteReader(SqliteConnections.OpenReader(_options.Path), _backlog);

    /// <inheritdoc/>
    public DbConnection OpenReadOnly() => SqliteConnections.OpenReader(_options.Path, pooled: true);

    /// <inheritdoc/>
    public async Task<bool> ScrubAsync()
    {
        for (var tried = 0; tried < ScrubTries; tried++)
        {
            if (await Writer.ScrubAsync())
            {
                return true;
            }

            await Task.Delay(BetweenScrubs, _options.Time);
        }

        return false;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<IAuditReader>> OpenAuditAsync(int readers) => Writer.WriteAsync<IReadOnlyList<IAuditReader>>(
        (_, _) => [.. Enumerable.Range(0, readers).Select(_ => SqliteAudit.Open(_options.Path))]);

    /// <inheritdoc/>
    public void Backup(string path) => SqliteBackup.Write(_options.Path, path);

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer?.Dispose();
        SqliteConnections.ClearPool(_options.Path);
        _connection.Dispose();
        _lock.Dispose();
    }

    private void Prepare()
    {
        var id = Convert.ToInt64(SqliteConnections.Scalar(_connection, "PRAGMA application_id"), null);
        var tables = Convert.ToInt64(SqliteConnections.Scalar(_connection, "SELECT count(*) FROM sqlite_schema"), null);
        if (id != SqliteConnections.ApplicationId && (id != 0 || tables != 0))
        {
            throw new StoreException($"{_options.Path} is an SQLite database, but not a Mingzhang ledger.");
        }

        if (tables == 0)
        {
            if (_options.CreateAs is null)
            {
                throw new StoreException($"{_options.Path} is empty, and this command does not create a house.");
            }

            SqliteConnections.Run(_connection, "PRAGMA application_id = 0x4D5A4C47");
        }

        SqliteMigrations.Apply(_connection, _options.Migrations, _options.Time);
        if (_options.CreateAs is { } facts)
        {
            Create(facts);
        }
    }

    /// <summary>
    /// A process that died between write and sync of a COMMIT leaves rows that are in the machine's memory only. They are read as
    /// committed and answered, so they are put on disk before: any commit syncs the whole log. SQLite leaves out a write that changes
    /// nothing, so there are two.
    /// </summary>
    private void SyncWhatWasFound() => SqliteConnections.Run(
        _connection,
        "BEGIN IMMEDIATE; UPDATE settled SET position = position + 1 WHERE id = 1; UPDATE settled SET position = position - 1 "
        + "WHERE id = 1; COMMIT");

    private void Create(HouseFacts facts)
    {
        using var command = _connection.CreateCommand();
        command.CommandText =
            "INSERT INTO house (id, sandbox, business_date, next_fork, recorded_at) VALUES (1, $sandbox, $date, 0, $at) ON CONFLICT "
                + "(id) DO NOTHING";
        command.Parameters.AddWithValue("$sandbox", facts.Sandbox ? 1 : 0);
        command.Parameters.AddWithValue("$date", facts.BusinessDate.ToStored());
        command.Parameters.AddWithValue("$at", _options.Time.GetUtcNow().ToUnixTimeMilliseconds() * 1000);
        command.ExecuteNonQuery();
    }

    private HouseFacts ReadHouse()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT sandbox, business_date FROM house WHERE id = 1";
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? new HouseFacts(reader.GetInt64(0) != 0, StoreDates.FromStored(reader.GetInt64(1)))
            : throw new StoreException($"{_options.Path} has no row in house.");
    }

    private void ReadUnsettled()
    {
        var settled = Convert.ToInt64(SqliteConnections.Scalar(_connection, "SELECT position FROM settled WHERE id = 1"), null);
        using var after = new RawStatement(_connection.Handle!, "read journal", JournalColumns.After);
        after.Bind(1, settled).Bind(2, long.MaxValue);
        while (after.Step())
        {
            _backlog.Add(JournalColumns.Read(after));
        }
    }
}
