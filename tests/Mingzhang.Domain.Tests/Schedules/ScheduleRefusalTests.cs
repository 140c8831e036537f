using static Mingzhang.Domain.Tests.Schedules.Plan;

namespace Mingzhang.Domain.Tests.Schedules;

public sealed class ScheduleRefusalTests
{
    private static readonly ScheduleTerms Good = Daily(ScheduleMethod.EqualInstalment, 12, 400);

    public static TheoryData<ScheduleFault, string> Broken { get; } = new()
    {
        { ScheduleFault.Rows, "no rows" }, { ScheduleFault.Rows, "too many rows" }, { ScheduleFault.Rows, "bullet of two" },
        { ScheduleFault.Rows, "two due dates" }, { ScheduleFault.Period, "no period" }, { ScheduleFault.Period, "long period" },
        { ScheduleFault.Rate, "negative rate" }, { ScheduleFault.Rate, "absurd rate" }, { ScheduleFault.Rate, "thirty without year" },
        { ScheduleFault.DayOrder, "first due before" }, { ScheduleFault.DayOrder, "last due before" },
        { ScheduleFault.DayOrder, "starts after" },
        { ScheduleFault.DayRange, "beyond 2999" }, { ScheduleFault.Grace, "all grace" }, { ScheduleFault.Grace, "negative grace" },
        { ScheduleFault.DownPayment, "all down" }, { ScheduleFault.Multiple, "no multiple" }, { ScheduleFault.PrincipalRows, "wrong sum" },
        { ScheduleFault.PrincipalRows, "missing row" }, { ScheduleFault.Instalment, "below interest" },
        { ScheduleFault.Instalment, "no instalment" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Terms_that_cannot_be_are_refused_by_field_rule_and_fix(ScheduleFault fault, string what)
    {
        var refused = Assert.IsType<ScheduleRefused>(RepaymentSchedule.Of(Terms(what), Yuan(10_000), MidJanuary));

        Assert.Equal(fault, refused.Fault);
        Assert.StartsWith(refused.Field + ": ", refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(1_000_000_000_000_001)]
    [InlineData(long.MaxValue)]
    public void An_amount_is_above_zero_and_not_absurd(long minor)
    {
        Assert.Equal(ScheduleFault.Amount, Refused(Good, minor, MidJanuary));
        Assert.Equal(ScheduleFault.Amount, Assert.IsType<ScheduleRefused>(RepaymentSchedule.Of(Good, default, MidJanuary)).Fault);
    }

    [Fact]
    public void Days_stay_in_the_calendar()
    {
        Assert.Equal(ScheduleFault.DayRange, Refused(Good, 100, DateOnly.MinValue));
        Assert.Equal(ScheduleFault.DayRange, Refused(Good, 100, DateOnly.MaxValue));
    }

    [Fact]
    public void A_price_that_leaves_the_range_of_amounts_is_refused_and_a_dear_one_is_not()
    {
        var dear = Daily(ScheduleMethod.EqualPrincipal, 600, ScheduleRate.MostPpm);

        Assert.Equal(ScheduleFault.Rate, Refused(dear, 1_000_000_000_000_000, MidJanuary));
        Assert.Equal(600, Of(dear, Yuan(10_000), MidJanuary).Rows.Count);
    }

    [Fact]
    public void Every_reason_has_its_words_in_both_languages()
    {
        foreach (var text in Enum.GetValues<ScheduleFault>().Select(ScheduleFaultText.Of))
        {
            Assert.All([text.Rule, text.Fix], words => Assert.DoesNotContain(words, c => c is >= '\u4e00' and <= '\u9fff'));
            Assert.All([text.RuleZh, text.FixZh], words => Assert.Contains(words, c => c is >= '\u4e00' and <= '\u9fff'));
        }
    }

    private static ScheduleTerms Terms(string what) => what switch
    {
        "no rows" => Good with { Count = 0 },
        "too many rows" => Good with { Count = 601 },
        "bullet of two" => Good with { Method = ScheduleMethod.Bullet, Count = 2 },
        "two due dates" => Good with { DueDates = [MidJanuary.AddDays(1), MidJanuary.AddDays(2)] },
        "no period" => Good with { Period = default },
        "long period" => Good with { Period = new SchedulePeriod(PeriodUnit.Year, 200) },
        "negative rate" => Good with { Rate = ScheduleRate.PerDay(-1) },
        "absurd rate" => Good with { Rate = ScheduleRate.PerDay(long.MaxValue) },
        "thirty without year" => Good with { Rate = new ScheduleRate(1, DayRule.ThirtyEuropean, YearRule.Actual) },
        "first due before" => Good with { FirstDueOn = MidJanuary.AddDays(-1) },
        "last due before" => Good with { LastDueOn = MidJanuary.AddDays(40) },
        "starts after" => Good with { StartsOn = MidJanuary.AddDays(1) },
        "beyond 2999" => Good with { Count = 600, Period = new SchedulePeriod(PeriodUnit.Year, 2) },
        "all grace" => Good with { PrincipalGraceRows = 12 },
        "negative grace" => Good with { InterestFreeRows = -1 },
        "all down" => Good with { DownPaymentPpm = 1_000_000 },
        "no multiple" => Good with { MultipleMinor = 0 },
        "wrong sum" => Good with { Method = ScheduleMethod.PrincipalByRow, Count = 2, PrincipalByRowMinor = [500_000, 499_999] },
        "missing row" => Good with { Method = ScheduleMethod.PrincipalByRow, Count = 2, PrincipalByRowMinor = [1_000_000] },
        "below interest" => Good with { InstalmentMinor = 12_000 },
        "no instalment" => Good with { InstalmentMinor = 0 },
        _ => throw new ArgumentException(what),
    };
}
