using SQLitePCL;

namespace Mingzhang.Store.Sqlite;

/// <summary>The write-ahead log of the database: how long it is, and its checkpoints. For the holder of the writer's turn.</summary>
internal sealed class WriteAheadLog(sqlite3 db, StoreOptions options)
{
    private const int PageSize = 4096;
    private const int BusyMilliseconds = 5000; // as the connection was opened
    private const int CacheWrites = 9; // SQLITE_DBSTATUS_CACHE_WRITE

    private long _pagesFound = PagesIn(options.Path);

    /// <summary>Whether an earlier process left something in the log.</summary>
    public static bool IsFound(string database) => PagesIn(database) > 0;

    /// <summary>Moves what it can into the database file when the log has grown to its bound.</summary>
    public void CheckpointIfDue()
    {
        if (PagesSinceCheckpoint() > options.CheckpointMegabytes * 1_000_000L / PageSize)
        {
            Checkpoint(raw.SQLITE_CHECKPOINT_PASSIVE);
        }
    }

    /// <summary>Moves everything into the database file and empties the log.</summary>
    public void Truncate() => Checkpoint(raw.SQLITE_CHECKPOINT_TRUNCATE);

    /// <summary>As <see cref="Truncate"/>, without waiting for readers; false when one of them keeps it from being emptied.</summary>
    public bool TryEmpty()
    {
        _ = raw.sqlite3_busy_timeout(db, 0);
        try
        {
            return Checkpoint(raw.SQLITE_CHECKPOINT_TRUNCATE);
        }
        finally
        {
            _ = raw.sqlite3_busy_timeout(db, BusyMilliseconds);
        }
    }

    private static long PagesIn(string database)
    {
        var log = new FileInfo(database + "-wal");
        return log.Exists ? log.Length / PageSize : 0;
    }

    private bool Checkpoint(int mode)
    {
        var code = raw.sqlite3_wal_checkpoint_v2(db, "main", mode, out _, out _);
        if (code is not (raw.SQLITE_OK or raw.SQLITE_BUSY))
        {
            throw new StoreException($"The checkpoint failed: {raw.sqlite3_errmsg(db).utf8_to_string()}.") { Code = code };
        }

        _ = raw.sqlite3_db_status(db, CacheWrites, out _, out _, 1);
        _pagesFound = 0;
        return code == raw.SQLITE_OK;
    }

    /// <summary>
    /// Pages in the log since the last checkpoint: those found at opening, which earlier processes left, and those written since.
    /// </summary>
    private long PagesSinceCheckpoint()
    {
        _ = raw.sqlite3_db_status(db, CacheWrites, out var pages, out _, 0);
        return _pagesFound + pages;
    }
}
