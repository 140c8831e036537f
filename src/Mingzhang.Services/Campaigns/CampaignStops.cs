using Dapper;
using Mingzhang.Engine;

namespace Mingzhang.Services.Campaigns;

/// <summary>A campaign that staff stopped.</summary>
/// <param name="Campaign">win-back, or a lesson.</param>
/// <param name="At">Microseconds since 1970 UTC.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
public sealed record CampaignStop(string Campaign, long At, string By, string Reason);

/// <summary>Stops campaigns and lets them go on.</summary>
public sealed class CampaignStops(CreditHouse house, TimeProvider time)
{
    private const string All =
        "SELECT campaign AS Campaign, stopped_at AS At, stopped_by AS StoppedBy, reason AS Reason FROM campaign_stop";

    private const string Insert =
        "INSERT INTO campaign_stop (campaign, stopped_at, stopped_by, reason) VALUES (@campaign, @at, @by, @reason) ON CONFLICT DO NOTHING";

    private const string Delete = "DELETE FROM campaign_stop WHERE campaign = @campaign";

    /// <summary>Those that are stopped.</summary>
    public IReadOnlyList<CampaignStop> Stopped()
    {
        using var connection = house.OpenReadOnly();
        return [.. connection.Query<Row>(All).Select(row => new CampaignStop(row.Campaign, row.At, row.StoppedBy, row.Reason))];
    }

    /// <summary>Whether one is stopped.</summary>
    public bool IsStopped(string campaign) => Stopped().Any(one => one.Campaign == campaign);

    /// <summary>Stops one; nothing of it is sent or shown from now on. Stopping twice keeps the first reason.</summary>
    public Task StopAsync(string campaign, string by, string reason) => house.WriteAsync((connection, transaction) => connection.Execute(
        Insert, new { campaign, at = time.GetUtcNow().ToUnixTimeMilliseconds() * 1000, by, reason }, transaction));

    /// <summary>Lets one go on.</summary>
    public Task ResumeAsync(string campaign) => house.WriteAsync((connection, transaction) =>
        connection.Execute(Delete, new { campaign }, transaction));

    private sealed record Row
    {
        public string Campaign { get; init; } = "";
        public long At { get; init; }
        public string StoppedBy { get; init; } = "";
        public string Reason { get; init; } = "";
    }
}
