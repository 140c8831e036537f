using Microsoft.Data.Sqlite;

namespace Mingzhang.Store.Sqlite;

/// <summary>Brings the schema to the version this program knows; refuses a newer one.</summary>
internal static class SqliteMigrations
{
    private const string Table =
        "CREATE TABLE IF NOT EXISTS schema_version (part TEXT NOT NULL, version INTEGER NOT NULL, applied_at INTEGER NOT NULL, PRIMARY "
            + "KEY (part, version)) WITHOUT ROWID";

    /// <summary>Applies what is missing, each step in its own transaction.</summary>
    public static void Apply(SqliteConnection connection, IEnumerable<Migration> others, TimeProvider time)
    {
        SqliteConnections.Run(connection, Table);
        foreach (var step in Migrations.Missing(others, part => VersionOf(connection, part)))
        {
            Apply(connection, step, time);
        }
    }

    private static long VersionOf(SqliteConnection connection, string part)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT coalesce(max(version), 0) FROM schema_version WHERE part = $part";
        command.Parameters.AddWithValue("$part", part);
        return (long)command.ExecuteScalar()!;
    }

    private static void Apply(SqliteConnection connection, Migration step, TimeProvider time)
    {
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = step.Sql;
        command.ExecuteNonQuery();
        command.CommandText = "INSERT INTO schema_version (part, version, applied_at) VALUES ($part, $version, $at)";
        command.Parameters.AddWithValue("$part", step.Part);
        command.Parameters.AddWithValue("$version", step.Version);
        command.Parameters.AddWithValue("$at", time.GetUtcNow().ToUnixTimeMilliseconds());
        command.ExecuteNonQuery();
        transaction.Commit();
    }
}
