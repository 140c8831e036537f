using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Limits;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Permissions;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.App;

/// <summary>What a borrower sets: a lower limit, a pause, automatic repayment, the due day.</summary>
public static class SettingsEndpoints
{
    /// <summary>The id of the restriction a borrower's pause places.</summary>
    public const string Pause = "pause-by-borrower";

    /// <summary>Maps the settings page and its forms.</summary>
    public static void MapSettings(this RouteGroupBuilder pages)
    {
        pages.MapGet("/settings", (BorrowerDesk desk, HttpContext http) => desk.ShowAsync<SettingsPage>(http));
        pages.MapPost("/settings/limit", (BorrowerDesk desk, HttpContext http, Speech speech) => ChangeAsync(desk, http, speech, Lower));
        pages.MapPost("/settings/pause", (BorrowerDesk desk, HttpContext http, Speech speech) => ChangeAsync(desk, http, speech, Stop));
        pages.MapPost("/settings/resume", (BorrowerDesk desk, HttpContext http, Speech speech) => ChangeAsync(desk, http, speech, Resume));
        pages.MapPost("/settings/auto-repay", (BorrowerDesk desk, HttpContext http, Speech speech) =>
            ChangeAsync(desk, http, speech, Auto, asks: true));
        pages.MapPost("/settings/due-day", (BorrowerDesk desk, HttpContext http, Speech speech) => ChangeAsync(desk, http, speech, DueDay));
        pages.MapPost("/settings/unlink", (BorrowerDesk desk, HttpContext http, Speech speech) => ChangeAsync(desk, http, speech, Unlink));
    }

    private static async Task<IResult> ChangeAsync(
        BorrowerDesk desk, HttpContext http, Speech speech, Func<BorrowerVisit, IFormCollection, AccountCommand?> command,
        bool asks = false)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        var problem = command(visit, form) is { } asked
            ? (asks ? await desk.AskPinAsync(visit, form) : null) ?? await desk.SubmitAsync(visit, form, asked)
            : new PageNotice(false, speech["form.incomplete"]);
        return problem is null
            ? Results.Redirect("/app/settings?done=saved")
            : BorrowerDesk.Show<SettingsPage>(visit with { Notice = problem }, null, StatusCodes.Status422UnprocessableEntity);
    }

    private static SetLimit? Lower(BorrowerVisit visit, IFormCollection form) =>
        Typed.Fen(form["limit"]) is { } fen ? BorrowerActs.Lower(visit.Account, fen) : null;

    private static Restrict Stop(BorrowerVisit visit, IFormCollection form) => BorrowerActs.Pause(visit.Account);

    private static LiftRestriction Resume(BorrowerVisit visit, IFormCollection form) => BorrowerActs.Resume(visit.Account);

    private static SetAutoRepay Auto(BorrowerVisit visit, IFormCollection form) => BorrowerActs.Auto(visit.Account, form["on"] == "true");

    private static ChangeDueDay? DueDay(BorrowerVisit visit, IFormCollection form) =>
        Typed.Number(form["day"]) is { } day ? new ChangeDueDay(day) { EffectiveOn = visit.Account.Today } : null;

    private static SetLinkedService? Unlink(BorrowerVisit visit, IFormCollection form) =>
        visit.Account.State.LinkedServices.Find(service => service == form["service"].ToString()) is { } service
            ? new SetLinkedService(service, false) { EffectiveOn = visit.Account.Today }
            : null;
}
