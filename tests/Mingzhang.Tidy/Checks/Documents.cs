using System.Text;
using System.Text.RegularExpressions;

namespace Mingzhang.Tidy.Checks;

/// <summary>Documents that can be followed: links lead somewhere, decisions are complete and counted.</summary>
public static partial class Documents
{
    private static readonly string[] DecisionHeadings = ["## Context", "## Options", "## Decision", "## Why", "## Consequences"];

    [GeneratedRegex(@"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)|(?:src|href)=""([^""]+)""")]
    private static partial Regex Link { get; }

    [GeneratedRegex(@"^```.*?^```|`[^`\n]*`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code { get; }

    [GeneratedRegex(@"^[a-z][a-z0-9+.-]*:", RegexOptions.IgnoreCase)]
    private static partial Regex Scheme { get; }

    [GeneratedRegex(@"^#{1,6}\s+(.+?)\s*$", RegexOptions.Multiline)]
    private static partial Regex Heading { get; }

    [GeneratedRegex(@"^(\d{4})-[a-z0-9-]+\.md$")]
    private static partial Regex DecisionName { get; }

    [GeneratedRegex(@"^- Date: \d{4}-\d{2}-\d{2}$", RegexOptions.Multiline)]
    private static partial Regex DateLine { get; }

    [GeneratedRegex(@"^- Status: (?:proposed|accepted|superseded by \d{4})$", RegexOptions.Multiline)]
    private static partial Regex StatusLine { get; }

    public static IEnumerable<Violation> Links(RepoFile file, Func<string, bool> exists, Func<string, string?> read)
    {
        string prose = Code.Replace(file.Text, m => new string('\n', m.Value.Count(c => c == '\n')));
        foreach (Match match in Link.Matches(prose))
        {
            string target = match.Groups[1].Success ? match.Groups[1].Value : match.Groups[2].Value;
            if (Scheme.IsMatch(target))
            {
                continue;
            }

            int line = prose.AsSpan(0, match.Index).Count('\n') + 1;
            string[] parts = Uri.UnescapeDataString(target).Split('#', 2);
            string path = parts[0].Length == 0 ? file.Path : Resolve(file.Folder, parts[0]);
            if (!exists(path))
            {
                yield return new(file.Path, line, $"the link to '{target}' leads nowhere.");
            }
            else if (parts.Length == 2 && path.EndsWith(".md", StringComparison.Ordinal)
                && !Anchors(read(path) ?? "").Contains(parts[1]))
            {
                yield return new(file.Path, line, $"no heading '#{parts[1]}' in {path}.");
            }
        }
    }

    public static IEnumerable<Violation> Decisions(IEnumerable<RepoFile> files)
    {
        int expected = 1;
        foreach (RepoFile file in files.Where(f => f.Name != "README.md").OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            Match name = DecisionName.Match(file.Name);
            if (!name.Success || name.Groups[1].Value != $"{expected:0000}")
            {
                yield return new(file.Path, 0, $"expected number {expected:0000}: decisions are counted without gaps, lower case.");
            }

            expected++;
            foreach (Violation violation in Decision(file))
            {
                yield return violation;
            }
        }
    }

    public static IEnumerable<Violation> Decision(RepoFile file)
    {
        string[] lines = file.Text.Split('\n');
        if (!lines[0].StartsWith($"# {file.Name[..4]} ", StringComparison.Ordinal))
        {
            yield return new(file.Path, 1, "the title starts with the decision's number.");
        }

        if (!StatusLine.IsMatch(file.Text))
        {
            yield return new(file.Path, 0, "no line '- Status: proposed | accepted | superseded by NNNN'.");
        }

        if (!DateLine.IsMatch(file.Text))
        {
            yield return new(file.Path, 0, "no line '- Date: yyyy-mm-dd'.");
        }

        foreach (string heading in DecisionHeadings.Where(h => !lines.Contains(h)))
        {
            yield return new(file.Path, 0, $"no heading '{heading}'.");
        }
    }

    private static string Resolve(string folder, string target)
    {
        string full = target.StartsWith('/') ? target : $"/{folder}/{target}";
        Stack<string> parts = new();
        foreach (string part in full.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "..")
            {
                parts.TryPop(out _);
            }
            else if (part != ".")
            {
                parts.Push(part);
            }
        }

        return string.Join('/', parts.Reverse());
    }

    private static HashSet<string> Anchors(string markdown) =>
        [.. Heading.Matches(WithoutFences(markdown)).Select(m => Slug(m.Groups[1].Value))];

    private static string WithoutFences(string markdown) =>
        Code.Replace(markdown, m => m.Value.StartsWith("```", StringComparison.Ordinal) ? "" : m.Value);

    private static string Slug(string heading)
    {
        StringBuilder slug = new();
        foreach (char c in heading.ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(c) || c is '-' or '_')
            {
                slug.Append(c);
            }
            else if (c == ' ')
            {
                slug.Append('-');
            }
        }

        return slug.ToString();
    }
}
