using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Disclosure;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Instalments;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Schedules;
using Mingzhang.Domain.Values;
using Mingzhang.Web.Api.Fields;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>Cash loans and instalments: quote with the cost table, ask, pay out, repay early; plans of bills and purchases.</summary>
internal static class LoansApi
{
    private const string LoanName = "The loan's id, given by the caller.";
    private const string PlanName = "The plan's id, given by the caller.";

    public static void Map(ApiRoutes api)
    {
        api.Account<object?, IReadOnlyList<LoanSheet>>(
            "/loans", "list-loans", "Loans and plans with anything owed: rows, what is due, what settles them, lenders' shares.", _ => null,
            (account, _) => account.State.Loans.Select(loan => LoanSheet.Of(account.State, loan, account.Today)).ToList());
        api.Account<object?, LoanExplanation>(
            "/loans/{loanId}/rows", "get-loan-rows",
            "One loan or plan row by row: due day, principal, interest, fee, penalty, what is unpaid and what is left after it.", _ => null,
            (account, _) => account.View.Loan(account.Call.Path("loanId")) is { } told ? told : Problems.Answer(HttpProblem.NotFound));
        api.Account<object?, ValueList<LoanRequest>>(
            "/loans/requests", "list-loan-requests", "Loans asked for and not yet paid out.", _ => null, (account, _) =>
                account.State.LoanRequests);
        api.Account<(string Offer, int Count, long Amount), QuoteSheet>(
            "/loans/quote", "quote-loan", "What a loan would be: schedule, all costs, yearly cost both ways, and the id to confirm.",
            q => (q.Id("offer", "Offer code of the product."), (int)q.Whole("count", "Number of rows.", 1, 120),
                q.Amount("amountMinor", "Principal in minor units.")),
            (account, query) => Quote(account, query.Offer, query.Count, query.Amount));
        api.Account<(DateOnly? Bill, string? Purchase, int Count, long? Amount), QuoteSheet>(
            "/plans/quote", "quote-plan", "What instalments of a bill or an unbilled purchase would be.",
            q => (q.OptionalDate("billIssuedOn", "The bill by its statement day, or"), q.OptionalId("purchaseId", "the purchase."),
                (int)q.Whole("count", "Number of rows.", 2, 60), q.OptionalAmount("amountMinor", "Part of it; none = all.")),
            (account, query) => Quote(account, query.Bill, query.Purchase, query.Count, query.Amount));
        api.Account<(int Count, long Amount, CostBearer BornBy), QuoteSheet>(
            "/plans/checkout-quote", "quote-checkout-plan",
            "What instalments chosen at checkout would be, before the purchase; the cost borne by the buyer or by the merchant.",
            q => ((int)q.Whole("count", "Number of rows.", 2, 60), q.Amount("amountMinor", "The purchase in minor units."),
                q.OptionalChoice<CostBearer>("bornBy", "Who bears the cost: buyer (the default) or merchant.") ?? CostBearer.Buyer),
            (account, query) => CheckoutQuote(account, query.Count, query.Amount, query.BornBy));
        MapLoans(api);
        api.Command(
            "POST", "/plans", "start-plan", ApiScopes.PaymentsWrite, "Turn a bill, or a purchase not billed yet, into instalments.",
            f => new StartPlan(
                f.Id("planId", PlanName), f.OptionalDate("billIssuedOn", "The bill by its statement day, or"),
                f.OptionalId("purchaseId", "the purchase."),
                f.OptionalAmount("amountMinor", "Part of the bill; none = all.") is { } minor
                    ? Money.Of(minor, f.Setting.Currency) : null,
                (int)f.Whole("count", "Number of rows.", 2, 60), Confirmed(f))
            {
                EffectiveOn = f.EffectiveOn(),
            },
            """
            {"planId":"plan-1","billIssuedOn":"2026-09-01","count":12,
             "disclosure":{"costTable":"0123456789abcdef0123456789abcdef","readSeconds":6}}
            """);
    }

    private static void MapLoans(ApiRoutes api)
    {
        api.Command(
            "POST", "/loans", "request-loan", ApiScopes.PaymentsWrite, "Ask for a loan; its amount is held until it is paid out.",
            f => new RequestLoan(
                f.Id("loanId", LoanName), f.Money("Principal in minor units."), f.Id("offer", "Offer code of the product."),
                (int)f.Whole("count", "Number of rows.", 1, 120), f.Text("purpose", "What the money is for.", 60), Confirmed(f))
            {
                EffectiveOn = f.EffectiveOn(),
            },
            """
            {"loanId":"loan-1","amountMinor":1000000,"offer":"equal","count":12,"purpose":"renovation",
             "disclosure":{"costTable":"0123456789abcdef0123456789abcdef","readSeconds":12}}
            """);
        api.Command(
            "POST", "/loans/{loanId}/disbursement", "confirm-disbursement", ApiScopes.PaymentsWrite,
            "The money reached the customer; interest begins on the effective date.",
            f => new ConfirmDisbursement(f.PathId("loanId", LoanName), f.Id("reference", "The channel's reference."))
            {
                EffectiveOn = f.EffectiveOn(),
            },
            """{"reference":"bank-20260701-1"}""");
        api.Command(
            "POST", "/loans/{loanId}/disbursement-failure", "fail-disbursement", ApiScopes.PaymentsWrite,
            "Paying out failed; the amount is free again.",
            f => new FailDisbursement(f.PathId("loanId", LoanName), f.Text("reason", "Why."))
            {
                EffectiveOn = f.EffectiveOn(),
            },
            """{"reason":"card closed"}""");
    }

    /// <summary>The instalments chosen at checkout.</summary>
    public static CheckoutPlan? Checkout(CommandFields f) => f.Object("plan", "Instalments at checkout.", false, p => new CheckoutPlan(
        p.Id("planId", PlanName), (int)p.Whole("count", "Number of rows.", 2, 60),
        p.Choice<CostBearer>("bornBy", "Who bears the cost: buyer or merchant."), Confirmed(p)));

    /// <summary>The evidence of a confirmed cost table in a body.</summary>
    public static CostConfirmation? Confirmed(FieldReader f) => f.Object(
        "disclosure", "Evidence that the cost table was shown, read and confirmed.", false, d => new CostConfirmation(
            d.Id("costTable", "Id of the table, from the quote."), (int)d.Whole("readSeconds", "How long it was open.", 0, 86_400))
        {
            ConfirmedOn = d.OptionalDate("confirmedOn", "Day of the confirmation; left out: the day of the contract."),
            Language = d.OptionalChoice<ShownIn>("language", "Language it was shown in, zh or en.")?.ToString().ToLowerInvariant(),
            Channel = d.OptionalText("channel", "Where: app, payment page, paper with a signature."),
        });

    private static ApiResult<QuoteSheet> Quote(AccountCall account, string code, int count, long amount)
    {
        if (LoanQuotes.Check(account.Terms, code, count, account.Money(amount)) is { } refused)
        {
            return Problems.Of(refused);
        }

        var loans = account.Terms.Loan!;
        var made = LoanQuotes.Of(account.State, account.Terms, loans.Offer(code, count)!, count, account.Money(amount), account.Today);
        return made is { } quote
            ? QuoteSheet.Of(quote, account.Terms, account.Today, loans.ReadingSeconds)
            : Problems.Of(new OfferUnknown(code, count));
    }

    private static ApiResult<QuoteSheet> Quote(AccountCall account, DateOnly? bill, string? purchase, int count, long? amount)
    {
        if (account.Terms.Instalments is not { } offered)
        {
            return Problems.Of(new LoansNotOffered());
        }

        Money? part = amount is { } minor ? account.Money(minor) : null;
        if (PlanQuotes.Check(account.State, offered, bill, purchase, count, part, account.Today) is { } refused)
        {
            return Problems.Of(refused);
        }

        var offers = purchase is null ? offered.Bill : offered.Checkout;
        return Planned(
            account, offered, offers.Find(offer => offer.Count == count)!,
            part ?? PlanQuotes.Convertible(account.State, bill, purchase), purchase, CostBearer.Buyer);
    }

    private static ApiResult<QuoteSheet> CheckoutQuote(AccountCall account, int count, long amount, CostBearer bornBy)
    {
        if (PlanQuotes.Check(account.Terms, count, account.Money(amount)) is { } refused)
        {
            return Problems.Of(refused);
        }

        var (offered, most) = (account.Terms.Instalments!, account.Terms.Limits.SinglePurchaseMax);
        if (account.Money(amount) > most)
        {
            return Problems.Of(new LoanAmountNotOffered(offered.Smallest, most, account.Money(1)));
        }

        return Planned(account, offered, offered.Checkout.Find(offer => offer.Count == count)!, account.Money(amount), "checkout", bornBy);
    }

    private static ApiResult<QuoteSheet> Planned(
        AccountCall account, InstalmentTerms offered, PlanOffer offer, Money amount, string? purchase, CostBearer bornBy) =>
        PlanQuotes.Of(account.State, account.Terms, offer, amount, purchase, bornBy, account.Today) is { } quote
            ? QuoteSheet.Of(quote, account.Terms, account.Today, offered.ReadingSeconds)
            : Problems.Of(new OfferUnknown(purchase is null ? "bill" : "checkout", offer.Count));

    private enum ShownIn
    {
        Zh,
        En,
    }
}

/// <summary>A quote as the customer is told it (综合融资成本明示表).</summary>
/// <param name="CostTable">Id to confirm; it follows from the content.</param>
/// <param name="ReadingSeconds">Shortest time it must be open.</param>
/// <param name="PrincipalMinor">Paid out or converted, whole.</param>
/// <param name="CostMinor">All interest and fees if paid as scheduled; nothing else is charged.</param>
/// <param name="SimpleYearlyPpm">IRR × 12; the cap is compared with it.</param>
/// <param name="CompoundYearlyPpm">(1 + IRR)^12 − 1.</param>
/// <param name="CapPpm">The cap of the licence today; null when none is dated.</param>
/// <param name="CapSource">Its clause.</param>
/// <param name="DailyPpm">Price per day; 0 for a fixed charge.</param>
/// <param name="PenaltyDailyPpm">Only when late: price per day on what is overdue.</param>
/// <param name="EarlyFee">What repaying early costs.</param>
/// <param name="Rows">The schedule.</param>
/// <param name="Lenders">Who lends.</param>
/// <param name="Table">The whole table as the customer must see it; null when nothing may be offered.</param>
internal sealed record QuoteSheet(
    string CostTable, int ReadingSeconds, long PrincipalMinor, long CostMinor, long? SimpleYearlyPpm, long? CompoundYearlyPpm,
    long? CapPpm, string? CapSource, long DailyPpm, long PenaltyDailyPpm, EarlyTerms EarlyFee, ValueList<ScheduleRow> Rows,
    ValueList<LenderShare> Lenders, CostTableSheet? Table)
{
    /// <summary>The sheet of a quote.</summary>
    public static QuoteSheet Of(LoanQuote quote, ProductTerms terms, DateOnly on, int readingSeconds)
    {
        var (yearly, cap) = (quote.YearlyCost(), quote.Cap);
        return new QuoteSheet(
            quote.CostTableId, LoanCostTables.ReadingSeconds(terms, readingSeconds, on), quote.Principal.MinorUnits,
            quote.Cost.MinorUnits, yearly?.SimplePpm, yearly?.CompoundPpm,
            cap?.AnnualPpm, cap?.Clause.Zh, quote.Rate.Ppm, quote.Penalty.Ppm, quote.Early, quote.Rows, quote.Lenders,
            quote.Table is CostTableMade made ? CostTableSheet.Of(made.Table) : null);
    }
}

/// <summary>A loan or plan and its figures today.</summary>
/// <param name="Loan">The contract and the rows still to fall due.</param>
/// <param name="PrincipalLeft">Principal not repaid.</param>
/// <param name="Settlement">What settles it today, by parts.</param>
/// <param name="Lenders">What each lender is owed.</param>
internal sealed record LoanSheet(Loan Loan, Money PrincipalLeft, Settlement Settlement, IReadOnlyList<LenderFigure> Lenders)
{
    /// <summary>The sheet of a loan.</summary>
    public static LoanSheet Of(AccountState state, Loan loan, DateOnly on) => new(
        loan, state.PrincipalLeft(loan.Id), state.SettlementOf(loan, on),
        LenderShares.Of(state).Where(figure => figure.LoanId == loan.Id).ToList());
}
