using Mingzhang.Store.Postgres;
using Npgsql;

namespace Mingzhang.Store.Tests;

/// <summary>The private PostgreSQL server of one run of tests.</summary>
public sealed class PostgresCluster
{
    private readonly PrivateServer _server;

    private PostgresCluster(PrivateServer server) => _server = server;

    /// <summary>The one of this process, started when first asked for; null where PostgreSQL is not installed.</summary>
    public static Lazy<PostgresCluster?> One { get; } = new(Start);

    /// <summary>Makes an empty database and gives its connection string.</summary>
    public string NewDatabase() => _server.NewDatabase();

    /// <summary>Ends what a process that is killed would: its connections and its time as a node.</summary>
    public void CutOff(string database)
    {
        Run(database, "DELETE FROM node");
        _server.CutOff(database);
    }

    /// <summary>Ends every connection to a database; the nodes that had them live on.</summary>
    public void Break(string database) => _server.CutOff(database);

    /// <summary>Runs a statement.</summary>
    public static void Run(string database, string sql)
    {
        using var connection = new NpgsqlConnection(database);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static PostgresCluster? Start()
    {
        if (PrivateServer.Start() is not { } server)
        {
            return null;
        }

        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return new PostgresCluster(server);
    }
}
