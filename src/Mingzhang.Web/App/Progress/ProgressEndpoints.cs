using Mingzhang.Domain.Accounts;
using Mingzhang.Services.Progress.Score;
using Mingzhang.Services.Progress.Spend;
using Mingzhang.Services.Progress.State;
using Mingzhang.Services.Wording;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.App.Progress;

/// <summary>Progress management: how it stands, the way out in two steps, and the way back.</summary>
public static class ProgressEndpoints
{
    private const string Home = "/app/progress";

    /// <summary>Maps the pages and forms.</summary>
    public static void MapProgress(this RouteGroupBuilder pages)
    {
        pages.MapGet("/progress", (BorrowerDesk desk, ProgressDesk progress, HttpContext http) =>
            desk.ShowAsync<ProgressPage>(http, visit => new() { ["Standing"] = progress.Of(visit.Account.State.Id) }));
        pages.MapGet("/progress/check", (BorrowerDesk desk, HttpContext http) => desk.ShowAsync<SelfCheckPage>(http, _ => new()
        {
            ["Answers"] = SelfCheck.Questions.Select(one => http.Request.Query[one].ToString()).ToList(),
        }));
        pages.MapGet("/progress/close", (BorrowerDesk desk, ProgressDesk progress, ScoreDesk score, HttpContext http) =>
            desk.ShowAsync<ProgressImpactPage>(http, visit => Impact(visit, progress, score)));
        pages.MapPost("/progress/close", AcknowledgeAsync);
        pages.MapGet("/progress/close/confirm", ConfirmPageAsync);
        pages.MapPost("/progress/close/confirm", ConfirmAsync);
        pages.MapGet("/progress/reopen", (BorrowerDesk desk, ProgressDesk progress, HttpContext http) =>
            desk.ShowAsync<ProgressReopenPage>(http, visit => new() { ["Standing"] = progress.Of(visit.Account.State.Id) }));
        pages.MapPost("/progress/reopen", ReopenAsync);
        pages.MapPost("/progress/rules", RulesAsync);
        pages.MapGet("/progress/score", (BorrowerDesk desk, ScoreDesk score, HttpContext http) =>
            desk.ShowAsync<ScorePage>(http, visit => new()
            {
                ["Score"] = score.Of(visit.Account), ["Facts"] = score.FactsOf(visit.Account), ["Model"] = score.Model,
            }));
        pages.MapGet("/progress/history.csv", HistoryAsync);
        pages.MapGet("/progress/history.xlsx", SheetAsync);
        pages.MapGet("/progress/cache", (BorrowerDesk desk, HttpContext http) => desk.ShowAsync<CachePage>(http));
        pages.MapPost("/progress/cache", Wipe);
    }

    private static Dictionary<string, object?> Impact(BorrowerVisit visit, ProgressDesk progress, ScoreDesk score) => new()
    {
        ["Standing"] = progress.Of(visit.Account.State.Id), ["Blockers"] = ProgressBlocker.Of(visit.Account.State),
        ["Facts"] = score.FactsOf(visit.Account), ["Model"] = score.Model,
    };

    private static async Task<IResult> AcknowledgeAsync(
        BorrowerDesk desk, ProgressDesk progress, ScoreDesk score, HttpContext http, Speech speech)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        if (form["understood"] != "on")
        {
            return BorrowerDesk.Show<ProgressImpactPage>(
                visit with { Notice = new PageNotice(false, speech["progress.acknowledge-first"]) }, Impact(visit, progress, score), 422);
        }

        var (step, refusal) = await progress.AcknowledgeAsync(visit.Account.State);
        return refusal is null ? Results.Redirect($"{Home}/close/confirm?step={step}")
            : BorrowerDesk.Show<ProgressImpactPage>(visit with { Notice = Said(refusal, speech) }, Impact(visit, progress, score), 422);
    }

    private static async Task<IResult> ConfirmPageAsync(BorrowerDesk desk, ProgressDesk progress, HttpContext http)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        // Step 2 begins only where step 1 ended.
        var step = http.Request.Query["step"].ToString();
        return progress.KnowsStep(visit.Account.State.Id, step)
            ? BorrowerDesk.Show<ProgressConfirmPage>(visit, new() { ["Step"] = step }) : Results.Redirect(Home + "/close");
    }

    private static async Task<IResult> ConfirmAsync(BorrowerDesk desk, ProgressDesk progress, HttpContext http, Speech speech)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        var step = form["closing"].ToString();
        var problem = await desk.AskPinAsync(visit, form)
            ?? (await progress.CloseAsync(visit.Account.State, step, BorrowerDesk.ActorOf(visit)) is { } refusal
                ? Said(refusal, speech) : null);
        return problem is null ? Results.Redirect(Home + "?done=progress-closed")
            : BorrowerDesk.Show<ProgressConfirmPage>(visit with { Notice = problem }, new() { ["Step"] = step }, 422);
    }

    private static async Task<IResult> ReopenAsync(BorrowerDesk desk, ProgressDesk progress, HttpContext http, Speech speech)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        var resume = form["resume"] == "on";
        var problem = form["gap"].ToString() is not ("fill" or "mark") ? new PageNotice(false, speech["form.incomplete"])
            : resume ? await desk.AskPinAsync(visit, form) : null;
        problem ??= await progress.ReopenAsync(
            visit.Account.State.Id, form["gap"] == "fill", resume, BorrowerDesk.ActorOf(visit)) is { } refusal
            ? Said(refusal, speech) : null;
        return problem is null ? Results.Redirect(Home + "?done=progress-opened")
            : BorrowerDesk.Show<ProgressReopenPage>(
                visit with { Notice = problem }, new() { ["Standing"] = progress.Of(visit.Account.State.Id) }, 422);
    }

    private static async Task<IResult> RulesAsync(BorrowerDesk desk, ProgressDesk progress, HttpContext http, Speech speech)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        var known = Typed.IsOffered(form, "itself", "on");
        if (!known || Typed.Number(form["book"]) is not (>= 0 and <= 15 and var days))
        {
            var why = known ? speech["progress.book-wrong"] : speech.Say("form.not-offered", speech["progress.itself"]);
            return BorrowerDesk.Show<ProgressPage>(
                visit with { Notice = new PageNotice(false, why) }, new() { ["Standing"] = progress.Of(visit.Account.State.Id) }, 422);
        }

        await progress.SetAsync(visit.Account.State.Id, form["itself"] == "on", days);
        return Results.Redirect(Home + "?done=saved");
    }

    /// <summary>The person's history as a table that spreadsheets open: UTF-8 with its mark, no cell that could be a formula.</summary>
    private static async Task<IResult> HistoryAsync(BorrowerDesk desk, SpendReader reader, HttpContext http, Speech speech)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var report = await reader.ReportAsync(visit.Account.State.Id, visit.Account.State.OpenedOn);
        return Results.File(
            HistoryTable.Write(visit.Account, report, speech), "text/csv; charset=utf-8", $"mingzhang-{visit.Account.State.Id}.csv");
    }

    private static async Task<IResult> SheetAsync(
        BorrowerDesk desk, SpendReader reader, TimeProvider time, HttpContext http, Speech speech)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var report = await reader.ReportAsync(visit.Account.State.Id, visit.Account.State.OpenedOn);
        return Results.File(
            HistoryTable.Sheet(visit.Account, report, speech, time.GetUtcNow()),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", $"mingzhang-{visit.Account.State.Id}.xlsx");
    }

    /// <summary>The browser is asked to forget what it kept of this site; cookies stay, so the person stays logged in.</summary>
    private static IResult Wipe(HttpContext http)
    {
        http.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
        return Results.Redirect(Home + "?done=cache-cleared");
    }

    private static PageNotice Said(Refusal refusal, Speech speech) => new(false, RefusalText.Of(refusal, speech.IsChinese));
}
