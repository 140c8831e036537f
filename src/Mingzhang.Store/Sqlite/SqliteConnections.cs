using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Mingzhang.Store.Sqlite;

/// <summary>
/// Opens connections under the single-writer rule. SQLite 3.7.0 to 3.51.2 can corrupt a WAL that two connections reset at once; here
/// one connection alone
/// commits and checkpoints (no automatic checkpoint, readers are read-only and never checkpoint, also not when they close), so the
/// race cannot happen.
/// </summary>
internal static class SqliteConnections
{
    /// <summary>"MZLG" in the file's header: this is a Mingzhang ledger.</summary>
    public const int ApplicationId = 0x4D5A4C47;

    /// <summary>The only connection that writes.</summary>
    /// <param name="path">The database file.</param>
    /// <param name="log">Bytes the log's file keeps when it starts anew; what a large transaction took beyond is given back.</param>
    public static SqliteConnection OpenWriter(string path, long log)
    {
        var connection = Open(path, SqliteOpenMode.ReadWriteCreate);
        Run(connection, "PRAGMA page_size = 4096");
        Run(connection, "PRAGMA journal_mode = WAL");
        Run(connection, "PRAGMA synchronous = FULL");
        Run(connection, "PRAGMA wal_autocheckpoint = 0");
        Run(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA journal_size_limit = {log}"));
        Run(connection, "PRAGMA secure_delete = ON");
        Run(connection, "PRAGMA mmap_size = 0");
        Run(connection, "PRAGMA cache_size = -32768");
        Run(connection, "PRAGMA temp_store = MEMORY");
        Run(connection, "PRAGMA busy_timeout = 5000");
        Run(connection, "PRAGMA foreign_keys = OFF");
        return connection;
    }

    /// <summary>A connection that cannot write.</summary>
    /// <param name="path">The database file.</param>
    /// <param name="pooled">
    /// Taken from a pool and given back when it is closed: a new one reads the definitions of all tables before its first statement, which
    /// takes longer than most queries.
    /// </param>
    public static SqliteConnection OpenReader(string path, bool pooled = false)
    {
        var connection = Open(path, SqliteOpenMode.ReadOnly, pooled);
        Run(connection, "PRAGMA query_only = ON");
        Run(connection, "PRAGMA mmap_size = 0");
        Run(connection, "PRAGMA busy_timeout = 5000");
        return connection;
    }

    /// <summary>Closes what lies in the pool of a file that nobody reads any more.</summary>
    public static void ClearPool(string path)
    {
        using var any = new SqliteConnection(Text(path, SqliteOpenMode.ReadOnly, pooled: true));
        SqliteConnection.ClearPool(any);
    }

    /// <summary>Runs a constant statement.</summary>
    public static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The first column of the first row of a constant statement.</summary>
    public static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode, bool pooled = false)
    {
        var connection = new SqliteConnection(Text(path, mode, pooled));
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static string Text(string path, SqliteOpenMode mode, bool pooled) => new SqliteConnectionStringBuilder
    {
        DataSource = path, Mode = mode, Pooling = pooled, DefaultTimeout = 5,
    }.ToString();
}
