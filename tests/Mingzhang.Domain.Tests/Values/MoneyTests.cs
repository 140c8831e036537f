namespace Mingzhang.Domain.Tests.Values;

public sealed class MoneyTests
{
    [Fact]
    public void A_forgotten_amount_is_loud()
    {
        Assert.Throws<InvalidOperationException>(() => default(Money) + default(Money));
        Assert.Throws<ArgumentException>(() => Money.Of(1, default));
        Assert.Equal("???0", default(Money).ToString());
    }

    [Fact]
    public void Currencies_never_mix() =>
        Assert.Throws<InvalidOperationException>(() => Money.Of(1, Currency.Cny) + Money.Of(1, Currency.Twd));

    [Fact]
    public void Overflow_throws() => Assert.Throws<OverflowException>(() => Money.Of(long.MaxValue, Currency.Cny) + Money.Of(1,
        Currency.Cny));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void The_stored_form_reads_back(long minor)
    {
        var money = Money.Of(minor, Currency.Twd);
        Assert.Equal(money, Money.Parse(money.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("CNY")]
    [InlineData("cny1")]
    [InlineData("CNY1.0")]
    [InlineData("CNY 1")]
    [InlineData("CNY9223372036854775808")]
    public void Anything_else_does_not_read(string text)
    {
        Assert.False(Money.TryParse(text, out _));
        Assert.Throws<FormatException>(() => Money.Parse(text));
    }

    [Theory]
    [InlineData(5, 10, Rounding.HalfUp, 1)]
    [InlineData(-5, 10, Rounding.HalfUp, -1)]
    [InlineData(4, 10, Rounding.HalfUp, 0)]
    [InlineData(5, 10, Rounding.HalfEven, 0)]
    [InlineData(15, 10, Rounding.HalfEven, 2)]
    [InlineData(-15, 10, Rounding.HalfEven, -2)]
    [InlineData(19, 10, Rounding.Down, 1)]
    [InlineData(-19, 10, Rounding.Down, -1)]
    [InlineData(11, 10, Rounding.Up, 2)]
    [InlineData(-11, 10, Rounding.Up, -2)]
    [InlineData(10, 10, Rounding.Up, 1)]
    public void Rounding_is_stated(int numerator, int denominator, Rounding rounding, int expected) =>
        Assert.Equal(expected, Rounded.Divide(numerator, denominator, rounding));

    [Fact]
    public void Parts_sum_to_the_whole()
    {
        var parts = Split.Equally(Yuan(1_000), 12);
        Assert.Equal([.. Enumerable.Repeat(Yuan(83.33m), 11), Yuan(83.37m)], parts);
        Assert.Equal([Yuan(300.00m), Yuan(700.01m)], Split.ByWeights(Yuan(1_000.01m), [30, 70]));
        for (var minor = -50L; minor < 200; minor++)
        {
            var whole = Money.Of(minor, Currency.Cny);
            Assert.Equal(minor, Split.ByWeights(whole, [3, 0, 5, 11]).Sum(part => part.MinorUnits));
            Assert.Equal(minor, Split.Equally(whole, 7).Sum(part => part.MinorUnits));
        }
    }

    [Fact]
    public void Days_at_once_equal_day_by_day_and_a_rate_shows_its_year()
    {
        var rate = Rate.PerDay(500);
        var atOnce = default(Accrual).Plus(Yuan(333.33m), rate, 37);
        var daily = default(Accrual);
        for (var day = 0; day < 37; day++)
        {
            daily = daily.Plus(Yuan(333.33m), rate, 1);
        }

        Assert.Equal(atOnce, daily);
        Assert.Equal(Yuan(6.17m), atOnce.RoundToMoney(Currency.Cny, Rounding.HalfUp));
        Assert.Equal((180_000, 182_500), (rate.AnnualPpm(360), rate.AnnualPpm(365)));
        Assert.Equal(Money.Zero(Currency.Cny), default(Accrual).RoundToMoney(Currency.Cny, Rounding.Up));
        Assert.Throws<InvalidOperationException>(() => atOnce.Plus(Yuan(1), new Rate(1, DayCount.Actual365), 1));
    }
}
