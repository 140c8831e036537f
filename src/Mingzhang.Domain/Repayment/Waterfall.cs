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
        var items = InOrder(state, named, terms.AllocationOrder);
        var (allocations, count) = (new Allocation[items.Length], 0);
        var left = amount;
        for (; count < items.Length && left.IsPositive; count++)
        {
            var item = items[count];
            var part = Money.Min(left, item.Unpaid);
            AllocationBucket? bucket = IsNamed(item, named) ? null : BucketOf(item);
            allocations[count] = new Allocation(item.Id, item.Component, bucket, part, item.WrittenOff);
            left -= part;
        }

        AssertOrder(allocations.AsSpan(0, count), state, terms);
        return (ValueList.Of(allocations, count), left);
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

    // Each item by one number: its bucket's place (a named one stands before all), its due day, its id.
    private static DueItem[] InOrder(AccountState state, DebtName? named, ValueList<AllocationBucket> order)
    {
        var (items, keys, count) = (new DueItem[state.Items.Count], new long[state.Items.Count], 0);
        Span<int> rank = stackalloc int[order.Count];
        Ranks(order, rank);
        foreach (var item in state.Items.AsSpan())
        {
            if (!item.Disputed && !item.Scheduled)
            {
                long place = rank[(int)BucketOf(item)] + (IsNamed(item, named) ? 0 : order.Count);
                keys[count] = (place << 54) | ((long)(item.DueOn ?? DateOnly.MaxValue).DayNumber << 32) | (uint)item.Id;
                items[count++] = item;
            }
        }

        Array.Sort(keys, items, 0, count);
        return count == items.Length ? items : items[..count];
    }

    private static void Ranks(ValueList<AllocationBucket> order, Span<int> ranks)
    {
        for (var i = 0; i < order.Count; i++)
        {
            ranks[(int)order[i]] = i;
        }
    }

    // Invariant 30: no lower bucket gets money while a higher one is open.
    private static void AssertOrder(ReadOnlySpan<Allocation> allocations, AccountState state, ProductTerms terms)
    {
        if (allocations.Length < 2)
        {
            return;
        }

        Span<int> ranks = stackalloc int[terms.AllocationOrder.Count];
        Ranks(terms.AllocationOrder, ranks);
        var last = allocations[^1];
        foreach (var one in allocations[..^1])
        {
            var item = state.Items.Find(candidate => candidate.Id == one.ItemId)!;
            var full = item.Unpaid == one.Amount;
            var ordered = one.Bucket is not { } here || last.Bucket is not { } there || ranks[(int)here] <= ranks[(int)there];
            Invariant.Holds(full && ordered, "30: a lower bucket got money while a higher one was open");
        }
    }
}
