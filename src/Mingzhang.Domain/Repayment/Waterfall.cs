namespace Mingzhang.Domain.Repayment;

/// <summary>Allocates money over due items: named debt first, each by the product's order; within a bucket the oldest due day
/// first.</summary>
/// <remarks>Civil Code art. 560 (the debtor may name the debt) and 561 (order unless agreed). Disputed items take no money.</remarks>
public static class Waterfall
{
    private const int OnStack = 128;

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
        var items = state.Items.AsSpan();
        Span<long> keys = items.Length <= OnStack ? stackalloc long[items.Length] : new long[items.Length];
        Span<int> order = items.Length <= OnStack ? stackalloc int[items.Length] : new int[items.Length];
        order = order[..InOrder(items, named, terms.AllocationOrder, keys, order)];
        var (reached, left) = (0, amount);
        for (; reached < order.Length && left.IsPositive; reached++)
        {
            left -= Money.Min(left, items[order[reached]].Unpaid);
        }

        var (allocations, rest) = (new Allocation[reached], amount);
        for (var k = 0; k < reached; k++)
        {
            var item = items[order[k]];
            var part = Money.Min(rest, item.Unpaid);
            AllocationBucket? bucket = IsNamed(item, named) ? null : BucketOf(item);
            allocations[k] = new Allocation(item.Id, item.Component, bucket, part, item.WrittenOff);
            rest -= part;
        }

        AssertOrder(allocations, state, terms);
        return (ValueList.Of(allocations, reached), left);
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

    // Each item by one number: its bucket's place (a named one stands before all), its due day, its id. Returns how many there are.
    private static int InOrder(
        ReadOnlySpan<DueItem> items, DebtName? named, ValueList<AllocationBucket> order, Span<long> keys, Span<int> places)
    {
        var count = 0;
        Span<int> rank = stackalloc int[order.Count];
        Ranks(order, rank);
        for (var at = 0; at < items.Length; at++)
        {
            var item = items[at];
            if (!item.Disputed && !item.Scheduled)
            {
                long place = rank[(int)BucketOf(item)] + (IsNamed(item, named) ? 0 : order.Count);
                keys[count] = (place << 54) | ((long)(item.DueOn ?? DateOnly.MaxValue).DayNumber << 32) | (uint)item.Id;
                places[count++] = at;
            }
        }

        keys[..count].Sort(places[..count]);
        return count;
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
            var full = UnpaidOf(state, one.ItemId) == one.Amount;
            var ordered = one.Bucket is not { } here || last.Bucket is not { } there || ranks[(int)here] <= ranks[(int)there];
            Invariant.Holds(full && ordered, "30: a lower bucket got money while a higher one was open");
        }
    }

    private static Money UnpaidOf(AccountState state, int itemId)
    {
        foreach (var item in state.Items.AsSpan())
        {
            if (item.Id == itemId)
            {
                return item.Unpaid;
            }
        }

        return Money.Zero(state.Currency);
    }
}
