using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Mingzhang.Engine.Encoding;

namespace Mingzhang.Web.Api;

/// <summary>The JSON of answers: the journal's own written form, plus the shapes of this API.</summary>
internal static class ApiJson
{
    /// <summary>Read-only.</summary>
    public static JsonSerializerOptions Options { get; } = Make();

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(DomainJson.Written)
        {
            TypeInfoResolver = JsonTypeInfoResolver.Combine(DomainJson.Written.TypeInfoResolver, new DefaultJsonTypeInfoResolver()),
            IgnoreReadOnlyProperties = false,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new RawJsonConverter());
        options.MakeReadOnly();
        return options;
    }
}

/// <summary>JSON that goes out as it stands in the journal.</summary>
internal readonly record struct RawJson(ReadOnlyMemory<byte> Utf8);

/// <summary>Writes it unchanged.</summary>
internal sealed class RawJsonConverter : JsonConverter<RawJson>
{
    /// <inheritdoc/>
    public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Answers are not read here.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
}
