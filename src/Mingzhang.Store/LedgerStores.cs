using Mingzhang.Store.Postgres;
using Mingzhang.Store.Sqlite;

namespace Mingzhang.Store;

/// <summary>Opens the store that a path or connection string names.</summary>
public static class LedgerStores
{
    /// <summary>Whether a text names a PostgreSQL database (<c>postgresql://…</c> or <c>Host=…</c>) rather than a file.</summary>
    public static bool IsServer(string text) => PostgresConnections.Names(text);

    /// <summary>PostgreSQL or SQLite. Errors as theirs.</summary>
    public static ILedgerStore Open(StoreOptions options) => IsServer(options.Path) ? PostgresStore.Open(options) : SqliteStore.Open(options);
}
