using System.Data.Common;
using Microsoft.Data.Sqlite;
using Mingzhang.Store.Writing;
using SQLitePCL;

namespace Mingzhang.Store.Sqlite;

/// <summary>The one connection that commits and checkpoints.</summary>
internal sealed class SqliteSession : IWriterSession
{
    private readonly StoreOptions _options;
    private readonly SqliteConnection _connection;
    private readonly RawStatement _begin;
    private readonly RawStatement _commit;
    private readonly RawStatement _insert;
    private readonly SettleStatements _settle;
    private readonly WriteAheadLog _log;

    public SqliteSession(SqliteConnection connection, StoreOptions options, IHeadProjector projector)
    {
        var db = connection.Handle!;
        _options = options;
        _connection = connection;
        _begin = new RawStatement(db, "begin", "BEGIN IMMEDIATE");
        _commit = new RawStatement(db, "commit", "COMMIT");
        _insert = new RawStatement(db, "append to journal", JournalColumns.Insert);
        _settle = new SettleStatements(db, projector);
        _log = new WriteAheadLog(db, options);
    }

    /// <inheritdoc/>
    public DbConnection Connection => _connection;

    /// <inheritdoc/>
    public void Commit(in WriterTransaction transaction)
    {
        _begin.Run();
        foreach (var batch in transaction.Group)
        {
            foreach (var row in batch.Rows)
            {
                JournalColumns.Bind(_insert, row);
                _insert.Run();
            }
        }

        if (transaction.Portion is { } portion)
        {
            _settle.Write(portion, transaction.LastPosition, transaction.Recovering);
        }

        _options.BeforeCommit?.Invoke(transaction.Rows);
        _commit.Run();
    }

    /// <inheritdoc/>
    public bool IsStorageFault(Exception cause) => (CodeOf(cause) & 0xFF) is
        raw.SQLITE_IOERR or raw.SQLITE_FULL or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    /// <inheritdoc/>
    public void Tidy() => _log.CheckpointIfDue();

    /// <inheritdoc/>
    public bool Scrub() => _log.TryEmpty();

    /// <inheritdoc/>
    public void Close() => _log.Truncate();

    private static int CodeOf(Exception cause) => cause switch
    {
        SqliteException e => e.SqliteErrorCode,
        StoreException e => e.Code,
        _ => 0,
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        _settle.Dispose();
        _insert.Dispose();
        _commit.Dispose();
        _begin.Dispose();
    }
}
