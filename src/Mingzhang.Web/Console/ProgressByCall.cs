using Mingzhang.Domain.Accounts;
using Mingzhang.Services.Progress.State;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Tickets;

namespace Mingzhang.Web.Console;

/// <summary>
/// Progress management closed by an agent for a caller whose identity was checked (R012 to R014). Under the agreements since 2023 an
/// unsettled instalment leaves an agent two things: guiding to repayment, or handing the ticket to the special team.
/// </summary>
internal static class ProgressByCall
{
    /// <summary>Its name among what an agent can do.</summary>
    public const string Act = "progress-close";

    /// <summary>Closes it and says so in the ticket; what was refused stands there, too.</summary>
    public static async Task<Refusal?> CloseAsync(AccountView account, Ticket ticket, string key, HttpContext http)
    {
        var services = http.RequestServices;
        var staff = StaffDesk.ActorOf(http);
        var refusal = await services.GetRequiredService<ProgressDesk>().CloseByAgentAsync(account.State, staff);
        await services.GetRequiredService<TicketDesk>().NoteAsync(
            ticket.Number, staff, "acted", $"{Act} {account.State.Id}{(refusal is null ? "" : " " + refusal.Code.Name)}", "", key + ":act");
        return refusal;
    }
}
