using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mingzhang.Domain.Products;

namespace Mingzhang.Services.Help;

/// <summary>An article in one language.</summary>
/// <param name="Title">What is asked.</param>
/// <param name="Body">Paragraphs; figures in braces come from the products.</param>
/// <param name="Words">What people type when they mean it.</param>
public sealed record HelpText(string Title, IReadOnlyList<string> Body, IReadOnlyList<string> Words);

/// <summary>An article of the help centre.</summary>
/// <param name="Id">Stable name, in addresses.</param>
/// <param name="Group">Where it stands in the list.</param>
/// <param name="Links">Pages of the app with the reader's own figures.</param>
/// <param name="Zh">In Chinese.</param>
/// <param name="En">In English.</param>
public sealed record HelpArticle(string Id, string Group, IReadOnlyList<string> Links, HelpText Zh, HelpText En)
{
    /// <summary>The text of a language.</summary>
    public HelpText In(bool chinese) => chinese ? Zh : En;
}

/// <summary>The articles that come with the program (<c>data/help/articles.json</c>), checked as they are read.</summary>
public sealed partial class HelpBook
{
    private static readonly Lazy<HelpBook> Ours = new(() => Read(ShippedFile()));

    private HelpBook(File file) => (Articles, Groups, Links, Same) = (
        file.Articles, file.Groups, file.Links.ToFrozenDictionary(StringComparer.Ordinal), file.Same);

    [GeneratedRegex(@"\{([a-z-]+:[a-z0-9-]+)\}")]
    private static partial Regex Hole { get; }

    /// <summary>The shipped book; throws <see cref="InvalidOperationException"/> naming every fault.</summary>
    public static HelpBook Shipped => Ours.Value;

    /// <summary>All articles in their order.</summary>
    public IReadOnlyList<HelpArticle> Articles { get; }

    /// <summary>Names of groups.</summary>
    public IReadOnlyDictionary<string, LocalText> Groups { get; }

    /// <summary>Names of pages articles lead to.</summary>
    public IReadOnlyDictionary<string, LocalText> Links { get; }

    /// <summary>Per language: what people type, and what the articles say instead; nothing for words that mean nothing.</summary>
    public IReadOnlyDictionary<string, Dictionary<string, string>> Same { get; }

    /// <summary>Reads and checks a file.</summary>
    public static HelpBook Read(string json)
    {
        var file = JsonSerializer.Deserialize<File>(json, JsonSerializerOptions.Web)!;
        List<string> faults = [.. FaultsOf(file)];
        return faults.Count == 0 ? new HelpBook(file)
            : throw new InvalidOperationException("data/help: " + string.Join("; ", faults));
    }

    /// <summary>The shipped file as it is.</summary>
    public static string ShippedFile()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("help/articles.json")!);
        return reader.ReadToEnd();
    }

    /// <summary>The names of the figures in a text.</summary>
    public static IEnumerable<string> FiguresIn(string text) => Hole.Matches(text).Select(match => match.Groups[1].Value);

    /// <summary>A text with its figures; null when a product it speaks of is not sold here.</summary>
    public static string? Fill(string text, IReadOnlyDictionary<string, string> figures) =>
        FiguresIn(text).All(figures.ContainsKey) ? Hole.Replace(text, match => figures[match.Groups[1].Value]) : null;

    private static IEnumerable<string> FaultsOf(File file)
    {
        foreach (var id in file.Articles.GroupBy(one => one.Id).Where(same => same.Count() > 1).Select(same => same.Key))
        {
            yield return $"{id} stands twice";
        }

        foreach (var one in file.Articles)
        {
            if (!file.Groups.ContainsKey(one.Group))
            {
                yield return $"{one.Id}: there is no group {one.Group}";
            }

            foreach (var link in one.Links.Where(link => !file.Links.ContainsKey(link)))
            {
                yield return $"{one.Id}: {link} has no name";
            }

            if (one.Zh.Body.Count != one.En.Body.Count || one.Zh.Title.Length == 0 || one.En.Title.Length == 0)
            {
                yield return $"{one.Id}: its languages do not say the same";
            }

            if (!Figures(one.Zh).SetEquals(Figures(one.En)))
            {
                yield return $"{one.Id}: its languages name other figures";
            }
        }
    }

    private static HashSet<string> Figures(HelpText text) => [.. FiguresIn(text.Title + string.Join(' ', text.Body))];

    private sealed record File(
        Dictionary<string, LocalText> Groups, Dictionary<string, LocalText> Links, Dictionary<string, Dictionary<string, string>> Same,
        List<HelpArticle> Articles);
}
