using System.Globalization;
using System.Text.Json;

namespace Mingzhang.Domain.Products;

/// <summary>One value of a product file. One that breaks its rule is noted and read as <c>default</c>: all errors in one pass.</summary>
/// <param name="Value">The value; undefined when the field is missing.</param>
/// <param name="Path">Its JSON path.</param>
/// <param name="Errors">Where broken rules are noted.</param>
/// <param name="Silent">The object around it is missing or no object: that is one error already, not one for each of its fields.</param>
internal readonly record struct JsonField(JsonElement Value, string Path, ProductErrors Errors, bool Silent)
{
    /// <summary>A whole number within bounds.</summary>
    public long Whole(long min, long max) =>
        Value.ValueKind == JsonValueKind.Number && Value.TryGetInt64(out var number) && number >= min && number <= max
            ? number
            : Broken(ProductSentences.Whole(min, max), 0L);

    /// <summary>A whole number within bounds.</summary>
    public int Count(int min, int max) => (int)Whole(min, max);

    /// <summary>An amount in minor units.</summary>
    public Money Amount(long min, Currency currency) => Money.Of(Whole(min, ProductReader.LargestAmountMinor), currency);

    /// <summary>360 or 365.</summary>
    public int DaysInYear() => Value.ValueKind == JsonValueKind.Number && Value.TryGetInt32(out var days) && days is 360 or 365
        ? days
        : Broken(ProductSentences.DaysInYear, 0);

    /// <summary>true or false.</summary>
    public bool Flag() => Value.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? Value.GetBoolean()
        : Broken(ProductSentences.Flag, false);

    /// <summary>A text of 1 to 200 characters that is not blank.</summary>
    public string Text() => String() is { Length: >= 1 and <= 200 } text && !string.IsNullOrWhiteSpace(text) && !text.Any(char.IsControl)
        ? text
        : Broken(ProductSentences.Text, "");

    /// <summary>A code of up to 40 characters.</summary>
    public string Code() => String() is { } text && IsCode(text) ? text : Broken(ProductSentences.Code, "");

    /// <summary>Three capital letters; yuan when it is none, so that amounts can be read further.</summary>
    public Currency Currency() =>
        Values.Currency.TryParse(String(), out var currency) ? currency : Broken(ProductSentences.Currency, Values.Currency.Cny);

    /// <summary>A day written 2026-11-22.</summary>
    public DateOnly Date() => ReadDate() ?? Broken(ProductSentences.Date, default(DateOnly));

    /// <summary>A day, or null for open.</summary>
    public DateOnly? DateOrNull() =>
        Value.ValueKind == JsonValueKind.Null ? null : ReadDate() ?? Broken<DateOnly?>(ProductSentences.DateOrNull, null);

    /// <summary>One of a set of words.</summary>
    public T Word<T>(Dictionary<string, T> words)
        where T : struct =>
        String() is { } text && words.TryGetValue(text, out var meaning) ? meaning : Broken(ProductSentences.OneOf(words.Keys), default(T));

    /// <summary>An object.</summary>
    public JsonFields Object()
    {
        if (Value.ValueKind == JsonValueKind.Undefined)
        {
            _ = Broken(ProductSentences.Object, 0);
        }

        return new JsonFields(Value, Path, Errors);
    }

    /// <summary>Whether the field is there.</summary>
    public bool IsThere => Value.ValueKind != JsonValueKind.Undefined;

    /// <summary>A list of at least <paramref name="min"/> elements, each read by <paramref name="read"/>.</summary>
    public ValueList<T> List<T>(int min, Func<JsonField, T> read)
    {
        if (Value.ValueKind != JsonValueKind.Array || Value.GetArrayLength() < min)
        {
            return Broken(ProductSentences.List(min), default(ValueList<T>));
        }

        var (path, errors) = (Path, Errors);
        return ValueList.From(Value.EnumerateArray().Select((element, i) =>
            read(new JsonField(element, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), errors, Silent: false))));
    }

    private static bool IsCode(string text) => text.Length is >= 1 and <= 40 && text[0] is >= 'a' and <= 'z'
        && text.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '.');

    private string? String() => Value.ValueKind == JsonValueKind.String ? Value.GetString() : null;

    private DateOnly? ReadDate() =>
        DateOnly.TryParseExact(String(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private T Broken<T>(Expected expected, T instead)
    {
        if (!Silent)
        {
            var missing = Value.ValueKind == JsonValueKind.Undefined;
            Errors.Add(Path, missing ? ProductSentences.Missing(expected) : ProductSentences.Kind(expected));
        }

        return instead;
    }
}
