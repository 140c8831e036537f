using System.Globalization;
using Mingzhang.Domain.AnnualCost;

namespace Mingzhang.Domain.Tests.AnnualCost;

/// <summary>Worked examples of 12 CFR 1026, Appendix J (c), to the hundredth of a percent.</summary>
public sealed class ActuarialRateTests
{
    /// <summary>Advance, day; first payment day, months between (negative: days), number, payment; percent; unit period.</summary>
    public static TheoryData<string, long, string, string, int, int, long, double, UnitKind, int> Regular { get; } = new()
    {
        { "(c)(1)(i)", 500_000, "1978-01-10", "1978-02-10", 1, 24, 23_000, 9.69, UnitKind.Month, 1 },
        { "a long first period", 600_000, "1978-02-10", "1978-04-01", 1, 36, 20_000, 11.82, UnitKind.Month, 1 },
        { "(c)(1)(iv)", 1_000_000, "1978-05-23", "1978-10-01", 3, 40, 38_500, 8.97, UnitKind.Month, 3 },
        { "(c)(1)(v)", 50_000, "1978-03-20", "1978-04-21", -7, 30, 1_760, 14.96, UnitKind.Week, 1 },
    };

    [Theory]
    [MemberData(nameof(Regular))]
    public void Regular_payments(
        string name, long advance, string on, string first, int step, int count, long payment, double percent, UnitKind kind, int units)
    {
        var payments = Enumerable.Range(0, count).Select(i => new DatedFlow(
            step > 0 ? Day(first).AddMonths(i * step) : Day(first).AddDays(-i * step), payment)).ToList();

        Assert.Equal(percent, Percent([new(Day(on), advance)], payments), 0.005);
        Assert.Equal((name, new UnitPeriod(kind, units)), (name, ActuarialRate.UnitOf([new(Day(on), advance)], payments)));
    }

    [Theory]
    [InlineData("less than a year, in days", "1978-01-03", "1978-09-15", 108_000, 11.45)]
    [InlineData("less than a year, in whole months", "1978-07-15", "1978-10-15", 104_400, 17.60)]
    [InlineData("a year and six months", "1978-01-17", "1979-07-17", 113_519, 8.76)]
    [InlineData("two years", "1978-01-03", "1980-01-03", 124_000, 11.36)]
    public void One_advance_of_1000_and_one_payment(string name, string from, string to, long payment, double percent)
    {
        var apr = Percent([new(Day(from), 100_000)], [new(Day(to), payment)]);
        Assert.Equal((name, true), (name, Math.Abs(apr - percent) <= 0.005 + 1e-9));
    }

    [Fact]
    public void Half_months_are_told_from_fortnights_and_four_weeks_from_february()
    {
        List<DatedFlow> advance = [new(Day("1978-02-23"), 500_000)];
        List<DatedFlow> half = [.. Enumerable.Range(0, 12).SelectMany(i => new[] { Month(i, 1), Month(i, 16) })];
        List<DatedFlow> fortnight = [.. Enumerable.Range(1, 24).Select(i => new DatedFlow(Day("1978-02-23").AddDays(14 * i), 21_917))];
        List<DatedFlow> monthEnds = [.. Enumerable.Range(1, 6).Select(i => new DatedFlow(Day("1979-01-31").AddMonths(i), 90_000))];

        Assert.Equal(new UnitPeriod(UnitKind.HalfMonth, 1), ActuarialRate.UnitOf(advance, half));
        Assert.Equal(new UnitPeriod(UnitKind.Week, 2), ActuarialRate.UnitOf(advance, fortnight));
        Assert.Equal(new UnitPeriod(UnitKind.Month, 1), ActuarialRate.UnitOf([new(Day("1979-01-31"), 500_000)], monthEnds));
        Assert.Equal(10.34, Percent(advance, half), 0.005);

        static DatedFlow Month(int i, int day) => new(new DateOnly(1978, 3, day).AddMonths(i), 21_917);
    }

    [Theory]
    [InlineData(UnitKind.Month, 1, "1978-02-10", "1978-04-01", 1, 19 / 30.0)]
    [InlineData(UnitKind.Month, 3, "1978-05-23", "1978-10-01", 1, 39 / 90.0)]
    [InlineData(UnitKind.Month, 1, "1979-01-31", "1979-02-28", 1, 0)]
    [InlineData(UnitKind.Month, 1, "1979-01-31", "1979-04-30", 3, 0)]
    [InlineData(UnitKind.Month, 1, "1979-02-28", "1979-03-31", 1, 0)]
    [InlineData(UnitKind.Month, 1, "1979-01-31", "1979-03-30", 1, 28 / 30.0)]
    [InlineData(UnitKind.HalfMonth, 1, "1978-02-23", "1978-03-01", 0, 6 / 15.0)]
    [InlineData(UnitKind.Week, 2, "1978-04-03", "1978-04-11", 0, 8 / 14.0)]
    [InlineData(UnitKind.Year, 1, "1978-01-17", "1979-07-17", 1, 0.5)]
    [InlineData(UnitKind.Year, 1, "1978-01-17", "1979-02-01", 1, 15 / 365.0)]
    public void Whole_unit_periods_are_counted_back_from_the_later_day(
        UnitKind kind, int count, string from, string to, int whole, double rest)
    {
        var (actualWhole, actualRest) = new UnitPeriod(kind, count).Between(Day(from), Day(to));
        Assert.Equal((whole, Math.Round(rest, 12)), (actualWhole, Math.Round(actualRest, 12)));
    }

    [Fact]
    public void What_has_no_rate_is_told()
    {
        List<DatedFlow> one = [new(Day("2026-01-01"), 100)];
        Assert.Equal(FigureKind.NothingGiven, ActuarialRate.Of([], []).Kind);
        Assert.Equal(FigureKind.OneWay, ActuarialRate.Of(one, []).Kind);
        Assert.Equal(FigureKind.OneWay, ActuarialRate.Of(one, [new(Day("2026-02-01"), 0)]).Kind);
        Assert.Equal(FigureKind.OneWay, ActuarialRate.Of(one, [new(Day("2026-02-01"), -5)]).Kind);
        Assert.Equal(FigureKind.OutOfDomain, ActuarialRate.Of(one, [new(Day("2026-01-01"), 105)]).Kind);
        Assert.Equal(FigureKind.OutOfDomain, ActuarialRate.Of(one, [new(Day("2025-12-01"), 105)]).Kind);
        Assert.Equal(UnitKind.Day, default(UnitPeriod).Kind);
    }

    private static double Percent(List<DatedFlow> advances, List<DatedFlow> payments) => ActuarialRate.Of(advances, payments).Value * 100;

    private static DateOnly Day(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);
}
