namespace Mingzhang.Domain.Products;

/// <summary>The words that product files use for choices.</summary>
internal static class ProductWords
{
    /// <summary>How a fraction becomes whole units.</summary>
    public static Dictionary<string, Rounding> Roundings { get; } = new(StringComparer.Ordinal)
    {
        ["half-up"] = Rounding.HalfUp,
        ["half-even"] = Rounding.HalfEven,
        ["down"] = Rounding.Down,
        ["up"] = Rounding.Up,
    };

    /// <summary>When a purchase becomes debt.</summary>
    public static Dictionary<string, PostingMoment> PostingMoments { get; } = new(StringComparer.Ordinal)
    {
        ["payment"] = PostingMoment.Payment,
        ["receipt"] = PostingMoment.Receipt,
    };

    /// <summary>What closing does with debt.</summary>
    public static Dictionary<string, CloseWithDebt> Closings { get; } = new(StringComparer.Ordinal)
    {
        ["refuse"] = CloseWithDebt.Refuse,
        ["run-off"] = CloseWithDebt.RunOff,
    };

    /// <summary>The buckets of the allocation order.</summary>
    public static Dictionary<string, AllocationBucket> Buckets { get; } = new(StringComparer.Ordinal)
    {
        ["overdue-charge"] = AllocationBucket.OverdueCharge,
        ["overdue-interest"] = AllocationBucket.OverdueInterest,
        ["overdue-principal"] = AllocationBucket.OverduePrincipal,
        ["billed-charge"] = AllocationBucket.BilledCharge,
        ["billed-interest"] = AllocationBucket.BilledInterest,
        ["billed-uncyclable"] = AllocationBucket.BilledUncyclable,
        ["billed-cyclable"] = AllocationBucket.BilledCyclable,
        ["unbilled-charge"] = AllocationBucket.UnbilledCharge,
        ["unbilled-interest"] = AllocationBucket.UnbilledInterest,
        ["unbilled-principal"] = AllocationBucket.UnbilledPrincipal,
    };
}
