using Mingzhang.Engine;
using Mingzhang.Services.Certificates;
using Mingzhang.Services.Notifications;
using Mingzhang.Web.Hosting;

namespace Mingzhang.Web.Notices;

/// <summary>
/// Looks at due days, makes messages and sends them while the host runs; what is left when it stops is done after the next start.
/// </summary>
internal sealed class NoticePump(
    CreditHouse house, ReminderDesk reminders, MessageDesk messages, TicketNotices tickets, SecurityNotices security,
    CertificateDesk certificates, TimeProvider time, ILogger<NoticePump> log) : Pump(house, time)
{
    /// <inheritdoc/>
    protected override async Task<int> WorkAsync(CancellationToken cancel)
    {
        _ = security; // it listens from here on
        return await reminders.WorkAsync() + await tickets.WorkAsync() + await certificates.LookAgainAsync()
            + await messages.SpreadAsync() + await messages.GoOnAsync(cancel);
    }

    /// <inheritdoc/>
    protected override void Stuck(Exception failure) => NoticeLog.Stuck(log, failure);
}

/// <summary>What the pump says.</summary>
internal static partial class NoticeLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Notices could not be worked off; they wait where they are.")]
    public static partial void Stuck(ILogger log, Exception failure);
}
