using System.Collections.Frozen;
using System.Text.Json;

namespace Mingzhang.Web.Texts;

/// <summary>All texts of the pages, in both languages; a test checks that none is missing.</summary>
public static class Catalogue
{
    /// <summary>Simplified Chinese, the default.</summary>
    public const string Chinese = "zh-Hans";

    /// <summary>English.</summary>
    public const string English = "en";

    private static readonly FrozenDictionary<string, string> Zh = Load(Chinese);
    private static readonly FrozenDictionary<string, string> En = Load(English);

    /// <summary>Every key of a language.</summary>
    public static IEnumerable<string> Keys(string language) => TextsOf(language).Keys;

    /// <summary>Whether a key exists.</summary>
    public static bool Has(string key) => Zh.ContainsKey(key);

    /// <summary>The text of a key; the key itself when there is none, so that a page never fails for a word.</summary>
    public static string Of(string language, string key) => TextsOf(language).GetValueOrDefault(key, key);

    private static FrozenDictionary<string, string> TextsOf(string language) => language == English ? En : Zh;

    private static FrozenDictionary<string, string> Load(string language)
    {
        using var stream = typeof(Catalogue).Assembly.GetManifestResourceStream(language + ".json")
            ?? throw new InvalidOperationException($"The texts of {language} are not in the assembly.");
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!.ToFrozenDictionary();
    }
}
