using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Instalments;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Wording;
using Mingzhang.Web.Texts;

namespace Mingzhang.Web.App;

/// <summary>Turning a bill into instalments: choose the rows, read the cost table, confirm with the PIN.</summary>
public static class PlanEndpoints
{
    /// <summary>Maps the page and its form.</summary>
    public static void MapPlans(this RouteGroupBuilder pages)
    {
        pages.MapGet("/bills/{day}/plan", PageAsync);
        pages.MapPost("/bills/{day}/plan", ConfirmAsync);
    }

    private static async Task<IResult> PageAsync(
        string day, BorrowerDesk desk, AccountReader reader, ReadingClock clock, HttpContext http, Speech speech) =>
        await desk.VisitAsync(http) is { } visit && Asked(visit, day, http.Request.Query["count"]) is { } asked
            ? await ShowAsync(visit, reader, clock, asked, null, speech)
            : Results.NotFound();

    private static async Task<IResult> ConfirmAsync(
        string day, BorrowerDesk desk, AccountReader reader, ReadingClock clock, HttpContext http, Speech speech)
    {
        var form = await http.Request.ReadFormAsync();
        if (await desk.VisitAsync(http) is not { } visit || Asked(visit, day, form["count"]) is not { } asked)
        {
            return Results.NotFound();
        }

        var id = LoanEndpoints.NewId("plan", visit.Account.Today, form["key"]);
        if (asked.Quote is not { } quote)
        {
            return visit.Account.State.Loans.Any(loan => loan.Id == id)
                ? Results.Redirect($"/app/loans/{id}?done=planned")
                : await ShowAsync(visit, reader, clock, asked, null, speech);
        }

        var seconds = visit.Account.Terms.Instalments!.ReadingSeconds;
        var (evidence, problem) = CostSheet.Confirm(visit.Account, quote, seconds, clock, form["shown"], speech);
        problem ??= await desk.AskPinAsync(visit, form) ?? await desk.SubmitAsync(visit, form, Command(visit, asked, id, evidence));
        return problem is null
            ? Results.Redirect($"/app/loans/{id}?done=planned")
            : await ShowAsync(visit with { Notice = problem }, reader, clock, asked, form["shown"], speech);
    }

    private static async Task<IResult> ShowAsync(
        BorrowerVisit visit, AccountReader reader, ReadingClock clock, AskedPlan asked, string? shown, Speech speech)
    {
        var seconds = LoanCostTables.ReadingSeconds(
            visit.Account.Terms, visit.Account.Terms.Instalments!.ReadingSeconds, visit.Account.Today);
        var read = asked.Quote is { } quote ? new CostConfirmation(quote.CostTableId, seconds) : null;
        var decision = await reader.TryAsync(visit.Account.State.Id, Command(visit, asked, "probe-0", read));
        return BorrowerDesk.Show<PlanPage>(
            visit,
            new()
            {
                ["Asked"] = asked,
                ["Sheet"] = asked.Quote is { } one ? CostSheet.Of(visit.Account, one, seconds, clock, shown) : null,
                ["Refused"] = decision is Refused refused ? RefusalText.Of(refused.Reason, speech.IsChinese) : null,
                ["DebtAfter"] = decision is Accepted accepted
                    ? accepted.After.TotalDebt(visit.Account.Terms, visit.Account.Today)
                    : visit.Account.TotalDebt,
            },
            visit.Notice is { Good: false } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static AskedPlan? Asked(BorrowerVisit visit, string day, string? count)
    {
        var view = visit.Account;
        if (Typed.Day(day) is not { } issuedOn || view.Terms.Instalments is not { } offered
            || !view.State.Bills.Any(bill => bill.IssuedOn == issuedOn))
        {
            return null;
        }

        var offer = offered.Bill.Find(one => one.Count == Typed.Number(count)) ?? offered.Bill[^1];
        var amount = PlanQuotes.Convertible(view.State, issuedOn, null);
        return new AskedPlan(issuedOn, offer, amount, PlanQuotes.Of(
            view.State, view.Terms, offer, amount, null, CostBearer.Buyer, view.Today));
    }

    private static StartPlan Command(BorrowerVisit visit, AskedPlan asked, string id, CostConfirmation? read) =>
        new(id, asked.IssuedOn, null, asked.Amount, asked.Offer.Count, read) { EffectiveOn = visit.Account.Today };
}

/// <summary>A plan that is asked for.</summary>
/// <param name="IssuedOn">The bill.</param>
/// <param name="Offer">Rows and charge.</param>
/// <param name="Amount">All that can be converted.</param>
/// <param name="Quote">What it would be; null when nothing can be converted.</param>
public sealed record AskedPlan(DateOnly IssuedOn, PlanOffer Offer, Money Amount, LoanQuote? Quote);
