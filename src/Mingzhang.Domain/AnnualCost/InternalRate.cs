namespace Mingzhang.Domain.AnnualCost;

/// <summary>The rate at which flows are worth nothing today (内部收益率): what a loan costs, seen from its cash alone.</summary>
/// <remarks>
/// Flows are seen by the lender: paid out below zero, received above. No root, flows one way, or a root at which present values pass
/// 10¹² times the flows, are answers (<see cref="FigureKind"/>). docs/rules/annual-cost.md says which of several roots is taken.
/// </remarks>
public static class InternalRate
{
    private const double Default = 0.1;
    private const int OnStack = 256;

    /// <summary>Rate per period of a loan: the first flow goes out, all others come in, one period apart. Allocates nothing.</summary>
    /// <param name="flowsMinor">Minor units, period by period from 0.</param>
    /// <example>−1,200,000 fen, then 12 × 108,800 (case T1) → 0.013220 a month.</example>
    public static Figure OfPeriods(ReadOnlySpan<long> flowsMinor)
    {
        if (IsPlainLoan(flowsMinor) && PlainLoan(flowsMinor) is { IsFound: true } found)
        {
            return found;
        }

        Span<double> amounts = flowsMinor.Length <= OnStack ? stackalloc double[flowsMinor.Length] : new double[flowsMinor.Length];
        for (var i = 0; i < amounts.Length; i++)
        {
            amounts[i] = flowsMinor[i];
        }

        return OfPeriods(amounts);
    }

    /// <summary>Rate per period of any flows one period apart; of several rates the one nearest to <paramref name="guess"/>.</summary>
    public static Figure OfPeriods(ReadOnlySpan<double> flows, double guess = Default)
    {
        Span<double> periods = flows.Length <= OnStack ? stackalloc double[flows.Length] : new double[flows.Length];
        for (var i = 0; i < periods.Length; i++)
        {
            periods[i] = i;
        }

        return OfTimes(periods, flows, guess);
    }

    /// <summary>Rate per year of dated flows, days over 365 (XIRR). Any order; several flows a day are added.</summary>
    /// <example>−1,000.00 on 2010-01-01, 1,100.00 on 2011-01-01 → 0.1.</example>
    public static Figure OfDays(ReadOnlySpan<DatedFlow> flows, double daysInYear = 365)
    {
        Span<double> years = flows.Length <= OnStack ? stackalloc double[flows.Length] : new double[flows.Length];
        Span<double> amounts = flows.Length <= OnStack ? stackalloc double[flows.Length] : new double[flows.Length];
        for (var i = 0; i < flows.Length; i++)
        {
            (years[i], amounts[i]) = (flows[i].On.DayNumber / daysInYear, flows[i].AmountMinor);
        }

        return OfTimes(years, amounts);
    }

    /// <summary>Rate per year of flows at times in years. Any order; several flows at a time are added.</summary>
    /// <param name="years">Times; any zero point.</param>
    /// <param name="amounts">As many amounts, of any one unit.</param>
    /// <param name="guess">Of several rates the nearest to it; NaN: by the sign of the sum (docs/rules/annual-cost.md).</param>
    public static Figure OfTimes(ReadOnlySpan<double> years, ReadOnlySpan<double> amounts, double guess = double.NaN)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(amounts.Length, years.Length);
        Span<double> times = years.Length <= OnStack ? stackalloc double[years.Length] : new double[years.Length];
        Span<double> sums = years.Length <= OnStack ? stackalloc double[years.Length] : new double[years.Length];
        years.CopyTo(times);
        amounts.CopyTo(sums);
        times.Sort(sums);
        if (IsTotalLoss(times, sums))
        {
            return Figure.Of(-1);
        }

        var count = Gather(times, sums);
        return count == 0 ? default
            : count == 1 ? Figure.None(FigureKind.OneWay)
            : RootSearch.Solve(new FlowCurve(times[..count], sums[..count]), guess);
    }

    // Money goes out, none comes in, and the last flow says so: it is 0.
    private static bool IsTotalLoss(ReadOnlySpan<double> times, ReadOnlySpan<double> sums) =>
        sums.Length > 1 && sums[^1] == 0 && times[^1] > times[0] && !sums.ContainsAnyExceptInRange(double.MinValue, 0)
        && sums.ContainsAnyExcept(0.0);

    // Adds flows of one time, drops zeros, lets time begin at the first flow that is left. Returns how many are left.
    private static int Gather(Span<double> times, Span<double> sums)
    {
        var count = 0;
        for (var i = 0; i < times.Length;)
        {
            var (time, sum) = (times[i], 0.0);
            for (; i < times.Length && times[i] == time; i++)
            {
                sum += sums[i];
            }

            (times[count], sums[count]) = (time, sum);
            count += sum == 0 ? 0 : 1;
        }

        for (var i = count - 1; i >= 0; i--)
        {
            times[i] -= times[0];
        }

        return count;
    }

    private static bool IsPlainLoan(ReadOnlySpan<long> flows) =>
        flows.Length > 1 && flows[0] < 0 && !flows[1..].ContainsAnyExceptInRange(0, long.MaxValue) && flows[1..].ContainsAnyExcept(0L);

    // One payment out, then only payments in: the present value rises and is convex in v = 1 / (1 + rate), so Newton comes down from
    // v = 1 without missing. A loss, or a rate so high that this is slow, is left to the general search.
    private static Figure PlainLoan(ReadOnlySpan<long> flows)
    {
        var v = 1.0;
        for (var i = 0; i < 100; i++)
        {
            var (value, slope) = (0.0, 0.0);
            for (var k = flows.Length - 1; k >= 0; k--)
            {
                slope = (slope * v) + value;
                value = (value * v) + flows[k];
            }

            var step = value / slope;
            if (step <= 1e-15 * v)
            {
                return i > 0 || value == 0 ? Figure.Of((1 / (v - step)) - 1) : default;
            }

            v -= step;
        }

        return default;
    }
}
