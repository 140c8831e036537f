using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Values;
using Mingzhang.Web.Api.Fields;

namespace Mingzhang.Web.Api.OpenApi;

/// <summary>Schemas of requests (from what reads them) and answers (from their types).</summary>
internal static class Schemas
{
    private const int Deepest = 4;

    /// <summary>An object of fields; nothing else may be in it.</summary>
    public static OpenApiSchema Of(IReadOnlyList<FieldSpec> fields) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = fields.ToDictionary(field => field.Name, IOpenApiSchema (field) => Of(field)),
        Required = fields.Where(field => field.Required).Select(field => field.Name).ToHashSet(),
        AdditionalPropertiesAllowed = false,
    };

    /// <summary>One field.</summary>
    public static OpenApiSchema Of(FieldSpec field) => field.Type switch
    {
        "integer" => new()
        {
            Type = JsonSchemaType.Integer, Format = field.Format, Description = field.About, Minimum = Number(field.Least),
                Maximum = Number(field.Most),
        },
        "boolean" => new() { Type = JsonSchemaType.Boolean, Description = field.About },
        "object" => WithAbout(field.Children.Count == 0 ? new OpenApiSchema { Type = JsonSchemaType.Object } : Of(field.Children),
            field.About),
        "array" => new()
        {
            Type = JsonSchemaType.Array, Description = field.About, MinItems = (int?)field.Least, MaxItems = (int?)field.Most,
            Items = field.Children.Count > 0 ? Of(field.Children) : Words(new OpenApiSchema { Type = JsonSchemaType.String }, field.Words),
        },
        _ => Words(
            new OpenApiSchema
            {
                Type = JsonSchemaType.String, Format = field.Format, Description = field.About, MinLength = (int?)field.Least,
                    MaxLength = (int?)field.Most,
            },
            field.Words),
    };

    /// <summary>The schema of an answer.</summary>
    public static OpenApiSchema Of(Type type) => Of(type, 0);

    /// <summary>Problem Details.</summary>
    public static OpenApiSchema Problem()
    {
        var text = new FieldSpec("", "string", true);
        var whole = new FieldSpec("", "integer", true);
        var schema = Of(
        [
            text with { Name = "type" }, text with { Name = "title" }, whole with { Name = "status" }, text with { Name = "code" },
            whole with { Name = "number" }, new FieldSpec("retryCanHelp", "boolean", true), text with { Name = "detail" },
            text with { Name = "detailZh" },
            new FieldSpec("errors", "array", true)
            {
                Children = [.. ((string[])["field", "rule", "fix", "ruleZh", "fixZh"]).Select(name => text with { Name = name })],
            },
            new FieldSpec("facts", "object", false) { About = "The refusal's own figures and dates." },
        ]);
        schema.Description = "Problem Details (RFC 9457) with a stable reason code; docs/refusals.md lists them.";
        return schema;
    }

    private static OpenApiSchema Of(Type type, int depth)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (Simple(type) is { } simple)
        {
            return simple;
        }

        if (ElementOf(type) is { } element)
        {
            return new OpenApiSchema { Type = JsonSchemaType.Array, Items = Of(element, depth) };
        }

        var schema = new OpenApiSchema { Type = JsonSchemaType.Object };
        if (depth < Deepest && !type.IsAbstract)
        {
            schema.Properties = type.GetProperties().Where(
                property => property.GetIndexParameters().Length == 0 && property.Name != "EqualityContract")
                .ToDictionary(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name), IOpenApiSchema (property) =>
                    Of(property.PropertyType, depth + 1));
        }

        return schema;
    }

    private static OpenApiSchema? Simple(Type type) => type switch
    {
        _ when type == typeof(string) || type == typeof(AccountId) || type == typeof(Currency) => new() { Type = JsonSchemaType.String },
        _ when type == typeof(Money) =>
            new() { Type = JsonSchemaType.String, Pattern = "^[A-Z]{3}-?[0-9]+$", Description = "Currency, then minor units." },
        _ when type == typeof(bool) => new() { Type = JsonSchemaType.Boolean },
        _ when type == typeof(int) || type == typeof(long) => new() { Type = JsonSchemaType.Integer, Format = "int64" },
        _ when type == typeof(DateOnly) => new() { Type = JsonSchemaType.String, Format = "date" },
        _ when type == typeof(DateTimeOffset) => new() { Type = JsonSchemaType.String, Format = "date-time" },
        _ when type == typeof(double) || type == typeof(decimal) => new() { Type = JsonSchemaType.Number },
        _ when type == typeof(RawJson) => new() { Description = "As it stands in the journal." },
        _ when type.IsEnum => Words(
            new OpenApiSchema { Type = JsonSchemaType.String }, [.. Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName)]),
        _ when type.IsAssignableTo(typeof(AccountEvent)) =>
            new() { Type = JsonSchemaType.Object, Description = "An event; type names it." },
        // The rest: objects and lists.
        _ => null,
    };

    private static Type? ElementOf(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() is var open
        && (open == typeof(ValueList<>) || open == typeof(IReadOnlyList<>)) ? type.GetGenericArguments()[0] : null;

    private static OpenApiSchema WithAbout(OpenApiSchema schema, string? about)
    {
        schema.Description = about;
        return schema;
    }

    private static OpenApiSchema Words(OpenApiSchema schema, IReadOnlyList<string> words)
    {
        schema.Enum = words.Count == 0 ? null : [.. words.Select(word => (JsonNode)JsonValue.Create(word))];
        return schema;
    }

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
