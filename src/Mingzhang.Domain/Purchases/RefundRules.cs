namespace Mingzhang.Domain.Purchases;

/// <summary>Refunds: before posting they release the hold; afterwards they pay the purchase's own debt, then other debt, the rest is a
/// credit balance.</summary>
/// <remarks>Product rule, domain rules 1.7: the refund goes to the bill first, and to the balance when the bill is paid.</remarks>
internal static class RefundRules
{
    public static Refusal? Check(AccountState state, AnnounceRefund command) => Guards.Id("refundId", command.RefundId)
        ?? Guards.Amount(state, command.Amount) ?? Guards.IsOpen(state)
        ?? (state.PendingRefunds.Any(refund => refund.RefundId == command.RefundId)
                || Guards.IsRecent(state, command.RefundId, command.EffectiveOn)
            ? new RefundExists(command.RefundId) : Refundable(state, command.PurchaseId, command.Amount, command.EffectiveOn));

    public static Refusal? Check(AccountState state, ReceiveRefund command)
    {
        var early = Guards.Id("refundId", command.RefundId) ?? Guards.Amount(state, command.Amount) ?? Guards.TakesMoney(state);
        if (early is not null)
        {
            return early;
        }

        if (Guards.IsRecent(state, command.RefundId, command.EffectiveOn))
        {
            return new RefundExists(command.RefundId);
        }

        return Refundable(state, command.PurchaseId, command.Amount, command.EffectiveOn);
    }

    public static void Unfold(Unfolding u, AnnounceRefund command) => u.Emit(new RefundAnnounced(command) { EffectiveOn = u.On });

    public static void Unfold(Unfolding u, ReceiveRefund command)
    {
        var purchase = command.PurchaseId is { } id ? PurchaseRules.Find(u.State, id, u.On) : null;
        var fromHold = purchase is null ? Money.Zero(u.Currency) : Money.Min(purchase.Held, command.Amount);
        var named = purchase is null ? null : new DebtName(purchase.Id, null, null);
        var before = u.State;
        var (allocations, left) = PlanRefunds.Allocate(u.State, command, command.Amount - fromHold, named, u.Terms);
        var daysBefore = u.State.DaysPastDue(u.On);
        u.Emit(new RefundReceived(command, fromHold, allocations, left) { EffectiveOn = u.On });
        LoanRepayment.Reschedule(u, before, command.Mode);
        DelinquencyRules.CureWhatIsMet(u, daysBefore);
    }

    // All refunds of a purchase together are at most what is held and posted.
    private static Refusal? Refundable(AccountState state, string? purchaseId, Money amount, DateOnly on)
    {
        if (purchaseId is not { } id)
        {
            return null;
        }

        if (PurchaseRules.Find(state, id, on) is not { } purchase)
        {
            return new PurchaseUnknown(id);
        }

        var refundable = purchase.Held + purchase.Posted - purchase.Refunded;
        return amount > refundable ? new RefundAbovePurchase(refundable) : null;
    }
}
