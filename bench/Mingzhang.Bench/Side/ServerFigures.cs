using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Mingzhang.Store.Postgres;
using Npgsql;

namespace Mingzhang.Bench.Side;

/// <summary>On a private PostgreSQL: the server's own yardsticks and the engine beside them.</summary>
internal sealed partial class ServerFigures(SideOptions options, Board board)
{
    /// <summary>Name of the yardstick other parts compare with.</summary>
    public const string TpcB = "pgbench TPC-B, simple protocol, 8 clients";

    private const string Make =
        "DROP TABLE IF EXISTS bench_copy; CREATE TABLE bench_copy (partition_id INT, account_id BIGINT, seq BIGINT, body TEXT, "
        + "PRIMARY KEY (partition_id, account_id, seq))";

    private const string CopyIn = "COPY bench_copy (partition_id, account_id, seq, body) FROM STDIN (FORMAT BINARY)";

    /// <summary>Measures.</summary>
    public async Task RunAsync()
    {
        Arguments arguments = new(["--postgres", "--folder", options.Folder, "--settings", "max_wal_size=4GB,shared_buffers=1GB"]);
        using var house = await House.CreateAsync(arguments, options.DayAccounts);
        var server = house.Server!;
        server.Program("pgbench", "-i", "-q", "-s", options.Smallest ? "1" : "20", "postgres");
        _ = await Measures.ManyAsync(house, options.DayAccounts, 512, options.Commands / 4, 1);
        for (var round = 0; round < options.Rounds; round++)
        {
            var tpcb = Pgbench(server, "simple");
            board.Add(TpcB, "tx/s", tpcb);
            board.Add("pgbench TPC-B, prepared", "tx/s", Pgbench(server, "prepared"));
            board.Add("raw COPY, 120-byte rows, one primary key", "rows/s", await CopyAsync(server));
            var many = await Measures.ManyAsync(house, options.DayAccounts, 1024, options.Commands, 10 + round);
            board.Add(
                "engine on PostgreSQL, 1,024 callers", "commands/s", many.PerSecond, null, $"p50 {many.P50:0.0} ms, p99 {many.P99:0} ms");
            board.Add("engine on PostgreSQL to TPC-B", "x", many.PerSecond / tpcb, Goal.Least(20));
            var one = await Measures.ManyAsync(house, options.DayAccounts, 1, Math.Min(2_000, options.Commands / 10), 500 + round);
            board.Add("engine on PostgreSQL, one in flight, p50", "ms", one.P50, Goal.Most(2), $"p99 {one.P99:0.00} ms");
        }
    }

    /// <summary>TPC-B transactions a second.</summary>
    private double Pgbench(PrivateServer server, string mode)
    {
        var printed = server.Program("pgbench", "-c", "8", "-j", "2", "-T", $"{options.Seconds}", "-M", mode, "postgres");
        return double.Parse(Tps().Match(printed).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private async Task<double> CopyAsync(PrivateServer server)
    {
        await using var connection = new NpgsqlConnection(server.Text("postgres"));
        await connection.OpenAsync();
        await using (var make = new NpgsqlCommand(Make, connection))
        {
            await make.ExecuteNonQueryAsync();
        }

        var (rows, body, random) = (options.Commands, new string('x', 96), new Random(1));
        var watch = Stopwatch.StartNew();
        await using (var copy = await connection.BeginBinaryImportAsync(CopyIn))
        {
            for (var i = 0L; i < rows; i++)
            {
                await copy.StartRowAsync();
                await copy.WriteAsync(random.Next(1024));
                await copy.WriteAsync(random.NextInt64(2_000_000));
                await copy.WriteAsync(i);
                await copy.WriteAsync(body);
            }

            await copy.CompleteAsync();
        }

        return rows / watch.Elapsed.TotalSeconds;
    }

    [GeneratedRegex(@"tps = ([0-9.]+) \(without")]
    private static partial Regex Tps();
}
