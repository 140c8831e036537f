using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Mingzhang.Engine;

namespace Mingzhang.Web.Watch;

/// <summary>One check as it is answered.</summary>
internal sealed record HealthLine(string Name, string Status, string About, IReadOnlyDictionary<string, object> Figures, long Milliseconds);

/// <summary>All of them: ok, degraded (serving, somebody should look) or failed.</summary>
internal sealed record HealthAnswer(string Status, IReadOnlyList<HealthLine> Checks);

/// <summary><c>/health/live</c> and <c>/health/ready</c>, for supervisors and load balancers; open to anyone: no secrets.</summary>
internal sealed class HealthPages(
    CreditHouse house, IEnumerable<IHealthSource> sources, TimeProvider time, ILogger<HealthPages> log) : IDisposable
{
    // However many ask, the house is asked once a second.
    private static readonly TimeSpan Keep = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _one = new(1);
    private (long At, HealthAnswer Answer)? _kept;
    private ImmutableHashSet<string> _told = [];

    /// <summary>Maps the pages; <c>/health</c> stays as the short form of live.</summary>
    public static void Map(WebApplication app)
    {
        app.MapGet("/health", (CreditHouse house) => house.Fault is null ? Results.Text("ok") : Results.Text("stopped", statusCode: 503))
            .AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/health/live", (HealthPages pages) => Answer(pages.Live())).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/health/ready", async (HealthPages pages) => Answer(await pages.ReadyAsync()))
            .AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>Whether this process should go on: not once the house has stopped.</summary>
    public HealthAnswer Live() => new(house.Fault is null ? "ok" : "failed", []);

    /// <summary>Whether it should get requests.</summary>
    public async Task<HealthAnswer> ReadyAsync()
    {
        await _one.WaitAsync();
        try
        {
            if (_kept is not { } kept || time.GetElapsedTime(kept.At) > Keep)
            {
                _kept = kept = (time.GetTimestamp(), await AskAsync());
                Tell(kept.Answer);
            }

            return kept.Answer;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<HealthAnswer> AskAsync()
    {
        var lines = new List<HealthLine>();
        foreach (var (name, ask) in sources.SelectMany(source => source.All))
        {
            var began = Stopwatch.GetTimestamp();
            var result = await Guarded(ask);
            lines.Add(new HealthLine(
                name, Word(result.Status), result.Description ?? "", result.Data, (long)Stopwatch.GetElapsedTime(began).TotalMilliseconds));
        }

        var worst = lines.Any(line => line.Status == "failed") ? "failed"
            : lines.Any(line => line.Status == "degraded") ? "degraded" : "ok";
        return new HealthAnswer(worst, lines);
    }

    private static async Task<HealthCheckResult> Guarded(Func<Task<HealthCheckResult>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception cause) when (cause is not OutOfMemoryException)
        {
            return HealthCheckResult.Unhealthy($"The check itself failed ({cause.GetType().Name}).");
        }
    }

    /// <summary>What turns bad is logged once.</summary>
    private void Tell(HealthAnswer answer)
    {
        foreach (var line in answer.Checks.Where(line => line.Status != "ok" && !_told.Contains(line.Name)))
        {
            HostLog.Unhealthy(log, line.Name, line.Status, line.About);
        }

        _told = [.. answer.Checks.Where(line => line.Status != "ok").Select(line => line.Name)];
    }

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "ok",
        HealthStatus.Degraded => "degraded",
        _ => "failed",
    };

    private static IResult Answer(HealthAnswer answer) =>
        Results.Json(answer, Api.ApiJson.Options, statusCode: answer.Status == "failed" ? 503 : 200);
}

/// <summary>Something that answers health checks.</summary>
public interface IHealthSource
{
    /// <summary>Name and question of each.</summary>
    IReadOnlyList<(string Name, Func<Task<HealthCheckResult>> Ask)> All { get; }
}
