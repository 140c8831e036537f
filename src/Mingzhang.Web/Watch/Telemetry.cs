using Mingzhang.Engine.Observing;
using Mingzhang.Web.Api;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Mingzhang.Web.Watch;

/// <summary>
/// Exports metrics and spans when asked to: by OTLP with the standard variables (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c> and the others), and
/// as a page for Prometheus with <c>MZ_PROMETHEUS=true</c>. Without either nobody listens, and instruments cost a flag each.
/// </summary>
internal static class Telemetry
{
    /// <summary>The page Prometheus reads; it needs an API key with <c>ledger:read</c>.</summary>
    public const string Page = "/metrics";

    /// <summary>
    /// Meters exported beside our own. The spans of ASP.NET are not: they hold addresses, and addresses hold account numbers.
    /// </summary>
    private static readonly string[] Meters = [HouseMetrics.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
        "System.Runtime"];

    /// <summary>Sets the exporters up.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var (otlp, prometheus) = (IsOtlp(builder.Configuration), IsPrometheus(builder.Configuration));
        if (!otlp && !prometheus)
        {
            return;
        }

        var name = builder.Configuration["OTEL_SERVICE_NAME"] ?? "mingzhang";
        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService(name));
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter(Meters);
            _ = otlp ? metrics.AddOtlpExporter() : metrics;
            _ = prometheus ? metrics.AddPrometheusExporter() : metrics;
        });
        if (otlp)
        {
            telemetry.WithTracing(spans => spans.AddSource(HouseMetrics.Name).AddOtlpExporter());
        }
    }

    /// <summary>Maps the page for Prometheus when it is asked for.</summary>
    public static void MapTelemetry(this WebApplication app)
    {
        if (IsPrometheus(app.Configuration))
        {
            app.MapPrometheusScrapingEndpoint(Page).RequireAuthorization(ApiScopes.LedgerRead);
        }
    }

    private static bool IsOtlp(IConfiguration configuration) => configuration.AsEnumerable().Any(pair =>
        pair.Key is "OTEL_EXPORTER_OTLP_ENDPOINT" or "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT" or "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"
        && !string.IsNullOrWhiteSpace(pair.Value));

    private static bool IsPrometheus(IConfiguration configuration) => configuration.GetValue("MZ_PROMETHEUS", false);
}
