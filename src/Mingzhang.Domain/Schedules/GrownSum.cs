using System.Numerics;

namespace Mingzhang.Domain.Schedules;

/// <summary>Amounts paid out on several days, each grown to the same later day: an exact fraction.</summary>
internal readonly record struct GrownSum(BigInteger Numerator, BigInteger Denominator)
{
    public static GrownSum Zero => new(0, 1);

    /// <summary>One more amount with what it costs until that day.</summary>
    public GrownSum Plus(long amount, InterestFactor factor)
    {
        BigInteger whole = Math.Max(1, factor.Denominator);
        return new GrownSum((Numerator * whole) + (amount * (whole + factor.Numerator) * Denominator), Denominator * whole);
    }

    /// <summary>The instalment that pays the sum on that day and at the end of each later period.</summary>
    public long Instalment(ReadOnlySpan<InterestFactor> later, Rounding rounding)
    {
        BigInteger growth = 1, sum = 1, scale = 1;
        foreach (ref readonly var factor in later)
        {
            BigInteger whole = Math.Max(1, factor.Denominator);
            growth *= whole + factor.Numerator;
            scale *= whole;
            sum = scale + (sum * (whole + factor.Numerator));
        }

        return Annuity.Round(Numerator * growth, Denominator * sum, rounding);
    }
}
