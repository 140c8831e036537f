using Mingzhang.Domain.Progress;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Progress.Score;
using Mingzhang.Services.Progress.State;
using Mingzhang.Services.Wording;

namespace Mingzhang.Progress;

/// <summary>The illustrative score: effects begin next month, messages off are 17 % of closing, and the flag comes on day 181.</summary>
public sealed class ScoreTests
{
    private static readonly ScoreFacts Good = new(new DateOnly(2026, 7, 5), 4, 4, 200_000, 4);

    [Fact]
    public void The_parts_add_up_to_the_worked_example()
    {
        var score = ScoreModel.Shipped.Of(Good);
        Assert.Equal([60, 0, 24, 8, 0], score.Parts.Select(part => part.Points));
        Assert.Equal(642, score.Total);
    }

    [Theory]
    [InlineData(4, 4, 5)]
    [InlineData(10, 9, 5)]
    [InlineData(10, 8, 12)]
    [InlineData(10, 5, 20)]
    [InlineData(0, 0, 5)]
    public void Closing_takes_5_to_20_points_from_the_next_month_on(int bills, int onTime, int points)
    {
        var facts = Good with { Bills = bills, OnTime = onTime, ClosedOn = new DateOnly(2026, 7, 1) };
        Assert.Equal(0, Promise(facts));
        Assert.Equal(0, Promise(facts with { Today = new DateOnly(2026, 7, 31) }));
        Assert.Equal(-points, Promise(facts with { Today = new DateOnly(2026, 8, 1) }));
        Assert.InRange(points, ScoreModel.Shipped.CloseRange.Least, ScoreModel.Shipped.CloseRange.Most);
    }

    [Theory]
    [InlineData(10, 5, 3)] // 20 × 17 % = 3.4
    [InlineData(10, 8, 2)] // 12 × 17 % = 2.04
    [InlineData(10, 10, 1)] // 5 × 17 % = 0.85
    public void Messages_off_are_17_percent_of_closing_rounded_half_up(int bills, int onTime, int points)
    {
        var facts = Good with { Bills = bills, OnTime = onTime, MutedOn = new DateOnly(2026, 6, 30) };
        Assert.Equal(-points, Promise(facts));
        Assert.Equal(0, Promise(facts with { MutedOn = new DateOnly(2026, 7, 1) }));
    }

    [Fact]
    public void The_flag_comes_on_day_181_and_not_on_day_180_and_reopening_resets_it()
    {
        var closed = new DateOnly(2026, 1, 1);
        Assert.False(ScoreModel.Shipped.Flags(Good with { ClosedOn = closed, Today = closed.AddDays(180) }));
        Assert.True(ScoreModel.Shipped.Flags(Good with { ClosedOn = closed, Today = closed.AddDays(181) }));
        Assert.Equal(630_000, ScoreModel.Shipped.Of(Good with { ClosedOn = closed, Today = closed.AddDays(181) }).IncreasePpm);
        Assert.False(ScoreModel.Shipped.Flags(Good with { ClosedOn = closed.AddDays(100), Today = closed.AddDays(181) }));
        Assert.False(ScoreModel.Shipped.Flags(Good));
    }

    [Fact]
    public void A_model_that_leaves_somebody_out_is_not_taken() => Assert.Throws<InvalidOperationException>(() => ScoreModel.Read(
        """{"version":"x","base":1,"onTimeMost":1,"overdueEach":1,"overdueMost":1,"usedMost":1,"ageEach":1,"ageMost":1,"""
        + """ "close":[{"onTimePpm":1,"points":1}],"messagesOffPpm":1,"flagAfterDays":180,"flaggedIncreasePpm":1}"""));

    [Fact]
    public void Agreements_are_dated_and_since_2023_an_agent_stops_at_instalments()
    {
        Assert.False(ServiceAgreements.On(new DateOnly(2022, 12, 31)).AgentStopsAtInstalments);
        Assert.True(ServiceAgreements.On(new DateOnly(2023, 1, 1)).AgentStopsAtInstalments);
        Assert.Throws<InvalidOperationException>(() => ServiceAgreements.Read("[]"));
    }

    [Fact]
    public void What_is_refused_has_words_in_both_languages()
    {
        Assert.Contains("5.00", RefusalText.Of(new BudgetOutOfRange(Money.Of(500, Currency.Cny)), chinese: true), StringComparison.Ordinal);
        Assert.Contains("no header", RefusalText.Of(new ImportUnreadable("no header"), chinese: false), StringComparison.Ordinal);
        Assert.NotEqual(
            RefusalText.Of(new SmsNotUnderstood(), chinese: true), RefusalText.Of(new SmsNotUnderstood(), chinese: false));
    }

    private static int Promise(ScoreFacts facts) => ScoreModel.Shipped.Of(facts).Parts.Single(part => part.Code == "promise").Points;
}
