using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Mingzhang.Store.Postgres;

/// <summary>
/// A PostgreSQL server of one's own on loopback, in a temporary folder that goes with it: for measurements, drills and tests, never for
/// a house that lives. It needs PostgreSQL's programs, but neither its service nor a password.
/// </summary>
public sealed class PrivateServer : IDisposable
{
    private const string Programs = "/usr/lib/postgresql";

    private readonly string _bin;
    private readonly string _folder;
    private readonly string[] _settings;
    private Process? _server;
    private int _databases;

    private PrivateServer(string bin, string folder, int port, string[] settings) =>
        (_bin, _folder, Port, _settings) = (bin, folder, port, settings);

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>Whether this machine has PostgreSQL's programs.</summary>
    public static bool IsPossible => Bin() is not null;

    /// <summary>Processor time of the server and its connections so far.</summary>
    public TimeSpan ProcessorTime => _server is not { } server ? TimeSpan.Zero : Process.GetProcesses()
        .Where(process => process.Id == server.Id || process.ProcessName.StartsWith("postgres", StringComparison.Ordinal))
        .Aggregate(TimeSpan.Zero, (sum, process) => sum + TimeOf(process));

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Makes and starts one; null when the machine has no PostgreSQL.</summary>
    /// <param name="settings">Settings of the server beyond its defaults, such as <c>max_wal_size=4GB</c>.</param>
    /// <exception cref="StoreException">It does not start.</exception>
    public static PrivateServer? Start(params string[] settings)
    {
        if (Bin() is not { } bin)
        {
            return null;
        }

        var folder = Directory.CreateTempSubdirectory("mingzhang-pg-").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            Wait(Begin("chown", "postgres", folder));
        }

        var server = new PrivateServer(bin, folder, FreePort(), settings);
        Wait(server.AsServer("initdb", "-D", server.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"));
        server.Run();
        return server;
    }

    /// <summary>
    /// Makes a standby that follows this server, with all its databases. From then on every COMMIT here waits for it, unless
    /// <paramref name="synchronous"/> is false.
    /// </summary>
    /// <exception cref="StoreException">It does not start.</exception>
    public PrivateServer StartStandby(bool synchronous = true)
    {
        var folder = Directory.CreateTempSubdirectory("mingzhang-pg-").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            Wait(Begin("chown", "postgres", folder));
        }

        var standby = new PrivateServer(_bin, folder, FreePort(), _settings);
        Wait(AsServer(
            "pg_basebackup", "-h", "127.0.0.1", "-p", $"{Port}", "-U", "postgres", "-D", standby.Data, "-R", "-X", "stream", "-c", "fast",
            "--no-sync"));
        standby.Run();
        if (synchronous)
        {
            Execute("postgres", "ALTER SYSTEM SET synchronous_standby_names = '*'");
            Execute("postgres", "SELECT pg_reload_conf()");
            WaitFor("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'", "1");
        }

        return standby;
    }

    /// <summary>Lets a standby hear nothing more of its primary, as a network that is cut.</summary>
    public void Deafen()
    {
        Execute("postgres", "ALTER SYSTEM SET primary_conninfo = ''");
        Execute("postgres", "SELECT pg_reload_conf()");
        WaitFor("SELECT count(*) FROM pg_stat_wal_receiver", "0");
    }

    /// <summary>Makes a standby the primary; it waits for nobody.</summary>
    public void Promote()
    {
        Execute("postgres", "ALTER SYSTEM RESET synchronous_standby_names");
        Execute("postgres", "SELECT pg_promote()");
    }

    /// <summary>Makes an empty database and gives its connection string.</summary>
    public string NewDatabase()
    {
        var name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"d{Interlocked.Increment(ref _databases)}");
        Execute("postgres", $"CREATE DATABASE {name}");
        return Text(name);
    }

    /// <summary>The connection string of a database.</summary>
    public string Text(string database) => $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database};Pooling=false";

    /// <summary>Ends every connection to a database, as a server that goes away would.</summary>
    public void CutOff(string database)
    {
        using var connection = new NpgsqlConnection(Text("postgres"));
        connection.Open();
        using var command = new NpgsqlCommand(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = @database", connection);
        command.Parameters.AddWithValue("database", new NpgsqlConnectionStringBuilder(database).Database!);
        command.ExecuteNonQuery();
    }

    /// <summary>Kills the server and all its processes at once.</summary>
    public void Kill()
    {
        _server!.Kill(entireProcessTree: true);
        _server.WaitForExit();
        _server.Dispose();
        _server = null;
    }

    /// <summary>Starts the server again after <see cref="Kill"/>; returns when it answers.</summary>
    public void Run()
    {
        File.Delete(Path.Combine(Data, "postmaster.pid"));
        _server = AsServer(
            "postgres",
            ["-D", Data, "-p", $"{Port}", "-h", "127.0.0.1", "-k", _folder, "-c", "max_connections=200", "-c", "log_min_messages=panic",
                .. _settings.SelectMany(setting => new[] { "-c", setting })]);
        for (var tried = 0; ; tried++)
        {
            try
            {
                Execute("postgres", "SELECT 1");
                return;
            }
            catch (NpgsqlException cause)
            {
                if (tried == 600 || _server.HasExited)
                {
                    throw new StoreException($"A private PostgreSQL server does not start: {cause.Message}", cause);
                }

                Task.Delay(100).Wait();
            }
        }
    }

    /// <summary>A program of PostgreSQL's that talks to the server, such as <c>pgbench</c>: what it printed.</summary>
    /// <exception cref="StoreException">It failed; with what it printed.</exception>
    public string Program(string name, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            Path.Combine(_bin, name), ["-h", "127.0.0.1", "-p", $"{Port}", "-U", "postgres", .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/",
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? text : throw new StoreException($"{name} ended with {process.ExitCode}: {errors.Result}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_server is not null)
        {
            Kill();
        }

        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private void WaitFor(string question, string answer)
    {
        while (Program("psql", "-d", "postgres", "-Atc", question).Trim() != answer)
        {
            Task.Delay(20).Wait();
        }
    }

    private void Execute(string database, string sql)
    {
        using var connection = new NpgsqlConnection(Text(database));
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static TimeSpan TimeOf(Process process)
    {
        using (process)
        {
            try
            {
                return process.TotalProcessorTime;
            }
            catch (Exception cause) when (cause is InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                return TimeSpan.Zero; // it has just ended
            }
        }
    }

    private static string? Bin() => Directory.Exists(Programs)
        ? Directory.GetDirectories(Programs).Select(version => Path.Combine(version, "bin"))
            .LastOrDefault(path => File.Exists(Path.Combine(path, "initdb")))
        : null;

    // The server refuses to run as root.
    private Process AsServer(string program, params string[] arguments) => Environment.IsPrivilegedProcess
        ? Begin("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", Path.Combine(_bin, program), .. arguments])
        : Begin(Path.Combine(_bin, program), arguments);

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
                throw new StoreException($"{process.StartInfo.FileName} ended with {process.ExitCode}.");
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
