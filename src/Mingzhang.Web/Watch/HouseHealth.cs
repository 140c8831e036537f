using Microsoft.Extensions.Diagnostics.HealthChecks;
using Mingzhang.Engine;
using Mingzhang.Store;
using Mingzhang.Web.Hosting;

namespace Mingzhang.Web.Watch;

/// <summary>What readiness asks; each answer has figures and never a path, an address or an account.</summary>
internal sealed class HouseHealth(CreditHouse house, WebSettings settings) : IHealthSource
{
    /// <summary>How long the writer may take for an empty transaction.</summary>
    public static readonly TimeSpan WriterMayTake = TimeSpan.FromSeconds(3);

    /// <summary>Rows that may wait to be settled; the store's own bound, twice.</summary>
    public const long LargestBacklog = 2 * 262_144;

    /// <summary>Name and question of each check, in the order they are shown.</summary>
    public IReadOnlyList<(string Name, Func<Task<HealthCheckResult>> Ask)> All =>
    [
        ("house", () => Task.FromResult(Running())), ("writer", WriterAsync), ("store", () => Task.FromResult(Store())),
        ("day-end", () => Task.FromResult(DayEnd())), ("disk", () => Task.FromResult(Disk())),
    ];

    private HealthCheckResult Running() => house.Fault is null
        ? HealthCheckResult.Healthy("It takes commands.", Figures(("position", house.LastPosition)))
        : HealthCheckResult.Unhealthy("It has stopped; the process must end and start again.");

    private async Task<HealthCheckResult> WriterAsync()
    {
        try
        {
            await house.ProbeWriterAsync(WriterMayTake);
            return HealthCheckResult.Healthy("An empty transaction went through.");
        }
        catch (TimeoutException)
        {
            return HealthCheckResult.Unhealthy($"No transaction went through within {WriterMayTake.TotalSeconds} s.");
        }
        catch (Exception cause) when (cause is StoreException or HouseStoppedException or System.Data.Common.DbException)
        {
            return HealthCheckResult.Unhealthy("The writer has stopped.");
        }
    }

    private HealthCheckResult Store()
    {
        try
        {
            var vitals = house.Vitals();
            var backlog = vitals.Backlog;
            var figures = Figures([("backlog", backlog), .. vitals.Followers.Select(lag => ("behind." + lag.Key, (object)lag.Value))]);
            return backlog <= LargestBacklog
                ? HealthCheckResult.Healthy("It can be read.", figures)
                : HealthCheckResult.Degraded($"More than {LargestBacklog} rows wait to be settled.", data: figures);
        }
        catch (Exception cause) when (cause is StoreException or System.Data.Common.DbException or InvalidOperationException)
        {
            return HealthCheckResult.Unhealthy("The database cannot be read.");
        }
    }

    private HealthCheckResult DayEnd() => house.LastDay switch
    {
        null => HealthCheckResult.Healthy("None has run since the start."),
        { Failed: true } => HealthCheckResult.Degraded("The last one broke off; resume it."),
        { Parked: > 0 } last => HealthCheckResult.Degraded(
            "Accounts are parked before a due day.", data: Figures(("parked", last.Parked), ("accounts", last.Accounts))),
        { Seconds: null } last => HealthCheckResult.Healthy("One runs.", Figures(("to", $"{last.To:yyyy-MM-dd}"))),
        var last => HealthCheckResult.Healthy(
            "The last one is done.", Figures(("to", $"{last.To:yyyy-MM-dd}"), ("accounts", last.Accounts), ("seconds", last.Seconds))),
    };

    private HealthCheckResult Disk()
    {
        var free = new DriveInfo(settings.Folder).AvailableFreeSpace / 1_000_000;
        var figures = Figures(("freeMegabytes", free), ("leastMegabytes", settings.LeastDiskMegabytes));
        return free >= settings.LeastDiskMegabytes
            ? HealthCheckResult.Healthy("There is room.", figures)
            : HealthCheckResult.Degraded("Little room is left; a full disk stops the house.", data: figures);
    }

    private static Dictionary<string, object> Figures(params IEnumerable<(string Name, object? Value)> figures) =>
        figures.ToDictionary(figure => figure.Name, figure => figure.Value ?? 0, StringComparer.Ordinal);
}
