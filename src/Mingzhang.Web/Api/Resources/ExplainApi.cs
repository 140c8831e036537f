using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>How an account was used and paid.</summary>
/// <param name="Behaviour">Months with something due, months late, what was bought in stretches of 30 days.</param>
/// <param name="Warning">Far more than usual was bought lately; null = not.</param>
internal sealed record SpendingSheet(Behaviour Behaviour, SpendingWarning? Warning);

/// <summary>Why: the same code that decides, replayed with a recording trace or run ahead of time.</summary>
internal static class ExplainApi
{
    private const int FarthestDays = 366;

    public static void Map(ApiRoutes api)
    {
        api.Account<string?, LimitExplanation>(
            "/explain/limit", "explain-limit", "Why the available limit is what it is: terms that sum exactly to it.",
            q => q.OptionalId("scene", "A scene-bound limit; none = the general one."),
            (account, scene) => UnknownScene(account, scene) is { } problem
                ? problem
                : Explainer.Limit(account.State, account.History, account.House.Terms, account.Today, scene));
        api.Account<object?, BillExplanation>(
            "/explain/bill/{date}", "explain-bill", "Why a bill is what it is; opening + lines = closing.", _ => null,
            (account, _) => StatementsApi.One(account));
        api.Account<object?, SpendingSheet>(
            "/explain/spending", "explain-spending",
            "How the account was used and paid lately, and a word when far more is bought than usual (a sample rule).", _ => null,
            (account, _) =>
            {
                var behaviour = Behaviour.Of(account.History, account.House.Terms, account.State.Currency, account.Today);
                return new SpendingSheet(behaviour, SpendingWatch.Of(account.State, behaviour, account.Today));
            });
        api.AccountLater<object?, ClosingCheck>(
            "/explain/closing", "explain-closing", "Why it cannot close, how each reason goes, and what closing would change.",
            _ => null, async (account, _) => await ClosingApi.CheckAsync(account));
        api.Account<(long Amount, DateOnly? On), PaymentPreview>(
            "/explain/payment", "explain-payment", "What a payment of some amount on some day would do.",
            q => (q.Amount("amountMinor", "Amount in minor units."), q.OptionalDate("payOn", "The day; default: today.")),
            (account, query) => Payment(account, account.Money(query.Amount), query.On ?? account.Today));
    }

    private static ApiAnswer? UnknownScene(AccountCall account, string? scene) => scene is null || account.Terms.Scene(scene) is not null
        ? null
        : Problems.Of([Fields.Rules.Word("scene", account.Terms.Scenes.Select(one => one.Code))]);

    private static ApiResult<PaymentPreview> Payment(AccountCall account, Money amount, DateOnly on)
    {
        var farthest = account.Today.AddDays(FarthestDays);
        if (on < account.Today || on > farthest)
        {
            return Problems.Of([Fields.Rules.DateBetween("payOn", account.Today, farthest)]);
        }

        if (Explainer.Payment(account.State, account.Terms, account.Today, on, amount) is { } preview)
        {
            return preview;
        }

        // The real payment would be refused on that day; ask the decider why.
        var trace = default(NoTrace);
        var then = Explainer.RunAhead(account.State, account.Terms, on).State;
        var command = new ReceiveRepayment("preview", [new RepaymentSource("preview", amount)], null, Actor.Borrower) { EffectiveOn = on };
        return Problems.Of(((Refused)AccountDecider.Decide(then, command, account.Terms, on, ref trace)).Reason);
    }
}
