using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Mingzhang.Store.Tests;

/// <summary>A private PostgreSQL server on loopback, in a temporary folder, for the tests of one run.</summary>
public sealed class PostgresCluster : IDisposable
{
    private readonly string _folder;
    private readonly Process _server;

    private PostgresCluster(string folder, Process server, int port) => (_folder, _server, Port) = (folder, server, port);

    /// <summary>The one of this process, started when first asked for.</summary>
    public static Lazy<PostgresCluster?> One { get; } = new(Start);

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>Makes an empty database and gives its connection string.</summary>
    public string NewDatabase()
    {
        var name = $"t{Guid.NewGuid():N}";
        Run(Text("postgres"), $"CREATE DATABASE {name}");
        return Text(name);
    }

    /// <summary>Ends what a process that is killed would: its connections and its lease, for good.</summary>
    public void CutOff(string database)
    {
        Run(database, "UPDATE writer_lease SET epoch = epoch + 1, held_until = 0");
        var name = new NpgsqlConnectionStringBuilder(database).Database;
        Run(Text("postgres"), $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
    }

    /// <summary>Runs a statement.</summary>
    public static void Run(string database, string sql)
    {
        using var connection = new NpgsqlConnection(database);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _server.Kill(entireProcessTree: true);
        _server.WaitForExit();
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Text(string database) => $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database};Pooling=false";

    private static PostgresCluster? Start()
    {
        var bin = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
                .LastOrDefault(path => File.Exists(Path.Combine(path, "initdb")))
            : null;
        if (bin is null)
        {
            return null;
        }

        var folder = Directory.CreateTempSubdirectory("mingzhang-pg-").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            Wait(Begin("chown", "postgres", folder));
        }

        Wait(AsServer(Path.Combine(bin, "initdb"), "-D", Path.Combine(folder, "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8",
            "--no-locale", "--no-sync"));
        var port = FreePort();
        var server = AsServer(Path.Combine(bin, "postgres"), "-D", Path.Combine(folder, "data"), "-p", $"{port}", "-h", "127.0.0.1",
            "-k", folder, "-c", "max_connections=200", "-c", "log_min_messages=panic");
        var cluster = new PostgresCluster(folder, server, port);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => cluster.Dispose();
        WaitFor(cluster);
        return cluster;
    }

    private static void WaitFor(PostgresCluster cluster)
    {
        for (var tried = 0; ; tried++)
        {
            try
            {
                Run(cluster.Text("postgres"), "SELECT 1");
                return;
            }
            catch (NpgsqlException) when (tried < 300 && !cluster._server.HasExited)
            {
                Thread.Sleep(100);
            }
        }
    }

    // The server refuses to run as root.
    private static Process AsServer(string program, params string[] arguments) => Environment.IsPrivilegedProcess
        ? Begin("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments]) : Begin(program, arguments);

    private static Process Begin(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/",
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static void Wait(Process process)
    {
        using (process)
        {
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"{process.StartInfo.FileName} ended with {process.ExitCode}.");
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
