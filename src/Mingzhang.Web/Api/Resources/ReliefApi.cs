using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Relief;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Web.Api.Fields;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>Relief: what would change, ask, offer, accept, end; waivers.</summary>
internal static class ReliefApi
{
    private const string ReliefName = "The id of the application, offer or agreement, given by the caller.";
    private const string LoanName = "The cash loan; left out: what has been billed.";

    public static void Map(ApiRoutes api)
    {
        api.Account<object?, ValueList<ReliefAgreement>>(
            "/relief", "list-relief", "Applications, offers and running agreements.", _ => null, (account, _) => account.State.Reliefs);
        api.Account<ReliefPlan, ReliefSheet>(
            "/relief/quote", "quote-relief",
            "What an agreement would change: all payments before and after, and the cost table to confirm.",
            PlanOf, Quote);
        api.Command(
            "POST", "/relief/requests", "request-relief", ApiScopes.AccountsWrite, "The customer asks for help.",
            f => new RequestRelief(
                f.Id("reliefId", ReliefName), f.Choice<ReliefKind>("wish", "The kind hoped for."), f.OptionalId("loanId", LoanName),
                f.Text("reason", "Why, in the customer's words.", 500))
            {
                EffectiveOn = f.EffectiveOn(),
            },
            """{"reliefId":"help-1","wish":"replan","reason":"lost the job"}""");
        api.Command(
            "POST", "/relief/offers", "offer-relief", ApiScopes.StaffWrite,
            "The house offers an agreement, also in answer to an application.",
            f => new OfferRelief(
                f.Id("reliefId", ReliefName), f.Object("plan", "What is offered.", true, PlanOf)!, f.Text("reason", "Why.", 500))
            {
                EffectiveOn = f.EffectiveOn(),
            },
            """{"reliefId":"help-1","plan":{"kind":"replan","loanId":"loan-1","count":24,"dailyPpm":200},"reason":"hardship shown"}""");
        api.Command(
            "POST", "/relief/{reliefId}/acceptance", "accept-relief", ApiScopes.AccountsWrite,
            "The customer agrees, with the cost table read; the new rows hold from today.",
            f => new AcceptRelief(
                f.PathId("reliefId", ReliefName), f.Object("plan", "What is agreed; what was offered, where something was.", true, PlanOf)!,
                LoansApi.Confirmed(f))
            {
                EffectiveOn = f.EffectiveOn(),
            },
            """
            {"plan":{"kind":"deferral","loanId":"loan-1","months":1},
             "disclosure":{"costTable":"0123456789abcdef0123456789abcdef","readSeconds":6}}
            """);
        api.Command(
            "POST", "/relief/{reliefId}/end", "end-relief", ApiScopes.AccountsWrite,
            "An application or offer ends, or an agreement is called off: back to the contract's own rows.",
            f => new EndRelief(f.PathId("reliefId", ReliefName), f.By(Actor.Borrower), f.Text("reason", "Why.", 500))
            {
                EffectiveOn = f.EffectiveOn(),
            },
            """{"reason":"back at work"}""");
        api.Command(
            "POST", "/waivers", "waive-debt", ApiScopes.StaffWrite, "Waive a part of the debt, by component.",
            f => new WaiveDebt(
                f.Id("waiverId", "The waiver's id, given by the caller."),
                f.OptionalId("loanId", "The loan or plan; left out: what belongs to none."),
                f.List("parts", "How much of what.", 1, 4, part => new WaivedPart(
                    part.Choice<Component>("component", "Principal, interest, charge or fee."),
                    Money.Of(part.Amount("amountMinor", "How much."), f.Setting.Currency))), f.Text("reason", "Why.", 500))
            {
                EffectiveOn = f.EffectiveOn(),
            },
            """{"waiverId":"waiver-1","parts":[{"component":"overdueCharge","amountMinor":500}],"reason":"goodwill"}""");
    }

    private static ReliefPlan PlanOf(FieldReader f) => new(
        f.Choice<ReliefKind>("kind", "Deferral, re-ageing, re-amortisation or a new plan."), f.OptionalId("loanId", LoanName),
        (int)(f.OptionalWhole("months", "Deferral: months the rows move.", 0, 24) ?? 0),
        f.OptionalYesNo("interestOnly", "Deferral of a loan: interest is paid on the old days meanwhile.") ?? false,
        (int)(f.OptionalWhole("count", "Rows of the new schedule.", 0, 60) ?? 0),
        f.OptionalDate("firstDueOn", "First due day of a loan's new schedule; left out: by the house's rule."),
        f.OptionalWhole("dailyPpm", "Price of a new plan per day; left out: the contract's.", 0, 10_000));

    private static ApiResult<ReliefSheet> Quote(AccountCall account, ReliefPlan plan)
    {
        var (quote, refusal) = ReliefQuotes.Try(account.State, account.Terms, plan, account.Today);
        return quote is null || refusal is not null
            ? Problems.Of(refusal ?? new ReliefDoesNotFit(ReliefMismatch.NoSchedule))
            : new ReliefSheet(
                plan, quote.Before, quote.After, quote.ExtraCost.MinorUnits, quote.DueNowBefore.MinorUnits, quote.DueNowAfter.MinorUnits,
                quote.PastDueBefore, quote.PastDueAfter, quote.Offer.StopsUse, quote.Offer.BureauCode, quote.Offer.SelfService,
                QuoteSheet.Of(quote.Contract, account.Terms, account.Today, account.Terms.Relief!.ReadingSeconds));
    }
}

/// <summary>What an agreement would change.</summary>
/// <param name="Plan">What was asked.</param>
/// <param name="Before">All payments without it, if everything is paid when due.</param>
/// <param name="After">All payments with it.</param>
/// <param name="ExtraCostMinor">What it costs more; negative when less.</param>
/// <param name="DueNowBeforeMinor">Due today without it.</param>
/// <param name="DueNowAfterMinor">Due today with it.</param>
/// <param name="DaysPastDueBefore">Days past due today.</param>
/// <param name="DaysPastDueAfter">Days past due with it.</param>
/// <param name="StopsUse">Whether the line cannot be used while it runs.</param>
/// <param name="BureauCode">The special transaction it is reported as.</param>
/// <param name="SelfService">Whether the customer starts it alone.</param>
/// <param name="Contract">Its cost table, to be confirmed.</param>
internal sealed record ReliefSheet(
    ReliefPlan Plan, PaymentPath Before, PaymentPath After, long ExtraCostMinor, long DueNowBeforeMinor, long DueNowAfterMinor,
    int DaysPastDueBefore, int DaysPastDueAfter, bool StopsUse, int BureauCode, bool SelfService, QuoteSheet Contract);
