using Mingzhang.Services.Progress.Spend;

namespace Mingzhang.Progress;

/// <summary>What counts as a subscription, and what its page says of it.</summary>
public sealed class RecurringTests
{
    private static readonly DateOnly Today = new(2026, 7, 5);

    [Fact]
    public void Three_payments_of_about_the_same_a_month_apart_are_monthly_with_their_evidence()
    {
        var one = Assert.Single(Recurring.Of(
            [Paid("影视会员", "2026-03-15", 2_500), Paid("影视会员", "2026-04-15", 2_600), Paid("影视会员", "2026-05-15", 2_500)], Today));
        Assert.Equal((Rhythm.Monthly, new DateOnly(2026, 6, 15), 30_000L), (one.Rhythm, one.NextOn, one.PerYear));
        Assert.Equal([31, 30], one.Gaps);
        Assert.Equal(3, one.Evidence.Count);
        Assert.True(one.Ended);
    }

    [Theory]
    [InlineData("2026-03-01", "2026-03-05", "2026-03-30", 2_500, 2_500)]
    [InlineData("2026-03-15", "2026-04-15", "2026-05-15", 2_500, 6_000)]
    [InlineData("2026-03-15", "2026-04-15", "2026-06-25", 2_500, 2_500)]
    public void Uneven_distances_or_amounts_are_not(string first, string second, string third, long amount, long other) =>
        Assert.Empty(Recurring.Of([Paid("店", first, amount), Paid("店", second, other), Paid("店", third, amount)], Today));

    [Fact]
    public void Two_payments_are_enough_for_a_year_and_a_month_end_comes_back_on_the_last_day()
    {
        var yearly = Assert.Single(Recurring.Of([Paid("年费", "2025-06-01", 19_900), Paid("年费", "2026-06-01", 19_900)], Today));
        Assert.Equal((Rhythm.Yearly, new DateOnly(2027, 6, 1), false), (yearly.Rhythm, yearly.NextOn, yearly.Ended));

        var month = Assert.Single(Recurring.Of(
            [Paid("房租", "2026-03-31", 100), Paid("房租", "2026-04-30", 100), Paid("房租", "2026-05-31", 100)], Today));
        Assert.Equal(new DateOnly(2026, 6, 30), month.NextOn);
    }

    [Fact]
    public void Refunds_and_nameless_lines_make_no_subscription() => Assert.Empty(Recurring.Of(
        [
            Paid("", "2026-03-15", 2_500), Paid("", "2026-04-15", 2_500), Paid("", "2026-05-15", 2_500),
            Paid("店", "2026-03-15", 2_500), Paid("店", "2026-04-15", 2_500),
            Paid("店", "2026-05-15", -2_500) with { Kind = SpendKind.Refund },
        ], Today));

    private static SpendLine Paid(string merchant, string on, long amount) => new()
    {
        On = DateOnly.ParseExact(on, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), Merchant = merchant, Amount = amount,
    };
}
