using System.Text.Json;
using System.Text.Json.Serialization;
using Mingzhang.Services.Reading;

namespace Mingzhang.Services.Access;

/// <summary>Reads conditions of use: the file <c>access-rules.json</c> of the products folder, and versions published later.</summary>
public static class AccessRulesFile
{
    /// <summary>The file's name.</summary>
    public const string Name = "access-rules.json";

    private const int MostConditions = 20;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true, ReadCommentHandling = JsonCommentHandling.Skip,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    private static readonly JsonSerializerOptions Indented = new(Json)
    {
        WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The versions of the folder; none without a file; throws with every broken rule.</summary>
    public static IReadOnlyList<AccessRules> Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            var all = JsonSerializer.Deserialize<IReadOnlyList<AccessRules>>(File.ReadAllText(path), Json) ?? [];
            var errors = all.SelectMany(Errors).Concat(Doubles(all)).ToList();
            return errors.Count == 0 ? all : throw new ProductsException(
                $"{Name} breaks rules:" + Environment.NewLine + string.Join(Environment.NewLine, errors));
        }
        catch (JsonException wrong)
        {
            throw new ProductsException($"{Name}, {wrong.Path}: {wrong.Message}");
        }
    }

    /// <summary>One version from its text; what is wrong with it, each with the field, the rule and the fix.</summary>
    public static (AccessRules? Rules, IReadOnlyList<string> Errors) Parse(string json)
    {
        try
        {
            var rules = JsonSerializer.Deserialize<AccessRules>(json, Json);
            var errors = rules is null ? ["the whole: is empty; send a version"] : Errors(rules).ToList();
            return (errors.Count == 0 ? rules : null, errors);
        }
        catch (JsonException wrong)
        {
            return (null, [$"{wrong.Path}: {wrong.Message}"]);
        }
    }

    /// <summary>A version as text.</summary>
    public static string Write(AccessRules rules, bool indented = false) => JsonSerializer.Serialize(rules, indented ? Indented : Json);

    private static IEnumerable<string> Errors(AccessRules rules)
    {
        var where = $"{rules.Code} version {rules.Version}";
        if (rules.Code.Length is 0 or > 40 || !rules.Code.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            yield return $"{where}, code: 1 to 40 of a-z, 0-9 and -; write it like new-customers";
        }

        if (rules.Version is < 1 or > 1_000_000)
        {
            yield return $"{where}, version: 1 to 1000000; count up from the last one";
        }

        if (rules.Conditions.Count is 0 or > MostConditions)
        {
            yield return $"{where}, conditions: 1 to {MostConditions}; name what has to hold";
        }

        foreach (var one in rules.Conditions)
        {
            var wrong = one switch
            {
                { Code.Length: 0 or > 40 } => "code: 1 to 40 characters",
                { Zh.Length: 0 } or { En.Length: 0 } => "zh and en: what it asks, in both languages",
                { Bound: < 0 } => "bound: 0 or more",
                { Kind: AccessKind.OverdueCount, WithinDays: < 1 or > 3_660 } => "withinDays: 1 to 3660 for a count",
                { Kind: AccessKind.ConsentHeld, Consent.Length: 0 } => "consent: the code of the consent",
                _ => null,
            };
            if (wrong is not null)
            {
                yield return $"{where}, condition {one.Code}, {wrong}";
            }
        }
    }

    private static IEnumerable<string> Doubles(IReadOnlyList<AccessRules> all) => all.GroupBy(rules => rules.Name)
        .Where(group => group.Count() > 1).Select(group => $"{group.Key}: stands there {group.Count()} times; count the version up");
}
