using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Mingzhang.Store.Postgres;

namespace Mingzhang.Bench.Side;

/// <summary>The web host as a process of its own, on a file and on PostgreSQL, beside a server that only reads and answers JSON.</summary>
internal sealed class HttpFigures(SideOptions options, Board board)
{
    private const string Bare = "bare Kestrel JSON POST";

    private readonly string _key = "mz_bench_" + Guid.NewGuid().ToString("N");

    private int Accounts => Math.Max(options.Smallest ? 256 : 2_048, options.DayAccounts / 2);

    /// <summary>Measures.</summary>
    public async Task RunAsync()
    {
        var folder = Path.Combine(options.Folder, Path.GetRandomFileName());
        Directory.CreateDirectory(folder);
        try
        {
            using var bare = Child.Start("Mingzhang.Bench.dll", ["kestrel", $"{FreePort(out var barePort)}"]);
            await bare.ReadyAsync($"http://127.0.0.1:{barePort}/health/live");
            await OnAsync("SQLite", Path.Combine(folder, "house.db"), folder, barePort);
            var possible = PrivateServer.IsPossible && !options.Smallest;
            using var server = possible ? PrivateServer.Start("max_wal_size=4GB", "shared_buffers=1GB") : null;
            if (server is not null)
            {
                await OnAsync("PostgreSQL", server.NewDatabase(), folder, barePort);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task OnAsync(string database, string path, string folder, int barePort)
    {
        using var host = Child.Start(
            "Mingzhang.Web.dll", ["--urls", $"http://127.0.0.1:{FreePort(out var port)}"], ("MZ_DB", path), ("MZ_DATA", folder),
            ("MZ_SANDBOX", "false"), ("MZ_API_KEY", _key), ("MZ_RATE", "100000"), ("MZ_BACKUP_HOURS", "0"));
        await host.ReadyAsync($"http://127.0.0.1:{port}/health/live");
        _ = await ClientAsync(port, "open", 4, 0);
        if (!options.Smallest)
        {
            // A server runs for weeks: what its compiler and the followers of the openings take in its first seconds is no figure of it.
            _ = await ClientAsync(barePort, "bare", 512, options.Seconds);
            _ = await ClientAsync(port, "single", 512, 2 * options.Seconds);
        }

        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var connections in options.Smallest ? [8] : new[] { 1, 64, 512 })
            {
                var bare = await ClientAsync(barePort, "bare", connections, options.Seconds);
                board.Add($"{Bare}, {connections} connections", "requests/s", bare.Rate, null, Times(bare));
                Single(database, connections, await ClientAsync(port, "single", connections, options.Seconds), bare);
            }

            var bulk = await ClientAsync(port, "bulk", 16, options.Seconds);
            board.Add(
                $"HTTP in requests of 100 on {database}", "commands/s", bulk.Rate, Goal.Least(100_000), "16 connections, " + Times(bulk));
        }
    }

    private void Single(string database, int connections, WireResult single, WireResult bare)
    {
        var name = $"HTTP one command a request on {database}, {connections} connections";
        board.Add(name, "commands/s", single.Rate, null, Times(single));
        if (connections == 64)
        {
            board.Add($"p99 at 64 connections on {database}", "ms", single.P99, Goal.Most(30));
        }
        else if (connections == 512)
        {
            board.Add($"p99 to p50 at 512 connections on {database}", "x", single.P99 / single.P50, Goal.Most(3));
            board.Add($"HTTP on {database} to bare Kestrel, 512 connections", "x", single.Rate / bare.Rate, Goal.Least(0.5));
            if (board.Median(ServerFigures.TpcB) is { } tpcb)
            {
                board.Add($"HTTP on {database} to TPC-B, 512 connections", "x", single.Rate / tpcb, Goal.Least(7));
            }
        }
    }

    private static string Times(WireResult result) => string.Create(
        CultureInfo.InvariantCulture, $"p50 {result.P50:0.00} ms, p99 {result.P99:0.0} ms");

    // Continuations run where the answer is read: the client costs about a third less, and so does less to what it measures.
    private async Task<WireResult> ClientAsync(int port, string kind, int connections, int seconds)
    {
        using var client = Child.Start(
            "Mingzhang.Bench.dll",
            ["client", $"{port}", kind, $"{connections}", $"{seconds}", $"{Accounts}"],
            ("MZ_API_KEY", _key), ("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1"), ("DOTNET_gcServer", "0"));
        return JsonSerializer.Deserialize<WireResult>(await client.LastLineAsync())!;
    }

    private static int FreePort(out int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return port = ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
