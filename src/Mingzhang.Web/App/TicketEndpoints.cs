using System.Globalization;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Payments;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Tickets;
using Mingzhang.Services.Tickets.Files;
using Mingzhang.Services.Wording;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Tickets;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.App;

/// <summary>Questions, complaints, objections and requests of a borrower: all of them, a new one, one with its clocks.</summary>
internal static class TicketEndpoints
{
    private const string Home = "/app/help/tickets";
    private const int Choices = 6;

    /// <summary>Maps the pages and forms.</summary>
    public static void MapTickets(this RouteGroupBuilder pages)
    {
        pages.MapGet("/help/tickets", (BorrowerDesk desk, TicketDesk tickets, HttpContext http) => desk.ShowAsync<TicketsPage>(
            http, visit => new() { ["Lines"] = Lines(tickets, CustomerOf(visit)), ["Desk"] = tickets }));
        pages.MapGet("/help/tickets/new", NewAsync);
        pages.MapPost("/help/tickets/new", OpenAsync);
        pages.MapGet("/help/tickets/{number}", async (string number, BorrowerDesk desk, TicketDesk tickets, HttpContext http) =>
            await desk.VisitAsync(http) is { } visit && tickets.Find(number, CustomerOf(visit)) is { } ticket
                ? Show(http, visit, tickets, ticket) : Results.NotFound());
        pages.MapGet("/help/tickets/{number}/files/{file:int}", async (
            string number, int file, BorrowerDesk desk, TicketDesk tickets, TicketFileDesk files, HttpContext http) =>
            await desk.VisitAsync(http) is { } visit && tickets.Find(number, CustomerOf(visit)) is { } ticket
                ? TicketUploads.Give(files, ticket, file, http) : Results.NotFound());
        pages.MapPost("/help/tickets/{number}/{act}", ActAsync);
    }

    private static List<TicketLineView> Lines(TicketDesk tickets, CustomerId customer) =>
        [.. tickets.Of(customer).Select(ticket => new TicketLineView(ticket, TicketDesk.Pressing(tickets.Clocks(ticket))))];

    private static async Task<IResult> NewAsync(BorrowerDesk desk, TicketDesk tickets, TransferDesk transfers, HttpContext http)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var query = http.Request.Query;
        return New(visit, tickets, transfers, new TicketDraft(
            TicketWords.Read<TicketKind>(query["kind"]) ?? TicketKind.Question, query["about"].ToString(), ""));
    }

    private static async Task<IResult> OpenAsync(
        BorrowerDesk desk, TicketDesk tickets, TransferDesk transfers, HttpContext http, Speech speech)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        var draft = new TicketDraft(
            TicketWords.Read<TicketKind>(form["kind"]) ?? TicketKind.Question, form["about"].ToString(), form["text"].ToString());
        var subject = Subjects(visit, transfers).FirstOrDefault(one => one == draft.About) ?? "account";
        if (Key(form) is not { } key)
        {
            return New(visit with { Notice = new PageNotice(false, speech["form.stale"]) }, tickets, transfers, draft, 422);
        }

        var answer = await tickets.OpenAsync(new OpenTicket(
            CustomerOf(visit), visit.Account.State.Id, draft.Kind, subject, TicketChannel.App, draft.Text, Actor(visit)) { Key = key });
        return answer.Refusal is { } refusal
            ? New(visit with { Notice = No(refusal, speech) }, tickets, transfers, draft, 422)
            : Results.Redirect($"{Home}/{answer.Ticket!.Number}?done=ticket-{(answer.Added ? "added" : "opened")}");
    }

    private static async Task<IResult> ActAsync(
        string number, string act, BorrowerDesk desk, TicketDesk tickets, HttpContext http, Speech speech)
    {
        if (await desk.VisitAsync(http) is not { } visit || tickets.Find(number, CustomerOf(visit)) is not { } ticket)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        if (Key(form) is not { } key)
        {
            return Show(http, visit with { Notice = new PageNotice(false, speech["form.stale"]) }, tickets, ticket, 422);
        }

        var (by, text) = (Actor(visit), form["text"].ToString());
        if (act == "file")
        {
            var files = http.RequestServices.GetRequiredService<TicketFileDesk>();
            return await TicketUploads.TakeAsync(files, ticket, by, form, key) is { } no
                ? Show(http, visit with { Notice = No(no, speech) }, tickets, ticket, 422)
                : Results.Redirect($"{Home}/{ticket.Number}?done=ticket-file");
        }

        var done = act switch
        {
            "say" => tickets.SayAsync(ticket.Number, by, text, key),
            "reopen" => tickets.ReopenAsync(ticket.Number, by, text, key),
            "escalate" => tickets.EscalateAsync(ticket.Number, by, text, key),
            "close" => tickets.CloseAsync(ticket.Number, by, key),
            "rate" => tickets.RateAsync(ticket.Number, by, Typed.Number(form["stars"]) ?? 0, key),
            _ => null,
        };
        return done is null ? Results.NotFound()
            : (await done).Refusal is { } refusal ? Show(http, visit with { Notice = No(refusal, speech) }, tickets, ticket, 422)
            : Results.Redirect($"{Home}/{ticket.Number}?done=ticket-{act}");
    }

    private static IResult New(BorrowerVisit visit, TicketDesk tickets, TransferDesk transfers, TicketDraft draft, int status = 200) =>
        BorrowerDesk.Show<TicketNewPage>(
            visit, new() { ["Draft"] = draft, ["Rules"] = tickets.Rules, ["Subjects"] = Subjects(visit, transfers) }, status);

    private static IResult Show(
        HttpContext http, BorrowerVisit visit, TicketDesk tickets, Ticket ticket, int status = 200) => BorrowerDesk.Show<TicketPage>(
        visit, new()
        {
            ["Ticket"] = ticket, ["Rules"] = tickets.Rules, ["Clocks"] = tickets.Clocks(ticket),
            ["Steps"] = tickets.Steps(ticket).Where(step => step.ForCustomer).ToList(),
            ["Files"] = http.RequestServices.GetRequiredService<TicketFileDesk>().Of(ticket),
        },
        status);

    /// <summary>What a ticket may be about: the account, its latest bills, loans, payments.</summary>
    private static List<string> Subjects(BorrowerVisit visit, TransferDesk transfers) =>
    [
        "account",
        .. StatementShelf.Of(visit.Account).Take(Choices).Select(one => RoutingFacts.Statement + Speech.Iso(one.Latest.IssuedOn)),
        .. visit.Account.State.Loans.Take(Choices).Select(loan => "loan:" + loan.Id),
        .. transfers.Of(visit.Account.State.Id, Choices).Select(transfer => "transfer:" + transfer.Id),
        "use", "limit", "bureau-record", "person",
    ];

    private static CustomerId CustomerOf(BorrowerVisit visit) => new(visit.Person.CustomerId);

    private static string Actor(BorrowerVisit visit) =>
        string.Create(CultureInfo.InvariantCulture, $"customer:{visit.Person.CustomerId}");

    private static string? Key(IFormCollection form) => form["key"].ToString() is { Length: >= 8 and <= 100 } key ? "web:" + key : null;

    private static PageNotice No(Domain.Accounts.Refusal refusal, Speech speech) => new(false, RefusalText.Of(refusal, speech.IsChinese));
}

/// <summary>A ticket in a list, with the clock that presses most.</summary>
public sealed record TicketLineView(Ticket Ticket, Services.Tickets.Clocks.ClockReading? Pressing);

/// <summary>What was typed for a new ticket.</summary>
public sealed record TicketDraft(TicketKind Kind, string About, string Text);
