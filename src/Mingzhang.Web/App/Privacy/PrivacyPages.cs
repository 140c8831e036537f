using System.Globalization;
using Mingzhang.Services.People;
using Mingzhang.Services.Privacy;
using Mingzhang.Services.Tickets;
using Mingzhang.Services.Tickets.Clocks;
using Mingzhang.Services.Wording;
using Mingzhang.Web.Hosting;
using Mingzhang.Web.Identity;
using Mingzhang.Web.Identity.Keys;
using Mingzhang.Web.Identity.Once;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.App.Privacy;

/// <summary>A person's rights over their data; none of it needs an account.</summary>
internal static class PrivacyPages
{
    private const int Most = 200;
    private const int LongestCorrection = 500;

    /// <summary>Maps them.</summary>
    public static void MapPrivacy(this RouteGroupBuilder pages)
    {
        pages.MapGet("/privacy", Home);
        pages.MapGet("/privacy/held", HeldAsync);
        pages.MapGet("/privacy/copy", (HttpContext http) => Bare.Show<CopyPage>(http, []));
        pages.MapPost("/privacy/copy", CopyAsync);
        pages.MapGet("/privacy/looks", (HttpContext http, LookLog looks) => Bare.Show<LooksPage>(
            http, new() { ["Looks"] = looks.Of(BorrowerDesk.CustomerOf(http), Most) }));
        pages.MapGet("/privacy/requests", (HttpContext http, PrivacyDesk desk, TicketDesk tickets) => Requests(http, desk, tickets, null));
        pages.MapPost("/privacy/requests", AskAsync);
        pages.MapPost("/privacy/requests/withdraw", WithdrawAsync);
        pages.MapGet("/privacy/wipe", (HttpContext http) => Bare.Show<WipePage>(http, []));
        pages.MapPost("/privacy/wipe", async (HttpContext http, Doors doors) =>
        {
            await doors.LeaveAsync(http, Realms.App);
            http.Response.Headers["Clear-Site-Data"] = "\"cache\", \"cookies\", \"storage\"";
            return Results.Redirect("/login");
        });
    }

    /// <summary>Maps what a receipt answers, to anybody who has it: a state and a day, and nobody's name.</summary>
    public static void MapReceipts(this WebApplication app) => app.MapGet("/privacy/receipt", (HttpContext http, PrivacyDesk desk) =>
    {
        var number = http.Request.Query["number"].ToString();
        return Door.Page<ReceiptPage>(new() { ["Number"] = number, ["Found"] = number.Length > 0 ? desk.Find(number) : null });
    }).AllowAnonymous().RequireRateLimiting(Access.LoginRate).ExcludeFromDescription();

    private static IResult Home(
        HttpContext http, PersonShelf people, CardShelf cards, DeviceShelf devices, LookLog looks, PrivacyDesk desk)
    {
        var customer = BorrowerDesk.CustomerOf(http);
        return people.Find(customer) is not { } person ? Results.NotFound() : Bare.Show<PrivacyPage>(http, new()
        {
            ["Person"] = person, ["Cards"] = cards.Of(customer).Count, ["Devices"] = devices.Of(customer),
            ["Looks"] = looks.Of(customer, 3), ["Restriction"] = desk.RestrictionOf(customer),
            ["Open"] = desk.Of(customer).Count(one => one.IsOpen),
        });
    }

    private static async Task<IResult> HeldAsync(HttpContext http, HoldingDesk desk, PrivacyDesk privacy, ConsentLedger consents)
    {
        var customer = BorrowerDesk.CustomerOf(http);
        await consents.TakeOverAsync(customer);
        return Bare.Show<HeldPage>(http, new() { ["Held"] = await desk.OfAsync(customer), ["Rules"] = privacy.Rules });
    }

    private static async Task<IResult> CopyAsync(
        HttpContext http, PrivacyDesk desk, PersonCopy copy, ConsentLedger consents, StepUp stepUp, Speech speech)
    {
        var form = await http.Request.ReadFormAsync();
        var customer = BorrowerDesk.CustomerOf(http);
        if (await stepUp.AskAsync(form) is var asked and not StepUpAnswer.Right)
        {
            return Bare.Show<CopyPage>(http, [], new PageNotice(false, Bare.Said(asked, speech)));
        }

        var (_, refusal) = await desk.AskAsync(new AskPrivacy(
            customer, PrivacyKind.Copy, PrivacyRoute.App, "", ActorOf(http), "web:" + form["key"]));
        if (refusal is not null)
        {
            return Bare.Show<CopyPage>(http, [], new PageNotice(false, RefusalText.Of(refusal, speech.IsChinese)));
        }

        await consents.TakeOverAsync(customer);
        var bytes = await copy.WriteAsync(customer, new CopyWords(speech.Language, key => speech[key]));
        return Results.File(bytes, "application/zip", $"mingzhang-{customer}.zip");
    }

    private static IResult Requests(HttpContext http, PrivacyDesk desk, TicketDesk tickets, PageNotice? problem)
    {
        var customer = BorrowerDesk.CustomerOf(http);
        var all = desk.Of(customer);
        return Bare.Show<RequestsPage>(
            http,
            new()
            {
                ["Requests"] = all, ["Clocks"] = Clocks(tickets, all), ["Rules"] = tickets.Rules,
                ["Online"] = desk.MayAskOnline(customer), ["Restriction"] = desk.RestrictionOf(customer),
            },
            problem);
    }

    /// <summary>The clocks of each request that is talked about in a ticket.</summary>
    public static Dictionary<string, IReadOnlyList<ClockReading>> Clocks(TicketDesk tickets, IEnumerable<PrivacyRequest> requests) =>
        requests.Where(one => one.Ticket.Length > 0).Select(one => one.Ticket).Distinct()
            .Select(text => (text, Ticket: TicketNumber.TryParse(text, out var number) ? tickets.Find(number) : null))
            .Where(one => one.Ticket is not null)
            .ToDictionary(one => one.text, one => tickets.Clocks(one.Ticket!), StringComparer.Ordinal);

    private static async Task<IResult> AskAsync(HttpContext http, PrivacyDesk desk, TicketDesk tickets, StepUp stepUp, Speech speech)
    {
        var form = await http.Request.ReadFormAsync();
        IResult Again(string text) => Requests(http, desk, tickets, new PageNotice(false, text));
        if (TicketWords.Read<PrivacyKind>(form["kind"]) is not { } kind || kind == PrivacyKind.Copy
            || form["key"].ToString() is not { Length: >= 8 and <= 100 } key)
        {
            return Again(speech["form.incomplete"]);
        }

        var right = form["right"].ToString().Trim();
        if (kind == PrivacyKind.Correct && right.Length is 0 or > LongestCorrection)
        {
            return Again(speech["privacy.correct-missing"]);
        }

        if (kind is PrivacyKind.Erase or PrivacyKind.Lift && await stepUp.AskAsync(form) is var asked and not StepUpAnswer.Right)
        {
            return Again(Bare.Said(asked, speech));
        }

        var text = kind == PrivacyKind.Correct ? $"{speech.Or("privacy." + form["field"], speech["privacy.other"])}: {right}" : right;
        var (request, refusal) = await desk.AskAsync(new AskPrivacy(
            BorrowerDesk.CustomerOf(http), kind, PrivacyRoute.App, text, ActorOf(http), "web:" + key));
        return refusal is not null ? Again(RefusalText.Of(refusal, speech.IsChinese))
            : Results.Redirect("/app/privacy/requests?done=privacy-" + TicketWords.Of(request!.State));
    }

    private static async Task<IResult> WithdrawAsync(HttpContext http, PrivacyDesk desk, TicketDesk tickets, Speech speech)
    {
        var form = await http.Request.ReadFormAsync();
        var (_, refusal) = await desk.WithdrawAsync(
            BorrowerDesk.CustomerOf(http), Typed.Number(form["number"]) ?? 0, ActorOf(http), "web:" + form["key"]);
        return refusal is null ? Results.Redirect("/app/privacy/requests?done=privacy-withdrawn")
            : Requests(http, desk, tickets, new PageNotice(false, RefusalText.Of(refusal, speech.IsChinese)));
    }

    private static string ActorOf(HttpContext http) =>
        string.Create(CultureInfo.InvariantCulture, $"customer:{BorrowerDesk.CustomerOf(http).Value}");
}
