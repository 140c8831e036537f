using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Limits;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Permissions;
using Mingzhang.Services.Payments;
using Mingzhang.Services.People;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.App;

/// <summary>What a borrower sets: a lower limit, a pause, automatic repayment, the due day.</summary>
public static class SettingsEndpoints
{
    /// <summary>The id of the restriction a borrower's pause places.</summary>
    public const string Pause = "pause-by-borrower";

    /// <summary>How the id of a cooling-off begins; its last day follows.</summary>
    public const string Cooling = "cooling-off-";

    /// <summary>Lengths of a cooling-off that the page offers, days.</summary>
    public static IReadOnlyList<int> CoolingDays { get; } = [7, 14, 30, 90, 180, 365];

    /// <summary>Lengths of a pause that the page offers, days; 0 = until resumed.</summary>
    public static IReadOnlyList<int> PauseDays { get; } = [0, 7, 14, 30, 90];

    /// <summary>Maps the settings page and its forms.</summary>
    public static void MapSettings(this RouteGroupBuilder pages)
    {
        pages.MapGet("/settings", (BorrowerDesk desk, HttpContext http) => desk.ShowAsync<SettingsPage>(http));
        pages.MapPost("/settings/limit", (BorrowerDesk desk, HttpContext http, Speech speech) => ChangeAsync(desk, http, speech, Lower));
        pages.MapPost("/settings/pause", (BorrowerDesk desk, HttpContext http, Speech speech) => ChangeAsync(desk, http, speech, Stop));
        pages.MapPost("/settings/resume", (BorrowerDesk desk, HttpContext http, Speech speech) => ChangeAsync(desk, http, speech, Resume));
        pages.MapPost("/settings/auto-repay", AutoAsync);
        pages.MapPost("/settings/cooling-off", (BorrowerDesk desk, HttpContext http, Speech speech) =>
            ChangeAsync(desk, http, speech, CoolOff, asks: true));
        pages.MapPost("/settings/cap", (BorrowerDesk desk, HttpContext http, Speech speech) => ChangeAsync(desk, http, speech, Cap));
        pages.MapPost("/settings/cap-off", (BorrowerDesk desk, HttpContext http, Speech speech) =>
            ChangeAsync(desk, http, speech, static (visit, _) => BorrowerActs.Cap(visit.Account, null)));
        pages.MapPost("/settings/due-day", (BorrowerDesk desk, HttpContext http, Speech speech) => ChangeAsync(desk, http, speech, DueDay));
        pages.MapPost("/settings/unlink", (BorrowerDesk desk, HttpContext http, Speech speech) => ChangeAsync(desk, http, speech, Unlink));
    }

    /// <summary>Switching it on is the mandate for the card that payments use; switching it off ends all.</summary>
    private static async Task<IResult> AutoAsync(
        BorrowerDesk desk, MandateDesk mandates, CardShelf cards, HttpContext http, Speech speech)
    {
        var answer = await ChangeAsync(desk, http, speech, Auto, asks: true);
        var on = http.Request.Form["on"] == "true";
        if (await desk.VisitAsync(http) is { Account.State: var state } && on == (state.AutoRepaySources.Count > 0))
        {
            var token = cards.DefaultOf(state.Id.Customer)?.Token ?? state.Card?.Token;
            await (state.AutoRepaySources.Count == 0 ? mandates.EndAsync(state.Id, http.RequestAborted)
                : token is null ? Task.CompletedTask : mandates.AgreeAsync(state.Id, token, http.RequestAborted));
        }

        return answer;
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

    private static Restrict? Stop(BorrowerVisit visit, IFormCollection form) => DaysOf(form) switch
    {
        0 => BorrowerActs.Pause(visit.Account),
        { } days when PauseDays.Contains(days) => BorrowerActs.Pause(visit.Account, days),
        _ => null,
    };

    private static int? DaysOf(IFormCollection form) => form["days"].Count == 0 ? 0 : Typed.Number(form["days"]);

    private static Restrict? CoolOff(BorrowerVisit visit, IFormCollection form) =>
        Typed.Number(form["days"]) is { } days && CoolingDays.Contains(days) && form["sure"] == "on"
            ? BorrowerActs.CoolOff(visit.Account, days) : null;

    private static SetSpendingCap? Cap(BorrowerVisit visit, IFormCollection form) =>
        Typed.Fen(form["cap"]) is > 0 and { } fen ? BorrowerActs.Cap(visit.Account, fen) : null;

    private static LiftRestriction Resume(BorrowerVisit visit, IFormCollection form) => BorrowerActs.Resume(visit.Account);

    private static SetAutoRepay Auto(BorrowerVisit visit, IFormCollection form) => BorrowerActs.Auto(visit.Account, form["on"] == "true");

    private static ChangeDueDay? DueDay(BorrowerVisit visit, IFormCollection form) =>
        Typed.Number(form["day"]) is { } day ? new ChangeDueDay(day) { EffectiveOn = visit.Account.Today } : null;

    private static SetLinkedService? Unlink(BorrowerVisit visit, IFormCollection form) =>
        visit.Account.State.LinkedServices.Find(service => service == form["service"].ToString()) is { } service
            ? new SetLinkedService(service, false) { EffectiveOn = visit.Account.Today }
            : null;
}
