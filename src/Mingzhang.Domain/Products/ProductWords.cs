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

    /// <summary>How a principal is paid back.</summary>
    public static Dictionary<string, ScheduleMethod> Methods { get; } = new(StringComparer.Ordinal)
    {
        ["equal-instalment"] = ScheduleMethod.EqualInstalment,
        ["equal-principal"] = ScheduleMethod.EqualPrincipal,
        ["interest-first"] = ScheduleMethod.InterestFirst,
        ["bullet"] = ScheduleMethod.Bullet,
    };

    /// <summary>Kinds of relief.</summary>
    public static Dictionary<string, ReliefKind> Reliefs { get; } = new(StringComparer.Ordinal)
    {
        ["deferral"] = ReliefKind.Deferral,
        ["re-age"] = ReliefKind.ReAge,
        ["re-amortise"] = ReliefKind.ReAmortise,
        ["replan"] = ReliefKind.Replan,
    };

    /// <summary>Units of a period.</summary>
    public static Dictionary<string, PeriodUnit> Units { get; } = new(StringComparer.Ordinal)
    {
        ["day"] = PeriodUnit.Day,
        ["week"] = PeriodUnit.Week,
        ["month"] = PeriodUnit.Month,
    };

    /// <summary>How a fee is spread.</summary>
    public static Dictionary<string, FeeSpread> Spreads { get; } = new(StringComparer.Ordinal)
    {
        ["each-row"] = FeeSpread.EachRow,
        ["total-in-parts"] = FeeSpread.TotalInParts,
        ["total-first"] = FeeSpread.TotalFirst,
    };

    /// <summary>What paying early costs.</summary>
    public static Dictionary<string, EarlyFee> EarlyFees { get; } = new(StringComparer.Ordinal)
    {
        ["none"] = EarlyFee.None,
        ["remaining-fee"] = EarlyFee.RemainingFee,
        ["percent-or-period"] = EarlyFee.PercentOrPeriod,
    };

    /// <summary>Which day rows are due.</summary>
    public static Dictionary<string, DueDayRule> DueDays { get; } = new(StringComparer.Ordinal)
    {
        ["own"] = DueDayRule.Own,
        ["shared"] = DueDayRule.Shared,
    };

    /// <summary>What a product may charge.</summary>
    public static Dictionary<string, CostKind> CostItems { get; } = new(StringComparer.Ordinal)
    {
        ["interest"] = CostKind.Interest,
        ["fee"] = CostKind.Fee,
        ["merchant-borne"] = CostKind.MerchantBorne,
        ["late-charge"] = CostKind.LateCharge,
        ["early-fee"] = CostKind.EarlyFee,
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
