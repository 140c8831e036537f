using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Closing;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Reading;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.App;

/// <summary>The way out: check, understand, confirm with the PIN, run off; with a way back until it is closed.</summary>
public static class ClosingEndpoints
{
    /// <summary>What has to be ticked in step 1.</summary>
    public static IReadOnlyList<string> Acknowledgements { get; } = ["reapply", "services", "debt", "records"];

    /// <summary>Maps the journey.</summary>
    public static void MapClosing(this RouteGroupBuilder pages)
    {
        pages.MapGet("/close", (BorrowerDesk desk, HttpContext http) => desk.ShowAsync<ClosePage>(http, Parameters));
        pages.MapGet("/close/impact", (BorrowerDesk desk, HttpContext http) => desk.ShowAsync<CloseImpactPage>(http, visit => new()
        {
            ["Mode"] = ModeOf(http.Request.Query["mode"]),
        }));
        pages.MapPost("/close/request", RequestAsync);
        pages.MapGet("/close/confirm", (BorrowerDesk desk, HttpContext http) => desk.ShowAsync<CloseConfirmPage>(http));
        pages.MapPost("/close/confirm", ConfirmAsync);
        pages.MapPost("/close/cancel", CancelAsync);
    }

    private static Dictionary<string, object?> Parameters(BorrowerVisit visit) => new()
    {
        ["Blockers"] = Explainer.Closing(visit.Account.State, visit.Account.Terms, visit.Account.Today),
        ["Ahead"] = RunOff.Of(visit.Account),
    };

    private static async Task<IResult> RequestAsync(BorrowerDesk desk, HttpContext http, Speech speech)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        var mode = ModeOf(form["mode"]);
        var problem = Acknowledgements.Any(one => form[one] != "on")
            ? new PageNotice(false, speech["close.tick-all"])
            : await desk.SubmitAsync(visit, form, BorrowerActs.Close(visit.Account, mode));
        return problem is null
            ? Results.Redirect("/app/close/confirm")
            : BorrowerDesk.Show<CloseImpactPage>(visit with { Notice = problem }, new() { ["Mode"] = mode }, 422);
    }

    private static async Task<IResult> ConfirmAsync(BorrowerDesk desk, HttpContext http)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        var problem = await desk.AskBothAsync(visit, form)
            ?? await desk.SubmitAsync(visit, form, BorrowerActs.Confirm(visit.Account, video: false));
        return problem is null
            ? Results.Redirect("/app/close?done=closing")
            : BorrowerDesk.Show<CloseConfirmPage>(visit with { Notice = problem }, null, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> CancelAsync(BorrowerDesk desk, HttpContext http)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        return await desk.SubmitAsync(visit, form, BorrowerActs.Keep(visit.Account)) is not { } problem
            ? Results.Redirect("/app/close?done=kept")
            : BorrowerDesk.Show<ClosePage>(visit with { Notice = problem }, Parameters(visit), StatusCodes.Status422UnprocessableEntity);
    }

    private static ClosingMode ModeOf(string? text) => text == "now" ? ClosingMode.Now : ClosingMode.RunOff;
}
