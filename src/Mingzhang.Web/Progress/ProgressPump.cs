using Mingzhang.Engine;
using Mingzhang.Services.Progress.Budgets;
using Mingzhang.Services.Progress.Spend;
using Mingzhang.Services.Progress.State;
using Mingzhang.Web.Hosting;

namespace Mingzhang.Web.Progress;

/// <summary>Works in what the journal changed about spending. On the node that leads.</summary>
internal sealed class ProgressPump(
    CreditHouse house, SpendDesk spend, ProgressDesk progress, BudgetDesk budgets, BookReminders book, TimeProvider time,
    ILogger<ProgressPump> log) : Pump(house, time)
{
    /// <inheritdoc/>
    protected override async Task<int> WorkAsync(CancellationToken cancel) =>
        await spend.GoOnAsync(cancel) + await progress.GoOnAsync(cancel) + await budgets.GoOnAsync(cancel) + await book.GoOnAsync(cancel);

    /// <inheritdoc/>
    protected override void Stuck(Exception failure) => ProgressLog.Stuck(log, failure);
}

/// <summary>What is logged of progress management.</summary>
internal static partial class ProgressLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Spending could not be brought up to date; it is tried again.")]
    public static partial void Stuck(ILogger log, Exception cause);
}
