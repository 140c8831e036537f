using Microsoft.Extensions.Diagnostics.HealthChecks;
using Mingzhang.Engine;
using Mingzhang.Store;
using Mingzhang.Web.Hosting;

namespace Mingzhang.Web.Watch;

/// <summary>What stands behind this process: the other nodes, and the last backup.</summary>
public sealed class SafetyHealth(CreditHouse house, WebSettings settings, TimeProvider time) : IHealthSource
{
    /// <inheritdoc/>
    public IReadOnlyList<(string Name, Func<Task<HealthCheckResult>> Ask)> All =>
        [("nodes", () => Task.FromResult(Nodes())), ("backup", () => Task.FromResult(Backup()))];

    /// <summary>Hours since the last backup; null when none is known.</summary>
    public double? BackupAgeHours => BackupNote.At(settings.BackupNote) is { } at ? Math.Max(0, (time.GetUtcNow() - at).TotalHours) : null;

    /// <summary>Hours after which a backup is late; 0 = no limit is set.</summary>
    public int MostHours => settings.BackupHours;

    /// <summary>Whether the last backup is older than it may be, or unknown. Never where no limit is set.</summary>
    public bool BackupIsLate => settings.BackupHours > 0 && (BackupAgeHours is not { } hours || hours > settings.BackupHours);

    private HealthCheckResult Nodes()
    {
        try
        {
            var seen = house.Nodes();
            var figures = new Dictionary<string, object> { ["alive"] = seen.Alive, ["leads"] = seen.Leads, ["hasLeader"] = seen.HasLeader };
            return seen.HasLeader
                ? HealthCheckResult.Healthy(seen.Leads ? "This process leads." : "Another process leads.", figures)
                : HealthCheckResult.Degraded("No living process leads: nothing is followed until one does.", data: figures);
        }
        catch (Exception cause) when (cause is StoreException or System.Data.Common.DbException or InvalidOperationException)
        {
            return HealthCheckResult.Unhealthy("The database cannot be read.");
        }
    }

    private HealthCheckResult Backup()
    {
        var figures = new Dictionary<string, object> { ["mostHours"] = settings.BackupHours };
        if (BackupAgeHours is not { } hours)
        {
            return settings.BackupHours == 0
                ? HealthCheckResult.Healthy("None is known, and none is asked for.", figures)
                : HealthCheckResult.Degraded("No backup is known.", data: figures);
        }

        figures["hours"] = Math.Round(hours, 1);
        return BackupIsLate
            ? HealthCheckResult.Degraded("The last backup is older than it may be.", data: figures)
            : HealthCheckResult.Healthy("There is one.", figures);
    }
}
