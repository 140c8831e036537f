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

    public static AccountState Captured(AccountState state, PurchaseCaptured e)
    {
        var at = IndexOf(state, e.Fact.PurchaseId);
        var p = at < 0 ? null : state.Purchases[at];
        return p is null ? state with { } : state with
        {
            Purchases = state.Purchases.With(at, p with
            {
                Captured = p.Captured + e.Fact.Amount,
                Held = p.Held - e.Released,
                Stage = e.AutoConfirmOn is null ? p.Stage : PurchaseStage.AwaitingReceipt,
                StageEndsOn = e.AutoConfirmOn ?? p.StageEndsOn,
            }),
        };
    }

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
        var item = new DueItem(
            e.ItemId, e.PurchaseId, Component.Principal, e.Pool, Cyclable: true, e.EffectiveOn, null, null, e.Amount,
            Money.Zero(state.Currency), Money.Zero(state.Currency),
            state.Terms.Bears is { FromPosting: true } ? Bearing.Revolving : Bearing.None, Disputed: false, WrittenOff: false);
        return state with
        {
            Purchases = WithPosted(state, e), Cycle = StatementTotals.Debited(state.Cycle, e.Amount),
            Items = state.Items.Add(item), NextItemId = e.ItemId + 1,
        };
    }

    private static ValueList<Purchase> WithPosted(AccountState state, PurchasePosted e)
    {
        var at = IndexOf(state, e.PurchaseId);
        var p = at < 0 ? null : state.Purchases[at];
        return p is null ? state.Purchases : state.Purchases.With(at, p with
        {
            Posted = p.Posted + e.Amount,
            Held = p.Held - e.FromHold,
            Stage = p.Held == e.FromHold ? PurchaseStage.Posted : p.Stage,
            StageEndsOn = p.Held == e.FromHold ? null : p.StageEndsOn,
            PostedOn = e.EffectiveOn,
        });
    }

    public static AccountState HoldGone(AccountState state, string purchaseId, Money amount) => Change(state, purchaseId, p => p with
    {
        Held = p.Held - amount,
        Stage = p.Held == amount ? (p.Posted.IsPositive ? PurchaseStage.Posted : PurchaseStage.Gone) : p.Stage,
        StageEndsOn = p.Held == amount ? null : p.StageEndsOn,
    });

    // An id may be used again when the account no longer answers for its first use.
    private static ValueList<Purchase> Others(AccountState state, string id) =>
        IndexOf(state, id) < 0 ? state.Purchases : Without(state, id);

    private static ValueList<Purchase> Without(AccountState state, string id) => state.Purchases.Where(p => p.Id != id);

    /// <summary>Where a purchase stands in the list; -1 = nowhere.</summary>
    public static int IndexOf(AccountState state, string id)
    {
        var purchases = state.Purchases.AsSpan();
        for (var at = 0; at < purchases.Length; at++)
        {
            if (purchases[at].Id == id)
            {
                return at;
            }
        }

        return -1;
    }

    public static AccountState Change(AccountState state, string purchaseId, Func<Purchase, Purchase> change) =>
        state with { Purchases = state.Purchases.Change(p => p.Id == purchaseId, change) };
}
