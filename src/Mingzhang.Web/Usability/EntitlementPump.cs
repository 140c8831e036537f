using Mingzhang.Engine;
using Mingzhang.Services.Entitlements;
using Mingzhang.Services.Incidents;
using Mingzhang.Services.Payments;

namespace Mingzhang.Web.Usability;

/// <summary>Keeps the permission store, looks for differences, and notices what lasts too long. On the node that leads.</summary>
internal sealed class EntitlementPump(
    CreditHouse house, EntitlementDesk desk, IncidentDesk incidents, TransferDesk transfers, TimeProvider time,
    ILogger<EntitlementPump> log) : BackgroundService
{
    private const int ManyUnanswered = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan BetweenChecks = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var looked = time.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var done = house.Leads ? await desk.RefreshAsync(stoppingToken) : 0;
                if (house.Leads && time.GetElapsedTime(looked) > BetweenChecks)
                {
                    await LookAsync(stoppingToken);
                    looked = time.GetTimestamp();
                }

                if (done == 0)
                {
                    await Task.Delay(Pause, time, stoppingToken);
                }
            }
            catch (HouseStoppedException)
            {
                return;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                UseLog.Stuck(log, failure);
                await Task.Delay(BetweenChecks, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

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
