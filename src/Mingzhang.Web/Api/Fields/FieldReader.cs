using System.Globalization;
using System.Text.Json;
using Mingzhang.Domain.Values;

namespace Mingzhang.Web.Api.Fields;

/// <summary>Reads the fields of one object, strictly: it collects every broken rule, and names what it does not know.</summary>
/// <remarks>It also writes down what it was asked for, so that one method is both the reader and the description of a request. A value that
/// is missing or wrong comes back as a harmless one; the caller looks at the errors before using it.</remarks>
internal partial class FieldReader
{
    private readonly JsonElement? _object;
    private readonly string _path;
    private readonly bool _isQuery;
    private readonly bool _quiet;
    private readonly List<FieldSpec> _asked = [];

    /// <param name="from">The object; null reads nothing, for descriptions.</param>
    /// <param name="errors">Gets the broken rules.</param>
    /// <param name="path">Where it stands in the request.</param>
    /// <param name="isQuery">Values are texts of a query: numbers and yes/no may be written as text.</param>
    public FieldReader(JsonElement? from, List<FieldError> errors, string path = "", bool isQuery = false)
    {
        _object = from;
        _quiet = from is null;
        _path = path;
        _isQuery = isQuery;
        Errors = errors;
    }

    /// <summary>Every broken rule so far.</summary>
    public List<FieldError> Errors { get; }

    /// <summary>Whether nothing is read: the fields are being described.</summary>
    public bool Describes => _quiet;

    /// <summary>What was asked for.</summary>
    public IReadOnlyList<FieldSpec> Asked => _asked;

    /// <summary>A caller's id.</summary>
    public string Id(string name, string about) =>
        Take<string?>(new FieldSpec(name, "string", true) { About = about, Least = 1, Most = 64 }, ReadId, Rules.Id, "")!;

    /// <summary>A caller's id, or nothing.</summary>
    public string? OptionalId(string name, string about) =>
        Take(new FieldSpec(name, "string", false) { About = about, Least = 1, Most = 64 }, ReadId, Rules.Id, null);

    /// <summary>Words for people.</summary>
    public string Text(string name, string about, int most = 200) => Take<string?>(
        new FieldSpec(name, "string", true) { About = about, Least = 1, Most = most }, e => ReadText(e, most), field =>
            Rules.Text(field, most), "")!;

    /// <summary>Words, or nothing.</summary>
    public string? OptionalText(string name, string about, int most = 200) => Take(
        new FieldSpec(name, "string", false) { About = about, Least = 1, Most = most }, e => ReadText(e, most), field =>
            Rules.Text(field, most), null);

    /// <summary>Minor units.</summary>
    public long Amount(string name, string about, long least = 1) => Take(
        new FieldSpec(name, "integer", true) { About = about, Format = "int64", Least = least, Most = Rules.LargestAmount },
        e => ReadWhole(e, least, Rules.LargestAmount), field => Rules.Amount(field, least), 0) ?? 0;

    /// <summary>Minor units, or nothing.</summary>
    public long? OptionalAmount(string name, string about) => Take(
        new FieldSpec(name, "integer", false) { About = about, Format = "int64", Least = 1, Most = Rules.LargestAmount },
        e => ReadWhole(e, 1, Rules.LargestAmount), field => Rules.Amount(field, 1), null);

    /// <summary>A whole number.</summary>
    public long Whole(string name, string about, long least, long most) => Take(
        new FieldSpec(name, "integer", true) { About = about, Format = "int64", Least = least, Most = most },
        e => ReadWhole(e, least, most), field => Rules.Whole(field, least, most), least) ?? least;

    /// <summary>A whole number, or nothing.</summary>
    public long? OptionalWhole(string name, string about, long least, long most) => Take(
        new FieldSpec(name, "integer", false) { About = about, Format = "int64", Least = least, Most = most },
        e => ReadWhole(e, least, most), field => Rules.Whole(field, least, most), null);

    /// <summary>Yes or no.</summary>
    public bool YesNo(string name, string about) =>
        Take(new FieldSpec(name, "boolean", true) { About = about }, ReadYesNo, Rules.YesNo, false) ?? false;

    /// <summary>Yes, no, or nothing.</summary>
    public bool? OptionalYesNo(string name, string about) =>
        Take(new FieldSpec(name, "boolean", false) { About = about }, ReadYesNo, Rules.YesNo, null);

    /// <summary>A day.</summary>
    public DateOnly Date(string name, string about) =>
        Take(new FieldSpec(name, "string", true) { About = about, Format = "date" }, ReadDate, Rules.Date, null) ?? default;

    /// <summary>A day, or nothing.</summary>
    public DateOnly? OptionalDate(string name, string about) =>
        Take(new FieldSpec(name, "string", false) { About = about, Format = "date" }, ReadDate, Rules.Date, null);

    /// <summary>One of the words of an enumeration.</summary>
    public T Choice<T>(string name, string about)
        where T : struct, Enum => Word<T>(name, about, true) ?? default;

    /// <summary>One of the words of an enumeration, or nothing.</summary>
    public T? OptionalChoice<T>(string name, string about)
        where T : struct, Enum => Word<T>(name, about, false);

    /// <summary>A customer number.</summary>
    public CustomerId Customer(string name, string about) => Take<CustomerId?>(
        new FieldSpec(name, "string", true) { About = about, Least = 1, Most = 18 },
        e => ReadText(e, 18) is { } text && CustomerId.TryParse(text, out var id) ? id : null, Rules.Customer, null) ?? new CustomerId(1);

    /// <summary>Adds a broken rule.</summary>
    public void Add(FieldError error)
    {
        if (!_quiet)
        {
            Errors.Add(error);
        }
    }

    /// <summary>Adds a rule about a field of this object.</summary>
    public void Add(string name, Func<string, FieldError> error) => Add(error(PathOf(name)));

    /// <summary>Names the fields nobody asked for.</summary>
    public void Close()
    {
        if (_object is not { ValueKind: JsonValueKind.Object } given)
        {
            return;
        }

        foreach (var property in given.EnumerateObject())
        {
            if (!_asked.Exists(spec => spec.Name == property.Name))
            {
                Add(Rules.Unknown(PathOf(property.Name.Length > 64 ? property.Name[..64] : property.Name),
                    _asked.Select(spec => spec.Name)));
            }
        }
    }

    /// <summary>The words of an enumeration.</summary>
    public static IReadOnlyList<string> WordsOf<T>()
        where T : struct, Enum => EnumWords<T>.All;

    private T? Word<T>(string name, string about, bool required)
        where T : struct, Enum => Take(
            new FieldSpec(name, "string", required) { About = about, Words = WordsOf<T>() }, ReadWord<T>, field =>
                Rules.Word(field, WordsOf<T>()), null);

    private T Take<T>(FieldSpec spec, Func<JsonElement, T> read, Func<string, FieldError> broken, T otherwise)
    {
        _asked.Add(spec);
        if (Find(spec.Name, spec.Required) is not { } found)
        {
            return otherwise;
        }

        if (read(found) is { } value)
        {
            return value;
        }

        Add(broken(PathOf(spec.Name)));
        return otherwise;
    }

    private JsonElement? Find(string name, bool required)
    {
        if (_object is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty(name, out var found)
            && found.ValueKind != JsonValueKind.Null)
        {
            return found;
        }

        if (required)
        {
            Add(Rules.Missing(PathOf(name)));
        }

        return null;
    }

    private string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    private static string? ReadId(JsonElement e) =>
        ReadText(e, 64) is { } text && text.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0 ? text : null;

    private static string? ReadText(JsonElement e, int most)
    {
        if (e.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var text = e.GetString()!;
        return text.Length > 0 && text.Length <= most && !string.IsNullOrWhiteSpace(text) && !text.Any(char.IsControl) ? text : null;
    }

    private long? ReadWhole(JsonElement e, long least, long most) => e.ValueKind switch
    {
        JsonValueKind.Number when e.TryGetInt64(out var number) && number >= least && number <= most => number,
        JsonValueKind.String when _isQuery
            && long.TryParse(e.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most => number,
        // The rest: fractions, texts, numbers out of range.
        _ => null,
    };

    private bool? ReadYesNo(JsonElement e) => e.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when _isQuery && e.GetString() is "true" => true,
        JsonValueKind.String when _isQuery && e.GetString() is "false" => false,
        // The rest: texts, numbers.
        _ => null,
    };

    private static DateOnly? ReadDate(JsonElement e) => e.ValueKind == JsonValueKind.String
        && DateOnly.TryParseExact(e.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static T? ReadWord<T>(JsonElement e)
        where T : struct, Enum
    {
        if (e.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var at = EnumWords<T>.All.IndexOf(e.GetString()!);
        return at < 0 ? null : EnumWords<T>.Values[at];
    }

    /// <summary>Made once for each enumeration.</summary>
    private static class EnumWords<T>
        where T : struct, Enum
    {
        public static readonly List<string> All = [.. Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

        public static readonly T[] Values = Enum.GetValues<T>();
    }
}
