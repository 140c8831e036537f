namespace Mingzhang.Domain.Disputes;

/// <summary>Folds disputes: the debt leaves the bills' minimum and comes back to it exactly.</summary>
internal static class DisputeFold
{
    public static AccountState Opened(AccountState state, DisputeOpened e)
    {
        var marked = state with
        {
            Items = state.Items.Map(item => Has(e.ItemIds, item) ? item with { Disputed = true } : item),
            Disputes = state.Disputes.Add(new Dispute(e.Fact.DisputeId, e.ItemIds, e.EffectiveOn, e.Fact.Reason)),
        };
        return MoveBilled(marked, e.ItemIds, sign: -1);
    }

    public static AccountState Resolved(AccountState state, DisputeResolved e)
    {
        var dispute = state.Disputes.Find(d => d.DisputeId == e.Fact.DisputeId);
        var ids = dispute?.ItemIds ?? [];
        var rest = state with { Disputes = state.Disputes.Where(d => d.DisputeId != e.Fact.DisputeId) };
        if (e.Fact.Outcome == DisputeOutcome.Rejected)
        {
            var back = rest with { Items = rest.Items.Map(item => Has(ids, item) ? item with { Disputed = false } : item) };
            return MoveBilled(back, ids, sign: 1);
        }

        var credited = e.Cancelled.Sum(state.Currency, a => a.Amount) + e.Allocations.Sum(state.Currency, a => a.Amount) + e.ToCredit;
        var applied = RepaymentFold.Apply(RepaymentFold.Apply(RepaymentFold.Early(rest, e.Cancelled), e.Cancelled), e.Allocations);
        return StatementTotals.Credit(applied, credited) with { CreditBalance = applied.CreditBalance + e.ToCredit };
    }

    private static bool Has(ValueList<int> ids, DueItem item) => ids.Any(id => id == item.Id);

    private static AccountState MoveBilled(AccountState state, ValueList<int> ids, int sign)
    {
        var bills = state.Bills;
        var rolls = state.Terms.Bears is { RolledStaysCyclable: true };
        foreach (var item in state.Items.AsSpan())
        {
            if (Has(ids, item) && item.CountsFrom is { } billedOn)
            {
                var amount = sign > 0 ? item.Unpaid : -item.Unpaid;
                bills = bills.Map(bill => bill.IssuedOn < billedOn ? bill : Move(bill, item, amount, rolls));
            }
        }

        // A bill of which nothing moved keeps its minimum: an agreement may have lowered it.
        return state with
        {
            Bills = bills.Map(bill => state.Bills.Any(before => before == bill) ? bill : MinimumPayment.Reckoned(bill, state)),
        };
    }

    // Cyclable on a bill is a purchase's principal on its first bill, and where what rolls stays cyclable on the next ones, up to the
    // one that was missed or re-aged; plan rows and payouts owed back are due in full.
    private static Bill Move(Bill bill, DueItem item, Money amount, bool rolls) =>
        item is { IsPrincipal: true, PurchaseId: not null, LoanId: null }
        && (item.CountsFrom == bill.IssuedOn || rolls) && (item.MissedOn is null || bill.IssuedOn <= item.MissedOn)
        ? bill with { CyclableBilled = bill.CyclableBilled + amount }
        : bill with { FullBilled = bill.FullBilled + amount };
}
