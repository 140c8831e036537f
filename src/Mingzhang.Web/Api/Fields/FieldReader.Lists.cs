using System.Globalization;
using System.Text.Json;
using Mingzhang.Domain.Values;

namespace Mingzhang.Web.Api.Fields;

/// <content>Objects and arrays within.</content>
internal partial class FieldReader
{
    /// <summary>An object within.</summary>
    public T? Object<T>(string name, string about, bool required, Func<FieldReader, T> read)
        where T : class
    {
        var found = Find(name, required);
        var isObject = found is { ValueKind: JsonValueKind.Object };
        if (found is not null && !isObject)
        {
            Add(Rules.Object(PathOf(name)));
        }

        var within = new FieldReader(isObject ? found : null, Errors, PathOf(name));
        var value = read(within);
        within.Close();
        Ask(new FieldSpec(name, "object", required) { About = about, Children = within.Asked });
        return isObject || required ? value : null;
    }

    /// <summary>An object that somebody else reads; null when it is missing or none.</summary>
    public JsonElement? Raw(string name, string about)
    {
        Ask(new FieldSpec(name, "object", true) { About = about });
        var found = Find(name, required: true);
        if (found is not null && found is not { ValueKind: JsonValueKind.Object })
        {
            Add(Rules.Object(PathOf(name)));
            return null;
        }

        return found;
    }

    /// <summary>Objects in an array.</summary>
    public ValueList<T> List<T>(string name, string about, int least, int most, Func<FieldReader, T> read)
    {
        IReadOnlyList<FieldSpec> children = [];
        if (Describes)
        {
            var description = new FieldReader(null, Errors, PathOf(name));
            _ = read(description);
            children = description.Asked;
        }

        Ask(new FieldSpec(name, "array", least > 0) { About = about, Least = least, Most = most, Children = children });
        var items = new List<T>();
        foreach (var (element, path) in Elements(name, least, most))
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                Add(Rules.Object(path));
                continue;
            }

            var within = new FieldReader(element, Errors, path);
            items.Add(read(within));
            within.Close();
        }

        return ValueList.From(items);
    }

    /// <summary>Words of an enumeration in an array.</summary>
    public ValueList<T> Choices<T>(string name, string about, int most)
        where T : struct, Enum
    {
        Ask(new FieldSpec(name, "array", true) { About = about, Least = 1, Most = most, Words = WordsOf<T>() });
        return Scalars(name, 1, most, ReadWord<T>, field => Rules.Word(field, WordsOf<T>()));
    }

    /// <summary>Texts in an array.</summary>
    public ValueList<string> Texts(string name, string about, int least, int most)
    {
        Ask(new FieldSpec(name, "array", least > 0) { About = about, Least = least, Most = most });
        return ValueList.From(Elements(name, least, most).Select(pair => (Text: ReadText(pair.Element, 64), pair.Path)).Where(pair =>
        {
            if (pair.Text is null)
            {
                Add(Rules.Text(pair.Path, 64));
            }

            return pair.Text is not null;
        }).Select(pair => pair.Text!).ToArray());
    }

    private ValueList<T> Scalars<T>(string name, int least, int most, Func<JsonElement, T?> read, Func<string, FieldError> broken)
        where T : struct
    {
        var items = new List<T>();
        foreach (var (element, path) in Elements(name, least, most))
        {
            if (read(element) is { } value)
            {
                items.Add(value);
            }
            else
            {
                Add(broken(path));
            }
        }

        return ValueList.From(items);
    }

    private List<(JsonElement Element, string Path)> Elements(string name, int least, int most)
    {
        if (Find(name, least > 0) is not { } found)
        {
            return [];
        }

        if (found.ValueKind != JsonValueKind.Array || found.GetArrayLength() < least || found.GetArrayLength() > most)
        {
            Add(Rules.Array(PathOf(name), least, most));
            return [];
        }

        return [.. found.EnumerateArray().Select(
            (element, i) => (element, string.Create(CultureInfo.InvariantCulture, $"{PathOf(name)}[{i}]")))];
    }
}
