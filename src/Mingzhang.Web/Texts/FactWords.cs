using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Disputes;
using Mingzhang.Domain.Limits;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Prices;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;

namespace Mingzhang.Web.Texts;

/// <summary>A fact in the customer's words: what, how much, on which day.</summary>
public static class FactWords
{
    /// <summary>Such as "a repayment of 1,000.00 on 10 Jun".</summary>
    public static string Of(Speech say, AccountCommand fact) =>
        say.Say("fact." + fact.GetType().Name, How(say, fact), say.Day(fact.EffectiveOn));

    private static string How(Speech say, AccountCommand fact) => fact switch
    {
        AuthorisePurchase c => say.Money(c.Amount),
        CapturePurchase c => say.Money(c.Amount),
        PostOfflinePurchase c => say.Money(c.Amount),
        AnnounceRefund c => say.Money(c.Amount),
        ReceiveRefund c => say.Money(c.Amount),
        SubmitPayment c => say.Money(c.Amount),
        ReceiveRepayment { Sources: { Count: > 0 } sources } => say.Money(
            sources.Skip(1).Aggregate(sources[0].Amount, (sum, source) => sum + source.Amount)),
        ReturnCreditBalance c => say.Money(c.Amount),
        SetLimit c => say.Money(c.Total),
        GrantTemporaryLimit c => say.Money(c.Limit.Amount),
        SetSceneLimit c => say.Money(c.Limit.Amount),
        RequestLoan c => say.Money(c.Amount),
        SetPrice c => say.Price(c.ContractPpm),
        // The rest: facts without an amount.
        _ => "",
    };
}
