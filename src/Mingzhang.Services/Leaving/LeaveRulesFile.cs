using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mingzhang.Services.Reading;

namespace Mingzhang.Services.Leaving;

/// <summary>Reads the file <c>leaving.json</c> of the products folder; without one, the shipped sample.</summary>
public static class LeaveRulesFile
{
    /// <summary>The file's name.</summary>
    public const string Name = "leaving.json";

    /// <summary>The steps that the pages know how to take.</summary>
    public static readonly IReadOnlySet<string> Steps = new HashSet<string>(StringComparer.Ordinal)
    {
        "notice", "calendar", "pin", "second", "interview",
    };

    private static readonly HashSet<string> Watched = new(StringComparer.Ordinal)
    {
        "burst", "after-draw", "new-device", "one-device", "cycle",
    };

    private static readonly HashSet<string> Proposed = new(StringComparer.Ordinal)
    {
        "disuse", "one-merchant", "one-day", "failed-payments", "in-and-out",
    };

    private static readonly HashSet<string> Factors = new(StringComparer.Ordinal)
    {
        "days-past-due", "used-share", "minimum-only", "relief", "hardship",
    };

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true, ReadCommentHandling = JsonCommentHandling.Skip,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    /// <summary>The versions of a folder; throws with every broken rule.</summary>
    public static LeaveBook Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        return Parse(File.Exists(path) ? File.ReadAllText(path) : Shipped());
    }

    /// <summary>The versions of a text; throws <see cref="ProductsException"/> with every broken rule.</summary>
    public static LeaveBook Parse(string text)
    {
        try
        {
            var all = JsonSerializer.Deserialize<IReadOnlyList<LeaveRules>>(text, Json) ?? [];
            var errors = all.Count == 0 ? ["the whole: has no version; write one"] : all.SelectMany(Errors).ToList();
            return errors.Count == 0 ? new LeaveBook(all) : throw new ProductsException(
                $"{Name} breaks rules:" + Environment.NewLine + string.Join(Environment.NewLine, errors));
        }
        catch (JsonException wrong)
        {
            throw new ProductsException($"{Name}, {wrong.Path}: {wrong.Message}");
        }
    }

    /// <summary>The sample that is shipped.</summary>
    public static string Shipped()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("leaving/" + Name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static IEnumerable<string> Errors(LeaveRules rules)
    {
        var where = $"version {rules.Version}";
        string? wrong = rules switch
        {
            { AdverseYears: < 1 or > 20 } => "adverseYears: 1 to 20",
            { Tiers.Count: 0 } => "tiers: at least one",
            { Warning.Levels: [] } => "warning.levels: at least one",
            { Passive.DisuseDays: < 30 or > 3_660 } => "passive.disuseDays: 30 to 3660",
            { Passive: { FreezeNoticeDays: < 0 or > 365 } or { ForceNoticeDays: < 1 or > 365 } or { ObjectionDays: < 1 or > 365 } } =>
                "passive: notice days 0 to 365, force and objection 1 to 365",
            _ => null,
        };
        if (wrong is not null)
        {
            yield return $"{where}, {wrong}";
        }

        foreach (var step in rules.Tiers.SelectMany(tier => tier.Steps).Concat(rules.Steps.Select(one => one.Code)).Distinct())
        {
            if (!Steps.Contains(step) || rules.Steps.All(one => one.Code != step))
            {
                yield return $"{where}, step {step}: one of {string.Join(", ", Steps)}, with its words under steps";
            }
        }

        foreach (var tier in rules.Tiers.Where(tier => !tier.Steps.Contains("notice") || !tier.Steps.Contains("pin")))
        {
            yield return $"{where}, tier {tier.Code}: every tier has the notice and the pin (R088, R084)";
        }

        var asked = rules.TierRules.Select(one => one.Tier).Concat(rules.Watch.Select(one => one.RaisesTo)).Where(one => one.Length > 0);
        foreach (var tier in asked.Distinct().Where(tier => rules.Tiers.All(one => one.Code != tier)))
        {
            yield return $"{where}, tier {tier}: is asked for and not among tiers";
        }

        foreach (var rule in rules.Watch.Where(
            rule => !Watched.Contains(rule.Code) || rule.Unit is not ("minutes" or "days") || rule.Within < 1 || rule.Bound < 1))
        {
            yield return $"{where}, watch {rule.Code}: one of {string.Join(", ", Watched)}; unit minutes or days; within and bound from 1";
        }

        foreach (var rule in rules.Propose.Where(rule => !Proposed.Contains(rule.Code) || rule.Measure is not ("freeze" or "close")
            || rule.Days < (rule.Code == "disuse" ? 30 : 1) || rule.Days > 3_660 || rule.Ppm < 0
            || (rule.Code == "disuse" ? rule.Count != 0 : rule.Count < 2)))
        {
            yield return $"{where}, propose {rule.Code}: one of {string.Join(", ", Proposed)}; measure freeze or close; "
                + "days 30 to 3660 for disuse, else from 1; count from 2, 0 for disuse";
        }

        foreach (var factor in rules.Warning.Factors.Where(
            factor => !Factors.Contains(factor.Code) || factor.Points < 0 || factor.Most < 0))
        {
            yield return $"{where}, warning factor {factor.Code}: one of {string.Join(", ", Factors)}; points and most from 0";
        }
    }
}
