using Mingzhang.Store.Postgres;
using Mingzhang.Store.Sqlite;

namespace Mingzhang.Store;

/// <summary>Opens the store that a path or connection string names.</summary>
public static class LedgerStores
{
    /// <summary>Whether a text names a PostgreSQL database (<c>postgresql://…</c> or <c>Host=…</c>) rather than a file.</summary>
    public static bool IsServer(string text) => PostgresConnections.Names(text);

    /// <summary>A path or connection string as it may be shown: without its password.</summary>
    public static string Shown(string text) => IsServer(text) ? PostgresConnections.Shown(text) : text;

    /// <summary>PostgreSQL or SQLite. Errors as theirs.</summary>
    public static ILedgerStore Open(StoreOptions options) =>
        IsServer(options.Path) ? PostgresStore.Open(options) : SqliteStore.Open(options);

    /// <summary>
    /// Readers of a database that no house of this process has open. On PostgreSQL all they read is of one moment also while nodes write.
    /// Throws <see cref="StoreException"/> when it cannot be read.
    /// </summary>
    public static IReadOnlyList<IAuditReader> OpenAudit(string path, int most)
    {
        if (IsServer(path))
        {
            return PostgresAudit.Open(path, most);
        }

        var readers = new List<IAuditReader>();
        try
        {
            for (var i = 0; i < most; i++)
            {
                readers.Add(SqliteAudit.Open(path));
            }

            return readers;
        }
        catch
        {
            readers.ForEach(reader => reader.Dispose());
            throw;
        }
    }
}
