using Mingzhang.Services.Tickets;
using Mingzhang.Web.Api.Fields;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>How a ticket comes in over the API.</summary>
internal enum TicketWay
{
    /// <summary>The customer, in an app.</summary>
    App,

    /// <summary>A call.</summary>
    Phone,

    /// <summary>A letter.</summary>
    Letter,
}

/// <summary>Tickets: questions, complaints, objections and requests, each with its clocks.</summary>
internal static class TicketsApi
{
    private const string List = "/v1/accounts/{accountId}/tickets";
    private const string One = List + "/{number}";
    private const string Example = """{"kind":"question","subject":"statement:2026-07-01","text":"Why is there interest on my bill?"}""";
    private const string Said = """{"text":"Any news?"}""";

    public static void Map(ApiRoutes api)
    {
        api.Manage<(TicketKind Kind, string? Subject, TicketWay? Way, string Text), TicketSheet>(
            Spec(List, "open-ticket",
                "Open a ticket; its clocks start. While one of the same kind about the same is open, the text is added to it.") with
            {
                Success = 201, Example = Example,
            },
            f => (f.Choice<TicketKind>("kind", "What it is; decides clocks and queue."),
                f.OptionalId("subject", "What it is about: account (default), statement:DATE, loan:ID, transfer:ID, or a word of yours."),
                f.OptionalChoice<TicketWay>("channel", "How it came in; default app."), Text(f)),
            OpenAsync);
        api.Account<PageQuery, Page<TicketLine>>(
            "/tickets", "list-tickets", "The customer's tickets, latest first.", q => PageQuery.Read(q, "tickets"), ListOf);
        api.Account<object?, TicketSheet>(
            "/tickets/{number}", "get-ticket", "One ticket with its clocks and what happened to it.", _ => null,
            (account, _) => Find(account.Call, account.Id.Customer) is { } ticket
                ? TicketSheet.Of(Desk(account.Call), ticket, IsStaff(account.Call)) : Missing(account.Call));
        Write(api, "/messages", "say-in-ticket",
            "Say more. One that was answered or closed is opened again; one that is overdue is escalated, not opened twice.", Text,
            (desk, number, by, text, key) => desk.SayAsync(number, by, text, key));
        Write(api, "/escalation", "escalate-ticket", "Escalate a ticket whose clock ran out.", Text,
            (desk, number, by, text, key) => desk.EscalateAsync(number, by, text, key));
        Write(api, "/closing", "close-ticket", "Close a ticket; one that was not answered is taken back.", _ => "",
            (desk, number, by, _, key) => desk.CloseAsync(number, by, key), null);
        api.Manage<long, TicketSheet>(
            Spec(One + "/rating", "rate-ticket", "Rate the answer.") with { Example = """{"stars":5}""" },
            f => f.Whole("stars", "1 to 5.", 1, 5),
            (call, stars) => ChangeAsync(call, (desk, number, by, key) => desk.RateAsync(number, by, (int)stars, key)));
    }

    private static void Write(
        ApiRoutes api, string below, string name, string summary, Func<FieldReader, string> read,
        Func<TicketDesk, TicketNumber, string, string, string, Task<TicketAnswer>> act, string? example = Said) =>
        api.Manage<string, TicketSheet>(
            Spec(One + below, name, summary) with { Example = example }, example is null ? null : read,
            (call, text) => ChangeAsync(call, (desk, number, by, key) => act(desk, number, by, text ?? "", key)));

    private static RouteSpec Spec(string pattern, string name, string summary) =>
        new("POST", pattern, name, ApiScopes.AccountsWrite, summary);

    private static string Text(FieldReader f) => f.Text("text", "What the customer says.", TicketDesk.LongestText);

    private static async Task<ApiResult<TicketSheet>> OpenAsync(
        ApiCall call, (TicketKind Kind, string? Subject, TicketWay? Way, string Text) asked)
    {
        if (await call.FindAsync(call.Path("accountId")) is not { } state)
        {
            return Problems.NoAccount;
        }

        var way = asked.Way switch
        {
            TicketWay.Phone => TicketChannel.Phone, TicketWay.Letter => TicketChannel.Letter, _ => TicketChannel.App,
        };
        var answer = await Desk(call).OpenAsync(new OpenTicket(
            state.Id.Customer, state.Id, asked.Kind, asked.Subject ?? "account", way, asked.Text, call.Caller.Actor) { Key = Key(call) });
        return Answer(call, answer);
    }

    private static ApiResult<Page<TicketLine>> ListOf(AccountCall account, PageQuery page)
    {
        var rows = Desk(account.Call).Of(account.Id.Customer, page.After, page.Limit + 1);
        var shown = rows.Take(page.Limit).ToList();
        return new Page<TicketLine>(
            [.. shown.Select(TicketLine.Of)], rows.Count > shown.Count ? Cursor.Of("tickets", shown[^1].Number.Sequence) : null);
    }

    private static async Task<ApiResult<TicketSheet>> ChangeAsync(
        ApiCall call, Func<TicketDesk, TicketNumber, string, string, Task<TicketAnswer>> act) =>
        await call.FindAsync(call.Path("accountId")) is not { } state ? Problems.NoAccount
        : Find(call, state.Id.Customer) is not { } ticket ? Missing(call)
        : Answer(call, await act(Desk(call), ticket.Number, call.Caller.Actor, Key(call)));

    private static ApiResult<TicketSheet> Answer(ApiCall call, TicketAnswer answer) => answer.Refusal is { } refusal
        ? Problems.Of(refusal) : TicketSheet.Of(Desk(call), answer.Ticket!, IsStaff(call), answer.Added);

    private static Ticket? Find(ApiCall call, Domain.Values.CustomerId customer) => Desk(call).Find(call.Path("number"), customer);

    private static ApiAnswer Missing(ApiCall call)
    {
        var asked = call.Path("number");
        return Problems.Of(new Domain.Tickets.TicketUnknown(asked.Length > 32 ? asked[..32] : asked));
    }

    private static bool IsStaff(ApiCall call) => call.Caller.May(ApiScopes.StaffWrite);

    // The key of the request also names it in the ticket: an answer that was lost before it was kept does not say it twice.
    private static string Key(ApiCall call) => $"api:{call.Caller.KeyId}:{call.Http.Request.Headers["Idempotency-Key"]}";

    private static TicketDesk Desk(ApiCall call) => call.Http.RequestServices.GetRequiredService<TicketDesk>();
}
