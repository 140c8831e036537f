using Npgsql;

namespace Mingzhang.Store.Postgres;

/// <summary>Connections to one database: prepared by themselves, not pooled, because each has one user for its whole life.</summary>
internal sealed class PostgresConnections : IDisposable
{
    private readonly NpgsqlDataSource _writing;
    private readonly NpgsqlDataSource _reading;

    public PostgresConnections(string text)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(OfUrl(text))
            {
                MaxAutoPrepare = 64, AutoPrepareMinUsages = 2, Enlist = false, ApplicationName = "mingzhang", IncludeErrorDetail = true,
            };
            if (settings.Host?.Contains(',', StringComparison.Ordinal) == true)
            {
                settings.TargetSessionAttributes = "primary"; // readers see what was acknowledged, too; "read-write" would refuse them
                settings.HostRecheckSeconds = 1;
            }

            _writing = NpgsqlDataSource.Create(settings);
            settings.Options = "-c default_transaction_read_only=on";
            _reading = NpgsqlDataSource.Create(settings);
        }
        catch (Exception cause) when (cause is ArgumentException or FormatException)
        {
            throw new StoreException($"The connection string is not one of PostgreSQL: {cause.Message}", cause);
        }
    }

    /// <summary>Whether a text names a PostgreSQL database rather than a file.</summary>
    public static bool Names(string text) =>
        text.StartsWith("postgres://", StringComparison.Ordinal) || text.StartsWith("postgresql://", StringComparison.Ordinal)
        || text.Contains("Host=", StringComparison.OrdinalIgnoreCase);

    /// <summary>Server and database only; nothing of a text that cannot be read, which may hold a password anywhere.</summary>
    public static string Shown(string text)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(OfUrl(text));
            return $"postgresql://{settings.Host}:{settings.Port}/{settings.Database}";
        }
        catch (Exception cause) when (cause is ArgumentException or FormatException)
        {
            return "postgresql://?";
        }
    }

    /// <summary>A connection that may write.</summary>
    public NpgsqlConnection OpenWriter() => Open(_writing);

    /// <summary>
    /// A connection that writes beside other nodes: what this one has locked is free again half a minute after it is gone.
    /// </summary>
    public NpgsqlConnection OpenNodeWriter() => Set(OpenWriter(), "SET idle_in_transaction_session_timeout = '30s'");

    /// <summary>
    /// A connection that commits flights: its statements always go by their keys, also while a table has no statistics yet.
    /// </summary>
    public NpgsqlConnection OpenCommitter() =>
        Set(OpenNodeWriter(), "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET jit = off");

    /// <summary>A connection that cannot.</summary>
    public NpgsqlConnection OpenReader() => Open(_reading);

    /// <inheritdoc/>
    public void Dispose()
    {
        _writing.Dispose();
        _reading.Dispose();
    }

    private static NpgsqlConnection Set(NpgsqlConnection connection, string settings)
    {
        using var set = new NpgsqlCommand(settings, connection);
        set.ExecuteNonQuery();
        return connection;
    }

    private static NpgsqlConnection Open(NpgsqlDataSource source)
    {
        try
        {
            return source.OpenConnection();
        }
        catch (NpgsqlException cause) when (Reconnecting.IsLost(cause))
        {
            throw new StoreAwayException($"The PostgreSQL database cannot be reached: {cause.Message}", cause);
        }
        catch (NpgsqlException cause)
        {
            throw new StoreException($"The PostgreSQL database cannot be opened: {cause.Message}", cause);
        }
    }

    // postgresql://user:password@host:port/database is what most services hand out.
    private static string OfUrl(string text)
    {
        if (!text.StartsWith("postgres", StringComparison.Ordinal) || !Uri.TryCreate(text, UriKind.Absolute, out var url))
        {
            return text;
        }

        var user = url.UserInfo.Split(':', 2);
        return new NpgsqlConnectionStringBuilder
        {
            Host = url.Host,
            Port = url.Port > 0 ? url.Port : 5432,
            Database = Uri.UnescapeDataString(url.AbsolutePath.TrimStart('/')),
            Username = Uri.UnescapeDataString(user[0]),
            Password = user.Length == 2 ? Uri.UnescapeDataString(user[1]) : null,
        }.ToString();
    }
}
