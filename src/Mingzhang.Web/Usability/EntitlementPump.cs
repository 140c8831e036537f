using Mingzhang.Engine;
using Mingzhang.Services.Entitlements;
using Mingzhang.Services.Incidents;
using Mingzhang.Services.Payments;
using Mingzhang.Web.Hosting;

namespace Mingzhang.Web.Usability;

/// <summary>Keeps the permission store, looks for differences, and notices what lasts too long. On the node that leads.</summary>
internal sealed class EntitlementPump(
    CreditHouse house, EntitlementDesk desk, IncidentDesk incidents, TransferDesk transfers, TimeProvider time,
    ILogger<EntitlementPump> log) : Pump(house, time)
{
    private const int ManyUnanswered = 3;

    private static readonly TimeSpan BetweenChecks = TimeSpan.FromSeconds(5);

    private long _looked;

    /// <inheritdoc/>
    protected override TimeSpan Pause => TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    protected override TimeSpan AfterFailure => BetweenChecks;

    /// <inheritdoc/>
    protected override async Task<int> WorkAsync(CancellationToken cancel)
    {
        _looked = _looked == 0 ? Time.GetTimestamp() : _looked;
        var done = await desk.RefreshAsync(cancel);
        if (Time.GetElapsedTime(_looked) > BetweenChecks)
        {
            await LookAsync(cancel);
            _looked = Time.GetTimestamp();
        }

        return done;
    }

    /// <inheritdoc/>
    protected override void Stuck(Exception failure) => UseLog.Stuck(log, failure);

    private async Task LookAsync(CancellationToken cancel)
    {
        await desk.CheckAsync(cancel);
        await incidents.NoticeAsync(
            "permissions", desk.Stuck() > 0, "部分账户的使用权限正在同步，比平时慢", "Permissions of some accounts are synchronised more slowly than usual");
        await incidents.NoticeAsync(
            "bank", transfers.Unanswered() >= ManyUnanswered, "银行通道响应缓慢，还款可能延迟入账",
            "The bank answers slowly; repayments may be posted late");
    }
}

/// <summary>What is logged of the permission store.</summary>
internal static partial class UseLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The permission store could not be brought up to date; it is tried again.")]
    public static partial void Stuck(ILogger log, Exception cause);
}
