using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace Mingzhang.Web.Api.Fields;

/// <summary>Reads a body as one JSON object, within limits of size and depth.</summary>
internal static class RequestBody
{
    /// <summary>Largest body of one command.</summary>
    public const int Largest = 256 * 1024;

    /// <summary>Largest body of a batch.</summary>
    public const int LargestBatch = 4 * 1024 * 1024;

    // Larger ones get their room as they come.
    private const int ReadAtOnce = 64 * 1024;

    private static readonly JsonElement Nothing = JsonSerializer.SerializeToElement(new Dictionary<string, string>());

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>The object, or the problem to answer with. The caller disposes the document.</summary>
    public static async Task<(JsonDocument? Document, ApiAnswer? Problem)> ReadAsync(HttpRequest request, int largest)
    {
        if (request.ContentLength > largest)
        {
            return (null, Problems.Answer(HttpProblem.TooLarge));
        }

        if (!request.HasJsonContentType())
        {
            return (null, Problems.Answer(HttpProblem.NotJson));
        }

        if (request.ContentLength is { } length and <= ReadAtOnce)
        {
            var exact = new byte[length];
            return await request.Body.ReadAtLeastAsync(exact, exact.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted)
                == exact.Length ? Parse(exact) : (null, Problems.Answer(HttpProblem.Unreadable));
        }

        using var buffer = new MemoryStream();
        var chunk = new byte[8192];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, request.HttpContext.RequestAborted)) > 0)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > largest)
            {
                return (null, Problems.Answer(HttpProblem.TooLarge));
            }
        }

        return Parse(buffer.ToArray());
    }

    /// <summary>The query as an object of texts; a parameter given twice is a broken rule.</summary>
    public static JsonElement OfQuery(IQueryCollection query, List<FieldError> errors)
    {
        if (query.Count == 0)
        {
            return Nothing;
        }

        foreach (var pair in query.Where(pair => pair.Value.Count != 1))
        {
            errors.Add(Rules.Once(pair.Key));
        }

        return JsonSerializer.SerializeToElement(query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()));
    }

    private static (JsonDocument? Document, ApiAnswer? Problem) Parse(byte[] bytes)
    {
        if (!Utf8.IsValid(bytes))
        {
            return (null, Problems.Of([Rules.Json("not UTF-8", "不是 UTF-8 编码")]));
        }

        try
        {
            var document = JsonDocument.Parse(bytes, Strict);
            if (bytes.AsSpan().IndexOf("\\ud"u8) >= 0 || bytes.AsSpan().IndexOf("\\uD"u8) >= 0)
            {
                ReadTexts(document.RootElement);
            }

            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return (document, null);
            }

            document.Dispose();
            return (null, Problems.Of([Rules.Object("$")]));
        }
        catch (JsonException why)
        {
            var (en, zh) = Reason(why);
            return (null, Problems.Of([Rules.Json(en, zh)]));
        }
        catch (InvalidOperationException)
        {
            return (null, Problems.Of([Rules.Json("a text with half a character (a lone surrogate)", "文本中有不完整的字符")]));
        }
    }

    // Nearly no request escapes a surrogate; only those that do are walked through. Reading half of one throws.
    private static void ReadTexts(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    _ = property.Name;
                    ReadTexts(property.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    ReadTexts(item);
                }

                break;
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            default:
                // The rest: numbers and words.
                break;
        }
    }

    private static (string En, string Zh) Reason(JsonException why) => why.Message switch
    {
        var told when told.Contains("depth", StringComparison.OrdinalIgnoreCase) => ("at most 32 levels deep", "最多 32 层"),
        var told when told.Contains("uplicate", StringComparison.Ordinal) => ("no field twice", "字段不能重复"),
        _ => (
            string.Create(CultureInfo.InvariantCulture, $"broken at line {why.LineNumber + 1}, byte {why.BytePositionInLine + 1}"),
            string.Create(CultureInfo.InvariantCulture, $"第 {why.LineNumber + 1} 行第 {why.BytePositionInLine + 1} 字节处有误")),
    };
}
