using System.Globalization;
using System.Text;

namespace Mingzhang.Crash.Tool;

/// <summary>The committed result of a long run.</summary>
public static class Report
{
    public static string Of(KillReport r)
    {
        StringBuilder text = new();
        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
        Line($"- kills: {r.Kills} ({r.SelfKills} of them at a chosen commit, by the process itself, before COMMIT)");
        Line($"- commands: {r.Commands} distinct, {r.Repeated} repeated under load; days advanced: {r.Days}");
        Line($"- acknowledged: {r.Acknowledged}; journal rows read back at the end: {r.Rows}");
        Line($"- lost acknowledgements, double effects, differing answers, unsound books: {r.Violations.Count}");
        (double median, double most) = (r.RecoveryMedian.TotalMilliseconds, r.RecoveryMost.TotalMilliseconds);
        Line($"- recovery (process start until it takes commands): median {median:0} ms, most {most:0} ms");
        Line($"- took {r.Took.TotalSeconds:0} s");
        foreach (string violation in r.Violations.Take(20))
        {
            Line($"  - VIOLATION {violation}");
        }

        return text.ToString();
    }
}
