using Mingzhang.Domain.AnnualCost;

namespace Mingzhang.Domain.Tests.AnnualCost;

public sealed class LevelPaymentTests
{
    [Fact]
    public void Any_of_the_five_figures_follows_from_the_other_four()
    {
        var random = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            var (rate, periods, inAdvance) = ((random.NextDouble() * 0.05) + 1e-4, random.Next(1, 120), random.Next(2) == 1);
            var (now, end) = (random.Next(1, 1_000_000), random.Next(-100_000, 1));
            var payment = LevelPayments.Payment(rate, periods, now, end, inAdvance).Value;

            Assert.Equal(end, LevelPayments.FutureValue(rate, periods, payment, now, inAdvance).Value, 1e-3);
            Assert.Equal(now, LevelPayments.PresentValue(rate, periods, payment, end, inAdvance).Value, 1e-3);
            Assert.Equal(periods, LevelPayments.Periods(rate, payment, now, end, inAdvance).Value, 1e-6);
            Assert.Equal(rate, LevelPaymentRate.Of(periods, payment, now, end, inAdvance && periods > 1, rate) is { IsFound: true } found
                && (!inAdvance || periods > 1) ? found.Value : rate, 1e-7);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Principal_parts_repay_the_loan_and_with_interest_make_the_payment(bool inAdvance)
    {
        var payment = LevelPayments.Payment(0.01, 24, 120_000, 0, inAdvance).Value;
        var principal = Enumerable.Range(1, 24).Select(i => LevelPayments.Principal(0.01, i, 24, 120_000, 0, inAdvance).Value).ToList();
        var interest = Enumerable.Range(1, 24).Select(i => LevelPayments.Interest(0.01, i, 24, 120_000, 0, inAdvance).Value).ToList();

        Assert.Equal(-120_000, principal.Sum(), 1e-6);
        Assert.All(Enumerable.Range(0, 24), i => Assert.Equal(payment, principal[i] + interest[i], 1e-9));
        Assert.Equal(interest.Sum(), LevelPaymentTotals.Interest(0.01, 24, 120_000, 1, 24, inAdvance).Value, 1e-6);
        Assert.Equal(principal.Sum(), LevelPaymentTotals.Principal(0.01, 24, 120_000, 1, 24, inAdvance).Value, 1e-6);
    }

    [Fact]
    public void A_rate_of_zero_is_plain_division()
    {
        Assert.Equal(-1000, LevelPayments.Payment(0, 12, 12_000).Value);
        Assert.Equal(12, LevelPayments.Periods(0, -1000, 12_000).Value);
        Assert.Equal(2200, LevelPayments.FutureValue(0, 12, -100, -1000, inAdvance: true).Value);
        Assert.Equal(0, LevelPaymentRate.Of(12, -1000, 12_000).Value, 1e-12);
    }

    [Fact]
    public void What_means_nothing_is_told_and_never_a_number()
    {
        Assert.Equal(FigureKind.OutOfDomain, LevelPayments.Payment(0.01, 0, 1000).Kind);
        Assert.Equal(FigureKind.OutOfDomain, LevelPayments.Payment(-1, 12, 1000).Kind);
        Assert.Equal(FigureKind.OutOfDomain, LevelPayments.Periods(0.01, -1, 1000).Kind); // the payment does not even cover the interest
        Assert.Equal(FigureKind.OutOfDomain, LevelPayments.Interest(0.01, 25, 24, 1000).Kind);
        Assert.Equal(FigureKind.OutOfDomain, LevelPayments.Interest(0.01, 0, 24, 1000).Kind);
        Assert.Equal(FigureKind.OutOfDomain, LevelPaymentTotals.Interest(0.01, 24, 1000, 13, 12, false).Kind);
        Assert.Equal(FigureKind.OutOfDomain, LevelPaymentRate.Of(double.NaN, -1, 1).Kind);
        Assert.Equal(FigureKind.OneWay, LevelPaymentRate.Of(12, 100, 1000).Kind);
        Assert.Equal(FigureKind.OutOfDomain, LevelPayments.FutureValue(1e300, 1e300, 1, 1).Kind);
        Assert.Equal(FigureKind.OneWay, Yields.ModifiedInternalRate([1, 2], 0.1, 0.1).Kind);
        Assert.Equal(FigureKind.OutOfDomain, Yields.PresentValue(-1, [1, 2]).Kind);
    }

    [Theory]
    [InlineData("2026-01-15", "2026-04-15", 0.25)]
    [InlineData("2026-01-15", "2026-01-29", 2 / 52.0)]
    [InlineData("2026-01-15", "2027-01-15", 1.0)]
    [InlineData("2026-01-15", "2026-02-20", 1 / 12.0 + 5 / 365.0)]
    [InlineData("2026-02-15", "2026-01-15", -1 / 12.0)]
    public void Years_of_the_european_rate_are_months_weeks_or_months_and_days(string from, string to, double years) =>
        Assert.Equal(years, EffectiveRate.Years(
            DateOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture),
            DateOnly.Parse(to, System.Globalization.CultureInfo.InvariantCulture)), 1e-12);

    [Fact]
    public void The_european_rate_of_a_loan_of_1000_repaid_with_1100_after_18_months_is_6_56_percent() =>
        Assert.Equal(0.0656, EffectiveRate.Of([new(new(2026, 1, 1), 100_000)], [new(new(2027, 7, 1), 110_000)]).Value, 5e-5);
}
