namespace Mingzhang.Domain.AnnualCost;

/// <summary>The rate of level payments (RATE).</summary>
public static class LevelPaymentRate
{
    /// <summary>Rate per period; of several the one nearest to <paramref name="guess"/>.</summary>
    /// <param name="periods">Payments, whole, 1 to 100,000.</param>
    /// <param name="payment">Each payment.</param>
    /// <param name="presentValue">Now.</param>
    /// <param name="futureValue">At the end.</param>
    /// <param name="inAdvance">Payments at the beginning of a period.</param>
    /// <param name="guess">Where the rate is expected.</param>
    /// <example>48 payments of −200 for 8,000 now → 0.0077015.</example>
    public static Figure Of(
        double periods, double payment, double presentValue, double futureValue = 0, bool inAdvance = false, double guess = 0.1)
    {
        if (!(periods is >= 1 and <= 100_000))
        {
            return Figure.None(FigureKind.OutOfDomain);
        }

        var whole = (int)Math.Floor(periods);
        var (times, amounts) = (new double[whole + 2], new double[whole + 2]);
        (times[0], amounts[0]) = (0, presentValue);
        for (var i = 1; i <= whole; i++)
        {
            (times[i], amounts[i]) = (inAdvance ? i - 1 : i, payment);
        }

        (times[^1], amounts[^1]) = (periods, futureValue);
        return InternalRate.OfTimes(times, amounts, guess);
    }
}
