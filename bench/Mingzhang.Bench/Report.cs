using System.Runtime.InteropServices;
using System.Text;

namespace Mingzhang.Bench;

/// <summary>Runs the measurements in one go and writes them down as a table.</summary>
internal sealed class Report(Arguments arguments)
{
    private readonly StringBuilder _text = new();
    private (double P50, double P99) _fsync;

    public async Task RunAsync()
    {
        Directory.CreateDirectory(arguments.Folder);
        Head();
        _fsync = Measures.Fsync(arguments.Folder);
        Line($"| append 4 KiB + fsync | p50 {_fsync.P50:0.000} ms, p99 {_fsync.P99:0.000} ms |");
        if (arguments.Late > 0)
        {
            await LateFacts.RunAsync(arguments, Line);
        }
        else if (arguments.Seconds > 0)
        {
            await Sustained.RunAsync(arguments, Line);
        }
        else if (arguments.Scale)
        {
            await ScaleAsync();
        }
        else
        {
            await LoadAsync();
        }

        if (arguments.Out.Length > 0)
        {
            await File.WriteAllTextAsync(arguments.Out, _text.ToString());
        }
    }

    private async Task LoadAsync()
    {
        var large = await LargeAsync();
        if (!arguments.Quick && !arguments.Few)
        {
            await SmallAsync(large);
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private void Head()
    {
        var cpu = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        Line($"# Bench {TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC");
        Line("");
        Line($"- Machine: {Environment.ProcessorCount} cores, {cpu?.Split(':')[1].Trim()}, {RuntimeInformation.OSDescription},");
        Line($"  kernel {Environment.OSVersion.Version}; load average before the run {load}");
        Line($"- {RuntimeInformation.FrameworkDescription};");
        Line($"  SQLite {SQLitePCL.raw.sqlite3_libversion().utf8_to_string()}, WAL, synchronous=FULL");
        Line($"- Command line: `dotnet run -c Release --project bench/Mingzhang.Bench -- {arguments.Line}`");
        Line($"- Followers (trial balance, inbox, outbox): {(arguments.Followers ? "running" : "off")}");
        Line("");
        Line("| what | figure |");
        Line("|---|---|");
    }

    private async Task<double> LargeAsync()
    {
        var (accounts, callers, commands) = (arguments.Accounts, arguments.Callers, arguments.Commands);
        using var house = await House.CreateAsync(arguments, accounts);
        _ = await Measures.ManyAsync(house, accounts, callers, Math.Min(50_000, commands), 1);
        if (!arguments.Quick)
        {
            Many(accounts, 8, await Measures.ManyAsync(house, accounts, 8, commands / 10, 2));
            if (arguments.Few)
            {
                await SingleAsync(house, accounts);
                return 0;
            }

            Many(accounts, 64, await Measures.ManyAsync(house, accounts, 64, commands / 3, 3));
        }

        var rates = await AlternateAsync(house, accounts);
        await SingleAsync(house, accounts);
        return Median(rates);
    }

    /// <summary>The engine and the plain loops in turn, so that both meet the same minutes of the machine.</summary>
    private async Task<List<double>> AlternateAsync(House house, int accounts)
    {
        using var yardstick = new Yardstick(house);
        var (rates, plain) = (new List<double>(), new List<double[]>());
        for (var i = 0; i < arguments.Rounds; i++)
        {
            var many = await Measures.ManyAsync(house, accounts, arguments.Callers, arguments.Commands, 10 + i);
            Many(accounts, arguments.Callers, many);
            rates.Add(many.PerSecond);
            plain.Add(yardstick.Run());
            var shown = Enum.GetValues<PlainShape>().Select(shape => $"{Word(shape)}: {plain[^1][(int)shape]:#,0} rows/s");
            Line($"| plain loops after it | {string.Join("; ", shown)} |");
        }

        Line($"| engine, median of {rates.Count} | {Median(rates):#,0} commands/s (goal 30,000) |");
        foreach (var shape in Enum.GetValues<PlainShape>())
        {
            List<double> of = [.. plain.Select(rate => rate[(int)shape])];
            Line($"| plain loop, {Word(shape)}, median | {Median(of):#,0} rows/s; engine to it {Ratios(rates, of)} |");
        }

        return rates;
    }

    private static string Word(PlainShape shape) => shape switch
    {
        PlainShape.AtOnce => "journal, index and account rows at once",
        PlainShape.Behind => "journal at once, the others behind (goal 0.6)",
        _ => "journal alone",
    };

    /// <summary>The median of the ratios round by round, with the least and the most.</summary>
    private static string Ratios(List<double> engine, List<double> plain)
    {
        var ratios = engine.Zip(plain, (of, to) => of / to).Order().ToList();
        return $"{Median(ratios):0.00}, from {ratios[0]:0.00} to {ratios[^1]:0.00}";
    }

    private async Task SingleAsync(House house, int accounts)
    {
        var single = await Measures.ManyAsync(house, accounts, 1, 3_000, 77);
        Line($"| one caller | p50 {single.P50:0.000} ms, p99 {single.P99:0.000} ms = {single.P50 / _fsync.P50:0.0} × fsync (goal 3) |");
        var rows = house.Engine.LastPosition;
        var copy = Path.Combine(arguments.Folder, "size.db");
        await house.Engine.BackupAsync(copy);
        Line($"| bytes per row, all tables and indexes | {new FileInfo(copy).Length / rows:#,0} ({rows:#,0} rows) |");
        File.Delete(copy);
    }

    /// <summary>Two houses in turn, so that both meet the same minutes of the machine; each has its own page and processor caches to
    /// fill.</summary>
    private async Task ScaleAsync()
    {
        var (few, many) = (arguments.Accounts, arguments.Accounts * 20);
        using var small = await House.CreateAsync(arguments, few);
        using var large = await House.CreateAsync(arguments, many);
        var (ofSmall, ofLarge) = (new List<double>(), new List<double>());
        for (var i = 0; i <= arguments.Rounds; i++)
        {
            foreach (var (house, accounts, rates) in new[] { (small, few, ofSmall), (large, many, ofLarge) })
            {
                var measured = await Measures.ManyAsync(house, accounts, arguments.Callers, arguments.Commands, 100 + i);
                if (i > 0)
                {
                    Many(accounts, arguments.Callers, measured);
                    rates.Add(measured.PerSecond);
                }
            }
        }

        Line($"| median of {few:#,0} and of {many:#,0} accounts | {Median(ofSmall):#,0} and {Median(ofLarge):#,0} commands/s |");
        Line($"| cost of a command with 20 × the accounts | × {Median(ofSmall) / Median(ofLarge):0.00} (goal 1.3), round by round "
            + $"{Ratios(ofSmall, ofLarge)} |");
        var (seconds, rows) = await large.ReopenAsync(many);
        Line($"| opening the large house after a kill under load | {seconds:0.0} s; {rows:#,0} rows were not settled |");
    }

    private async Task SmallAsync(double large)
    {
        var accounts = arguments.Accounts / 20;
        using var house = await House.CreateAsync(arguments, accounts);
        _ = await Measures.ManyAsync(house, accounts, arguments.Callers, Math.Min(50_000, arguments.Commands), 1);
        var rates = new List<double>();
        for (var i = 0; i < 3; i++)
        {
            rates.Add((await Measures.ManyAsync(house, accounts, arguments.Callers, arguments.Commands, 50 + i)).PerSecond);
        }

        Line($"| engine, {accounts:#,0} accounts, {arguments.Callers} callers, median of 3 | {Median(rates):#,0} commands/s |");
        Line($"| cost of a command with 20 × the accounts | × {Median(rates) / large:0.00} (goal 1.3) |");
    }

    private void Many(int accounts, int callers, Throughput many)
    {
        var rate = $"{many.PerSecond:#,0} commands/s, p50 {many.P50:0.00} ms, p99 {many.P99:0.0} ms";
        var cost = $"{many.Transactions:#,0} transactions, {many.MicrosecondsCpu:0.0} µs of processor and "
            + $"{many.BytesEach:#,0} bytes allocated a command, "
            + $"{many.PauseShare:P0} of the time in garbage collection";
        Line($"| engine, {accounts:#,0} accounts, {callers} callers | {rate}; {cost}; followers {many.LagSeconds:0.0} s behind |");
    }

    private void Line(string text)
    {
        Console.WriteLine(text);
        _text.AppendLine(text);
    }
}
