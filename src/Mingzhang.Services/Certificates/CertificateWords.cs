using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Mingzhang.Services.Certificates;

/// <summary>The words on certificates, in one language (<c>data/certificates</c>).</summary>
public sealed class CertificateWords
{
    private static readonly Lazy<CertificateWords> Zh = new(() => Read("zh-Hans"));
    private static readonly Lazy<CertificateWords> En = new(() => Read("en"));

    private readonly Dictionary<string, string> _words;

    private CertificateWords(Dictionary<string, string> words) => _words = words;

    /// <summary>The words of a language.</summary>
    public static CertificateWords In(bool chinese) => chinese ? Zh.Value : En.Value;

    /// <summary>All keys; both languages have the same.</summary>
    public IEnumerable<string> Keys => _words.Keys;

    /// <summary>A text.</summary>
    public string this[string key] => _words[key];

    /// <summary>A text with values in it.</summary>
    public string Say(string key, params object?[] values) => string.Format(CultureInfo.InvariantCulture, _words[key], values);

    /// <summary>What an event is called; its own name when nobody gave it one.</summary>
    public string Event(string name) => _words.GetValueOrDefault("event." + name, name);

    private static CertificateWords Read(string language)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"certificates/{language}.json")!;
        return new CertificateWords(JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!);
    }
}
