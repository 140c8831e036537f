using static Mingzhang.Domain.Tests.Schedules.Plan;

namespace Mingzhang.Domain.Tests.Schedules;

/// <summary>The worked numbers of docs/rules/schedules.md.</summary>
public sealed class WorkedNumberTests
{
    [Theory]
    [InlineData(12_000, 12, 88_000, "12 × 1088.00")] // T1
    [InlineData(12_000, 3, 25_000, "3 × 4100.00")] // T2
    [InlineData(12_000, 6, 45_000, "6 × 2090.00")] // T3
    [InlineData(12_000, 9, 65_000, "8 × 1419.99, 1420.08")] // T4
    [InlineData(12_000, 12, 75_000, "12 × 1075.00")] // T5
    [InlineData(12_000, 24, 150_000, "24 × 575.00")] // T5
    [InlineData(1_000, 12, 88_000, "11 × 90.66, 90.74")] // T7: 83.33 + 7.33, last 83.37 + 7.37
    public void A_fee_is_paid_in_equal_parts_and_the_last_takes_the_rest(long yuan, int rows, long ppm, string totals)
    {
        var schedule = Of(Plan.Instalments(rows, ppm), Yuan(yuan), MidJanuary);

        Assert.Equal(totals, Runs(schedule));
        Assert.Equal(yuan * ppm / 10_000, schedule.TotalFee().MinorUnits);
    }

    [Fact]
    public void A_fee_may_fall_into_the_first_row_or_be_stated_for_each() // T6
    {
        Assert.Equal("2056.00, 11 × 1000.00", Runs(Of(Plan.Instalments(12, 88_000, FeeSpread.TotalFirst), Yuan(12_000), MidJanuary)));
        Assert.Equal("12 × 1078.00", Runs(Of(Plan.Instalments(12, 6_500, FeeSpread.EachRow), Yuan(12_000), MidJanuary)));
    }

    [Fact]
    public void Equal_instalments_with_daily_interest() // T9, T10
    {
        var year = Of(Daily(ScheduleMethod.EqualInstalment, 12, 400), Yuan(10_000), MidJanuary);

        Assert.Equal("11 × 900.41, 900.42", Runs(year));
        Assert.Equal(80_493, year.TotalInterest().MinorUnits);
        Assert.Equal(new ScheduleRow(1, MidJanuary, new DateOnly(2025, 2, 15), 77_641, 12_400, 0, 922_359), year.Rows[0]);
        Assert.Equal((28, 10_330L, 79_711L), (year.Rows[1].Days, year.Rows[1].InterestMinor, year.Rows[1].PrincipalMinor));

        var half = Of(Daily(ScheduleMethod.EqualInstalment, 6, 500), Yuan(10_000), MidJanuary);
        Assert.Equal("6 × 1755.53", Runs(half));
        Assert.Equal(53_318, half.TotalInterest().MinorUnits);
    }

    [Fact]
    public void Interest_first_and_a_bullet() // T11, T12
    {
        Assert.Equal("124.00, 112.00, 10124.00", Runs(Of(Daily(ScheduleMethod.InterestFirst, 3, 400), Yuan(10_000), MidJanuary)));
        Assert.Equal("10028.00", Runs(Of(
            Daily(ScheduleMethod.Bullet, 1, 400) with { Period = new SchedulePeriod(PeriodUnit.Day, 7) }, Yuan(10_000), MidJanuary)));
        Assert.Equal("500.00", Runs(Of(
            Daily(ScheduleMethod.Bullet, 1, 0) with { Period = new SchedulePeriod(PeriodUnit.Day, 7) }, Yuan(500), MidJanuary)));
    }

    [Fact]
    public void Equal_principal_with_daily_interest() // T13
    {
        var schedule = Of(Daily(ScheduleMethod.EqualPrincipal, 10, 500), Yuan(10_000), MidJanuary);

        Assert.Equal([15_500L, 12_600L], schedule.Rows.Take(2).Select(row => row.InterestMinor));
        Assert.Equal(83_200, schedule.TotalInterest().MinorUnits);
    }

    [Fact]
    public void A_month_may_be_a_twelfth_of_the_year()
    {
        var terms = new ScheduleTerms { Method = ScheduleMethod.EqualInstalment, Count = 12, Rate = ScheduleRate.Monthly(60_000) };

        Assert.Equal("11 × 10327.97, 10327.99", Runs(Of(terms, Yuan(120_000), MidJanuary)));
        var byMonth = terms with { Rate = ScheduleRate.PerPeriod(5_000) };
        Assert.Equal(Of(terms, Yuan(120_000), MidJanuary).Rows, Of(byMonth, Yuan(120_000), MidJanuary).Rows);
    }

    [Fact]
    public void Flat_interest_counts_on_the_first_principal()
    {
        var terms = new ScheduleTerms { Method = ScheduleMethod.FlatInterest, Count = 3, Rate = ScheduleRate.Monthly(120_000) };

        Assert.Equal("3 × 1030.00", Runs(Of(terms, Yuan(3_000), new DateOnly(2023, 7, 1))));
    }

    [Fact]
    public void Flat_interest_over_two_years_of_different_length_is_rounded_once()
    {
        var terms = new ScheduleTerms { Method = ScheduleMethod.FlatInterest, Count = 3, Rate = ScheduleRate.ActualActual(120_000) };

        // 30/365 + (17/365 + 14/366) + 31/366 of 12 % on 12,346.00 is 372.925…; rounded row by row it would be 372.92.
        Assert.Equal(37_293, Of(terms, Money.Of(1_234_600, Currency.Cny), new DateOnly(2023, 11, 15)).Rows.Sum(row => row.InterestMinor));
    }

    [Fact]
    public void An_instalment_in_whole_yuan_is_rounded_once()
    {
        var terms = new ScheduleTerms
        {
            Method = ScheduleMethod.EqualInstalment, Count = 12, Rate = ScheduleRate.PerPeriod(10_000), MultipleMinor = 100,
        };

        // 1,390.00 at 1 % a month in 12 is 123.4998…: 123.00, not first 123.50 and then 124.00.
        Assert.Equal(12_300, Of(terms, Yuan(1_390), MidJanuary).Rows[0].TotalMinor);
    }
}
