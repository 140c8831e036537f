using System.Globalization;
using System.Text.Json;

namespace Mingzhang.Web.Api;

/// <summary>A finished answer: what is sent, kept for a replay, or put into a batch.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">JSON, UTF-8; empty for 204.</param>
/// <param name="Replayed">The same request had been answered before; these are the bytes of then.</param>
internal sealed record ApiAnswer(int Status, byte[] Body, bool Replayed = false) : IResult
{
    /// <summary>Where what was made can be read.</summary>
    public string? Location { get; init; }

    /// <summary>Seconds to wait before the next try.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>An answer of a value.</summary>
    public static ApiAnswer Of<T>(T value, int status = 200) => new(status, JsonSerializer.SerializeToUtf8Bytes(value, ApiJson.Options));

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        if (Replayed)
        {
            response.Headers["Idempotent-Replayed"] = "true";
        }

        if (Location is not null)
        {
            response.Headers.Location = Location;
        }

        if (RetryAfter is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (Body.Length > 0)
        {
            response.ContentType = Status >= 400 ? "application/problem+json" : "application/json; charset=utf-8";
            response.ContentLength = Body.Length;
            await response.Body.WriteAsync(Body, httpContext.RequestAborted);
        }
    }
}
