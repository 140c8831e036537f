using Mingzhang.Domain.Tickets;
using Mingzhang.Services.Tickets;
using Mingzhang.Services.Tickets.Files;
using Mingzhang.Services.Tickets.Identity;
using Mingzhang.Services.Tickets.Playbooks;
using Mingzhang.Web.App;
using Mingzhang.Web.Identity.Roles;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Tickets;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.Console;

/// <summary>Tickets in the console: the list, one with its clocks, my work, and what staff do, each under their own name.</summary>
internal static class TicketPages
{
    private const string Home = "/console/tickets";
    private const int PageSize = 50;

    /// <summary>Maps the pages and forms.</summary>
    public static void MapTickets(this RouteGroupBuilder pages)
    {
        pages.MapGet("/tickets", List).Needs(Can.SeeAccounts);
        pages.MapGet("/tickets/mine", (StaffDesk desk, TicketDesk tickets, HttpContext http) => Show(
            desk, tickets, http, new TicketQuery { Owner = StaffDesk.ActorOf(http), OpenOnly = true, Limit = PageSize + 1 }, mine: true))
            .Needs(Can.SeeAccounts);
        pages.MapGet("/tickets/{number}", (string number, StaffDesk desk, TicketDesk tickets, HttpContext http) =>
            Find(tickets, number) is { } ticket ? Show(desk, tickets, http, ticket) : Results.NotFound()).Needs(Can.SeeAccounts);
        pages.MapGet("/tickets/{number}/files/{file:int}", (
            string number, int file, TicketDesk tickets, TicketFileDesk files, HttpContext http) =>
            Find(tickets, number) is { } ticket ? TicketUploads.Give(files, ticket, file, http) : Results.NotFound())
            .Needs(Can.SeeAccounts);
        pages.MapPost("/tickets/{number}/{act}", ActAsync).Needs(Can.Serve);
    }

    private static IResult List(StaffDesk desk, TicketDesk tickets, HttpContext http)
    {
        var query = http.Request.Query;
        if (TicketNumber.TryParse(query["number"], out var number) && tickets.Find(number) is { } known)
        {
            return Results.Redirect($"{Home}/{known.Number}");
        }

        var asked = new TicketQuery
        {
            Queue = query["queue"].ToString(), Kind = TicketWords.Read<TicketKind>(query["kind"]),
            State = TicketWords.Read<TicketState>(query["state"]), OpenOnly = query["all"] != "1",
            Owner = query["owner"] == "none" ? "-" : "", After = TicketCursor.Read(query["after"]), Limit = PageSize + 1,
        };
        var notice = query["number"].ToString().Length > 0 ? "tickets.number-wrong" : null;
        return Show(desk, tickets, http, asked, mine: false, notice);
    }

    private static IResult Show(
        StaffDesk desk, TicketDesk tickets, HttpContext http, TicketQuery asked, bool mine, string? problem = null)
    {
        var rows = tickets.List(asked);
        var shown = rows.Take(PageSize).ToList();
        var speech = http.RequestServices.GetRequiredService<Speech>();
        return desk.Show<TicketListPage>(
            http, new()
            {
                ["Query"] = asked, ["Mine"] = mine, ["Rules"] = tickets.Rules,
                ["Lines"] = shown.Select(ticket => new TicketLineView(ticket, TicketDesk.Pressing(tickets.Clocks(ticket)))).ToList(),
                ["Next"] = rows.Count > shown.Count ? TicketCursor.Of(shown[^1]).ToString() : null,
            },
            problem is null ? null : new PageNotice(false, speech[problem]));
    }

    private static IResult Show(StaffDesk desk, TicketDesk tickets, HttpContext http, Ticket ticket, PageNotice? notice = null) =>
        desk.Show<TicketDeskPage>(
            http, new()
            {
                ["Ticket"] = ticket, ["Rules"] = tickets.Rules, ["Clocks"] = tickets.Clocks(ticket), ["Steps"] = tickets.Steps(ticket),
                ["Me"] = StaffDesk.ActorOf(http), ["Book"] = http.RequestServices.GetRequiredService<PlaybookBook>(),
                ["Files"] = http.RequestServices.GetRequiredService<TicketFileDesk>().Of(ticket),
            },
            notice);

    private static async Task<IResult> ActAsync(
        string number, string act, StaffDesk desk, TicketDesk tickets, IdentityDesk identity, HttpContext http, Speech speech)
    {
        if (Find(tickets, number) is not { } ticket)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        if (form["key"].ToString() is not { Length: >= 8 and <= 100 } key)
        {
            return Show(desk, tickets, http, ticket, new PageNotice(false, speech["form.stale"]));
        }

        // Somebody who calls again is asked who they are before anything of theirs is shown or written.
        if (act == "contact" && !identity.MaySee(ticket.Customer, StaffDesk.ActorOf(http)))
        {
            return Show(desk, tickets, http, ticket, desk.Refused(new IdentityNotProven()));
        }

        return await DoAsync(http, ticket, act, form, StaffDesk.ActorOf(http), "console:" + key) is not { } answer ? Results.NotFound()
            : answer.Refusal is { } refusal ? Show(desk, tickets, http, ticket, desk.Refused(refusal))
            : Results.Redirect($"{Home}/{ticket.Number}?done=saved");
    }

    private static async Task<TicketAnswer?> DoAsync(
        HttpContext http, Ticket ticket, string act, IFormCollection form, string staff, string key)
    {
        var (number, text) = (ticket.Number, form["text"].ToString());
        var (tickets, playbooks, files) = (
            http.RequestServices.GetRequiredService<TicketDesk>(), http.RequestServices.GetRequiredService<PlaybookDesk>(),
            http.RequestServices.GetRequiredService<TicketFileDesk>());
        return act switch
        {
            "speak" when TicketWords.Read<StaffWord>(form["word"]) is { } word => await tickets.SpeakAsync(number, staff, word, text, key),
            "take" => await tickets.TakeAsync(number, staff, key),
            "move" => await tickets.MoveAsync(number, staff, form["queue"].ToString(), text, key),
            "extend" => await tickets.ExtendAsync(number, Typed.Number(form["clock"]) ?? 0, staff, text, key),
            "contact" => await tickets.SayAsync(number, staff, text, key),
            "close" => await tickets.CloseAsync(number, staff, key),
            "step" => await playbooks.CheckAsync(ticket, staff, form["step"].ToString(), key),
            "playbook" => await playbooks.ChooseAsync(number, staff, form["playbook"].ToString(), key),
            "file" => new TicketAnswer(ticket, await TicketUploads.TakeAsync(files, ticket, staff, form, key)),
            // The rest: nothing that staff do.
            _ => null,
        };
    }

    private static Ticket? Find(TicketDesk tickets, string number) =>
        TicketNumber.TryParse(number, out var known) ? tickets.Find(known) : null;
}
