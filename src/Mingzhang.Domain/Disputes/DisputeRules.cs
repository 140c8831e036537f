namespace Mingzhang.Domain.Disputes;

/// <summary>Disputes: while one is open, its debt is out of minimum, overdue, charges and bureau status; rejected, it comes back
/// exactly.</summary>
internal static class DisputeRules
{
    public static Refusal? Check(AccountState state, OpenDispute command)
    {
        var early = Guards.Id("disputeId", command.DisputeId) ?? Guards.IsOpen(state);
        if (early is not null)
        {
            return early;
        }

        if (state.Disputes.Any(dispute => dispute.DisputeId == command.DisputeId))
        {
            return new DisputeExists(command.DisputeId);
        }

        var name = command.Debt.PurchaseId ?? $"{command.Debt.BillIssuedOn:yyyy-MM-dd}";
        return state.Items.Any(item => !item.Disputed && Waterfall.IsNamed(item, command.Debt)) ? null : new NothingToDispute(name);
    }

    public static void Unfold(Unfolding u, OpenDispute command)
    {
        var items = u.State.Items.Where(item => !item.Disputed && Waterfall.IsNamed(item, command.Debt));
        u.Emit(new DisputeOpened(command, items.Map(item => item.Id), items.Sum(u.Currency, item => item.Unpaid)) { EffectiveOn = u.On });
        DelinquencyRules.CureWhatIsMet(u, daysBefore: 0);
    }

    public static Refusal? Check(AccountState state, ResolveDispute command) => Guards.IsOpen(state)
        ?? (state.Disputes.Any(dispute => dispute.DisputeId == command.DisputeId) ? null : new DisputeUnknown(command.DisputeId));

    public static void Unfold(Unfolding u, ResolveDispute command)
    {
        if (command.Outcome == DisputeOutcome.Rejected)
        {
            u.Emit(new DisputeResolved(command, [], [], Money.Zero(u.Currency)) { EffectiveOn = u.On });
            RepaymentRules.ApplyCredit(u);
            DelinquencyRules.PassMissedWhileDisputed(u);
            DelinquencyRules.PassStages(u);
            return;
        }

        var ids = u.State.Disputes.Find(dispute => dispute.DisputeId == command.DisputeId)?.ItemIds ?? [];
        var items = u.State.Items.Where(item => ids.Any(id => id == item.Id));
        var cancelled = items.Map(item => new Allocation(item.Id, item.Component, null, item.Unpaid, item.WrittenOff));
        var paid = items.Sum(u.Currency, item => item.Paid - item.Credited);
        var (allocations, left) = Waterfall.Allocate(u.State, paid, null, u.Terms);
        var before = u.State;
        u.Emit(new DisputeResolved(command, cancelled, allocations, left) { EffectiveOn = u.On });
        LoanRepayment.Reschedule(u, before, EarlyMode.Shorten);
        DelinquencyRules.CureWhatIsMet(u, daysBefore: 0);
    }
}
