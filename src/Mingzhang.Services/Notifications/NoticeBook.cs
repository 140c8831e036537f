using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mingzhang.Domain.Products;

namespace Mingzhang.Services.Notifications;

/// <summary>Kinds, texts and reminder rules that come with the program (<c>data/notices</c>), checked as they are read.</summary>
public sealed partial class NoticeBook
{
    /// <summary>Longest text of an SMS before its fields are filled in.</summary>
    public const int LongestSms = 140;

    /// <summary>Fields that every text may use: the product, the card's last four digits, the masked name.</summary>
    public static readonly IReadOnlySet<string> Common = FrozenSet.Create("product", "tail", "name");

    private static readonly string[] Languages = ["zh-Hans", "en"];
    private static readonly Lazy<NoticeBook> Ours = new(() => Read(ShippedFile));

    private readonly FrozenDictionary<string, NoticeKind> _kinds;
    private readonly FrozenDictionary<string, LanguageTexts> _texts;

    private NoticeBook(IReadOnlyList<NoticeKind> kinds, IReadOnlyList<ReminderRule> reminders, Dictionary<string, LanguageTexts> texts)
    {
        (Kinds, Reminders) = (kinds, reminders);
        _kinds = kinds.ToFrozenDictionary(kind => kind.Code, StringComparer.Ordinal);
        _texts = texts.ToFrozenDictionary(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Hole { get; }

    [GeneratedRegex(@"https?:|www\.", RegexOptions.IgnoreCase)]
    private static partial Regex Address { get; }

    /// <summary>The shipped book; throws <see cref="InvalidOperationException"/> naming every fault.</summary>
    public static NoticeBook Shipped => Ours.Value;

    /// <summary>All kinds in their order.</summary>
    public IReadOnlyList<NoticeKind> Kinds { get; }

    /// <summary>When due days are looked at.</summary>
    public IReadOnlyList<ReminderRule> Reminders { get; }

    /// <summary>A kind, or null.</summary>
    public NoticeKind? Find(string code) => _kinds.GetValueOrDefault(code);

    /// <summary>The text of a kind.</summary>
    public NoticeText Text(string kind, bool chinese) => Of(chinese).Texts[kind];

    /// <summary>A word of a family; the family's <c>other</c>, or the word as it is.</summary>
    public string Word(string family, string word, bool chinese) => Of(chinese).Words.GetValueOrDefault($"{family}.{word}")
        ?? Of(chinese).Words.GetValueOrDefault($"{family}.other") ?? word;

    /// <summary>A sentence around every message: greeting, footer, brand.</summary>
    public string Frame(string name, bool chinese) => Of(chinese).Frame[name];

    /// <summary>Reads and checks the files; throws <see cref="InvalidOperationException"/> naming every fault at once.</summary>
    /// <param name="file">The text of kinds.json, zh-Hans.json or en.json.</param>
    public static NoticeBook Read(Func<string, string> file)
    {
        using var document = JsonDocument.Parse(file("kinds.json"));
        var kinds = document.RootElement.GetProperty("kinds").EnumerateArray().Select(Kind).ToList();
        var reminders = document.RootElement.GetProperty("reminders").EnumerateArray()
            .Select(one => new ReminderRule(one.GetProperty("kind").GetString()!, one.GetProperty("days").GetInt32())).ToList();
        var texts = Languages.ToDictionary(
            language => language,
            language => JsonSerializer.Deserialize<LanguageTexts>(file(language + ".json"), JsonSerializerOptions.Web)!);
        List<string> faults = [.. FaultsOf(kinds, reminders, texts)];
        return faults.Count == 0 ? new NoticeBook(kinds, reminders, texts)
            : throw new InvalidOperationException("data/notices: " + string.Join("; ", faults));
    }

    /// <summary>A file as it was shipped.</summary>
    public static string ShippedFile(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("notices/" + name)!);
        return reader.ReadToEnd();
    }

    private static IEnumerable<string> FaultsOf(
        List<NoticeKind> kinds, List<ReminderRule> reminders, Dictionary<string, LanguageTexts> texts)
    {
        foreach (var rule in reminders.Where(rule => kinds.TrueForAll(kind => kind.Code != rule.Kind)))
        {
            yield return $"reminders: there is no kind {rule.Kind}";
        }

        foreach (var (language, said) in texts)
        {
            foreach (var word in texts.Values.SelectMany(one => one.Words.Keys).Distinct().Where(word => !said.Words.ContainsKey(word)))
            {
                yield return $"{language}: the word {word} has no twin";
            }

            foreach (var code in said.Texts.Keys.Where(code => kinds.TrueForAll(kind => kind.Code != code)))
            {
                yield return $"{language}: there is no kind {code}";
            }

            foreach (var fault in kinds.SelectMany(kind => FaultsOf(language, kind, said, texts.Values)))
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<string> FaultsOf(
        string language, NoticeKind kind, LanguageTexts said, IEnumerable<LanguageTexts> all)
    {
        if (!said.Texts.TryGetValue(kind.Code, out var text))
        {
            yield return $"{language}: {kind.Code} has no text";
            yield break;
        }

        string whole = $"{text.Title} {text.Body} {text.Sms}";
        foreach (var hole in Hole.Matches(whole).Select(match => match.Groups[1].Value).Distinct()
            .Where(hole => !Common.Contains(hole) && kind.Fields.All(field => field.Name != hole)))
        {
            yield return $"{language}: {kind.Code} asks for {{{hole}}}, which the kind does not have";
        }

        foreach (var hole in Hole.Matches(kind.Link).Where(match => kind.Fields.All(field => field.Name != match.Groups[1].Value)))
        {
            yield return $"{kind.Code}: its link asks for {hole.Value}, which the kind does not have";
        }

        if (Address.IsMatch(whole))
        {
            yield return $"{language}: {kind.Code} holds an address; messages link nowhere";
        }

        if (text.Sms is null != all.All(other => !other.Texts.TryGetValue(kind.Code, out var its) || its.Sms is null))
        {
            yield return $"{language}: the SMS of {kind.Code} has no twin";
        }

        if (text.Sms is null && kind.Sms != ChannelRule.Off)
        {
            yield return $"{language}: {kind.Code} goes by SMS and has no text for it";
        }

        if (text.Sms?.Length > LongestSms)
        {
            yield return $"{language}: the SMS of {kind.Code} is longer than {LongestSms} characters";
        }
    }

    private static NoticeKind Kind(JsonElement one) => new(
        one.GetProperty("code").GetString()!,
        one.GetProperty("group").GetString()!,
        Name<NoticeClass>(one.GetProperty("class").GetString()!),
        Name<ChannelRule>(one.GetProperty("email").GetString()!),
        Name<ChannelRule>(one.GetProperty("sms").GetString()!),
        one.GetProperty("staleAfterDays").GetInt32(),
        [.. one.GetProperty("fields").EnumerateObject().Select(Field)],
        one.GetProperty("link").GetString()!,
        one.TryGetProperty("locked", out var locked)
            ? new LocalText(locked.GetProperty("zh").GetString()!, locked.GetProperty("en").GetString()!) : null);

    private static NoticeField Field(JsonProperty field)
    {
        var parts = field.Value.GetString()!.Split(':');
        return new NoticeField(field.Name, Name<FieldForm>(parts[0]), parts.Length > 1 ? parts[1] : "");
    }

    private static T Name<T>(string word)
        where T : struct, Enum => Enum.Parse<T>(word, ignoreCase: true);

    private LanguageTexts Of(bool chinese) => _texts[Languages[chinese ? 0 : 1]];

    private sealed record LanguageTexts(
        Dictionary<string, string> Frame, Dictionary<string, NoticeText> Texts, Dictionary<string, string> Words);
}
