using System.Globalization;

namespace Mingzhang.Simulation;

/// <summary>The long comparison in batches of seeds. Every finished batch is a line of a file, so a run that was stopped goes on.</summary>
/// <param name="file">The progress file; it is made when missing.</param>
/// <param name="most">After this time no new batch begins.</param>
/// <param name="first">The first seed of each line in a file that does not know the line yet.</param>
public sealed class LongRun(string file, TimeSpan most, int first = 1)
{
    private const int Size = 1_000;

    /// <summary>Plays until so many account-months stand in the file; false = something differed.</summary>
    public bool Play(long months, Action<string> tell)
    {
        long done = 0;
        bool equal = true;
        Dictionary<(string, bool), int> next = [];
        foreach (string[] words in File.Exists(file) ? File.ReadLines(file).Select(l => l.Split(' ')) : [])
        {
            next[(words[0], words[1] == "disputes")] = Number(words[2]) + Number(words[3]);
            done += Number(words[4]);
            equal &= words[5] == "equal";
        }

        long began = Environment.TickCount64;
        for (int n = 0; done < months && Environment.TickCount64 - began < most.TotalMilliseconds; n++)
        {
            (Line line, bool wild) = LendingLines.Played[n % LendingLines.Played.Count];
            Campaign batch = Campaign.Play(line, wild, next.GetValueOrDefault((line.Name, wild), first), Size);
            next[(line.Name, wild)] = batch.First + Size;
            done += batch.Months;
            equal &= batch.Differ.Count == 0;
            string seeds = batch.Differ.Count == 0 ? "equal" : "differ " + string.Join(' ', batch.Differ);
            File.AppendAllText(file, string.Create(CultureInfo.InvariantCulture,
                $"{line.Name} {(wild ? "disputes" : "plain")} {batch.First} {Size} {batch.Months} {seeds}\n"));
            tell(string.Create(CultureInfo.InvariantCulture, $"{batch}; {done} in all"));
        }

        return equal;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
