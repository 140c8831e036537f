namespace Mingzhang.Domain.Purchases;

/// <summary>Folds refunds: hold first, then debt, the rest to the credit balance.</summary>
internal static class RefundFold
{
    public static AccountState Received(AccountState state, RefundReceived e)
    {
        var toDebt = e.Fact.Amount - e.FromHold;
        var applied = StatementTotals.Credit(RepaymentFold.Apply(state, e.Allocations), toDebt) with
        {
            CreditBalance = state.CreditBalance + e.ToCredit,
            PendingRefunds = state.PendingRefunds.Where(refund => refund.RefundId != e.Fact.RefundId),
            RecentReferences = state.RecentReferences.Add(new RecentReference(e.Fact.RefundId, e.EffectiveOn)),
        };
        return e.Fact.PurchaseId is not { } id ? applied : PurchaseFold.Change(applied, id, p => p with
        {
            Held = p.Held - e.FromHold,
            Captured = Money.Max(Money.Zero(state.Currency), p.Captured - e.FromHold),
            Refunded = p.Refunded + toDebt,
            Stage = p.Held == e.FromHold && !p.Posted.IsPositive ? PurchaseStage.Gone : p.Stage,
            StageEndsOn = p.Held == e.FromHold ? null : p.StageEndsOn,
        });
    }
}
