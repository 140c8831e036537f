using Mingzhang.Domain.AnnualCost;

namespace Mingzhang.Domain.Tests.AnnualCost;

/// <summary>One rate, or the reason why there is none; never a loop, never "not a number".</summary>
public sealed class InternalRateTests
{
    /// <summary>Flows in fen, simple and compound rate in percent: cases T1 to T8.</summary>
    public static TheoryData<string, long[], double, double> WorkedCases { get; } = new()
    {
        { "T1", Loan(1_200_000, 12, 108_800), 15.864, 17.070 },
        { "T2", Loan(1_200_000, 3, 410_000), 14.938, 16.005 },
        { "T3", Loan(1_200_000, 6, 209_000), 15.268, 16.383 },
        { "T4", [.. Loan(1_200_000, 8, 141_999), 142_008], 15.340, 16.466 },
        { "T5 in 12", Loan(1_200_000, 12, 107_500), 13.567, 14.443 },
        { "T5 in 24", Loan(1_200_000, 24, 57_500), 13.796, 14.703 },
        { "T6: the whole fee in the first month", [-1_200_000, 205_600, .. Enumerable.Repeat(100_000L, 11)], 17.097, 18.502 },
        { "T8: the example of PBOC announcement 3/2021", Loan(9_900_000, 12, 883_330), 12.804, 13.583 },
        { "nothing", Loan(1_200_000, 12, 100_000), 0, 0 },
    };

    [Theory]
    [MemberData(nameof(WorkedCases))]
    public void Simple_is_twelve_times_the_monthly_rate_and_compound_its_twelfth_power(
        string name, long[] flows, double simple, double compound)
    {
        var rates = AnnualRates.OfPeriods(flows)!.Value;

        Assert.Equal((name, simple, compound), (name, Math.Round(rates.SimplePpm / 1e4, 3), Math.Round(rates.CompoundPpm / 1e4, 3)));
    }

    [Fact]
    public void At_the_rate_found_a_loan_is_worth_nothing()
    {
        var random = new Random(20_261_122);
        for (var i = 0; i < 2000; i++)
        {
            var flows = new long[random.Next(2, 61)];
            for (var k = 1; k < flows.Length; k++)
            {
                flows[k] = random.Next(0, 500_000);
            }

            flows[^1]++;
            flows[0] = -(long)(flows.Sum() * (0.3 + random.NextDouble()));
            if (flows[0] == 0)
            {
                continue;
            }

            var rate = InternalRate.OfPeriods(flows).Value;

            var value = flows.Select((flow, k) => flow / Math.Pow(1 + rate, k)).Sum();
            var whole = flows.Select((flow, k) => Math.Abs(flow) / Math.Pow(1 + rate, k)).Sum();
            Assert.True(Math.Abs(value) <= 1e-9 * whole, $"{value} of {whole} at {rate}: {string.Join(' ', flows)}");
            Assert.Equal(rate, InternalRate.OfPeriods([.. flows.Select(flow => (double)flow)]).Value, 1e-9 * Math.Max(1, rate));
        }
    }

    [Fact]
    public void No_flows_flows_one_way_and_flows_without_a_rate_are_answers()
    {
        Assert.Equal(FigureKind.NothingGiven, InternalRate.OfPeriods(ReadOnlySpan<long>.Empty).Kind);
        Assert.Equal(FigureKind.NothingGiven, InternalRate.OfPeriods([0L, 0, 0]).Kind);
        Assert.Equal(FigureKind.NothingGiven, default(Figure).Kind);
        Assert.Equal(FigureKind.OneWay, InternalRate.OfPeriods([-100L]).Kind);
        Assert.Equal(FigureKind.OneWay, InternalRate.OfPeriods([-100L, -100, -100]).Kind);
        Assert.Equal(FigureKind.OneWay, InternalRate.OfPeriods([100L, 100]).Kind);
        Assert.Equal(FigureKind.NoneSolves, InternalRate.OfPeriods([-100L, 100, -100]).Kind);
        Assert.Equal(FigureKind.NothingGiven, Dated(("2026-01-01", -100), ("2026-01-01", 100)).Kind);
        Assert.Null(AnnualRates.OfPeriods([-100L, 100, -100]));
        Assert.Throws<InvalidOperationException>(() => default(Figure).Value);
    }

    [Fact]
    public void Money_out_and_nothing_back_is_a_total_loss() =>
        Assert.Equal(-1, Dated(("2010-01-01", -1000), ("2012-01-01", 0)).Value);

    [Fact]
    public void Extreme_rates_are_found_or_told_but_never_infinite()
    {
        Assert.Equal(999_999_999, InternalRate.OfPeriods([-1L, 1_000_000_000]).Value, 1);
        Assert.Equal(-1 + 1e-9, InternalRate.OfPeriods([-1_000_000_000L, 1]).Value, 1e-12);
        Assert.Equal(0.5, InternalRate.OfDays([new(new(2026, 1, 1), -100), new(new(2027, 1, 1), 150)]).Value, 1e-12);
        Assert.Equal(FigureKind.TooLarge, Dated(("2026-01-01", -1), ("2026-01-02", 1_000_000_000)).Kind);
        Assert.True(InternalRate.OfPeriods([-long.MaxValue, .. Enumerable.Repeat(long.MaxValue / 12, 13)]).IsFound);
        Assert.True(InternalRate.OfPeriods([-1_000_000_000_000L, .. new long[359], 1]).Value < -0.07);
    }

    [Fact]
    public void Of_several_rates_the_periodic_one_is_nearest_to_the_guess_and_the_dated_one_follows_the_gain()
    {
        double[] flows = [-5, 10.5, 1, -8, 1]; // three rates: -87.0 %, 8.86 %, 70.96 %
        double[] years = [0, 1, 2, 3, 4];

        Assert.Equal(0.0886, InternalRate.OfPeriods(flows).Value, 1e-4);
        Assert.Equal(0.7096, InternalRate.OfPeriods(flows, 0.6).Value, 1e-4);
        Assert.Equal(-0.8702, InternalRate.OfTimes(years, flows).Value, 1e-4); // the sum is a loss of 0.5
        Assert.Equal(0.0886, InternalRate.OfTimes(years, [.. flows.Select(flow => -flow)]).Value, 1e-4); // seen from the other side: a gain
    }

    [Fact]
    public void Of_two_rates_on_the_same_side_the_one_nearest_to_0_is_taken_however_far_both_are()
    {
        // Present values pass zero at 8.01 % and 15.54 %; the sum is a loss, and no rate is.
        double[] years = [0, 690 / 365d, 869 / 365d, 1738 / 365d, 2435 / 365d];
        Assert.Equal(0.0801, InternalRate.OfTimes(years, [-1869.59, 1639.55, 556.94, 3857.97, -4488.51]).Value, 1e-4);

        // 185,675 % and 1,976,399,577 %
        double[] early = [0, 37 / 365d, 111 / 365d, 151 / 365d, 183 / 365d];
        Assert.Equal(1856.75, InternalRate.OfTimes(early, [-246.96, 1445.76, -2213.96, -1984.79, -4988.48]).Value, 0.01);
    }

    [Fact]
    public void Two_rates_that_lie_close_together_are_not_missed()
    {
        // -1 + 2.2001 v - 1.21011 v^2: rates of about 9.4 % and 10.6 %
        Assert.Equal(0.1, InternalRate.OfPeriods([-1_000_000d, 2_200_100, -1_210_060]).Value, 0.02);
    }

    [Fact]
    public void The_order_of_dated_flows_and_their_splitting_by_day_change_nothing()
    {
        var whole = Dated(("2016-01-15", -100_000), ("2016-02-08", -250_000), ("2016-04-17", -100_000), ("2016-08-24", 505_000));
        var split = Dated(("2016-08-24", 500_000), ("2016-02-08", -250_000), ("2016-01-15", -100_000), ("2016-04-17", -100_000),
            ("2016-08-24", 5_000));

        Assert.Equal(0.2504234710, whole.Value, 1e-9);
        Assert.Equal(whole, split);
    }

    [Fact]
    public void A_schedule_of_twelve_rows_costs_no_memory()
    {
        var flows = Loan(1_200_000, 12, 108_800);
        _ = AnnualRates.OfPeriods(flows);

        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = AnnualRates.OfPeriods(flows);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static long[] Loan(long received, int months, long payment) => [-received, .. Enumerable.Repeat(payment, months)];

    private static Figure Dated(params (string On, long Amount)[] flows) => InternalRate.OfDays(
        [.. flows.Select(flow => new DatedFlow(DateOnly.Parse(flow.On, System.Globalization.CultureInfo.InvariantCulture), flow.Amount))]);
}
