namespace Mingzhang.Domain.AnnualCost;

/// <summary>The annual cost of a loan, both ways it is shown (年化综合融资成本): the cap is compared with the simple one.</summary>
/// <remarks><c>default</c> is a loan that costs nothing. PBOC announcement 3/2021: a rate that is simple says so.</remarks>
/// <param name="SimplePpm">Parts per million: the rate of a period times the periods of a year (单利).</param>
/// <param name="CompoundPpm">Parts per million: (1 + rate of a period) to the power of the periods of a year, less 1 (复利).</param>
public readonly record struct AnnualRates(long SimplePpm, long CompoundPpm)
{
    private const double Million = 1_000_000;

    /// <summary>Both rates of a loan with equal periods; null when the flows have no rate.</summary>
    /// <param name="flowsMinor">Seen by the lender, minor units: the first goes out, then one per period.</param>
    /// <param name="periodsPerYear">12 for months, 52 for weeks, 365 for days.</param>
    /// <example>−1,200,000, then 12 × 108,800 → 158,642 and 170,696 ppm: 15.864 % and 17.070 % (case T1).</example>
    public static AnnualRates? OfPeriods(ReadOnlySpan<long> flowsMinor, int periodsPerYear = 12)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(periodsPerYear, 1);
        return InternalRate.OfPeriods(flowsMinor) is { IsFound: true } found ? Of(found.Value, periodsPerYear) : null;
    }

    /// <summary>Both rates from the rate of one period; null when they pass what numbers hold.</summary>
    public static AnnualRates? Of(double ratePerPeriod, int periodsPerYear)
    {
        var simple = Math.Round(ratePerPeriod * periodsPerYear * Million, MidpointRounding.AwayFromZero);
        var compound = Math.Round((Math.Pow(1 + ratePerPeriod, periodsPerYear) - 1) * Million, MidpointRounding.AwayFromZero);
        return Math.Max(Math.Abs(simple), Math.Abs(compound)) < long.MaxValue ? new((long)simple, (long)compound) : null;
    }
}
