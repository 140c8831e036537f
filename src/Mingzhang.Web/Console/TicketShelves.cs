using Mingzhang.Services.Tickets;
using Mingzhang.Services.Tickets.Board;
using Mingzhang.Services.Tickets.Playbooks;
using Mingzhang.Web.Identity.Roles;

namespace Mingzhang.Web.Console;

/// <summary>The board of deadlines, and the playbooks with who has read them.</summary>
internal static class TicketShelves
{
    /// <summary>Maps the pages and the form.</summary>
    public static void MapTicketShelves(this RouteGroupBuilder pages)
    {
        pages.MapGet("/tickets/board", (StaffDesk desk, TicketBoard board, TicketDesk tickets, HttpContext http) =>
            desk.Show<BoardPage>(http, new() { ["Sheet"] = board.Read(), ["Rules"] = tickets.Rules })).Needs(Can.SeeAccounts);
        pages.MapGet("/tickets/playbooks", (StaffDesk desk, PlaybookDesk playbooks, TicketDesk tickets, HttpContext http) =>
            desk.Show<PlaybooksPage>(http, new()
            {
                ["Book"] = playbooks.Book, ["Rules"] = tickets.Rules, ["Readings"] = playbooks.Readers(), ["Me"] = StaffDesk.ActorOf(http),
            })).Needs(Can.SeeAccounts);
        pages.MapPost("/tickets/playbooks/{code}/read", async (string code, PlaybookDesk playbooks, HttpContext http) =>
            await playbooks.ReadAsync(StaffDesk.ActorOf(http), code)
                ? Results.Redirect("/console/tickets/playbooks?done=saved#" + code) : Results.NotFound()).Needs(Can.SeeAccounts);
    }
}
