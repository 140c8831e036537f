using System.Text.RegularExpressions;

namespace Mingzhang.Tidy.Checks;

/// <summary>What no hand-written file contains: leftovers, other people's machines, invisible characters.</summary>
public static partial class TextHygiene
{
    public const int ColumnMax = 140;

    /// <summary>Written by tools in their own layout.</summary>
    private static readonly string[] Generated = ["packages.lock.json", "package-lock.json"];

    [GeneratedRegex(@"\b(?:TO[D]O|FIX[M]E|HAC[K]|XX[X])\b")]
    private static partial Regex Leftover { get; }

    [GeneratedRegex(@"(?<![\w.*/-])/(?:work|root|home|Users)/[\w.-]+|\b[A-Z]:\\\w")]
    private static partial Regex MachinePath { get; }

    [GeneratedRegex(@"\b(?:nuget|npmjs|yarnpkg|pypi|golang|debian)\.(?:o[r]g|co[m])\b|\bcrates\.i[o]\b|\bpkgs\.dev\.azur[e]\b")]
    private static partial Regex RegistryHost { get; }

    [GeneratedRegex(@"-----BEGIN [A-Z ]*PRIVATE[ ]KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b")]
    private static partial Regex Secret { get; }

    public static IEnumerable<Violation> Words(RepoFile file) =>
        [
            .. Matches(file, Leftover, "leftover '{0}': do it, or write it down where a reader will find it."),
            .. Matches(file, MachinePath, "'{0}' is one machine's path."),
            .. Matches(file, RegistryHost, "'{0}': where packages come from is the reader's own setting."),
            .. Matches(file, Secret, "'{0}' looks like a secret."),
        ];

    public static IEnumerable<Violation> Layout(RepoFile file)
    {
        if (Generated.Contains(file.Name) || file.Text.Length == 0)
        {
            yield break;
        }

        if (file.Text[0] == '\uFEFF' || file.Text.Contains('\r'))
        {
            yield return new(file.Path, 1, "UTF-8 without a byte order mark, lines ending in LF.");
        }

        if (file.Text[^1] != '\n' || file.Text.EndsWith("\n\n", StringComparison.Ordinal))
        {
            yield return new(file.Path, 0, "ends with exactly one line end.");
        }

        string[] lines = file.Text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].TrimEnd('\r');
            if (line.Contains('\t'))
            {
                yield return new(file.Path, i + 1, "a tab; use spaces.");
            }

            if (line.Length > 0 && char.IsWhiteSpace(line[^1]))
            {
                yield return new(file.Path, i + 1, "trailing white space.");
            }

            if (file.IsCSharp && line.Length > ColumnMax)
            {
                yield return new(file.Path, i + 1, $"{line.Length} columns; at most {ColumnMax}.");
            }
        }
    }

    private static IEnumerable<Violation> Matches(RepoFile file, Regex pattern, string message) =>
        pattern.Matches(file.Text).Select(m => new Violation(
            file.Path, file.Text.AsSpan(0, m.Index).Count('\n') + 1, message.Replace("{0}", m.Value, StringComparison.Ordinal)));
}
