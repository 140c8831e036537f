using Mingzhang.Engine;
using Mingzhang.Services.Notifications;

namespace Mingzhang.Web.Notices;

/// <summary>
/// Looks at due days, makes messages and sends them while the host runs; what is left when it stops is done after the next start.
/// </summary>
internal sealed class NoticePump(
    CreditHouse house, ReminderDesk reminders, MessageDesk messages, TicketNotices tickets, SecurityNotices security, TimeProvider time,
    ILogger<NoticePump> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _ = security; // it listens from here on
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var done = house.Leads
                    ? await reminders.WorkAsync() + await tickets.WorkAsync() + await messages.SpreadAsync()
                        + await messages.GoOnAsync(stoppingToken)
                    : 0;
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
                NoticeLog.Stuck(log, failure);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}

/// <summary>What the pump says.</summary>
internal static partial class NoticeLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Notices could not be worked off; they wait where they are.")]
    public static partial void Stuck(ILogger log, Exception failure);
}
