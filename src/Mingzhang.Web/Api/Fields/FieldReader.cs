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
    private readonly List<string> _asked = [];
    private readonly List<FieldSpec>? _described;

    /// <param name="from">The object; null reads nothing, for descriptions.</param>
    /// <param name="errors">Gets the broken rules.</param>
    /// <param name="path">Where it stands in the request.</param>
    /// <param name="isQuery">Values are texts of a query: numbers and yes/no may be written as text.</param>
    public FieldReader(JsonElement? from, List<FieldError> errors, string path = "", bool isQuery = false)
    {
        _object = from;
        _described = from is null ? [] : null;
        _path = path;
        _isQuery = isQuery;
        Errors = errors;
    }

    /// <summary>Every broken rule so far.</summary>
    public List<FieldError> Errors { get; }

    /// <summary>Whether nothing is read: the fields are being described.</summary>
    public bool Describes => _described is not null;

    /// <summary>What was asked for, when the fields are being described; otherwise nothing.</summary>
    public IReadOnlyList<FieldSpec> Asked => _described ?? [];

    /// <summary>A caller's id.</summary>
    public string Id(string name, string about) =>
        Take<string?>(new FieldSpec(name, "string", true) { About = about, Least = 1, Most = 64 }, IdIn, BrokenId, "")!;

    /// <summary>A caller's id, or nothing.</summary>
    public string? OptionalId(string name, string about) =>
        Take(new FieldSpec(name, "string", false) { About = about, Least = 1, Most = 64 }, IdIn, BrokenId, null);

    /// <summary>Words for people.</summary>
    public string Text(string name, string about, int most = 200) =>
        Take<string?>(new FieldSpec(name, "string", true) { About = about, Least = 1, Most = most }, TextIn, BrokenText, "")!;

    /// <summary>Words, or nothing.</summary>
    public string? OptionalText(string name, string about, int most = 200) =>
        Take(new FieldSpec(name, "string", false) { About = about, Least = 1, Most = most }, TextIn, BrokenText, null);

    /// <summary>Minor units.</summary>
    public long Amount(string name, string about, long least = 1) => Take(
        new FieldSpec(name, "integer", true) { About = about, Format = "int64", Least = least, Most = Rules.LargestAmount },
        WholeIn, BrokenAmount, 0) ?? 0;

    /// <summary>Minor units, or nothing.</summary>
    public long? OptionalAmount(string name, string about) => Take(
        new FieldSpec(name, "integer", false) { About = about, Format = "int64", Least = 1, Most = Rules.LargestAmount },
        WholeIn, BrokenAmount, null);

    /// <summary>A whole number.</summary>
    public long Whole(string name, string about, long least, long most) => Take(
        new FieldSpec(name, "integer", true) { About = about, Format = "int64", Least = least, Most = most },
        WholeIn, BrokenWhole, least) ?? least;

    /// <summary>A whole number, or nothing.</summary>
    public long? OptionalWhole(string name, string about, long least, long most) => Take(
        new FieldSpec(name, "integer", false) { About = about, Format = "int64", Least = least, Most = most },
        WholeIn, BrokenWhole, null);

    /// <summary>Yes or no.</summary>
    public bool YesNo(string name, string about) =>
        Take(new FieldSpec(name, "boolean", true) { About = about }, YesNoIn, BrokenYesNo, false) ?? false;

    /// <summary>Yes, no, or nothing.</summary>
    public bool? OptionalYesNo(string name, string about) =>
        Take(new FieldSpec(name, "boolean", false) { About = about }, YesNoIn, BrokenYesNo, null);

    /// <summary>A day.</summary>
    public DateOnly Date(string name, string about) =>
        Take(new FieldSpec(name, "string", true) { About = about, Format = "date" }, DateIn, BrokenDate, null) ?? default;

    /// <summary>A day, or nothing.</summary>
    public DateOnly? OptionalDate(string name, string about) =>
        Take(new FieldSpec(name, "string", false) { About = about, Format = "date" }, DateIn, BrokenDate, null);

    /// <summary>One of the words of an enumeration.</summary>
    public T Choice<T>(string name, string about)
        where T : struct, Enum => Word<T>(name, about, true) ?? default;

    /// <summary>One of the words of an enumeration, or nothing.</summary>
    public T? OptionalChoice<T>(string name, string about)
        where T : struct, Enum => Word<T>(name, about, false);

    /// <summary>A customer number.</summary>
    public CustomerId Customer(string name, string about) => Take<CustomerId?>(
        new FieldSpec(name, "string", true) { About = about, Least = 1, Most = 18 },
        static (_, e, _) => ReadText(e, 18) is { } text && CustomerId.TryParse(text, out var id) ? id : null,
        static (field, _) => Rules.Customer(field), null) ?? new CustomerId(1);

    /// <summary>Adds a broken rule.</summary>
    public void Add(FieldError error)
    {
        if (!Describes)
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
            if (!IsAsked(property))
            {
                var name = property.Name;
                Add(Rules.Unknown(PathOf(name.Length > 64 ? name[..64] : name), _asked));
            }
        }
    }

    private T? Word<T>(string name, string about, bool required)
        where T : struct, Enum => Take(
            new FieldSpec(name, "string", required) { About = about, Words = WordsOf<T>() }, static (_, e, _) => ReadWord<T>(e),
            static (field, spec) => Rules.Word(field, spec.Words), null);

    /// <summary>Reads a field, or describes it. Nothing here catches a variable: a request would pay for it field by field.</summary>
    private T Take<T>(
        in FieldSpec spec, Func<FieldReader, JsonElement, FieldSpec, T> read, Func<string, FieldSpec, FieldError> broken, T otherwise)
    {
        Ask(spec);
        if (Find(spec.Name, spec.Required) is not { } found)
        {
            return otherwise;
        }

        if (read(this, found, spec) is { } value)
        {
            return value;
        }

        Add(broken(PathOf(spec.Name), spec));
        return otherwise;
    }

    private void Ask(in FieldSpec spec)
    {
        _asked.Add(spec.Name);
        _described?.Add(spec);
    }

    private bool IsAsked(JsonProperty property)
    {
        foreach (var name in _asked)
        {
            if (property.NameEquals(name))
            {
                return true;
            }
        }

        return false;
    }

    private JsonElement? Find(string name, bool required)
    {
        if (_object is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty(name, out var found)
            && found.ValueKind != JsonValueKind.Null)
        {
            return found;
        }

        if (required && !Describes)
        {
            Add(Rules.Missing(PathOf(name)));
        }

        return null;
    }

    private string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";
}
