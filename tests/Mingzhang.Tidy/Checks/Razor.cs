using System.Text.RegularExpressions;

namespace Mingzhang.Tidy.Checks;

/// <summary>Pages are rendered on the server and speak through the text catalogue.</summary>
public static partial class Razor
{
    [GeneratedRegex(@"@\*.*?\*@|<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comment { get; }

    [GeneratedRegex(@"[\u3000-\u303F\u3400-\u4DBF\u4E00-\u9FFF\uFF00-\uFFEF]+")]
    private static partial Regex Chinese { get; }

    [GeneratedRegex(@"@on[a-z]+\s*=|@rendermode\b|\bStreamRendering\b")]
    private static partial Regex Interactive { get; }

    public static IEnumerable<Violation> Check(RepoFile file)
    {
        // Comments are blanked, not cut, so that line numbers stay true.
        string text = Comment.Replace(file.Text, m => new string([.. m.Value.Select(c => c == '\n' ? '\n' : ' ')]));
        foreach (Match match in Chinese.Matches(text))
        {
            string what = $"'{match.Value}' is text for people; it belongs in the text catalogue, in both languages.";
            yield return new(file.Path, LineAt(text, match.Index), what);
        }

        foreach (Match match in Interactive.Matches(text))
        {
            string what = $"'{match.Value}' needs a script that is not served (docs/decisions/0006).";
            yield return new(file.Path, LineAt(text, match.Index), what);
        }
    }

    private static int LineAt(string text, int index) => text.AsSpan(0, index).Count('\n') + 1;
}
