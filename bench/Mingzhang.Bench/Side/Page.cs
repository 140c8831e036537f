using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Mingzhang.Bench.Side;

/// <summary>The table of a run, as a page that is committed, and its chart.</summary>
internal sealed class Page(SideOptions options, Board board, TimeSpan took)
{
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    /// <summary>As somebody would type it; folders of this machine are left out.</summary>
    private string Line => string.Join(' ', ["mz", "bench", .. options.Line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .TakeWhile(word => word is not ("--out" or "--folder"))]);

    /// <summary>The page.</summary>
    public string Text()
    {
        var text = new StringBuilder();
        var cpu = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        var load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
        text.AppendLine(CultureInfo.InvariantCulture, $"# Side by side, {_now:yyyy-MM-dd HH:mm} UTC").AppendLine();
        text.AppendLine($"- `{Line}`, {options.Rounds} rounds, {took.TotalMinutes:0.0} minutes; load average at its end {load}");
        text.AppendLine($"- {Environment.ProcessorCount} cores, {cpu?.Split(':')[1].Trim()}, {RuntimeInformation.OSDescription},");
        text.AppendLine($"  {RuntimeInformation.FrameworkDescription}; client, house and database share these cores");
        text.AppendLine("- Every commit waits for the disk: SQLite with synchronous=FULL, PostgreSQL with fsync and synchronous_commit")
            .AppendLine();
        text.AppendLine("| what | median (least to most) | unit | goal | | beside |").AppendLine("|---|--:|---|--:|---|---|");
        foreach (var figure in board.Figures)
        {
            text.AppendLine($"| {figure.Name} | {figure.Shown} | {figure.Unit} | {figure.Goal} | {figure.Verdict} | {figure.Note} |");
        }

        var goals = board.Figures.Where(figure => figure is { Goal: not null, Values.Count: > 0 }).ToList();
        var reached = goals.Count(one => one.Verdict == "reached");
        text.AppendLine().Append(CultureInfo.InvariantCulture, $"{reached} of {goals.Count} goals reached.");
        return text.ToString();
    }

    /// <summary>Writes page and chart where they were asked for.</summary>
    public void Write()
    {
        if (options.Out.Length == 0)
        {
            return;
        }

        Directory.CreateDirectory(options.Out);
        var day = _now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        File.WriteAllText(Path.Combine(options.Out, $"{day}-side-by-side.md"), Text() + "\n");
        File.WriteAllText(Path.Combine(options.Out, "side-by-side.svg"), Chart.Of(board, _now));
    }
}
