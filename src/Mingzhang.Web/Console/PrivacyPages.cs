using System.Globalization;
using Mingzhang.Domain.Values;
using Mingzhang.Services.People;
using Mingzhang.Services.Privacy;
using Mingzhang.Services.Tickets;
using Mingzhang.Web.App;
using Mingzhang.Web.Identity.Roles;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.Console;

/// <summary>Privacy requests for staff: what waits with its clocks, writing down those that came in writing, and deciding.</summary>
internal static class PrivacyPages
{
    private const int Most = 100;
    private const string Home = "/console/privacy";

    /// <summary>Maps them.</summary>
    public static void MapPrivacy(this RouteGroupBuilder pages)
    {
        pages.MapGet("/privacy", (StaffDesk desk, PrivacyDesk privacy, TicketDesk tickets, HttpContext http) =>
            Show(desk, privacy, tickets, http, null)).Needs(Can.SeeAccounts);
        pages.MapPost("/privacy/record", RecordAsync).Needs(Can.Serve);
        pages.MapPost("/privacy/decide", DecideAsync).Needs(Can.Serve);
    }

    private static IResult Show(StaffDesk desk, PrivacyDesk privacy, TicketDesk tickets, HttpContext http, PageNotice? notice)
    {
        IReadOnlyList<PrivacyRequest> open = [.. privacy.All(PrivacyState.Open, Most), .. privacy.All(PrivacyState.Held, Most)];
        return desk.Show<PrivacyBoardPage>(
            http,
            new() { ["Open"] = open, ["Clocks"] = App.Privacy.PrivacyPages.Clocks(tickets, open), ["Rules"] = tickets.Rules },
            notice);
    }

    // A letter or a call: who asks was checked by whoever writes it down, and each is looked at under their name.
    private static async Task<IResult> RecordAsync(
        StaffDesk desk, PrivacyDesk privacy, TicketDesk tickets, PersonShelf people, LookLog looks, Speech speech, HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        IResult Again(PageNotice notice) => Show(desk, privacy, tickets, http, notice);
        if (!CustomerId.TryParse(form["customer"].ToString().Trim(), out var customer) || people.Find(customer) is null)
        {
            return Again(new PageNotice(false, speech["board.privacy-nobody"]));
        }

        var route = TicketWords.Read<PrivacyRoute>(form["route"]);
        if (TicketWords.Read<PrivacyKind>(form["kind"]) is not { } kind || form["checked"] != "1"
            || route is not (PrivacyRoute.Letter or PrivacyRoute.Phone)
            || form["text"].ToString().Trim().Length is 0 or > TicketDesk.LongestText)
        {
            return Again(new PageNotice(false, speech["board.privacy-incomplete"]));
        }

        await looks.AddAsync(customer, StaffDesk.ActorOf(http), "console.privacy");
        var (_, refusal) = await privacy.AskAsync(new AskPrivacy(
            customer, kind, route.Value, form["text"].ToString(), StaffDesk.ActorOf(http), "console:" + form["key"]));
        return refusal is null ? Results.Redirect(Home + "?done=privacy-recorded") : Again(desk.Refused(refusal));
    }

    private static async Task<IResult> DecideAsync(
        StaffDesk desk, PrivacyDesk privacy, TicketDesk tickets, LookLog looks, Speech speech, HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        if (!CustomerId.TryParse(form["customer"].ToString(), out var customer) || Typed.Number(form["number"]) is not { } number
            || form["text"].ToString().Trim().Length == 0)
        {
            return Show(desk, privacy, tickets, http, new PageNotice(false, speech["board.privacy-incomplete"]));
        }

        await looks.AddAsync(customer, StaffDesk.ActorOf(http), "console.privacy");
        var (_, refusal) = await privacy.DecideAsync(
            customer, number, form["act"] == "done", form["text"].ToString(), StaffDesk.ActorOf(http),
            string.Create(CultureInfo.InvariantCulture, $"console:{form["key"]}"));
        return refusal is null ? Results.Redirect(Home + "?done=privacy-decided")
            : Show(desk, privacy, tickets, http, desk.Refused(refusal));
    }
}
