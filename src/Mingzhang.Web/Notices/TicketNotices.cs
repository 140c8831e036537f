using System.Globalization;
using Mingzhang.Services.Notifications;
using Mingzhang.Services.Tickets;
using Mingzhang.Web.Identity;

namespace Mingzhang.Web.Notices;

/// <summary>Tells people of answers to their tickets, from where it stopped; telling one twice is telling it once.</summary>
internal sealed class TicketNotices(TicketFeed feed, NoticeDesk notices, PeopleStore settings)
{
    private const string Cursor = "notices.tickets";
    private const int Page = 200;

    /// <summary>Steps a customer waits for.</summary>
    private static readonly HashSet<string> Told = ["answered", "reply", "asked-customer", "asked-house"];

    /// <summary>Goes on; how many steps were looked at.</summary>
    public async Task<int> WorkAsync()
    {
        var steps = feed.Read(settings.Setting(Cursor) ?? "", Page);
        foreach (var step in steps.Where(step => Told.Contains(step.What)))
        {
            await notices.TellAsync(
                step.Customer, step.Account, "ticket-answer",
                string.Create(CultureInfo.InvariantCulture, $"{step.Ticket}-{step.Step}"),
                new Dictionary<string, string> { ["ticket"] = step.Ticket.ToString() });
        }

        if (steps.Count > 0)
        {
            await settings.SetAsync(Cursor, steps[^1].Cursor);
        }

        return steps.Count;
    }
}
