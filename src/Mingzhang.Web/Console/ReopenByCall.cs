using Mingzhang.Services.Opening;
using Mingzhang.Services.Tickets;
using Mingzhang.Web.App.Opening;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.Console;

/// <summary>
/// A closed line applied for again by a caller whose identity was checked (R064): the consents are read out and said yes to, and the same
/// assessor decides as in the app. The ticket keeps what came of it.
/// </summary>
internal static class ReopenByCall
{
    /// <summary>Its name among what an agent can do.</summary>
    public const string Act = "reopen";

    /// <summary>Applies; what to say when it was not granted.</summary>
    public static async Task<PageNotice?> ApplyAsync(Caller caller, TicketDesk tickets, HttpContext http, Speech speech)
    {
        var form = await http.Request.ReadFormAsync();
        var account = caller.Accounts.FirstOrDefault(one => one.State.Id.ToString() == form["account"]);
        var ticket = tickets.Find(form["ticket"], caller.Customer);
        if (account is null || ticket is null || CallPages.Key(form) is not { } key || form["consents"] != "on")
        {
            return new PageNotice(false, speech[form["consents"] == "on" ? "call.incomplete" : "reopen.tick"]);
        }

        var lines = http.RequestServices.GetRequiredService<LineDesk>();
        var (terms, _) = await lines.ReopeningAsync(account);
        var channel = ticket.Channel == TicketChannel.Letter ? "letter" : "phone";
        var (_, refusal) = await lines.ReopenAsync(
            account, [.. terms.RequiredConsents], channel, key, StaffDesk.ActorOf(http), http.RequestAborted);
        await tickets.NoteAsync(
            ticket.Number, StaffDesk.ActorOf(http), "acted",
            $"{Act} {account.State.Id}{(refusal is null ? "" : " " + refusal.Code.Name)}", "", key + ":act");
        return refusal is null ? null : new PageNotice(false, LinePages.Said(refusal, speech));
    }
}
