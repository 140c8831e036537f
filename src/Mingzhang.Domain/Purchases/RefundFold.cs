namespace Mingzhang.Domain.Purchases;

/// <summary>Folds refunds: hold first, then debt, the rest to the credit balance.</summary>
internal static class RefundFold
{
    public static AccountState Received(AccountState state, RefundReceived e)
    {
        var toDebt = e.Fact.Amount - e.FromHold;
        var called = RepaymentFold.Early(state, e.Allocations);
        var applied = StatementTotals.Credit(RepaymentFold.Apply(called, e.Allocations, credited: true), toDebt) with
        {
            CreditBalance = state.CreditBalance + e.ToCredit,
            PendingRefunds = state.PendingRefunds.Where(refund => refund.RefundId != e.Fact.RefundId),
            RecentReferences = state.RecentReferences.Add(new RecentReference(e.Fact.RefundId, e.EffectiveOn)),
        };
        return e.Fact.PurchaseId is not { } id ? applied : PurchaseFold.Change(applied, id, p => p with
        {
            Held = p.Held - e.FromHold,
            Captured = p.Captured - Money.Min(e.FromHold, p.Captured - p.Posted),
            Refunded = p.Refunded + toDebt,
            Stage = p.Held == e.FromHold && !p.Posted.IsPositive ? PurchaseStage.Gone : p.Stage,
            StageEndsOn = p.Held == e.FromHold ? null : p.StageEndsOn,
        });
    }
}
