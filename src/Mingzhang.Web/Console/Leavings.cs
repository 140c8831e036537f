using Mingzhang.Domain.Closing;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Leaving;
using Mingzhang.Services.People;
using Mingzhang.Services.Progress.State;
using Mingzhang.Services.Reading;
using Mingzhang.Web.Hosting;
using Mingzhang.Web.Identity.Roles;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.Console;

/// <summary>Staff's side of leaving: unusual closings and what became of them, interviews, closings by the house.</summary>
internal static class Leavings
{
    private const int Most = 200;
    private const int LongestNote = 200;
    private const int MonthsShown = 6;

    private static readonly HashSet<string> Outcomes = new(StringComparer.Ordinal) { "cleared", "interviewed", "stopped", "acted" };

    /// <summary>Maps the page and its forms.</summary>
    public static void MapLeavings(this RouteGroupBuilder pages)
    {
        pages.MapGet("/leaving", (StaffDesk desk, HttpContext http) => Show(desk, http, null)).Needs(Can.SeeHouse);
        pages.MapPost("/leaving/{id}/{number:long}", DecideAsync).Needs(Can.CheckIdentity);
        pages.MapPost("/accounts/{id}/announce-closing", AnnounceAsync).Needs(Can.SetRisk);
        pages.MapPost("/accounts/{id}/revoke-closing", RevokeAsync).Needs(Can.SetRisk);
        pages.MapPost("/accounts/{id}/force-close", ForceAsync).Needs(Can.SetRisk);
    }

    private static IResult Show(StaffDesk desk, HttpContext http, PageNotice? notice)
    {
        var services = http.RequestServices;
        return desk.Show<LeavingPage>(
            http, new()
            {
                ["Cases"] = services.GetRequiredService<LeaveShelf>().Cases(Most),
                ["Tiers"] = services.GetRequiredService<LeaveShelf>().Tiers(),
                ["Progress"] = services.GetRequiredService<ProgressFigures>().Of(MonthsShown),
                ["Rules"] = services.GetRequiredService<LeaveBook>().On(services.GetRequiredService<CreditHouse>().BusinessDate),
            },
            notice);
    }

    private static async Task<IResult> DecideAsync(
        string id, long number, StaffDesk desk, LeaveShelf shelf, TimeProvider time, Speech speech, HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        var (outcome, note) = (form["outcome"].ToString(), form["note"].ToString().Trim());
        if (!AccountId.TryParse(id, out var account) || account.ToString() != id)
        {
            return Results.NotFound();
        }

        if (!Outcomes.Contains(outcome) || note.Length is 0 or > LongestNote)
        {
            return Show(desk, http, new PageNotice(false, speech["leaving.note-missing"]));
        }

        var at = time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
        return await shelf.DecideAsync(account, number, outcome, note, StaffDesk.ActorOf(http), at)
            ? Results.Redirect("/console/leaving?done=saved")
            : Show(desk, http, new PageNotice(false, speech["leaving.not-open"]));
    }

    private static async Task<IResult> AnnounceAsync(
        string id, StaffDesk desk, PassiveDesk passive, CreditHouse house, AccountReader reader, PersonShelf people, Speech speech,
        HttpContext http)
    {
        if (await ConsolePages.SheetAsync(id, house, reader, people, http) is not { } sheet)
        {
            return Results.NotFound();
        }

        var reason = (await http.Request.ReadFormAsync())["reason"].ToString();
        return await passive.AnnounceAsync(sheet.Now, reason, StaffDesk.ActorOf(http)) is not null
            ? Results.Redirect($"/console/accounts/{sheet.Id}?done=saved")
            : desk.Show<AccountPage>(http, new() { ["Sheet"] = sheet }, new PageNotice(false, speech["staff.reason-missing"]));
    }

    /// <summary>Closes once the announced time is over; proposed to a second person where the house asks for two.</summary>
    private static async Task<IResult> ForceAsync(
        string id, StaffDesk desk, PassiveDesk passive, CreditHouse house, AccountReader reader, PersonShelf people, Speech speech,
        WebSettings settings, HttpContext http)
    {
        if (await ConsolePages.SheetAsync(id, house, reader, people, http) is not { } sheet)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        if (passive.Find(sheet.Now) is not { } announced)
        {
            return desk.Show<AccountPage>(http, new() { ["Sheet"] = sheet }, new PageNotice(false, speech["leaving.announce-first"]));
        }

        var command = new ForceClosing(announced.Reason, announced.Id) { EffectiveOn = sheet.Now.Today };
        if (passive.Refuse(sheet.Now, command) is { } refusal)
        {
            return desk.Show<AccountPage>(http, new() { ["Sheet"] = sheet }, desk.Refused(refusal));
        }

        var (address, problem) = settings.TwoPeopleInConsole
            ? await desk.ProposeAsync(http, sheet.Id, "force-close", command, announced.Reason)
            : ($"/console/accounts/{sheet.Id}?done=saved", await desk.SubmitAsync(http, sheet.Id, form, command));
        if (problem is null && !settings.TwoPeopleInConsole)
        {
            await passive.FollowAsync(sheet.Now, command, "console:" + form["key"], StaffDesk.ActorOf(http));
        }

        return problem is null ? Results.Redirect(address!) : desk.Show<AccountPage>(http, new() { ["Sheet"] = sheet }, problem);
    }

    private static async Task<IResult> RevokeAsync(
        string id, StaffDesk desk, PassiveDesk passive, CreditHouse house, AccountReader reader, PersonShelf people, Speech speech,
        HttpContext http)
    {
        if (await ConsolePages.SheetAsync(id, house, reader, people, http) is not { } sheet)
        {
            return Results.NotFound();
        }

        var reason = (await http.Request.ReadFormAsync())["reason"].ToString();
        return await passive.RevokeAsync(sheet.Now, reason, StaffDesk.ActorOf(http))
            ? Results.Redirect($"/console/accounts/{sheet.Id}?done=saved")
            : desk.Show<AccountPage>(http, new() { ["Sheet"] = sheet }, new PageNotice(false, speech["staff.reason-missing"]));
    }
}
