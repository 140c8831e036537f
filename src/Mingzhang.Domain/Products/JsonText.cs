using System.Text;
using System.Text.Json;

namespace Mingzhang.Domain.Products;

/// <summary>Strict JSON: each field once, no comments, valid Unicode, at most 16 deep. What breaks that is one error of the whole
/// file.</summary>
internal static class JsonText
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>Reads a text by <paramref name="read"/>; null when it is no JSON at all.</summary>
    public static T? Read<T>(string json, ProductErrors errors, Func<JsonElement, ProductErrors, T> read)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return read(document.RootElement, errors);
        }
        catch (JsonException e)
        {
            errors.Add("$", ProductSentences.NotJson(e.Message));
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException { InnerException: EncoderFallbackException })
        {
            errors.Add("$", ProductSentences.NotText); // half a surrogate pair: in the text, or escaped in a name or a value
        }

        return null;
    }
}
