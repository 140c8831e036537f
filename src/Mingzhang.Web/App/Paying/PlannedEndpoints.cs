using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Payments;
using Mingzhang.Services.People;
using Mingzhang.Services.Wording;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.App.Paying;

/// <summary>Payments for a day to come or from several cards, money that goes back, and the mandates of automatic repayment.</summary>
internal static class PlannedEndpoints
{
    /// <summary>Maps the forms; what they did stands on the page of payments.</summary>
    public static void MapPlanned(this RouteGroupBuilder pages)
    {
        pages.MapPost("/pay/plan", PlanAsync);
        pages.MapPost("/payments/planned/cancel", CancelAsync);
        pages.MapPost("/payments/credit", PayBackAsync);
        pages.MapPost("/payments/mandate", AgreeAsync);
    }

    private static async Task<IResult> PlanAsync(
        BorrowerDesk desk, PlannedDesk planned, CardShelf cards, HttpContext http, Speech speech)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        var rule = Enum.TryParse<PlannedRule>(form["rule"], ignoreCase: true, out var asked) && Enum.IsDefined(asked)
            ? asked : PlannedRule.Sum;
        var fen = Typed.Fen(form["amount"]);
        if (Typed.Day(form["on"]) is not { } on || (rule == PlannedRule.Sum && fen is null or <= 0))
        {
            return PayEndpoints.Again(visit, new PageNotice(false, speech["pay.plan-wrong"]), fen ?? 0, visit.Account.Today);
        }

        var refused = await desk.AskPinAsync(visit, form) ?? Said(speech, await planned.PlanAsync(
            visit.Account.State.Id, new PlannedPayment("web-" + form["key"], on, rule, fen ?? 0, Tokens(visit, cards, form))));
        return refused is null
            ? Results.Redirect("/app/payments?done=payment-planned") : PayEndpoints.Again(visit, refused, fen ?? 0, on);
    }

    private static async Task<IResult> CancelAsync(BorrowerDesk desk, PlannedDesk planned, HttpContext http, Speech speech)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        return await planned.CancelAsync(visit.Account.State.Id, form["id"].ToString()) is { } refusal
            ? await PaymentEndpoints.ShowAsync(http, visit with { Notice = Said(speech, refusal) })
            : Results.Redirect("/app/payments?done=plan-cancelled");
    }

    /// <summary>The whole credit balance goes back.</summary>
    private static async Task<IResult> PayBackAsync(BorrowerDesk desk, HttpContext http)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        if (await desk.AskPinAsync(visit, form) is { } locked)
        {
            return await PaymentEndpoints.ShowAsync(http, visit with { Notice = locked });
        }

        var (problem, transfer) = await desk.PayBackAsync(visit, form, new ReturnCreditBalance(
            "back-" + form["key"], visit.Account.State.CreditBalance) { EffectiveOn = visit.Account.Today });
        return problem is null
            ? Results.Redirect("/app/payments/" + transfer!.Id) : await PaymentEndpoints.ShowAsync(http, visit with { Notice = problem });
    }

    /// <summary>Agrees again to what was ended.</summary>
    private static async Task<IResult> AgreeAsync(BorrowerDesk desk, MandateDesk mandates, HttpContext http)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        var token = form["token"].ToString();
        if (await desk.AskPinAsync(visit, form) is { } locked)
        {
            return await PaymentEndpoints.ShowAsync(http, visit with { Notice = locked });
        }

        if (mandates.Of(visit.Account.State.Id).Any(one => one.Number == token))
        {
            var one = mandates.Of(visit.Account.State.Id).First(one => one.Number == token);
            await mandates.AgreeAsync(one.Account, one.Token, http.RequestAborted);
        }

        return Results.Redirect("/app/payments?done=saved");
    }

    /// <summary>The chosen cards in their order; without a choice the one that payments use.</summary>
    private static List<string> Tokens(BorrowerVisit visit, CardShelf cards, IFormCollection form)
    {
        var all = cards.Of(visit.Person.Customer);
        var chosen = new[] { form["first"].ToString(), form["then"].ToString() }
            .Select(id => all.FirstOrDefault(card => card.Id == id)?.Token).OfType<string>().Distinct().ToList();
        var usual = all.FirstOrDefault(card => card.IsDefault)?.Token ?? visit.Account.State.Card?.Token;
        return chosen.Count > 0 ? chosen : usual is null ? [] : [usual];
    }

    private static PageNotice? Said(Speech speech, Domain.Accounts.Refusal? refusal) =>
        refusal is null ? null : new PageNotice(false, RefusalText.Of(refusal, speech.IsChinese));
}
