using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mingzhang.Bench.Side;

/// <summary>What the bare server reads: the body of an authorisation.</summary>
internal sealed record BareAsked(string PurchaseId, long AmountMinor, string Scene, string Merchant);

/// <summary>What it answers.</summary>
internal sealed record BareAnswer(string PurchaseId, long AmountMinor, long AvailableMinor, string Currency, bool Ok);

/// <summary>Its JSON, made when compiled.</summary>
[JsonSerializable(typeof(BareAsked))]
[JsonSerializable(typeof(BareAnswer))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class BareJson : JsonSerializerContext;

/// <summary>The yardstick for HTTP: Kestrel with one route that reads the same body and answers five fields, and nothing else.</summary>
internal static class BareKestrel
{
    /// <summary>Serves until the process ends.</summary>
    public static async Task RunAsync(string port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, BareJson.Default));
        await using var app = builder.Build();
        app.MapGet("/health/live", () => "ok");
        app.MapPost("/v1/{**path}", async (HttpContext http) =>
        {
            var asked = await http.Request.ReadFromJsonAsync(BareJson.Default.BareAsked);
            var answer = new BareAnswer(asked!.PurchaseId, asked.AmountMinor, 1_000_000, "CNY", true);
            var bytes = JsonSerializer.SerializeToUtf8Bytes(answer, BareJson.Default.BareAnswer);
            http.Response.ContentType = "application/json; charset=utf-8";
            http.Response.ContentLength = bytes.Length;
            await http.Response.Body.WriteAsync(bytes);
        });
        await app.RunAsync();
    }
}
