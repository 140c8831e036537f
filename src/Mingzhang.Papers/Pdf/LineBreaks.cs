using System.Text;
using Mingzhang.Papers.Fonts;

namespace Mingzhang.Papers.Pdf;

/// <summary>Breaks a text into lines: between Chinese characters, never within a word, number or amount.</summary>
/// <remarks>
/// No line begins with closing punctuation or ends with an opening one (GB/T 15834-2011, 5). Only a run that is longer than a line is
/// broken inside.
/// </remarks>
internal sealed class LineBreaks(TrueTypeFont font)
{
    private const string NoStart = "，。、；：！？）」』》〉】”’％…·";
    private const string NoEnd = "（「『《〈【“‘￥¥";
    private const int FirstWide = 0x2E80;

    /// <summary>The lines of a text that are at most so wide at a size; one empty line for an empty text.</summary>
    public List<string> Of(string text, double size, double width)
    {
        var lines = new List<string>();
        var (line, used) = (new StringBuilder(), 0.0);
        foreach (var run in Runs(text))
        {
            var wide = font.Width(run, size);
            if (used > 0 && used + font.Width(run.TrimEnd(' '), size) > width)
            {
                lines.Add(line.ToString().TrimEnd(' '));
                (line, used) = (new StringBuilder(), 0);
            }

            if (wide > width)
            {
                Split(run, size, width, lines, line);
                used = font.Width(line.ToString(), size);
                continue;
            }

            line.Append(run);
            used += wide;
        }

        if (line.Length > 0 || lines.Count == 0)
        {
            lines.Add(line.ToString().TrimEnd(' '));
        }

        return lines;
    }

    private void Split(string run, double size, double width, List<string> lines, StringBuilder line)
    {
        foreach (var character in run.EnumerateRunes())
        {
            if (line.Length > 0 && font.Width(line.ToString() + character, size) > width)
            {
                lines.Add(line.ToString());
                line.Clear();
            }

            line.Append(character);
        }
    }

    /// <summary>The parts between which a line may end.</summary>
    private static List<string> Runs(string text)
    {
        var runs = new List<string>();
        var (run, last) = (new StringBuilder(), default(Rune));
        foreach (var character in text.EnumerateRunes())
        {
            if (run.Length > 0 && MayBreak(last, character))
            {
                runs.Add(run.ToString());
                run.Clear();
            }

            run.Append(character);
            last = character;
        }

        runs.Add(run.ToString());
        return runs;
    }

    private static bool MayBreak(Rune before, Rune after) => !Is(NoStart, after) && !Is(NoEnd, before)
        && (before.Value == ' ' || Wide(before) || Wide(after)) && after.Value != ' ';

    private static bool Wide(Rune character) => character.Value >= FirstWide;

    private static bool Is(string characters, Rune character) => characters.Contains(character.ToString(), StringComparison.Ordinal);
}
