using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Mingzhang.Simulation;

/// <summary>The core's figures on the days on which something happened, for whoever looks into a difference.</summary>
public static partial class Traces
{
    private static readonly string[] Growing = ["total", "owed", "revolving", "overdue", "dpd"];

    public static string Of(Script script)
    {
        IReadOnlyList<Figures> days = script.Days();
        StringBuilder text = new();
        for (int d = 1; d < days.Count; d++)
        {
            DateOnly day = script.Steps[0].On.AddDays(d);
            string[] changed = [.. days[d].Lines.Where(l => Moved(l, days[d - 1])).Select(l => $"{l.Key}={l.Value}")];
            if (changed.Length > 0 || script.Steps.Any(s => s.On == day))
            {
                _ = text.Append(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd} {string.Join(" | ", changed)}\n");
            }
        }

        return text.ToString();
    }

    private static bool Moved(KeyValuePair<string, string> line, Figures before) =>
        !Growing.Contains(line.Key) && !line.Key.StartsWith("ledger", StringComparison.Ordinal)
        && Grown().Replace(before.Lines.GetValueOrDefault(line.Key, ""), "") != Grown().Replace(line.Value, "");

    [GeneratedRegex("grown [^ ]*")]
    private static partial Regex Grown();
}
