namespace Mingzhang.Domain.Purchases;

/// <summary>Folds purchases from hold to debt.</summary>
internal static class PurchaseFold
{
    public static AccountState Authorised(AccountState state, PurchaseAuthorised e)
    {
        var zero = Money.Zero(state.Currency);
        var sameDay = state.SpendDay == e.EffectiveOn;
        var purchase = new Purchase(
            e.Fact.PurchaseId, e.Fact.Scene, e.Fact.Merchant, e.Pool, e.EffectiveOn, e.Fact.Amount, e.Fact.Amount, zero, zero, zero,
            PurchaseStage.Authorised, e.ExpiresOn, null, Forced: false)
        {
            Plan = e.Fact.Plan,
        };
        return state with
        {
            Purchases = Others(state, purchase.Id).Add(purchase),
            SpendDay = e.EffectiveOn,
            SpentOnDay = sameDay ? state.SpentOnDay + e.Fact.Amount : e.Fact.Amount,
            Spending = state.Spending?.Spend(e.Fact.Amount, e.EffectiveOn),
        };
    }

    public static AccountState Captured(AccountState state, PurchaseCaptured e) => Change(state, e.Fact.PurchaseId, p => p with
    {
        Captured = p.Captured + e.Fact.Amount,
        Held = p.Held - e.Released,
        Stage = e.AutoConfirmOn is null ? p.Stage : PurchaseStage.AwaitingReceipt,
        StageEndsOn = e.AutoConfirmOn ?? p.StageEndsOn,
    });

    public static AccountState Offline(AccountState state, OfflinePurchaseTaken e)
    {
        var zero = Money.Zero(state.Currency);
        return state with
        {
            Purchases = Others(state, e.Fact.PurchaseId).Add(new Purchase(
                e.Fact.PurchaseId, e.Fact.Scene, e.Fact.Merchant, null, e.EffectiveOn, zero, zero, e.Fact.Amount, zero, zero,
                PurchaseStage.Authorised, null, null, Forced: true)),
        };
    }

    public static AccountState Posted(AccountState state, PurchasePosted e)
    {
        var changed = Change(state, e.PurchaseId, p => p with
        {
            Posted = p.Posted + e.Amount,
            Held = p.Held - e.FromHold,
            Stage = p.Held == e.FromHold ? PurchaseStage.Posted : p.Stage,
            StageEndsOn = p.Held == e.FromHold ? null : p.StageEndsOn,
            PostedOn = e.EffectiveOn,
        });
        var item = new DueItem(
            e.ItemId, e.PurchaseId, Component.Principal, e.Pool, Cyclable: true, e.EffectiveOn, null, null, e.Amount,
            Money.Zero(state.Currency), Money.Zero(state.Currency),
            state.Terms.Bears is { FromPosting: true } ? Bearing.Revolving : Bearing.None, Disputed: false, WrittenOff: false);
        return StatementTotals.Debit(changed, e.Amount) with { Items = state.Items.Add(item), NextItemId = e.ItemId + 1 };
    }

    public static AccountState HoldGone(AccountState state, string purchaseId, Money amount) => Change(state, purchaseId, p => p with
    {
        Held = p.Held - amount,
        Stage = p.Held == amount ? (p.Posted.IsPositive ? PurchaseStage.Posted : PurchaseStage.Gone) : p.Stage,
        StageEndsOn = p.Held == amount ? null : p.StageEndsOn,
    });

    // An id may be used again when the account no longer answers for its first use.
    private static ValueList<Purchase> Others(AccountState state, string id) =>
        state.Purchases.Where(p => p.Id != id);

    public static AccountState Change(AccountState state, string purchaseId, Func<Purchase, Purchase> change) =>
        state with { Purchases = state.Purchases.Change(p => p.Id == purchaseId, change) };
}
