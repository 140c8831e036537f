using Mingzhang.Engine;
using Mingzhang.Services.Lenders;
using Mingzhang.Services.Payments;
using Mingzhang.Services.Reconciliation;
using Mingzhang.Web.Hosting;

namespace Mingzhang.Web.Payments;

/// <summary>
/// Goes on with transfers, tells the lenders, and compares each day that is over with the bank's file and theirs. On the node that leads.
/// </summary>
internal sealed class PaymentPump(
    CreditHouse house, TransferDesk desk, AutoDebitDesk automatic, Reconciler reconciler, LenderDesk lenders,
    LenderReconciler statements, BankLink bank, TimeProvider time, ILogger<PaymentPump> log) : Pump(house, time)
{
    private const int DaysBack = 7;

    private static readonly TimeSpan BetweenFiles = TimeSpan.FromSeconds(5);

    private DateTimeOffset _tried;

    /// <inheritdoc/>
    protected override TimeSpan Pause => TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    protected override bool IsWanted => bank.IsSetUp;

    /// <inheritdoc/>
    protected override async Task<int> WorkAsync(CancellationToken cancel)
    {
        var done = await desk.GoOnAsync(cancel) + await automatic.GoOnAsync(cancel) + await lenders.TellAsync(cancel);
        if (Time.GetUtcNow() - _tried > BetweenFiles)
        {
            await reconciler.CatchUpAsync(House.BusinessDate.AddDays(-DaysBack), cancel);
            await lenders.WriteDaysAsync(cancel);
            await statements.CatchUpAsync(cancel);
            _tried = Time.GetUtcNow();
        }

        return done;
    }

    /// <inheritdoc/>
    protected override void Stuck(Exception failure) => BankLog.Stuck(log, failure);
}
