using System.Globalization;
using System.Text.Json;

namespace Mingzhang.Cli.Parity;

/// <summary>A value in a case file that knows its place, so that what is wrong with it can be told:
/// <c>cases[3].flows[0].amount</c>.</summary>
/// <remarks>Every reader throws <see cref="ProblemException"/> with place, rule and fix when the value is of another kind.</remarks>
/// <param name="file">The file.</param>
/// <param name="place">Where it stands.</param>
/// <param name="element">The value.</param>
public sealed class ParityNode(ParityFile file, string place, JsonElement element)
{
    /// <summary>Where it stands.</summary>
    public string Place => place;

    /// <summary>What kind of value it is.</summary>
    public JsonValueKind Kind => element.ValueKind;

    /// <summary>The values of a list.</summary>
    public IReadOnlyList<ParityNode> Items() => Kind == JsonValueKind.Array
        ? [.. element.EnumerateArray().Select((item, i) => At(string.Create(CultureInfo.InvariantCulture, $"{place}[{i}]"), item))]
        : throw Wrong("a list", "列表");

    /// <summary>The fields of an object, in the file's order.</summary>
    public IReadOnlyList<(string Name, ParityNode Value)> Fields() => Kind == JsonValueKind.Object
        ? [.. element.EnumerateObject().Select(child => (child.Name, At(PlaceOf(child.Name), child.Value)))]
        : throw Wrong("an object", "对象");

    /// <summary>A text.</summary>
    public string Text()
    {
        try
        {
            return Kind == JsonValueKind.String ? element.GetString()! : throw Wrong("a text", "文本");
        }
        catch (InvalidOperationException)
        {
            throw Wrong("a text of whole characters", "完整字符的文本"); // half a surrogate pair
        }
    }

    /// <summary>True or false.</summary>
    public bool Flag() =>
        Kind is JsonValueKind.True or JsonValueKind.False ? element.GetBoolean() : throw Wrong("true or false", "true 或 false");

    /// <summary>A whole number.</summary>
    public long Whole() =>
        Kind == JsonValueKind.Number && element.TryGetDecimal(out var number) && number == decimal.Truncate(number)
        && number is >= long.MinValue and <= long.MaxValue
            ? (long)number
            : throw Wrong("a whole number", "整数");

    /// <summary>A number that floating point can hold.</summary>
    public double Number() => Kind == JsonValueKind.Number && element.TryGetDouble(out var number) && double.IsFinite(number)
        ? number
        : throw Wrong("a number", "数字");

    /// <summary>A number with all its decimals.</summary>
    public decimal Exact() =>
        Kind == JsonValueKind.Number && element.TryGetDecimal(out var number) ? number : throw Wrong("a number", "数字");

    /// <summary>A day such as 2026-11-22.</summary>
    public DateOnly Day() =>
        Kind == JsonValueKind.String
        && DateOnly.TryParseExact(element.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw Wrong("a day such as 2026-11-22", "2026-11-22 形式的日期");

    /// <summary>The value as it is written.</summary>
    public string Raw => element.GetRawText();

    /// <summary>A field that must be there; it may be null.</summary>
    public ParityNode Get(string name) => Child(name) ?? throw file.Bad(
        null, PlaceOf(name), ("is missing", "Add it, or name a file of this family."), ("缺失", "请补充，或指定该类别的案例文件。"));

    /// <summary>A field; null when it is missing or null.</summary>
    public ParityNode? Find(string name) => Child(name) is { Kind: not JsonValueKind.Null } found ? found : null;

    /// <summary>Whole minor units of an amount written in major units; throws when it has more than <paramref name="decimals"/>
    /// decimals.</summary>
    public long Minor(int decimals = 2)
    {
        var factor = 1m;
        for (var i = 0; i < decimals; i++)
        {
            factor *= 10;
        }

        var amount = Exact();
        return Math.Abs(amount) < long.MaxValue / factor && amount * factor == decimal.Truncate(amount * factor)
            ? (long)(amount * factor)
            : throw Wrong($"an amount with at most {decimals} decimals", $"小数不超过 {decimals} 位的金额");
    }

    /// <summary>The problem that this value breaks a rule.</summary>
    public ProblemException Bad((string Rule, string Fix) english, (string Rule, string Fix) chinese) =>
        file.Bad(null, place, english, chinese);

    private ParityNode? Child(string name)
    {
        if (Kind != JsonValueKind.Object)
        {
            throw Wrong("an object", "对象");
        }

        return element.TryGetProperty(name, out var child) ? At(PlaceOf(name), child) : null;
    }

    private string PlaceOf(string name) => place == "$" ? name : $"{place}.{name}";

    private ParityNode At(string there, JsonElement value) =>
        new(file, there.StartsWith("$[", StringComparison.Ordinal) ? there[1..] : there, value);

    private ProblemException Wrong(string wanted, string wantedZh) => Bad(
        ($"is not {wanted}", "Correct it, or name a file of this family."), ($"应为{wantedZh}", "请改正，或指定该类别的案例文件。"));
}
