namespace Mingzhang.Domain.AnnualCost;

/// <summary>The annual percentage rate by the United States' actuarial method: 12 CFR 1026 (Regulation Z), Appendix J.</summary>
/// <remarks>Whole unit periods compound, the rest of one is simple interest; the rate is that of a unit period times the unit periods
/// of a year.</remarks>
public static class ActuarialRate
{
    private const int MostSteps = 200;

    /// <summary>The rate a year; 0.0969 is 9.69 %.</summary>
    /// <param name="advances">Paid out, above zero, any order; the first begins the time.</param>
    /// <param name="payments">Paid back, above zero, any order.</param>
    /// <example>5,000 on 1978-01-10, 24 × 230 monthly from 1978-02-10 → 9.69 % (Appendix J (c)(1)(i)).</example>
    public static Figure Of(IReadOnlyList<DatedFlow> advances, IReadOnlyList<DatedFlow> payments)
    {
        var total = advances.Sum(one => (double)one.AmountMinor);
        var repaid = payments.Sum(one => (double)one.AmountMinor);
        if (advances.Count == 0 || payments.Count == 0 || advances.Concat(payments).Any(one => one.AmountMinor < 0))
        {
            return Figure.None(advances.Count + payments.Count == 0 ? FigureKind.NothingGiven : FigureKind.OneWay);
        }

        var start = advances.Min(one => one.On);
        var days = advances.Concat(payments).Select(one => one.On).Distinct().Order().ToList();
        if (total == 0 || repaid == 0 || payments.Any(one => one.On < start) || days.Count < 2)
        {
            return Figure.None(total == 0 || repaid == 0 ? FigureKind.OneWay : FigureKind.OutOfDomain);
        }

        var single = advances.Count == 1 && payments.Count == 1;
        return single && SingleRate(start, payments[0].On, repaid / total) is { } rate
            ? rate
            : Rate(UnitPeriodChoice.Of(days), advances, payments);
    }

    /// <summary>The unit period of a transaction (b)(4).</summary>
    public static UnitPeriod UnitOf(IReadOnlyList<DatedFlow> advances, IReadOnlyList<DatedFlow> payments) =>
        UnitPeriodChoice.Of([.. advances.Concat(payments).Select(one => one.On).Distinct().Order()]);

    // One advance, one payment, less than a year: the term is the unit period, (b)(5)(vi) and (vii).
    private static Figure? SingleRate(DateOnly from, DateOnly to, double ratio)
    {
        var (months, days) = UnitPeriod.MonthsAndDays(from, to);
        if (months >= 12)
        {
            return null;
        }

        var perYear = months > 0 && days == 0 ? 12.0 / months : 365.0 / (to.DayNumber - from.DayNumber);
        return Figure.Of((ratio - 1) * perYear);
    }

    private static Figure Rate(UnitPeriod unit, IReadOnlyList<DatedFlow> advances, IReadOnlyList<DatedFlow> payments)
    {
        var start = advances.Min(one => one.On);
        (double Amount, int Whole, double Part)[] terms =
        [
            .. advances.Select(one => Term(-one.AmountMinor, unit.Between(start, one.On))),
            .. payments.Select(one => Term(one.AmountMinor, unit.Between(start, one.On))),
        ];
        return Zero(terms) is { } rate ? Figure.Of(rate * unit.PerYear) : Figure.None(FigureKind.NoneSolves);
    }

    private static (double Amount, int Whole, double Part) Term(double amount, (int Whole, double Part) time) =>
        (amount, time.Whole, time.Part);

    // The lender's value falls as the rate rises: outwards from 0 to a change of sign, then halving.
    private static double? Zero((double Amount, int Whole, double Part)[] terms)
    {
        var atZero = Value(terms, 0);
        var (near, far) = (0.0, atZero > 0 ? 0.01 : -0.01);
        for (var i = 0; i < MostSteps && Value(terms, far) < 0 == atZero < 0; i++)
        {
            (near, far) = (far, atZero > 0 ? far * 2 : -1 + ((1 + far) * 0.7));
        }

        if (Value(terms, far) < 0 == atZero < 0)
        {
            return null;
        }

        for (var i = 0; i < MostSteps; i++)
        {
            var middle = near + ((far - near) / 2);
            (near, far) = Value(terms, middle) < 0 == atZero < 0 ? (middle, far) : (near, middle);
        }

        return atZero == 0 ? 0 : near;
    }

    private static double Value((double Amount, int Whole, double Part)[] terms, double rate)
    {
        var value = 0.0;
        foreach (var (amount, whole, rest) in terms)
        {
            value += amount / ((1 + (rest * rate)) * Math.Pow(1 + rate, whole));
        }

        return value;
    }
}
