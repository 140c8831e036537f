using System.Diagnostics;
using Mingzhang.Store;
using Mingzhang.Store.Postgres;

namespace Mingzhang.Bench.Side;

/// <summary>All figures in one run, each beside its yardstick in the same minutes of the machine.</summary>
internal sealed class SideBySide(SideOptions options)
{
    private readonly Board _board = new()
    {
        OnValue = figure => Console.Error.WriteLine($"{figure.Name}: {Figure.Say(figure.Values[^1])} {figure.Unit} {figure.Note}"),
    };

    /// <summary>Measures; the exit code.</summary>
    public async Task<int> RunAsync()
    {
        Directory.CreateDirectory(options.Folder);
        var watch = Stopwatch.StartNew();
        var (p50, _) = Measures.Fsync(options.Folder);
        _board.Add("append 4 KiB and fsync, p50", "ms", p50);
        await PartAsync("server", "PostgreSQL", async () => await new ServerFigures(options, _board).RunAsync());
        await PartAsync("file", "SQLite", async () => await new FileFigures(options, _board).RunAsync());
        await PartAsync("days", "days", async () => await new DayFigures(options, _board).RunAsync());
        await PartAsync("http", "HTTP", async () => await new HttpFigures(options, _board).RunAsync());
        var page = new Page(options, _board, watch.Elapsed);
        Console.WriteLine(page.Text());
        page.Write();
        return 0;
    }

    private async Task PartAsync(string part, string name, Func<Task> run)
    {
        if (!options.Only.Contains(part))
        {
            return;
        }

        if (part == "server" && !PrivateServer.IsPossible)
        {
            _board.Skip(name, "PostgreSQL is not installed on this machine; these figures are left out");
            return;
        }

        try
        {
            await run();
        }
        catch (Exception cause) when (cause is IOException or StoreException or InvalidOperationException or System.Data.Common.DbException)
        {
            _board.Skip(name, $"broke off: {cause.Message.Split('\n')[0]}");
        }
    }
}
