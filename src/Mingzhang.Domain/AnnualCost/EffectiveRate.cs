namespace Mingzhang.Domain.AnnualCost;

/// <summary>The annual percentage rate of charge of the European Union and the United Kingdom: directive 2008/48/EC, Annex I, and the
/// same formula in 2014/17/EU and in FCA CONC App 1.</summary>
public static class EffectiveRate
{
    /// <summary>The compound rate a year of a loan; 0.056 is 5.6 %.</summary>
    /// <param name="advances">Drawn, above zero, any order; the first begins the time.</param>
    /// <param name="payments">Repayments and charges, above zero, any order; a charge may come before the first drawing.</param>
    public static Figure Of(IReadOnlyList<DatedFlow> advances, IReadOnlyList<DatedFlow> payments)
    {
        if (advances.Count == 0)
        {
            return Figure.None(payments.Count == 0 ? FigureKind.NothingGiven : FigureKind.OneWay);
        }

        var start = advances.Min(one => one.On);
        double[] years = [.. advances.Concat(payments).Select(one => Years(start, one.On))];
        double[] amounts = [.. advances.Select(one => (double)-one.AmountMinor), .. payments.Select(one => (double)one.AmountMinor)];
        return InternalRate.OfTimes(years, amounts);
    }

    /// <summary>Years between two days as the Annex counts them: whole months of a twelfth, whole weeks of 1/52, else months back from
    /// the later day and the remaining days over the days of the year before the later day's.</summary>
    /// <example>2026-01-15 to 2026-04-15 → 0.25; 2026-01-15 to 2026-01-29 → 2/52.</example>
    public static double Years(DateOnly from, DateOnly to)
    {
        if (to < from)
        {
            return -Years(to, from);
        }

        var (months, rest) = UnitPeriod.MonthsAndDays(from, to);
        var days = to.DayNumber - from.DayNumber;
        if (rest != 0 && days % 7 == 0)
        {
            return days / 7 / 52.0;
        }

        var restEndsOn = to.AddMonths(-months);
        var year = restEndsOn.Year > 1 ? restEndsOn.DayNumber - restEndsOn.AddYears(-1).DayNumber : 365;
        return (months / 12.0) + (rest / (double)year);
    }
}
