using System.Numerics;

namespace Mingzhang.Domain.Schedules;

/// <summary>The equal instalment that pays a principal with its interest: exact, rounded once.</summary>
/// <remarks>
/// With growth g(k) = (1 + f(k)) the instalment is principal × Π g / S, where S(1) = 1 and S(k) = 1 + S(k-1) × g(k). Both are first worked
/// out in 64 binary places. The error of that is known; when the rounding could depend on it, whole numbers without limit decide
/// (decision 0014). So the result is that of exact fractions, always.
/// </remarks>
public static class Annuity
{
    private const int Places = 64;

    /// <summary>The instalment in minor units.</summary>
    /// <param name="principalMinor">0 or more, at most 10^15.</param>
    /// <param name="factors">The price of each period; at least one.</param>
    /// <param name="rounding">How it becomes whole minor units.</param>
    /// <param name="multipleMinor">It is a whole multiple of so many minor units; rounded to it at once, not first to minor units.</param>
    /// <example>1,000,000 fen, 12 months of 2025 at 0.04 % a day → 90,041 fen (case T9).</example>
    public static long Instalment(
        long principalMinor, ReadOnlySpan<InterestFactor> factors, Rounding rounding, long multipleMinor = 1)
    {
        if (principalMinor == 0)
        {
            return 0;
        }

        if (multipleMinor != 1)
        {
            return checked(Exact(principalMinor, factors, rounding, multipleMinor) * multipleMinor);
        }

        return IsFree(factors)
            ? Rounded.Divide(principalMinor, factors.Length, rounding)
            : Approximate(principalMinor, factors, rounding) ?? Exact(principalMinor, factors, rounding);
    }

    /// <summary>The same by fractions of unlimited whole numbers; slow, and the judge of the other.</summary>
    public static long Exact(long principalMinor, ReadOnlySpan<InterestFactor> factors, Rounding rounding) =>
        Exact(principalMinor, factors, rounding, 1);

    /// <summary>In units of so many minor units.</summary>
    private static long Exact(long principalMinor, ReadOnlySpan<InterestFactor> factors, Rounding rounding, long unitMinor)
    {
        BigInteger growth = 1, sum = 1, scale = 1;
        for (var k = 0; k < factors.Length; k++)
        {
            BigInteger whole = Math.Max(factors[k].Denominator, 1);
            var grown = whole + factors[k].Numerator;
            growth *= grown;
            if (k > 0)
            {
                scale *= whole;
                sum = scale + (sum * grown);
            }
        }

        var numerator = principalMinor * growth;
        var denominator = sum * Math.Max(factors[0].Denominator, 1) * unitMinor;
        return Round(numerator, denominator, rounding);
    }

    private static bool IsFree(ReadOnlySpan<InterestFactor> factors)
    {
        foreach (ref readonly var factor in factors)
        {
            if (factor.Numerator != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The instalment where 64 places decide; null where they do not.</summary>
    private static long? Approximate(long principalMinor, ReadOnlySpan<InterestFactor> factors, Rounding rounding)
    {
        var growth = UInt128.One << Places;
        var sum = growth;
        var last = default(InterestFactor);
        var share = 0UL;
        for (var k = 0; k < factors.Length; k++)
        {
            ref readonly var factor = ref factors[k];
            if (factor != last)
            {
                if (factor.Numerator >= factor.Denominator && factor.Numerator > 0)
                {
                    return null;
                }

                (last, share) = (factor, Share(factor));
            }

            growth += Times(growth, share);
            sum = k == 0 ? sum : sum + Times(sum, share) + (UInt128.One << Places);
            if (Upper(sum) > 1UL << 50 || Upper(growth) > 1UL << 50)
            {
                return null;
            }
        }

        return Decide(principalMinor, growth, sum, factors.Length, rounding);
    }

    private static ulong Share(InterestFactor factor) => factor.Numerator == 0
        ? 0
        : (ulong)(((UInt128)(ulong)factor.Numerator << Places) / (ulong)factor.Denominator);

    private static long? Decide(long principalMinor, UInt128 growth, UInt128 sum, int rows, Rounding rounding)
    {
        var shift = Places + 2 - BitOperations.LeadingZeroCount(Upper(sum));
        var divisor = (ulong)(sum >> shift);
        var quotient = UInt128.DivRem((UInt128)(ulong)principalMinor * (ulong)(growth >> shift), divisor);
        var (instalment, rest) = ((ulong)quotient.Quotient, (ulong)quotient.Remainder);

        // Relative error of growth / sum: below (2 × rows + rows + 2) / 2^62; times the instalment, in units of the divisor (< 2^62).
        var doubt = (UInt128)(instalment + 1) * (ulong)((4 * rows) + 4);
        if (doubt >= divisor / 4)
        {
            return null;
        }

        var (slack, half) = ((ulong)doubt, divisor / 2);
        if (rest <= slack || divisor - rest <= slack || (rest > half ? rest - half : half - rest) <= slack + 1)
        {
            return null;
        }

        return (long)instalment + rounding switch
        {
            Rounding.HalfUp or Rounding.HalfEven => rest > half ? 1 : 0,
            Rounding.Down => 0,
            Rounding.Up => 1,
        };
    }

    private static UInt128 Times(UInt128 value, ulong share) =>
        ((UInt128)Upper(value) * share) + Math.BigMul(unchecked((ulong)value), share, out _);

    private static ulong Upper(UInt128 value) => (ulong)(value >> Places);

    /// <summary>A fraction of unlimited whole numbers in whole units; not negative.</summary>
    internal static long Round(BigInteger numerator, BigInteger denominator, Rounding rounding)
    {
        var quotient = BigInteger.DivRem(numerator, denominator, out var rest);
        var twice = (rest * 2).CompareTo(denominator);
        var step = rounding switch
        {
            Rounding.HalfUp => twice >= 0,
            Rounding.HalfEven => twice > 0 || (twice == 0 && !quotient.IsEven),
            Rounding.Down => false,
            Rounding.Up => !rest.IsZero,
        };
        return checked((long)(step ? quotient + 1 : quotient));
    }
}
