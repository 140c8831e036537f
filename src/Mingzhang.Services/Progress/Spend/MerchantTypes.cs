using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Mingzhang.Domain.Products;

namespace Mingzhang.Services.Progress.Spend;

/// <summary>A merchant type, such as eating out.</summary>
/// <param name="Code">Stable name.</param>
/// <param name="Name">In both languages.</param>
/// <param name="Icon">Its icon.</param>
/// <param name="Number">Its place in the file, from 1; pages colour by it.</param>
public sealed record MerchantType(string Code, LocalText Name, string Icon, int Number);

/// <summary>
/// Groups merchants into types (<c>data/progress/merchant-types.json</c>): by the shop's category code (ISO 18245), else by the sample
/// list of names, else by the scene, else <c>other</c>.
/// </summary>
public sealed class MerchantTypes
{
    /// <summary>The type of everything that fits no other.</summary>
    public const string Rest = "other";

    private static readonly Lazy<MerchantTypes> Ours = new(() => Read(ShippedFile("merchant-types.json")));

    private readonly FrozenDictionary<string, MerchantType> _types;
    private readonly FrozenDictionary<string, MerchantType> _scenes;
    private readonly MerchantType?[] _codes;
    private readonly IReadOnlyList<(string Name, string Mcc)> _names;

    private MerchantTypes(
        IReadOnlyList<MerchantType> types, Dictionary<string, MerchantType> scenes, MerchantType?[] codes,
        IReadOnlyList<(string Name, string Mcc)> names)
    {
        (All, _codes, _names) = (types, codes, names);
        _types = types.ToFrozenDictionary(type => type.Code, StringComparer.Ordinal);
        _scenes = scenes.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The shipped table; throws <see cref="InvalidOperationException"/> naming what is wrong.</summary>
    public static MerchantTypes Shipped => Ours.Value;

    /// <summary>All types in their order.</summary>
    public IReadOnlyList<MerchantType> All { get; }

    /// <summary>A type, or null.</summary>
    public MerchantType? Find(string code) => _types.GetValueOrDefault(code);

    /// <summary>The type of a purchase.</summary>
    /// <param name="mcc">The shop's category code when the house knows the shop, else null.</param>
    /// <param name="merchant">The merchant's name.</param>
    /// <param name="scene">The scene.</param>
    public MerchantType Of(string? mcc, string merchant, string scene) => ByCode(mcc) ?? ByCode(MccOf(merchant))
        ?? _scenes.GetValueOrDefault(scene) ?? _types[Rest];

    /// <summary>Reads and checks a file.</summary>
    public static MerchantTypes Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        List<MerchantType> types = [];
        Dictionary<string, MerchantType> scenes = [];
        var codes = new MerchantType?[10_000];
        foreach (var one in document.RootElement.GetProperty("types").EnumerateArray())
        {
            var type = new MerchantType(
                Text(one, "code"), new LocalText(Text(one, "zh"), Text(one, "en")), Text(one, "icon"), types.Count + 1);
            Must(types.TrueForAll(other => other.Code != type.Code), $"the type {type.Code} stands twice");
            types.Add(type);
            foreach (var scene in one.GetProperty("scenes").EnumerateArray())
            {
                Must(scenes.TryAdd(scene.GetString()!, type), $"the scene {scene.GetString()} belongs to two types");
            }

            foreach (var range in one.GetProperty("mcc").EnumerateArray())
            {
                Fill(codes, range.GetString()!, type);
            }
        }

        Must(types.Exists(type => type.Code == Rest), "there is no type other");
        List<(string, string)> names =
            [.. document.RootElement.GetProperty("merchants").EnumerateArray().Select(one => (Text(one, "name"), Text(one, "mcc")))];
        return new MerchantTypes(types, scenes, codes, names);
    }

    /// <summary>A file of <c>data/progress</c> as it was shipped.</summary>
    public static string ShippedFile(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("progress/" + name)!);
        return reader.ReadToEnd();
    }

    // A code in two types belongs to the one named first; ranges are allowed to overlap what an earlier type took out of them.
    private static void Fill(MerchantType?[] codes, string range, MerchantType type)
    {
        var parts = range.Split('-');
        Must(parts.Length is 1 or 2 && Array.TrueForAll(parts, IsCode), $"{type.Code}: {range} is no category code or range of them");
        var (from, to) = (Number(parts[0]), Number(parts[^1]));
        Must(from <= to, $"{type.Code}: {range} ends before it begins");
        for (var code = from; code <= to; code++)
        {
            codes[code] ??= type;
        }
    }

    private static bool IsCode(string text) => text.Length == 4 && text.All(char.IsAsciiDigit);

    private static int Number(string code) => int.Parse(code, NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Text(JsonElement one, string name) => one.GetProperty(name).GetString()!;

    private static void Must(bool holds, string fault)
    {
        if (!holds)
        {
            throw new InvalidOperationException("merchant-types.json: " + fault);
        }
    }

    private MerchantType? ByCode(string? mcc) => mcc is not null && IsCode(mcc) ? _codes[Number(mcc)] : null;

    private string? MccOf(string merchant) =>
        _names.FirstOrDefault(one => merchant.Contains(one.Name, StringComparison.Ordinal)).Mcc;
}
