using System.Globalization;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Closing;
using Mingzhang.Domain.Tickets;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Leaving;
using Mingzhang.Services.People;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Tickets;
using Mingzhang.Services.Tickets.Identity;
using Mingzhang.Web.App;
using Mingzhang.Web.Identity.Roles;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.Console;

/// <summary>
/// A call or a letter: first who it is, then what an agent may see and do. What an agent does is what the customer could do alone, by the
/// same commands; the journal and the ticket say which agent it was.
/// </summary>
internal static class CallPages
{
    private const string Home = "/console/tickets/call";

    private static readonly Dictionary<string, Func<AccountView, IFormCollection, AccountCommand?>> Acts = new(StringComparer.Ordinal)
    {
        ["pause"] = (account, _) => BorrowerActs.Pause(account),
        ["resume"] = (account, _) => BorrowerActs.Resume(account),
        ["lower"] = (account, form) => Typed.Fen(form["amount"]) is { } fen ? BorrowerActs.Lower(account, fen) : null,
        ["auto-off"] = (account, _) => BorrowerActs.Auto(account, on: false),
        ["close"] = (account, form) => BorrowerActs.Close(account, form["mode"] == "now" ? ClosingMode.Now : ClosingMode.RunOff),
        ["confirm"] = (account, form) => BorrowerActs.Confirm(account, form["video"] == "on"),
        ["keep"] = (account, _) => BorrowerActs.Keep(account),
    };

    /// <summary>Maps the pages and forms.</summary>
    public static void MapCalls(this RouteGroupBuilder pages)
    {
        pages.MapGet("/tickets/call", (StaffDesk desk, HttpContext http) => desk.Show<CallPage>(http, [])).Needs(Can.CheckIdentity);
        pages.MapPost("/tickets/call", CheckAsync).Needs(Can.CheckIdentity);
        pages.MapGet("/tickets/call/{customer:long}", PersonAsync).Needs(Can.CheckIdentity);
        pages.MapPost("/tickets/call/{customer:long}/open", OpenAsync).Needs(Can.CheckIdentity);
        pages.MapPost("/tickets/call/{customer:long}/do/{act}", DoAsync).Needs(Can.CheckIdentity);
    }

    private static async Task<IResult> CheckAsync(StaffDesk desk, IdentityDesk identity, HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        var (customer, refusal) = await identity.CheckAsync(StaffDesk.ActorOf(http), form["phone"].ToString(), form["four"].ToString());
        return customer is { } known
            ? Results.Redirect($"{Home}/{known}?done=identity")
            : desk.Show<CallPage>(http, [], desk.Refused(refusal!));
    }

    private static async Task<IResult> PersonAsync(long customer, LookLog looks, HttpContext http)
    {
        if (await CallerAsync(customer, http) is not { } caller)
        {
            return Results.Redirect(Home);
        }

        await looks.AddAsync(caller.Customer, StaffDesk.ActorOf(http), "console.call");
        return Show(caller, http, null);
    }

    private static async Task<IResult> OpenAsync(long customer, TicketDesk tickets, StaffDesk desk, HttpContext http, Speech speech)
    {
        if (await CallerAsync(customer, http) is not { } caller)
        {
            return Results.Redirect(Home);
        }

        var form = await http.Request.ReadFormAsync();
        if (Key(form) is not { } key || TicketWords.Read<TicketKind>(form["kind"]) is not { } kind)
        {
            return Show(caller, http, new PageNotice(false, speech["form.stale"]));
        }

        var about = form["about"].ToString() is { Length: > 0 and <= 64 } given && !given.Any(char.IsControl) ? given : "account";
        var channel = form["channel"] == "letter" ? TicketChannel.Letter : TicketChannel.Phone;
        var answer = await tickets.OpenAsync(new OpenTicket(
            caller.Customer, caller.Accounts.Count > 0 ? caller.Accounts[0].State.Id : null, kind, about, channel, form["text"].ToString(),
            StaffDesk.ActorOf(http)) { Key = key });
        if (answer.Refusal is { } refusal)
        {
            return Show(caller, http, desk.Refused(refusal));
        }

        await tickets.NoteAsync(answer.Ticket!.Number, StaffDesk.ActorOf(http), "identity", "phone+last-four", "", key + ":id");
        return Results.Redirect($"/console/tickets/{answer.Ticket!.Number}?done=saved");
    }

    private static async Task<IResult> DoAsync(
        long customer, string act, TicketDesk tickets, StaffDesk desk, HttpContext http, Speech speech)
    {
        if (act == ProgressByCall.Act)
        {
            return await CallerAsync(customer, http) is { } asked ? await ProgressAsync(asked, tickets, desk, http, speech)
                : Results.Redirect(Home);
        }

        if (act == ReopenByCall.Act)
        {
            return await CallerAsync(customer, http) is { } asked ? await ReopenByCall.ApplyAsync(asked, tickets, http, speech)
                is { } no ? Show(asked, http, no) : Results.Redirect($"{Home}/{asked.Customer}?done=line-reopened")
                : Results.Redirect(Home);
        }

        if (!Acts.TryGetValue(act, out var make))
        {
            return Results.NotFound();
        }

        if (await CallerAsync(customer, http) is not { } caller)
        {
            return Results.Redirect(Home);
        }

        var form = await http.Request.ReadFormAsync();
        var account = caller.Accounts.FirstOrDefault(one => one.State.Id.ToString() == form["account"]);
        var ticket = tickets.Find(form["ticket"], caller.Customer);
        if (account is null || ticket is null || Key(form) is not { } key || make(account, form) is not { } command)
        {
            return Show(caller, http, new PageNotice(false, speech["call.incomplete"]));
        }

        var problem = LeaveDesk.Knows(command)
            ? await LeaveAsync(http, account, command, key, ticket.Channel, speech) is { } refusal ? desk.Refused(refusal) : null
            : await desk.SubmitAsync(http, account.State.Id, form, command);
        if (problem is not null)
        {
            return Show(caller, http, problem);
        }

        await tickets.NoteAsync(
            ticket.Number, StaffDesk.ActorOf(http), "acted", $"{command.GetType().Name} {account.State.Id}", "", key + ":act");
        return Results.Redirect($"{Home}/{caller.Customer}?done=saved");
    }

    /// <summary>Leaving by phone or letter takes the same way as in the app (R093).</summary>
    private static async Task<Refusal?> LeaveAsync(
        HttpContext http, AccountView account, AccountCommand command, string key, TicketChannel channel, Speech speech)
    {
        var leave = http.RequestServices.GetRequiredService<LeaveDesk>();
        var mode = command is RequestClosing request ? request.Mode : ClosingMode.RunOff;
        var way = channel == TicketChannel.Letter ? "letter" : "phone";
        var ask = new LeaveAsk(mode, "other", way, StaffDesk.ActorOf(http), key, speech.Language, "", LeaveDevice.None)
        {
            Means = command is ConfirmClosing ? "identity" : "",
        };
        return (await leave.TakeAsync(account, ask, command)).Refusal;
    }

    private static async Task<IResult> ProgressAsync(Caller caller, TicketDesk tickets, StaffDesk desk, HttpContext http, Speech speech)
    {
        var form = await http.Request.ReadFormAsync();
        var account = caller.Accounts.FirstOrDefault(one => one.State.Id.ToString() == form["account"]);
        var ticket = tickets.Find(form["ticket"], caller.Customer);
        if (account is null || ticket is null || Key(form) is not { } key)
        {
            return Show(caller, http, new PageNotice(false, speech["call.incomplete"]));
        }

        return await ProgressByCall.CloseAsync(account, ticket, key, http) is { } refusal ? Show(caller, http, desk.Refused(refusal))
            : Results.Redirect($"{Home}/{caller.Customer}?done=saved");
    }

    private static async Task<Caller?> CallerAsync(long customer, HttpContext http)
    {
        var services = http.RequestServices;
        if (customer is <= 0 or > CustomerId.Largest)
        {
            return null;
        }

        var id = new CustomerId(customer);
        var staff = StaffDesk.ActorOf(http);
        if (!services.GetRequiredService<IdentityDesk>().MaySee(id, staff)
            || services.GetRequiredService<PersonShelf>().Find(id) is not { } person)
        {
            return null;
        }

        var (house, reader) = (services.GetRequiredService<CreditHouse>(), services.GetRequiredService<AccountReader>());
        var accounts = new List<AccountView>();
        foreach (var slot in house.Terms.All.Select(terms => terms.Slot).Distinct())
        {
            if (await reader.FindAsync(AccountId.Of(id, slot)) is { } account)
            {
                accounts.Add(account);
            }
        }

        return new Caller(id, person, accounts);
    }

    private static IResult Show(Caller caller, HttpContext http, PageNotice? notice)
    {
        var services = http.RequestServices;
        var tickets = services.GetRequiredService<TicketDesk>();
        return services.GetRequiredService<StaffDesk>().Show<CallerPage>(
            http, new()
            {
                ["Caller"] = caller, ["Rules"] = tickets.Rules,
                ["Lines"] = tickets.Of(caller.Customer)
                    .Select(one => new TicketLineView(one, TicketDesk.Pressing(tickets.Clocks(one)))).ToList(),
                ["Attempts"] = services.GetRequiredService<IdentityDesk>().Of(caller.Customer),
            },
            notice);
    }

    /// <summary>The key of a form of the caller's page; null when it is none.</summary>
    internal static string? Key(IFormCollection form) => form["key"].ToString() is { Length: >= 8 and <= 90 } key ? "console:" + key : null;
}

/// <summary>A caller whose identity was checked.</summary>
public sealed record Caller(CustomerId Customer, Person Person, IReadOnlyList<AccountView> Accounts);
