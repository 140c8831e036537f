using Npgsql;

namespace Mingzhang.Store.Postgres;

/// <summary>Brings the schema to the version this program knows; refuses a newer one.</summary>
internal static class PostgresMigrations
{
    private const string Versions =
        """
        CREATE TABLE IF NOT EXISTS schema_version (
            part TEXT NOT NULL, version BIGINT NOT NULL, applied_at BIGINT NOT NULL, PRIMARY KEY (part, version));
        """;

    /// <summary>What PostgreSQL has otherwise, after the steps that are shared.</summary>
    public static IReadOnlyList<Migration> Own { get; } = [.. Migrations.Read("Mingzhang.Store.Postgres.Migrations.", "postgres")];

    /// <summary>Applies what is missing, each step in its own transaction.</summary>
    public static void Apply(NpgsqlConnection connection, IEnumerable<Migration> others, TimeProvider time)
    {
        using (var own = new NpgsqlCommand(Versions, connection))
        {
            own.ExecuteNonQuery();
        }

        foreach (var step in Migrations.Missing([.. Own, .. others], part => VersionOf(connection, part)))
        {
            Apply(connection, step, time);
        }
    }

    private static long VersionOf(NpgsqlConnection connection, string part)
    {
        using var command = new NpgsqlCommand("SELECT coalesce(max(version), 0) FROM schema_version WHERE part = @part", connection);
        command.Parameters.AddWithValue("part", part);
        return (long)command.ExecuteScalar()!;
    }

    private static void Apply(NpgsqlConnection connection, Migration step, TimeProvider time)
    {
        using var transaction = connection.BeginTransaction();
        using (var define = new NpgsqlCommand(PostgresSql.Of(step.Sql), connection, transaction))
        {
            define.ExecuteNonQuery();
        }

        using var record = new NpgsqlCommand(
            "INSERT INTO schema_version (part, version, applied_at) VALUES (@part, @version, @at)", connection, transaction);
        record.Parameters.AddWithValue("part", step.Part);
        record.Parameters.AddWithValue("version", (long)step.Version);
        record.Parameters.AddWithValue("at", time.GetUtcNow().ToUnixTimeMilliseconds());
        record.ExecuteNonQuery();
        transaction.Commit();
    }
}
