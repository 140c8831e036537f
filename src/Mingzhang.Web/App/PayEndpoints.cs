using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.App;

/// <summary>Paying: the query moves the slider, the form pays.</summary>
public static class PayEndpoints
{
    /// <summary>Maps the pay page and its form.</summary>
    public static void MapPay(this RouteGroupBuilder pages)
    {
        pages.MapGet("/pay", PageAsync);
        pages.MapPost("/pay", PayAsync);
    }

    /// <summary>On a loan line one pays a loan: the page that shows them.</summary>
    private static async Task<IResult> PageAsync(BorrowerDesk desk, HttpContext http) => await desk.VisitAsync(http) switch
    {
        null => Results.NotFound(),
        { Account.Terms.Loan: not null } => Results.Redirect("/app/loans"),
        var visit => BorrowerDesk.Show<PayPage>(visit, Parameters(visit, Asked(visit, http), DayOf(visit, http))),
    };

    private static async Task<IResult> PayAsync(BorrowerDesk desk, HttpContext http, Speech speech)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        if (Typed.Fen(form["amount"]) is not { } fen)
        {
            return Again(visit, new PageNotice(false, speech["pay.amount-wrong"]), Largest(visit), visit.Account.Today);
        }

        if (await desk.AskPinAsync(visit, form) is { } locked)
        {
            return Again(visit, locked, fen, visit.Account.Today);
        }

        var (problem, transfer) = await desk.PayAsync(visit, form, new ReceiveRepayment(
            "web-" + form["key"],
            [new RepaymentSource("bank-card", Money.Of(fen, visit.Account.State.Currency))],
            null,
            Actor.Borrower) { EffectiveOn = visit.Account.Today });
        return problem is null ? PaymentEndpoints.After(transfer!, "/app?done=paid") : Again(visit, problem, fen, visit.Account.Today);
    }

    /// <summary>The page again, with what was wrong.</summary>
    internal static IResult Again(BorrowerVisit visit, PageNotice notice, long fen, DateOnly on) => BorrowerDesk.Show<PayPage>(
        visit with { Notice = notice }, Parameters(visit, fen, on), StatusCodes.Status422UnprocessableEntity);

    private static Dictionary<string, object?> Parameters(BorrowerVisit visit, long fen, DateOnly on)
    {
        var account = visit.Account;
        var amount = Money.Of(fen, account.State.Currency);
        var preview = fen > 0 ? Explainer.Payment(account.State, account.Terms, account.Today, on, amount) : null;
        return new() { ["Amount"] = amount, ["On"] = on, ["Preview"] = preview };
    }

    /// <summary>The typed amount when it was changed, else the slider's, else the bill, else everything.</summary>
    private static long Asked(BorrowerVisit visit, HttpContext http)
    {
        var query = http.Request.Query;
        var typed = Typed.Fen(query["amount"]);
        var slid = Typed.Number(query["fen"]);
        var asked = typed is { } fen && query["amount"] != query["was"] ? fen : slid ?? typed;
        return asked ?? (visit.Account.Billed.IsPositive && visit.Account.Billed <= visit.Account.Payable
            ? visit.Account.Billed.MinorUnits
            : Largest(visit));
    }

    private static long Largest(BorrowerVisit visit) => visit.Account.Payable.MinorUnits;

    private static DateOnly DayOf(BorrowerVisit visit, HttpContext http) =>
        Typed.Day(http.Request.Query["on"]) is { } day && day >= visit.Account.Today && day <= visit.Account.Today.AddDays(60)
            ? day
            : visit.Account.Today;
}
