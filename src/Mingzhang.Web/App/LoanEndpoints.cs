using System.Globalization;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Payments;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Wording;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.App;

/// <summary>Loans and plans: all of them, one of them, repaying one.</summary>
public static class LoanEndpoints
{
    /// <summary>Maps the pages and forms.</summary>
    public static void MapLoans(this RouteGroupBuilder pages)
    {
        pages.MapGet("/loans", (BorrowerDesk desk, HttpContext http) => desk.ShowAsync<LoansPage>(http));
        pages.MapGet("/loans/{id}", LoanAsync);
        pages.MapGet("/loans/{id}/repay", RepayPageAsync);
        pages.MapPost("/loans/{id}/repay", RepayAsync);
    }

    /// <summary>The id of a loan or plan made from a form: the same form makes the same id.</summary>
    public static string NewId(string kind, DateOnly today, string? key) => string.Create(
        CultureInfo.InvariantCulture, $"{kind}-{today:yyyyMMdd}-{(key is { Length: >= 8 } ? key[..8].ToLowerInvariant() : "00000000")}");

    private static async Task<IResult> LoanAsync(string id, BorrowerDesk desk, HttpContext http)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        if (visit.Account.State.LoanRequests.Find(request => request.Fact.LoanId == id) is { } asked)
        {
            return BorrowerDesk.Show<PayingOutPage>(visit, new()
            {
                ["Asked"] = asked, ["TransferId"] = Transfer.NameOf(visit.Account.State.Id, TransferPurpose.PayOut, id),
            });
        }

        return visit.Account.Loan(id) is { } told
            ? BorrowerDesk.Show<LoanPage>(visit, new() { ["Told"] = told })
            : Results.NotFound();
    }

    private static async Task<IResult> RepayPageAsync(string id, BorrowerDesk desk, AccountReader reader, HttpContext http, Speech speech)
    {
        var query = http.Request.Query;
        return await desk.VisitAsync(http) is { } visit && visit.Account.State.Loans.Find(loan => loan.Id == id) is { } loan
            ? await ShowAsync(visit, reader, loan, Typed.Fen(query["amount"]), ModeOf(query["mode"]), speech)
            : Results.NotFound();
    }

    private static async Task<IResult> RepayAsync(string id, BorrowerDesk desk, AccountReader reader, HttpContext http, Speech speech)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        var mode = ModeOf(form["mode"]);
        var fen = Typed.Fen(form["amount"]);
        var (problem, transfer) = fen is null
            ? (new PageNotice(false, speech["pay.amount-wrong"]), null)
            : await desk.AskPinAsync(visit, form) is { } locked
            ? (locked, null)
            : await desk.PayAsync(visit, form, RepayPreview.Command(visit.Account, id, fen.Value, mode, "web-" + form["key"]));
        if (problem is null)
        {
            return PaymentEndpoints.After(transfer!, $"/app/loans/{id}?done=repaid");
        }

        return visit.Account.State.Loans.Find(loan => loan.Id == id) is { } loan
            ? await ShowAsync(visit with { Notice = problem }, reader, loan, fen, mode, speech)
            : Results.NotFound();
    }

    private static async Task<IResult> ShowAsync(
        BorrowerVisit visit, AccountReader reader, Loan loan, long? fen, EarlyMode mode, Speech speech)
    {
        var settlement = visit.Account.State.SettlementOf(loan, visit.Account.Today);
        var amount = fen is { } minor ? Money.Of(minor, visit.Account.State.Currency)
            : settlement.Due.IsPositive ? settlement.Due : settlement.Total;
        var preview = await RepayPreview.OfAsync(reader, visit.Account, loan, amount, mode, speech);
        return BorrowerDesk.Show<LoanRepayPage>(
            visit, new() { ["Loan"] = loan, ["Settlement"] = settlement, ["Preview"] = preview },
            visit.Notice is { Good: false } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static EarlyMode ModeOf(string? text) => text == "lower" ? EarlyMode.Lower : EarlyMode.Shorten;
}
