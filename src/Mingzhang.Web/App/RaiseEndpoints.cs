using Mingzhang.Services.People;
using Mingzhang.Services.Raising;
using Mingzhang.Services.Wording;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.App;

/// <summary>The borrower asks for a higher limit, or takes the temporary one that is offered.</summary>
internal static class RaiseEndpoints
{
    private const string Home = "/app/limit/raise";

    /// <summary>Maps the page and its forms.</summary>
    public static void MapRaise(this RouteGroupBuilder pages)
    {
        pages.MapGet("/limit/raise", (BorrowerDesk desk, RaiseDesk raises, HttpContext http) =>
            desk.ShowAsync<RaisePage>(http, visit => Sheet(visit, raises)));
        pages.MapPost("/limit/raise", AskAsync);
        pages.MapPost("/limit/raise/temporary", TakeAsync);
    }

    private static Dictionary<string, object?> Sheet(BorrowerVisit visit, RaiseDesk raises) => new()
    {
        ["Rule"] = raises.RuleOn(visit.Account.Today), ["NextOn"] = raises.NextOn(visit.Account, RaiseAnswer.Total),
        ["Agreed"] = raises.HasConsent(visit.Account.State.Id.Customer), ["Offer"] = raises.OfferOf(visit.Account),
        ["Answers"] = raises.Of(visit.Account.State.Id),
    };

    private static async Task<IResult> AskAsync(
        BorrowerDesk desk, RaiseDesk raises, ConsentLedger consents, Speech speech, HttpContext http)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        if (BorrowerDesk.KeyOf(form) is not { } key || Typed.Fen(form["total"]) is not { } total)
        {
            return No(visit, raises, new PageNotice(false, speech["form.incomplete"]));
        }

        if (total <= visit.Account.State.TotalLimit.MinorUnits)
        {
            return No(visit, raises, new PageNotice(false, speech["raise.not-more"]));
        }

        if (await desk.AskPinAsync(visit, form) is { } wrong)
        {
            return No(visit, raises, wrong);
        }

        if (form["consent"] == RaiseDesk.Consent && ConsentTexts.Latest(RaiseDesk.Consent) is { } text)
        {
            await consents.GiveAsync(visit.Account.State.Id.Customer, text.Code, text.Version, "app", $"{text.Code} {text.Version} {key}");
        }

        var (answer, refusal) = await raises.AskAsync(visit.Account, total, "web:" + key, BorrowerDesk.ActorOf(visit));
        return refusal is null ? Results.Redirect($"{Home}?done=limit-raised")
            : No(visit, raises, new PageNotice(false, Words(refusal, answer, speech)));
    }

    private static async Task<IResult> TakeAsync(BorrowerDesk desk, RaiseDesk raises, Speech speech, HttpContext http)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        if (BorrowerDesk.KeyOf(form) is not { } key)
        {
            return No(visit, raises, new PageNotice(false, speech["form.stale"]));
        }

        if (await desk.AskPinAsync(visit, form) is { } wrong)
        {
            return No(visit, raises, wrong);
        }

        var (answer, refusal) = await raises.TakeAsync(visit.Account, "web:" + key, BorrowerDesk.ActorOf(visit));
        return refusal is null ? Results.Redirect($"{Home}?done=temporary-taken")
            : No(visit, raises, new PageNotice(false, Words(refusal, answer, speech)));
    }

    private static string Words(Domain.Accounts.Refusal refusal, RaiseAnswer? answer, Speech speech) =>
        (answer?.Terms.Failed is { } failed ? speech["raise.failed-" + failed] + " " : "") + RefusalText.Of(refusal, speech.IsChinese);

    private static IResult No(BorrowerVisit visit, RaiseDesk raises, PageNotice notice) => BorrowerDesk.Show<RaisePage>(
        visit with { Notice = notice }, Sheet(visit, raises), StatusCodes.Status422UnprocessableEntity);
}
