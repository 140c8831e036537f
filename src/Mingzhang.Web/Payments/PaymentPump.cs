using Mingzhang.Engine;
using Mingzhang.Services.Payments;
using Mingzhang.Services.Reconciliation;

namespace Mingzhang.Web.Payments;

/// <summary>Goes on with transfers, and compares each day that is over with the bank's file. On the node that leads.</summary>
internal sealed class PaymentPump(
    CreditHouse house, TransferDesk desk, AutoDebitDesk automatic, Reconciler reconciler, BankLink bank, TimeProvider time,
    ILogger<PaymentPump> log) : BackgroundService
{
    private const int DaysBack = 7;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BetweenFiles = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var tried = default(DateTimeOffset);
        while (bank.IsSetUp && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                var done = house.Leads ? await desk.GoOnAsync(stoppingToken) + await automatic.GoOnAsync(stoppingToken) : 0;
                if (house.Leads && time.GetUtcNow() - tried > BetweenFiles)
                {
                    await reconciler.CatchUpAsync(house.BusinessDate.AddDays(-DaysBack), stoppingToken);
                    tried = time.GetUtcNow();
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
                BankLog.Stuck(log, failure);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
