using Mingzhang.Domain.Explaining;

namespace Mingzhang.Domain.Tests.Explaining;

/// <summary>What an account shows of its owner, and the word about buying far more than usual.</summary>
public sealed class BehaviourTests
{
    [Fact]
    public void Months_are_due_on_time_or_late_and_late_facts_count_where_they_belong()
    {
        var line = TestLine.Opened("2026-01-05").Buy(500).On("2026-02-01").Pay(500).On("2026-02-20").Buy(300).On("2026-03-20");
        Assert.Equal((2, 1), Months(line));
        line.Pay(300, effective: "2026-03-09");
        Assert.Equal((2, 0), Months(line));
    }

    [Fact]
    public void Purchases_less_refunds_stand_in_stretches_of_thirty_days()
    {
        var line = TestLine.Opened("2026-01-05").Buy(600, "first").Pay(600).On("2026-02-10").Buy(90).On("2026-02-11");
        line.Accept(new ReceiveRefund("r-1", "first", Yuan(100)) { EffectiveOn = line.Today });
        var told = Told(line);
        Assert.Equal([Yuan(0), Yuan(600)], told.Bought.Take(2));
        Assert.Equal(Yuan(200), told.Usual);
    }

    [Theory]
    [InlineData(2_100, true)]
    [InlineData(1_900, false)] // below a fifth of the limit of 10,000.00
    [InlineData(1_600, false)] // twice the usual, not more
    public void More_than_twice_the_usual_and_a_fifth_of_the_limit_warns(decimal lately, bool warns)
    {
        var line = TestLine.Opened("2026-01-01").On("2026-02-10").Buy(800).Pay(800).On("2026-03-12").Buy(800).Pay(800)
            .On("2026-04-11").Buy(800).Pay(800).On("2026-05-11").Buy(lately);
        var told = Told(line);
        Assert.Equal((Yuan(lately), Yuan(800)), (told.Bought[0], told.Usual));
        var warning = SpendingWatch.Of(line.State, told, line.Today);
        Assert.Equal(warns, warning is not null);
        Assert.Equal(warns ? SpendingWatch.Rule : null, warning?.Rule);
    }

    [Fact]
    public void A_young_account_has_no_usual() => Assert.Null(Warning(TestLine.Opened("2026-04-20").Buy(5_000)));

    private static SpendingWarning? Warning(TestLine line) => SpendingWatch.Of(line.State, Told(line), line.Today);

    private static Behaviour Told(TestLine line) => Behaviour.Of(line.History, line.Book, line.State.Currency, line.Today);

    private static (int Due, int Late) Months(TestLine line) => (Told(line).MonthsDue, Told(line).MonthsLate);
}
