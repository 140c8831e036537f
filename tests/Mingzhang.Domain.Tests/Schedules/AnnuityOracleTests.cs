using System.Numerics;

namespace Mingzhang.Domain.Tests.Schedules;

/// <summary>The equal instalment against fractions of unlimited whole numbers, written the other way round: as a present value.</summary>
public sealed class AnnuityOracleTests
{
    private const int Trials = 20_000;

    [Fact]
    public void The_instalment_is_that_of_exact_fractions_rounded_once()
    {
        for (var seed = 0; seed < Trials; seed++)
        {
            var chance = new Random(seed);
            var factors = Factors(chance, chance.Next(10) == 0 ? chance.Next(1, 241) : chance.Next(1, 25));
            var principal = chance.NextInt64(1, 1L << chance.Next(1, 50));
            foreach (var rounding in Enum.GetValues<Rounding>())
            {
                var expected = Oracle(principal, factors, rounding);
                Assert.True(expected == Annuity.Instalment(principal, factors, rounding), $"seed {seed} {rounding}");
                Assert.True(expected == Annuity.Exact(principal, factors, rounding), $"seed {seed} {rounding}");
            }
        }
    }

    [Theory]
    [InlineData(Rounding.HalfUp, 8)]
    [InlineData(Rounding.HalfEven, 8)]
    [InlineData(Rounding.Down, 7)]
    [InlineData(Rounding.Up, 8)]
    public void A_tie_is_decided_by_exact_arithmetic(Rounding rounding, long instalment)
    {
        // 10 for one period at 50 % and 0 %: 10 × 1.5 / 2 = 7.5 exactly.
        InterestFactor[] factors = [new(1, 2), new(0, 1)];

        Assert.Equal(instalment, Annuity.Instalment(10, factors, rounding));
        Assert.Equal(rounding is Rounding.Up or Rounding.HalfUp ? 23 : 22, Annuity.Instalment(30, factors, rounding)); // 22.5
    }

    [Fact]
    public void Interest_of_a_row_is_exact_too()
    {
        for (var seed = 0; seed < Trials; seed++)
        {
            var chance = new Random(seed);
            var factor = Factors(chance, 1)[0];
            var principal = chance.NextInt64(0, 1L << chance.Next(1, 50));
            foreach (var rounding in Enum.GetValues<Rounding>())
            {
                var expected = Round(principal * (BigInteger)factor.Numerator, Math.Max(1, factor.Denominator), rounding);
                Assert.Equal(expected, factor.On(principal, rounding));
            }
        }
    }

    /// <summary>Principal over the sum of discounts: a recursion from the last row to the first.</summary>
    private static long Oracle(long principal, InterestFactor[] factors, Rounding rounding)
    {
        BigInteger numerator = 0, denominator = 1;
        foreach (var factor in factors.Reverse())
        {
            BigInteger whole = Math.Max(1, factor.Denominator);
            (numerator, denominator) = ((numerator + denominator) * whole, denominator * (whole + factor.Numerator));
        }

        return Round(principal * denominator, numerator, rounding);
    }

    private static long Round(BigInteger numerator, BigInteger denominator, Rounding rounding)
    {
        var floor = BigInteger.Divide(numerator, denominator);
        var rest = numerator - (floor * denominator);
        var isUp = rounding switch
        {
            Rounding.HalfUp => rest * 2 >= denominator,
            Rounding.HalfEven => rest * 2 > denominator || (rest * 2 == denominator && !floor.IsEven),
            Rounding.Down => false,
            _ => !rest.IsZero,
        };
        return (long)(isUp ? floor + 1 : floor);
    }

    private static InterestFactor[] Factors(Random chance, int count)
    {
        var rate = ScheduleTrials.Price(chance);
        var isRound = chance.Next(5) == 0;
        var factors = new InterestFactor[count];
        var from = new DateOnly(2019, 1, 1).AddDays(chance.Next(3_000));
        for (var k = 0; k < count; k++)
        {
            var to = from.AddMonths(1);
            factors[k] = isRound
                ? new InterestFactor(chance.Next(3), chance.Next(3, 9)) // coarse: ties and whole instalments are frequent
                : InterestFactor.Of(rate, from, to, new PeriodSpan(from, to, SchedulePeriod.Monthly));
            from = to;
        }

        return factors;
    }
}
