using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Mingzhang.Engine;
using Mingzhang.Engine.Integrity;
using Mingzhang.Services.Incidents;
using Mingzhang.Web.Api;
using Mingzhang.Web.Identity;

namespace Mingzhang.Web.Watch;

/// <summary>
/// Looks at the invariants of all accounts over and over in the background, with a bounded share of one core, and walks the canary's round
/// on every business day. What is broken is a metric, a log line, a degraded health check and a line of the console's integrity page.
/// </summary>
public sealed class IntegrityWatch : BackgroundService, IHealthSource
{
    private const int Slice = 32;
    private const string Memory = "integrity";

    private static readonly TimeSpan AfterFailing = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenNotes = TimeSpan.FromMinutes(1);

    private readonly CreditHouse _house;
    private readonly PeopleStore _settings;
    private readonly TimeProvider _time;
    private readonly ILogger<IntegrityWatch> _log;
    private readonly IncidentDesk _incidents;
    private readonly IntegrityRun _run;
    private readonly int _share;
    private readonly TimeSpan _pause;
    private readonly Canary? _canary;
    private long _noted;
    private DateOnly? _walked;

    /// <summary>Goes on where the last process was.</summary>
    public IntegrityWatch(
        CreditHouse house, PeopleStore settings, IncidentDesk incidents, TimeProvider time, IConfiguration configuration,
        ILogger<IntegrityWatch> log)
    {
        (_house, _settings, _incidents, _time, _log) = (house, settings, incidents, time, log);
        _share = Math.Clamp(configuration.GetValue("MZ_INTEGRITY_SHARE", 5), 0, 100);
        _pause = TimeSpan.FromSeconds(Math.Clamp(configuration.GetValue("MZ_INTEGRITY_PAUSE", 10), 0, 86_400));
        var memory = settings.Setting(Memory) is { } text ? JsonSerializer.Deserialize<IntegrityMemory>(text, ApiJson.Options) : null;
        _run = house.Watch(memory, one => HostLog.Violation(log, one.Number, one.Account?.ToString() ?? "the house", one.What));
        var product = configuration["MZ_CANARY_PRODUCT"];
        _canary = configuration.GetValue("MZ_CANARY", house.IsSandbox) ? CanaryOf(house, product) : null;
    }

    /// <summary>What is known now.</summary>
    public IntegrityReport Report => _run.Report;

    /// <summary>Percent of one core it may use; 0 = it does not run.</summary>
    public int Share => _share;

    /// <summary>The canary's account; null = there is none.</summary>
    public Canary? Canary => _canary;

    /// <summary>The day of the canary's last round in this process.</summary>
    public DateOnly? Walked => _walked;

    IReadOnlyList<(string Name, Func<Task<HealthCheckResult>> Ask)> IHealthSource.All =>
        [("integrity", () => Task.FromResult(Health(Report)))];

    /// <summary>Walks the canary's round of today unless it is done; looks at its account afterwards.</summary>
    public async Task WalkAsync()
    {
        var today = _house.BusinessDate;
        if (_canary is null || _walked == today)
        {
            return;
        }

        _run.Tell(Engine.Integrity.Canary.Number, _canary.Account, await _canary.WalkAsync(today));
        _run.Look(_canary.Account);
        _walked = today;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _run.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (_share > 0 && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await WalkAsync();
                await StepAsync(stoppingToken);
            }
            catch (Exception cause) when (cause is HouseStoppedException or OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (Exception cause) when (cause is not OutOfMemoryException)
            {
                HostLog.WatchFailed(_log, cause);
                await Task.Delay(AfterFailing, _time, stoppingToken);
            }
        }
    }

    private async Task StepAsync(CancellationToken stopping)
    {
        var began = Stopwatch.GetTimestamp();
        var (ended, slices) = (false, 0);
        while (!ended && Stopwatch.GetElapsedTime(began).TotalMilliseconds < 20)
        {
            (ended, slices) = (_run.Step(Slice), slices + 1);
        }

        var worked = Stopwatch.GetElapsedTime(began);
        if (ended || _time.GetElapsedTime(_noted) > BetweenNotes)
        {
            await _settings.SetAsync(Memory, JsonSerializer.Serialize(_run.Memory, ApiJson.Options));
            _noted = _time.GetTimestamp();
        }

        if (ended && _house.Leads)
        {
            // One for as long as anything is broken, not one a pass; it ends when a whole pass finds nothing.
            await _incidents.NoticeAsync(
                "integrity", !Report.IsSound, "核对账务时发现不一致，正在处理；个别账户的额度或金额可能稍后更新",
                "Checking the books found something that does not fit; limits or amounts of a few accounts may be updated later");
        }

        await Task.Delay(ended ? _pause : worked * ((100.0 / _share) - 1), _time, stopping);
    }

    private static HealthCheckResult Health(IntegrityReport report)
    {
        var figures = new Dictionary<string, object>
        {
            ["violations"] = report.Violations.Count, ["accounts"] = report.Accounts, ["passes"] = report.Passes,
        };
        return report.IsSound
            ? HealthCheckResult.Healthy("No invariant is found broken.", figures)
            : HealthCheckResult.Degraded(
                $"Broken: {string.Join(", ", report.Violations.Select(one => one.Number).Distinct())}.", data: figures);
    }

    private static Canary? CanaryOf(CreditHouse house, string? product) => house.Terms.All
        .Where(terms => (product is null || terms.Code == product) && terms.EffectiveFrom <= house.BusinessDate
            && Engine.Integrity.Canary.Fits(terms))
        .OrderBy(terms => terms.Slot).ThenByDescending(terms => terms.Version).FirstOrDefault() is { } terms
            ? new Canary(house, terms) : null;
}
