using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Closing;
using Mingzhang.Engine;
using Mingzhang.Services.Leaving;
using Mingzhang.Services.Opening;
using Mingzhang.Services.Wording;
using Mingzhang.Web.App.Opening;
using Mingzhang.Web.Identity;
using Mingzhang.Web.Identity.Keys;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.App.Leaving;

/// <summary>The way out: check, understand, confirm, run off; with a way back until it is closed.</summary>
internal static class ClosingEndpoints
{
    private const string Home = "/app/close";
    private const int LongestText = 500;

    /// <summary>What has to be ticked in step 1.</summary>
    public static IReadOnlyList<string> Acknowledgements { get; } = ["reapply", "services", "debt", "records"];

    /// <summary>Those of a tier: with the calendar where it takes that step.</summary>
    public static IReadOnlyList<string> PointsOf(LeaveCheck check) =>
        check.Takes("calendar") ? [.. Acknowledgements, "calendar"] : Acknowledgements;

    /// <summary>Maps the journey.</summary>
    public static void MapClosing(this RouteGroupBuilder pages)
    {
        pages.MapGet("/close", async (BorrowerDesk desk, HttpContext http) =>
            await desk.VisitAsync(http) is { } visit ? Start(http, visit) : Results.NotFound());
        pages.MapGet("/close/impact", ImpactAsync);
        pages.MapPost("/close/request", RequestAsync);
        pages.MapGet("/close/confirm", async (BorrowerDesk desk, HttpContext http) =>
            await desk.VisitAsync(http) is { } visit ? Confirm(http, visit) : Results.NotFound());
        pages.MapPost("/close/confirm", ConfirmAsync);
        pages.MapPost("/close/cancel", CancelAsync);
        pages.MapGet("/close/theft", (BorrowerDesk desk, HttpContext http) => desk.ShowAsync<CloseTheftPage>(http));
        pages.MapPost("/close/theft", TheftAsync);
        pages.MapGet("/close/reopen", async (BorrowerDesk desk, LineDesk lines, HttpContext http) =>
            await desk.VisitAsync(http) is { } visit ? await ShowReopenAsync(lines, visit) : Results.NotFound());
        pages.MapPost("/close/reopen", ReopenAsync);
        pages.MapPost("/close/unused", DismissAsync);
    }

    private static IResult Start(HttpContext http, BorrowerVisit visit, int status = 200)
    {
        var leave = http.RequestServices.GetRequiredService<LeaveDesk>();
        return BorrowerDesk.Show<ClosePage>(
            visit, new()
            {
                ["Check"] = leave.Check(visit.Account), ["Plan"] = RunOffPlan.Of(visit.Account), ["Wish"] = leave.WishOf(visit.Account),
                ["Half"] = leave.IsHalfWaiting(visit.Account),
                ["Taken"] = http.RequestServices.GetRequiredService<LeaveShelf>().StepsOf(visit.Account.State.Id),
            },
            status);
    }

    private static async Task<IResult> ImpactAsync(BorrowerDesk desk, HttpContext http)
    {
        var query = http.Request.Query;
        return query["reason"] == LeaveReasons.Theft ? Results.Redirect(Home + "/theft")
            : await desk.VisitAsync(http) is not { } visit ? Results.NotFound()
            : visit.Account.State.Lifecycle is not Active ? Start(http, visit)
            : await ShowImpactAsync(http, visit, ModeOf(query["mode"]), LeaveReasons.Read(query["reason"]));
    }

    private static async Task<IResult> ShowImpactAsync(
        HttpContext http, BorrowerVisit visit, ClosingMode mode, string reason, int status = 200)
    {
        var (impact, plan, check, _, hash) = await ShownAsync(http, visit);
        return BorrowerDesk.Show<CloseImpactPage>(
            visit, new()
            {
                ["Mode"] = mode, ["Reason"] = reason, ["Impact"] = impact, ["Plan"] = plan, ["Check"] = check, ["Shown"] = hash,
            },
            status);
    }

    private static async Task<(LeaveImpact Impact, RunOffPlan Plan, LeaveCheck Check, string Text, string Hash)> ShownAsync(
        HttpContext http, BorrowerVisit visit)
    {
        var services = http.RequestServices;
        var speech = services.GetRequiredService<Speech>();
        var impact = await services.GetRequiredService<LeaveImpacts>().OfAsync(visit.Account);
        var (plan, check) = (RunOffPlan.Of(visit.Account), services.GetRequiredService<LeaveDesk>().Check(visit.Account));
        var text = ImpactRows.Text(speech, visit.Account, impact, plan, check, visit.CardTail, PointsOf(check));
        return (impact, plan, check, text, LeaveDesk.HashOf(text));
    }

    private static async Task<IResult> RequestAsync(BorrowerDesk desk, LeaveDesk leave, HttpContext http, Speech speech)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        var (mode, reason) = (ModeOf(form["mode"]), LeaveReasons.Read(form["reason"]));
        var (_, _, check, text, hash) = await ShownAsync(http, visit);
        var problem = BorrowerDesk.KeyOf(form) is not { } key ? speech["form.stale"]
            : PointsOf(check).Any(one => form[one] != "on") ? speech["close.tick-all"]
            : form["shown"] != hash ? speech["close.changed"]
            : Said(speech, await leave.RequestAsync(visit.Account, Ask(http, visit, mode, reason, key, text)));
        return problem is null ? Results.Redirect(Home + "/confirm")
            : visit.Account.State.Lifecycle is not Active ? Start(http, visit with { Notice = new PageNotice(false, problem) }, 422)
            : await ShowImpactAsync(http, visit with { Notice = new PageNotice(false, problem) }, mode, reason, 422);
    }

    private static IResult Confirm(HttpContext http, BorrowerVisit visit, int status = 200) => BorrowerDesk.Show<CloseConfirmPage>(
        visit, new() { ["Check"] = http.RequestServices.GetRequiredService<LeaveDesk>().Check(visit.Account) }, status);

    private static async Task<IResult> ConfirmAsync(BorrowerDesk desk, LeaveDesk leave, HttpContext http, Speech speech)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        var both = leave.Check(visit.Account).Takes("second");
        var notice = BorrowerDesk.KeyOf(form) is null ? new PageNotice(false, speech["form.stale"])
            : both ? await desk.AskBothAsync(visit, form) : await desk.AskPinAsync(visit, form);
        if (notice is null)
        {
            var last = http.RequestServices.GetRequiredService<LeaveShelf>().StepsOf(visit.Account.State.Id)
                .LastOrDefault(one => one.Step == "request");
            var ask = Ask(
                http, visit, last?.Mode == "now" ? ClosingMode.Now : ClosingMode.RunOff, last?.Reason ?? "other",
                BorrowerDesk.KeyOf(form)!, "") with { Means = http.RequestServices.GetRequiredService<StepUp>().MeansOf(form, both) };
            notice = Said(speech, await leave.ConfirmAsync(visit.Account, ask)) is { } no ? new PageNotice(false, no) : null;
        }

        return notice is null ? Results.Redirect(Home + "?done=closing") : Confirm(http, visit with { Notice = notice }, 422);
    }

    private static async Task<IResult> CancelAsync(BorrowerDesk desk, LeaveDesk leave, HttpContext http, Speech speech)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var problem = BorrowerDesk.KeyOf(await http.Request.ReadFormAsync()) is not { } key ? speech["form.stale"]
            : Said(speech, await leave.CancelAsync(visit.Account, Ask(http, visit, ClosingMode.RunOff, "own-choice", key, "")));
        return problem is null ? Results.Redirect(Home + "?done=kept")
            : Start(http, visit with { Notice = new PageNotice(false, problem) }, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> TheftAsync(BorrowerDesk desk, TheftDesk theft, HttpContext http, Speech speech)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        var text = form["text"].ToString();
        if (BorrowerDesk.KeyOf(form) is not { } key || text.Length > LongestText)
        {
            var notice = new PageNotice(false, text.Length > LongestText ? speech["close.theft-long"] : speech["form.stale"]);
            return BorrowerDesk.Show<CloseTheftPage>(visit with { Notice = notice }, null, 422);
        }

        var answer = await theft.ReportAsync(visit.Account, Ask(http, visit, ClosingMode.RunOff, LeaveReasons.Theft, key, ""), text);
        return answer.Refusal is { } refusal
            ? BorrowerDesk.Show<CloseTheftPage>(visit with { Notice = new PageNotice(false, Said(speech, refusal)!) }, null, 422)
            : Results.Redirect($"{Home}/theft?done=theft-stopped&ticket={answer.Ticket!.Number}");
    }

    private static async Task<IResult> DismissAsync(BorrowerDesk desk, UnusedHints hints, HttpContext http)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        await hints.DismissAsync(visit.Account);
        return Results.Redirect("/app");
    }

    private static async Task<IResult> ShowReopenAsync(LineDesk lines, BorrowerVisit visit, PageNotice? problem = null)
    {
        var (terms, no) = await lines.ReopeningAsync(visit.Account);
        return BorrowerDesk.Show<CloseReopenPage>(
            problem is null ? visit : visit with { Notice = problem },
            new() { ["Terms"] = terms, ["No"] = no, ["Applications"] = lines.Applications(visit.Account.State.Id) },
            problem is null ? 200 : 422);
    }

    /// <summary>An application of its own, assessed anew; its result is said at once (R064).</summary>
    private static async Task<IResult> ReopenAsync(BorrowerDesk desk, LineDesk lines, HttpContext http, Speech speech)
    {
        if (await desk.VisitAsync(http) is not { Account.State.Lifecycle: Closed } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        var problem = BorrowerDesk.KeyOf(form) is null || form["agree"] != "on"
            ? new PageNotice(false, speech[form["agree"] == "on" ? "form.stale" : "reopen.tick"]) : await desk.AskPinAsync(visit, form);
        if (problem is null)
        {
            var consents = form["consent"].OfType<string>().ToList();
            var (_, refusal) = await lines.ReopenAsync(
                visit.Account, consents, "app", "web:" + BorrowerDesk.KeyOf(form), BorrowerDesk.ActorOf(visit), http.RequestAborted);
            problem = refusal is null ? null : new PageNotice(false, LinePages.Said(refusal, speech));
        }

        return problem is null ? Results.Redirect("/app?done=line-reopened") : await ShowReopenAsync(lines, visit, problem);
    }

    private static LeaveAsk Ask(HttpContext http, BorrowerVisit visit, ClosingMode mode, string reason, string key, string text) => new(
        mode, reason, "web", BorrowerDesk.ActorOf(visit), key, http.RequestServices.GetRequiredService<Speech>().Language, text,
        DeviceOf(http));

    private static LeaveDevice DeviceOf(HttpContext http)
    {
        // A sandbox's customers have published log-ins: many people on one, one person on many. No device of theirs tells anything.
        if (http.RequestServices.GetRequiredService<CreditHouse>().IsSandbox || Subject.Of(http.User, Realms.App) is not { } subject)
        {
            return LeaveDevice.None;
        }

        var sessions = http.RequestServices.GetRequiredService<Sessions>();
        var (own, now) = (Doors.SessionOf(http), http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        var isNew = sessions.Of(subject).Any(one => one.IdHash == own && one.IsNew == 1
            && now.ToUnixTimeMilliseconds() - (one.CreatedAt / 1000) < (long)TimeSpan.FromDays(3).TotalMilliseconds);
        return new LeaveDevice(Doors.DeviceOf(http), isNew);
    }

    private static string? Said(Speech speech, Refusal? refusal) => refusal is null ? null : RefusalText.Of(refusal, speech.IsChinese);

    private static ClosingMode ModeOf(string? text) => text == "now" ? ClosingMode.Now : ClosingMode.RunOff;
}
