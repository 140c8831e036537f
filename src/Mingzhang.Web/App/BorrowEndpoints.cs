using System.Globalization;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Payments;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Wording;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.App;

/// <summary>What a borrower chose.</summary>
/// <param name="Amount">Principal.</param>
/// <param name="Offer">Code of the offer.</param>
/// <param name="Count">Rows.</param>
/// <param name="Purpose">Code of the purpose.</param>
/// <param name="Misread">Key of the text that says which part could not be read and was replaced; null when all could.</param>
public sealed record BorrowChoice(Money Amount, string Offer, int Count, string Purpose, string? Misread)
{
    /// <summary>The amount as typed, 1234.50.</summary>
    public string Yuan => RefusalText.Yuan(Amount).Replace(",", "", StringComparison.Ordinal);

    /// <summary>A page with this choice.</summary>
    public string Address(string page) => string.Create(
        CultureInfo.InvariantCulture, $"{page}?amount={Yuan}&choice={Offer}:{Count}&purpose={Purpose}");
}

/// <summary>Borrowing: choose, read the cost table, confirm with the PIN.</summary>
public static class BorrowEndpoints
{
    /// <summary>What money may be borrowed for.</summary>
    public static IReadOnlyList<string> Purposes { get; } = ["daily", "renovation", "training", "medical", "travel"];

    /// <summary>Maps the pages and the form.</summary>
    public static void MapBorrow(this RouteGroupBuilder pages)
    {
        pages.MapGet("/borrow", ChooseAsync);
        pages.MapGet("/borrow/costs", CostsAsync);
        pages.MapPost("/borrow/costs", ConfirmAsync);
    }

    /// <summary>The most that can be borrowed now: whole multiples within the available limit.</summary>
    public static Money Most(AccountView view, LoanTerms loans) => Money.Min(loans.Largest, Whole(view.Available, loans));

    private static async Task<IResult> ChooseAsync(BorrowerDesk desk, AccountReader reader, HttpContext http, Speech speech)
    {
        if (await desk.VisitAsync(http) is not { Account.Terms.Loan: { } loans } visit)
        {
            return Results.NotFound();
        }

        var choice = Read(visit.Account, loans, http.Request.Query["amount"], http.Request.Query["choice"], http.Request.Query["purpose"]);
        var quote = QuoteOf(visit.Account, choice);
        var notice = choice.Misread is { } misread ? new PageNotice(false, speech[misread]) : visit.Notice;
        return BorrowerDesk.Show<BorrowPage>(visit with { Notice = notice }, new()
        {
            ["Choice"] = choice,
            ["Quote"] = quote,
            ["Refused"] = await RefusedAsync(reader, visit, choice, quote, speech),
            ["Room"] = await reader.ExposureAsync(visit.Account),
        });
    }

    private static async Task<IResult> CostsAsync(
        BorrowerDesk desk, AccountReader reader, ReadingClock clock, HttpContext http, Speech speech)
    {
        if (await desk.VisitAsync(http) is not { Account.Terms.Loan: { } loans } visit)
        {
            return Results.NotFound();
        }

        var choice = Read(visit.Account, loans, http.Request.Query["amount"], http.Request.Query["choice"], http.Request.Query["purpose"]);
        return choice.Misread is not null
            ? Results.Redirect("/app/borrow" + http.Request.QueryString)
            : QuoteOf(visit.Account, choice) is { } quote && await RefusedAsync(reader, visit, choice, quote, speech) is null
            ? Costs(visit, choice, CostSheet.Of(visit.Account, quote, loans.ReadingSeconds, clock))
            : Results.Redirect(choice.Address("/app/borrow"));
    }

    private static async Task<IResult> ConfirmAsync(BorrowerDesk desk, ReadingClock clock, HttpContext http, Speech speech)
    {
        if (await desk.VisitAsync(http) is not { Account.Terms.Loan: { } loans } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        var choice = Read(visit.Account, loans, form["amount"], form["choice"], form["purpose"]);
        if (choice.Misread is not null || QuoteOf(visit.Account, choice) is not { } quote)
        {
            return Results.Redirect(choice.Address("/app/borrow"));
        }

        var (evidence, problem) = CostSheet.Confirm(visit.Account, quote, loans.ReadingSeconds, clock, form["shown"], speech);
        var id = LoanEndpoints.NewId("loan", visit.Account.Today, form["key"]);
        Transfer? transfer = null;
        problem ??= await desk.AskPinAsync(visit, form);
        if (problem is null)
        {
            (problem, transfer) = await desk.BorrowAsync(visit, form, Command(visit, choice, id, evidence));
        }

        var done = transfer is { State: TransferState.Done, Booked: true } ? "arrived" : "requested";
        return problem is null
            ? Results.Redirect($"/app/loans/{id}?done={done}")
            : Costs(
                visit with { Notice = problem }, choice, CostSheet.Of(visit.Account, quote, loans.ReadingSeconds, clock, form["shown"]),
                StatusCodes.Status422UnprocessableEntity);
    }

    private static IResult Costs(BorrowerVisit visit, BorrowChoice choice, CostSheet sheet, int status = 200) =>
        BorrowerDesk.Show<BorrowCostsPage>(visit, new() { ["Choice"] = choice, ["Sheet"] = sheet }, status);

    private static LoanQuote? QuoteOf(AccountView view, BorrowChoice choice) =>
        view.Terms.Loan?.Offer(choice.Offer, choice.Count) is { } offer && choice.Amount.IsPositive
            ? LoanQuotes.Of(view.State, view.Terms, offer, choice.Count, choice.Amount, view.Today)
            : null;

    /// <summary>Why the loan would be refused now, whatever is read; null when it would be accepted.</summary>
    private static async Task<string?> RefusedAsync(
        AccountReader reader, BorrowerVisit visit, BorrowChoice choice, LoanQuote? quote, Speech speech)
    {
        var read = quote is null ? null : new CostConfirmation(
            quote.CostTableId,
            LoanCostTables.ReadingSeconds(visit.Account.Terms, visit.Account.Terms.Loan!.ReadingSeconds, visit.Account.Today));
        var decision = await reader.TryAsync(visit.Account.State.Id, Command(visit, choice, "probe-0", read));
        return decision is Refused refused ? RefusalText.Of(refused.Reason, speech.IsChinese) : null;
    }

    private static RequestLoan Command(BorrowerVisit visit, BorrowChoice choice, string id, CostConfirmation? read) =>
        new(id, choice.Amount, choice.Offer, choice.Count, choice.Purpose, read) { EffectiveOn = visit.Account.Today };

    private static BorrowChoice Read(AccountView view, LoanTerms loans, string? amount, string? choice, string? purpose)
    {
        var parts = (choice ?? "").Split(':');
        var count = parts.Length == 2 ? Typed.Number(parts[1]) : null;
        var offer = count is { } asked && loans.Offer(parts[0], asked) is { } found ? found : loans.Offers[0];
        var known = count is { } rows && offer.Counts.Any(one => one == rows) ? rows : offer.Counts[^1];
        var usual = Money.Min(Most(view, loans), Money.Max(loans.Smallest, Money.Of(1_000_000, view.State.Currency)));
        var misread = Typed.Fen(amount) is null && !string.IsNullOrEmpty(amount) ? "borrow.misread-amount"
            : !string.IsNullOrEmpty(choice) && choice != $"{offer.Code}:{known}" ? "borrow.misread-offer"
            : !string.IsNullOrEmpty(purpose) && !Purposes.Contains(purpose) ? "borrow.misread-purpose"
            : null;
        return new BorrowChoice(
            Typed.Fen(amount) is { } fen ? Money.Of(fen, view.State.Currency) : usual, offer.Code, known,
            Purposes.Contains(purpose) ? purpose! : Purposes[0], misread);
    }

    private static Money Whole(Money amount, LoanTerms loans) => amount.IsPositive
        ? Money.Of(amount.MinorUnits / loans.MultipleMinor * loans.MultipleMinor, amount.Currency)
        : Money.Zero(amount.Currency);
}
