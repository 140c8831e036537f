using System.Text.Json;
using Mingzhang.Services.Reading;

namespace Mingzhang.Services.Help;

/// <summary>A way to reach the house itself.</summary>
/// <param name="Zh">Its name, in Chinese.</param>
/// <param name="En">In English.</param>
/// <param name="Reach">A telephone number or an https address.</param>
/// <param name="HoursZh">When somebody answers, in Chinese.</param>
/// <param name="HoursEn">In English.</param>
public sealed record HouseContact(string Zh, string En, string Reach, string HoursZh, string HoursEn);

/// <summary>Somebody outside the house who advises people in debt.</summary>
/// <param name="Kind">public, charity or professional.</param>
/// <param name="Zh">Name, in Chinese.</param>
/// <param name="En">In English.</param>
/// <param name="Reach">A telephone number or an https address.</param>
/// <param name="Free">Whether it costs nothing.</param>
/// <param name="WhatZh">What they do, in Chinese.</param>
/// <param name="WhatEn">In English.</param>
public sealed record OutsideAdvice(string Kind, string Zh, string En, string Reach, bool Free, string WhatZh, string WhatEn);

/// <summary>
/// Numbers of the house and independent advice: <c>contacts.json</c> of the products folder, which the lender writes. What is marked a
/// sample is shown in sandboxes only: a live house never shows a number nobody answers.
/// </summary>
/// <param name="Sample">Whether it is a sample.</param>
/// <param name="House">The house's own numbers.</param>
/// <param name="Advice">Independent advice.</param>
public sealed record Contacts(bool Sample, IReadOnlyList<HouseContact> House, IReadOnlyList<OutsideAdvice> Advice)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "contacts.json";

    private static readonly HashSet<string> Kinds = new(StringComparer.Ordinal) { "public", "charity", "professional" };

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>None.</summary>
    public static Contacts None { get; } = new(false, [], []);

    /// <summary>Those of a folder; none without the file, and none from a sample outside a sandbox. Throws
    /// <see cref="ProductsException"/> with every broken rule.</summary>
    public static Contacts Read(string folder, bool isSandbox)
    {
        var path = Path.Combine(folder, FileName);
        var read = File.Exists(path) ? Parse(File.ReadAllText(path)) : None;
        return read.Sample && !isSandbox ? None : read;
    }

    /// <summary>Those of a text; throws <see cref="ProductsException"/> with every broken rule.</summary>
    public static Contacts Parse(string text)
    {
        try
        {
            var read = JsonSerializer.Deserialize<Contacts>(text, Json) ?? None;
            List<string> errors =
            [
                .. read.House.Where(one => !IsReach(one.Reach)).Select(one => $"house, {one.En}: {Rule}"),
                .. read.Advice.Where(one => !IsReach(one.Reach)).Select(one => $"advice, {one.En}: {Rule}"),
                .. read.Advice.Where(one => !Kinds.Contains(one.Kind))
                    .Select(one => $"advice, {one.En}: kind is one of {string.Join(", ", Kinds)}"),
            ];
            return errors.Count == 0 ? read : throw new ProductsException(
                $"{FileName} breaks rules:" + Environment.NewLine + string.Join(Environment.NewLine, errors));
        }
        catch (JsonException wrong)
        {
            throw new ProductsException($"{FileName}, {wrong.Path}: {wrong.Message}");
        }
    }

    /// <summary>What a link to it leads to: a call, or the address.</summary>
    public static string LinkOf(string reach) => reach.StartsWith("https://", StringComparison.Ordinal) ? reach
        : "tel:" + string.Concat(reach.Where(char.IsAsciiDigit));

    private const string Rule = "reach is a telephone number (digits and hyphens) or an https address";

    private static bool IsReach(string reach) =>
        (reach.Length is >= 5 and <= 20 && char.IsAsciiDigit(reach[0]) && reach.All(c => char.IsAsciiDigit(c) || c == '-'))
        || (Uri.TryCreate(reach, UriKind.Absolute, out var address) && address.Scheme == "https");
}
