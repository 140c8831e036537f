using System.Text.Json.Nodes;

namespace Mingzhang.Web.Tests.Api.Fuzz;

/// <summary>Values at and beyond the edges of what a field may be, as JSON; not all of them are JSON at all.</summary>
internal static class Boundaries
{
    /// <summary>For any field.</summary>
    public static IReadOnlyList<string> Any { get; } =
    [
        "null", "true", "false", "0", "-0", "-1", "1", "1.0", "1.5", "1e2", "1e400", "-1e400", "9223372036854775807", "9223372036854775808",
        "-9223372036854775808", "-9223372036854775809", "9999999999999", "99999999999999999999999999", "\"\"", "\" \"", "\"0\"", "\"-1\"",
        "\"\\u0000\"", "\"\\n\\r\\t\"", "\"\\u202e\\u200b\"", "\"\\ud83d\\ude00\"", "\"\\ud800\"", "\"\\udc00x\"", "\"é\"", "\"额度\"",
        "\"'; DROP TABLE journal; --\"", "\"../../../../etc/passwd\"", "\"<script>alert(1)</script>\"", "\"{{7*7}}\"", "\"=1+1\"",
        "\"%00%0a\"", "\"" + new string('x', 101) + "\"", "\"" + new string('x', 501) + "\"", "\"" + new string('额', 5_000) + "\"",
        "[]", "{}", "[null]", "[[]]", "[{}]", "{\"a\":1}", Nested(20), Nested(200), "\"0001-01-01\"", "\"9999-12-31\"", "\"2026-02-30\"",
        "\"2026-02-29\"", "\"-0001-01-01\"", "\"2026-07-05T00:00:00Z\"", "\"2026-7-5\"", "\"10000-01-01\"", "\"1900-01-01\"",
        "\"2026-07-05\"", "\"CNY100\"", "\"CNY-1\"", "\"1000001-01\"", "\"01000001-01\"", "\"9223372036854775807-01\"", "\"1-99\"",
        "NaN", "Infinity", "01", "+1", ".5", "'x'", "undefined", "\"unclosed", "/*c*/1",
    ];

    /// <summary>Those plus what the field's own description says is just in and just out.</summary>
    public static IEnumerable<string> Of(JsonNode schema)
    {
        foreach (var value in Any)
        {
            yield return value;
        }

        foreach (var word in schema["enum"]?.AsArray() ?? [])
        {
            yield return word!.ToJsonString();
            yield return word.ToJsonString().ToUpperInvariant();
        }

        foreach (var (limit, by) in ((string, int)[])[("minimum", -1), ("minimum", 0), ("maximum", 0), ("maximum", 1)])
        {
            if (schema[limit] is { } edge && Int128.TryParse(edge.ToJsonString(), out var number))
            {
                yield return (number + by).ToString();
            }
        }

        foreach (var (limit, by) in ((string, int)[])[("minLength", -1), ("minLength", 0), ("maxLength", 0), ("maxLength", 1)])
        {
            if (schema[limit] is { } edge && (int)edge + by >= 0)
            {
                yield return "\"" + new string('a', (int)edge + by) + "\"";
            }
        }
    }

    /// <summary>The same for addresses and queries: texts without their quotes, and without those the test host itself refuses.</summary>
    public static IReadOnlyList<string> Texts { get; } =
        [.. Any.Select(value => value.StartsWith('"') && JsonText(value) is { } text ? text : value)
            .Where(text => text.Length < 600 && !text.Contains('\0') && !text.Any(char.IsSurrogate))];

    private static string? JsonText(string value)
    {
        try
        {
            return (string?)JsonNode.Parse(value);
        }
        catch (Exception cause) when (cause is System.Text.Json.JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Nested(int depth) => string.Concat(Enumerable.Repeat("[", depth)) + string.Concat(Enumerable.Repeat("]", depth));
}
