using System.Reflection;
using System.Text.Json;

namespace Mingzhang.Services.People;

/// <summary>A consent's text in one language.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Text">The whole text.</param>
public sealed record ConsentWords(string Title, string Text);

/// <summary>A version of a consent's text; a live version is never edited.</summary>
/// <param name="Code">Which consent.</param>
/// <param name="Version">Of its text.</param>
/// <param name="Zh">In Chinese.</param>
/// <param name="En">In English.</param>
public sealed record ConsentText(string Code, string Version, ConsentWords Zh, ConsentWords En);

/// <summary>The texts that are shipped: <c>data/people/consents.json</c>.</summary>
public static class ConsentTexts
{
    private static readonly Lazy<IReadOnlyList<ConsentText>> Texts = new(Read);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ConsentText> All => Texts.Value;

    /// <summary>The text of a version; null when it is not shipped.</summary>
    public static ConsentText? Find(string code, string version) =>
        All.FirstOrDefault(text => text.Code == code && text.Version == version);

    /// <summary>The latest text of a consent; null when none is shipped.</summary>
    public static ConsentText? Latest(string code) =>
        All.Where(text => text.Code == code).MaxBy(text => text.Version, StringComparer.Ordinal);

    private static List<ConsentText> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("people/consents.json")!;
        return JsonSerializer.Deserialize<List<ConsentText>>(stream, JsonSerializerOptions.Web)!;
    }
}
