using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mingzhang.Domain.Values;

namespace Mingzhang.Engine.Encoding;

/// <summary>Reads short texts without making strings of them.</summary>
internal static class JsonText
{
    /// <summary>The text at the reader, in the room given when it fits.</summary>
    public static ReadOnlySpan<char> Of(in Utf8JsonReader reader, Span<char> room) =>
        reader.TokenType == JsonTokenType.String && !reader.HasValueSequence && reader.ValueSpan.Length <= room.Length
            ? room[..reader.CopyString(room)] : reader.GetString();
}

/// <summary>Money as <c>"CNY1234"</c>: currency, then minor units.</summary>
public sealed class MoneyConverter : JsonConverter<Money>
{
    /// <inheritdoc/>
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Money.TryParse(JsonText.Of(in reader, stackalloc char[32]), out var money)
            ? money : throw new JsonException("An amount is written as \"CNY1234\": currency, then minor units.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[24];
        Span<char> letters = stackalloc char[3];
        value.Currency.CopyTo(letters);
        text[0] = (byte)letters[0];
        text[1] = (byte)letters[1];
        text[2] = (byte)letters[2];
        _ = Utf8Formatter.TryFormat(value.MinorUnits, text[3..], out var written);
        writer.WriteStringValue(text[..(written + 3)]);
    }
}

/// <summary>A currency as its three letters.</summary>
public sealed class CurrencyConverter : JsonConverter<Currency>
{
    /// <inheritdoc/>
    public override Currency Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Currency.TryParse(reader.GetString(), out var currency)
            ? currency : throw new JsonException("A currency is three letters A to Z, such as CNY.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Currency value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

/// <summary>An account as <c>"1000042-01"</c>.</summary>
public sealed class AccountIdConverter : JsonConverter<AccountId>
{
    /// <inheritdoc/>
    public override AccountId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        AccountId.TryParse(JsonText.Of(in reader, stackalloc char[32]), out var id)
            ? id : throw new JsonException("An account is written as customer-slot, such as 1000042-01.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, AccountId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

/// <summary>A customer as decimal digits in a string.</summary>
public sealed class CustomerIdConverter : JsonConverter<CustomerId>
{
    /// <inheritdoc/>
    public override CustomerId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        CustomerId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("A customer is written as digits in a string.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, CustomerId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

/// <summary>An enumeration by its camel-case name; numbers are refused.</summary>
public sealed class NameConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;

/// <summary>A value list as an array.</summary>
public sealed class ValueListConverter<T> : JsonConverter<ValueList<T>>
{
    /// <inheritdoc/>
    public override ValueList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("A list is written as an array.");
        }

        var element = Element(options);
        var items = new List<T>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(JsonSerializer.Deserialize(ref reader, element) ?? throw new JsonException("A list has no null in it."));
        }

        return ValueList.From(items);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ValueList<T> value, JsonSerializerOptions options)
    {
        var element = Element(options);
        writer.WriteStartArray();
        foreach (var item in value.AsSpan())
        {
            JsonSerializer.Serialize(writer, item, element);
        }

        writer.WriteEndArray();
    }

    private static System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> Element(JsonSerializerOptions options) =>
        (System.Text.Json.Serialization.Metadata.JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
}

/// <summary>Makes the converter of a value list by its element.</summary>
public sealed class ValueListConverterFactory : JsonConverterFactory
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(ValueList<>);

    /// <inheritdoc/>
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(ValueListConverter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;
}
