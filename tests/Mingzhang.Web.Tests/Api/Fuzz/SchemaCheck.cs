using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Mingzhang.Web.Tests.Api.Fuzz;

/// <summary>Holds an answer against its schema of the OpenAPI document: types, required fields, words, patterns, items.</summary>
internal sealed class SchemaCheck(JsonNode document)
{
    /// <summary>Null, or where the value is not what the schema says.</summary>
    public string? Fault(JsonNode? schema, JsonNode? value, string at = "$")
    {
        if (schema is not JsonObject)
        {
            return null;
        }

        if (schema["$ref"] is { } reference)
        {
            return Fault(((string)reference!).Split('/').Skip(1).Aggregate(document, (node, part) => node[part]!), value, at);
        }

        // Fields without a value are left out of answers or null.
        return value is null ? null
            : !OfType(schema["type"], value) ? $"{at} is {value.GetValueKind()}, not {schema["type"]}"
            : schema["enum"]?.AsArray() is { } words && !words.Any(word => JsonNode.DeepEquals(word, value)) ? $"{at} is none of its words"
            : schema["pattern"] is { } pattern && !Regex.IsMatch((string)value!, (string)pattern!) ? $"{at} does not fit {pattern}"
            : value is JsonObject thing ? OfObject(schema, thing, at)
            : value is JsonArray list
                ? list.Select((item, i) => Fault(schema["items"], item, $"{at}[{i}]")).FirstOrDefault(found => found is not null)
            : null;
    }

    private string? OfObject(JsonNode schema, JsonObject thing, string at)
    {
        foreach (var name in schema["required"]?.AsArray() ?? [])
        {
            if (!thing.ContainsKey((string)name!))
            {
                return $"{at}.{name} is missing";
            }
        }

        if (schema["properties"] is not JsonObject known)
        {
            return null;
        }

        foreach (var (name, value) in thing)
        {
            if (known[name] is { } inner ? Fault(inner, value, $"{at}.{name}") is { } found
                : Unknown(schema, name, at) is { } unknown && (found = unknown) is not null)
            {
                return found;
            }
        }

        return null;
    }

    private static string? Unknown(JsonNode schema, string name, string at) =>
        schema["additionalProperties"] is JsonValue no && no.GetValueKind() == JsonValueKind.False
            ? $"{at}.{name} is not in the document" : null;

    private static bool OfType(JsonNode? type, JsonNode value) => type switch
    {
        null => true,
        JsonArray several => several.Any(one => OfType(one, value)),
        _ => (string)type! switch
        {
            "object" => value is JsonObject,
            "array" => value is JsonArray,
            "string" => value.GetValueKind() == JsonValueKind.String,
            "integer" => value.GetValueKind() == JsonValueKind.Number && long.TryParse(value.ToJsonString(), out _),
            "number" => value.GetValueKind() == JsonValueKind.Number,
            "boolean" => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
            _ => true,
        },
    };
}
