using System.Text.Json;
using System.Text.Json.Serialization;
using Mingzhang.Services.Reading;

namespace Mingzhang.Services.Raising;

/// <summary>Versions of the rule for higher limits: <c>raising.json</c> of the products folder. Samples count in sandboxes only.</summary>
/// <param name="Rules">All versions.</param>
public sealed record RaiseBook(IReadOnlyList<RaiseRule> Rules)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "raising.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The version that holds on a day; null = nobody can ask, staff decide.</summary>
    public RaiseRule? On(DateOnly day) => Rules.Where(one => one.From <= day).MaxBy(one => (one.From, one.Version));

    /// <summary>Those of a folder; throws <see cref="ProductsException"/> with every broken rule.</summary>
    public static RaiseBook Read(string folder, bool isSandbox)
    {
        var path = Path.Combine(folder, FileName);
        var read = File.Exists(path) ? Parse(File.ReadAllText(path)) : new RaiseBook([]);
        return isSandbox ? read : new RaiseBook([.. read.Rules.Where(one => !one.Sample)]);
    }

    /// <summary>Those of a text; throws <see cref="ProductsException"/> with every broken rule.</summary>
    public static RaiseBook Parse(string text)
    {
        try
        {
            var all = JsonSerializer.Deserialize<IReadOnlyList<RaiseRule>>(text, Json)!;
            var errors = all.Where(IsWrong).Select(one =>
                $"version {one.Version}: monthsDue 1 to 12, points, bound and unitMinor at least 1, "
                + "stepPpm and temporary.sharePpm 1 to 1000000, waits 1 to 366 days, temporary.days 1 to 90").ToList();
            return errors.Count == 0 ? new RaiseBook(all) : throw new ProductsException(
                $"{FileName} breaks rules:" + Environment.NewLine + string.Join(Environment.NewLine, errors));
        }
        catch (JsonException wrong)
        {
            throw new ProductsException($"{FileName}, {wrong.Path}: {wrong.Message}");
        }
    }

    private static bool IsWrong(RaiseRule rule) => rule is not
    {
        MonthsDue: >= 1 and <= 12, PointsOnTime: >= 1, PointsLate: >= 1, Bound: >= 1, UnitMinor: >= 1, StepPpm: >= 1 and <= 1_000_000,
        WaitAfterNo: >= 1 and <= 366, WaitAfterYes: >= 1 and <= 366,
        Temporary: { Bound: >= 1, SharePpm: >= 1 and <= 1_000_000, Days: >= 1 and <= 90, Wait: >= 1 and <= 366 },
    };
}
