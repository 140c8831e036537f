using System.Globalization;
using System.Text;

namespace Mingzhang.Crash.Tool.Cuts;

/// <summary>What a run of faults at COMMIT showed.</summary>
/// <param name="Faults">How often each struck.</param>
/// <param name="Stops">Lives the house ended itself.</param>
/// <param name="Unknown">Commands whose caller heard nothing, asked again under their keys.</param>
/// <param name="Done">Of those, how many had been committed.</param>
/// <param name="Back">How long it took in each life until the house was open and every caller had its answer, the shortest first.</param>
public sealed record CutReport(
    IReadOnlyDictionary<CommitFault, int> Faults, int Stops, int Commands, int Acknowledged, int Unknown, int Done, long Rows,
    IReadOnlyList<TimeSpan> Back, IReadOnlyList<string> Violations, TimeSpan Took)
{
    /// <summary>For people and for the results folder.</summary>
    public string Text
    {
        get
        {
            CultureInfo plain = CultureInfo.InvariantCulture;
            StringBuilder text = new();
            string kinds = string.Join(", ", Faults.Select(fault => $"{fault.Key} {fault.Value}"));
            text.Append(plain, $"- faults at COMMIT: {Faults.Values.Sum()} ({kinds})\n");
            text.Append(plain, $"- commands: {Commands}; acknowledged {Acknowledged}; rows read back at the end: {Rows}\n");
            text.Append(plain, $"- callers that heard nothing: {Unknown}; {Done} of these commands had been committed, the rest not\n");
            text.Append(plain, $"- the house stopped itself {Stops} times; open again with every caller answered after ");
            text.Append(plain, $"{Back[Back.Count / 2].TotalMilliseconds:0} ms in the median, at most {Back[^1].TotalMilliseconds:0} ms\n");
            text.Append(plain, $"- lost, double, answered differently, unsound, stopped where trying again is right: {Violations.Count}\n");
            text.Append(plain, $"- took {Took.TotalSeconds:0} s\n");
            foreach (string violation in Violations.Take(20))
            {
                text.Append(plain, $"  - VIOLATION {violation}\n");
            }

            return text.ToString();
        }
    }
}
