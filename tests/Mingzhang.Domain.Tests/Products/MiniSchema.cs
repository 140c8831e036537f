using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Mingzhang.Domain.Tests.Products;

/// <summary>The part of JSON Schema 2020-12 that product.schema.json uses. A keyword it does not know throws.</summary>
internal sealed class MiniSchema(JsonElement root)
{
    private static readonly HashSet<string> Said = ["$schema", "$id", "$defs", "title", "description", "format"];

    /// <summary>Whether a value keeps the schema.</summary>
    public bool Accepts(JsonElement value) => Accepts(root, value);

    private bool Accepts(JsonElement schema, JsonElement value) => schema.EnumerateObject().All(keyword => keyword.Name switch
    {
        _ when Said.Contains(keyword.Name) => true,
        "$ref" => Accepts(Definition(keyword.Value.GetString()!), value),
        "type" => IsOf(keyword.Value.GetString()!, value),
        "enum" => keyword.Value.EnumerateArray().Any(option => JsonElement.DeepEquals(option, value)),
        "anyOf" => keyword.Value.EnumerateArray().Any(option => Accepts(option, value)),
        "minimum" => value.ValueKind != JsonValueKind.Number || value.GetDecimal() >= keyword.Value.GetDecimal(),
        "maximum" => value.ValueKind != JsonValueKind.Number || value.GetDecimal() <= keyword.Value.GetDecimal(),
        "minLength" => value.ValueKind != JsonValueKind.String || value.GetString()!.Length >= keyword.Value.GetInt32(),
        "maxLength" => value.ValueKind != JsonValueKind.String || value.GetString()!.Length <= keyword.Value.GetInt32(),
        "pattern" => value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, keyword.Value.GetString()!),
        "minItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= keyword.Value.GetInt32(),
        "maxItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() <= keyword.Value.GetInt32(),
        "uniqueItems" => value.ValueKind != JsonValueKind.Array || AllDiffer(value),
        "items" => value.ValueKind != JsonValueKind.Array || value.EnumerateArray().All(item => Accepts(keyword.Value, item)),
        "required" => value.ValueKind != JsonValueKind.Object
            || keyword.Value.EnumerateArray().All(n => value.TryGetProperty(n.GetString()!, out _)),
        "properties" => value.ValueKind != JsonValueKind.Object || value.EnumerateObject().All(
            p => !keyword.Value.TryGetProperty(p.Name, out var inner) || Accepts(inner, p.Value)),
        "additionalProperties" => value.ValueKind != JsonValueKind.Object || value.EnumerateObject().All(
            p => schema.GetProperty("properties").TryGetProperty(p.Name, out _)),
        _ => throw new NotSupportedException($"schema keyword {keyword.Name}"),
    });

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "integer" => value.ValueKind == JsonValueKind.Number
            && decimal.IsInteger(decimal.Parse(value.GetRawText(), CultureInfo.InvariantCulture)),
        _ => throw new NotSupportedException($"schema type {type}"),
    };

    private static bool AllDiffer(JsonElement list)
    {
        var items = list.EnumerateArray().ToArray();
        return !items.Where((item, i) => items.Take(i).Any(earlier => JsonElement.DeepEquals(earlier, item))).Any();
    }

    private JsonElement Definition(string reference) => root.GetProperty("$defs").GetProperty(reference["#/$defs/".Length..]);
}
