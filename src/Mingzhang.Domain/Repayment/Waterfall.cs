namespace Mingzhang.Domain.Repayment;

/// <summary>Allocates money over due items: named debt first, each by the product's order; within a bucket the oldest due day
/// first.</summary>
/// <remarks>Civil Code art. 560 (the debtor may name the debt) and 561 (order unless agreed). Disputed items take no money.</remarks>
public static class Waterfall
{
    /// <summary>The bucket an item stands in.</summary>
    public static AllocationBucket BucketOf(DueItem item) => item switch
    {
        { Bearing: Bearing.Overdue, Component: Component.OverdueCharge or Component.Fee } => AllocationBucket.OverdueCharge,
        { Bearing: Bearing.Overdue, Component: Component.Interest } => AllocationBucket.OverdueInterest,
        { Bearing: Bearing.Overdue, Component: Component.Principal } => AllocationBucket.OverduePrincipal,
        { BilledOn: null, Component: Component.OverdueCharge or Component.Fee } => AllocationBucket.UnbilledCharge,
        { BilledOn: null, Component: Component.Interest } => AllocationBucket.UnbilledInterest,
        { BilledOn: null, Component: Component.Principal } => AllocationBucket.UnbilledPrincipal,
        { Component: Component.OverdueCharge or Component.Fee } => AllocationBucket.BilledCharge,
        { Component: Component.Interest } => AllocationBucket.BilledInterest,
        { Component: Component.Principal, Cyclable: true } => AllocationBucket.BilledCyclable,
        { Component: Component.Principal, Cyclable: false } => AllocationBucket.BilledUncyclable,
    };

    /// <summary>Allocates <paramref name="amount"/>; what is left finds no item.</summary>
    internal static (ValueList<Allocation> Allocations, Money Left) Allocate(
        AccountState state, Money amount, DebtName? named, ProductTerms terms)
    {
        var allocations = new List<Allocation>();
        var left = amount;
        foreach (var item in InOrder(state, named, terms.AllocationOrder))
        {
            if (!left.IsPositive)
            {
                break;
            }

            var part = Money.Min(left, item.Unpaid);
            AllocationBucket? bucket = IsNamed(item, named) ? null : BucketOf(item);
            allocations.Add(new Allocation(item.Id, item.Component, bucket, part, item.WrittenOff));
            left -= part;
        }

        AssertOrder(allocations, state, terms);
        return (ValueList.From(allocations), left);
    }

    /// <summary>Whether an item belongs to the debt a payer named.</summary>
    internal static bool IsNamed(DueItem item, DebtName? named) => named switch
    {
        null => false,
        { LoanId: { } loan } => item.LoanId == loan,
        { PurchaseId: { } purchase } => item.PurchaseId == purchase,
        { BillIssuedOn: { } issued } => item.BilledOn == issued && (named.Component is null || named.Component == item.Component),
        _ => false,
    };

    private static List<DueItem> InOrder(AccountState state, DebtName? named, ValueList<AllocationBucket> order)
    {
        var items = new List<DueItem>(state.Items.Count);
        foreach (var item in state.Items.AsSpan())
        {
            if (!item.Disputed && !item.Scheduled)
            {
                items.Add(item);
            }
        }

        if (items.Count < 2)
        {
            return items;
        }

        var rank = RanksOf(order);
        items.Sort((a, b) =>
        {
            var byRank = Rank(a).CompareTo(Rank(b));
            var byDue = byRank != 0 ? byRank : (a.DueOn ?? DateOnly.MaxValue).CompareTo(b.DueOn ?? DateOnly.MaxValue);
            return byDue != 0 ? byDue : a.Id.CompareTo(b.Id);
        });
        return items;

        int Rank(DueItem item) => rank[(int)BucketOf(item)] - (IsNamed(item, named) ? order.Count : 0);
    }

    private static int[] RanksOf(ValueList<AllocationBucket> order)
    {
        var ranks = new int[order.Count];
        for (var i = 0; i < order.Count; i++)
        {
            ranks[(int)order[i]] = i;
        }

        return ranks;
    }

    // Invariant 30: no lower bucket gets money while a higher one is open.
    private static void AssertOrder(List<Allocation> allocations, AccountState state, ProductTerms terms)
    {
        if (allocations.Count < 2)
        {
            return;
        }

        var ranks = RanksOf(terms.AllocationOrder);
        var last = allocations[^1];
        for (var i = 0; i < allocations.Count - 1; i++)
        {
            var item = state.Items.Find(candidate => candidate.Id == allocations[i].ItemId)!;
            var full = item.Unpaid == allocations[i].Amount;
            var ordered = allocations[i].Bucket is not { } here || last.Bucket is not { } there || ranks[(int)here] <= ranks[(int)there];
            Invariant.Holds(full && ordered, "30: a lower bucket got money while a higher one was open");
        }
    }
}
