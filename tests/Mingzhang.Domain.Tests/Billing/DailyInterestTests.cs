namespace Mingzhang.Domain.Tests.Billing;

/// <summary>A line without an interest-free period (case T14): 5,000.00 used on 1 June at 0.04 % a day.</summary>
public sealed class DailyInterestTests
{
    private static readonly MinimumPaymentTerms Minimum = new(100_000, Yuan(0), Rounding.HalfUp) { AllBelow = Yuan(100) };

    [Theory]
    [InlineData(false, 57.60, 507.60)]
    [InlineData(true, 55.80, 505.80)]
    public void T14_ten_percent_and_the_interest_of_the_month(bool simplified, decimal interest, decimal second)
    {
        var line = Line(simplified);
        line.Buy(5_000).On("2026-07-01");
        Assert.Equal((Yuan(5_060), Yuan(560)), (line.Bill("2026-07-01").Closing, line.Bill("2026-07-01").Minimum));
        line.On("2026-07-10").Pay(560).On("2026-08-01");
        Assert.Equal(Yuan(interest), line.Events.OfType<InterestPosted>().Last().Amount);
        Assert.Equal(Yuan(second), line.Bill("2026-08-01").Minimum);
        line.Prove();
    }

    [Fact]
    public void At_most_one_hundred_is_due_in_full()
    {
        var line = Line(simplified: false).Buy(100).On("2026-07-01");
        Assert.Equal(Yuan(101.20m), line.Bill("2026-07-01").Minimum);
    }

    [Theory]
    [InlineData(80, 8)] // without the rule 80.00 would be due whole, more than the 15.00 of the bill
    [InlineData(70, 7)]
    public void A_dispute_makes_no_more_due_where_little_is_due_in_full(decimal left, decimal part)
    {
        var line = Line(simplified: false).Buy(left, "p-1").Buy(150 - left, "p-2").On("2026-07-01");
        var whole = line.Bill("2026-07-01").Minimum;
        line.Accept(new OpenDispute("d-1", new DebtName("p-2", null, null), "never received") { EffectiveOn = line.Today });
        Assert.Equal(whole - Yuan(15 - part), line.Bill("2026-07-01").Minimum);
        line.Accept(new ResolveDispute("d-1", DisputeOutcome.Rejected) { EffectiveOn = line.Today });
        Assert.Equal(whole, line.Bill("2026-07-01").Minimum);
        line.Prove();
    }

    [Fact]
    public void Paid_back_after_some_days_only_those_days_cost()
    {
        var line = Line(simplified: false).Buy(1_000).On("2026-06-11");
        Assert.Equal(Yuan(1_004), line.Refuse<RepaymentAboveDebt>(line.Payment(1_005) with { By = Actor.Borrower }).TotalDebt);
        line.Pay(1_004);
        Assert.Equal(Yuan(0), line.State.TotalDebt(line.Terms, line.Today));
        line.Prove();
    }

    [Fact]
    public void Missing_the_minimum_bears_one_and_a_half_times_the_price()
    {
        var line = Line(simplified: false).Buy(1_000).On("2026-07-21");
        Assert.Equal((11, Yuan(6)), (line.State.DaysPastDue(line.Today), line.State.AccruedCharge(line.Terms, line.Today)));
    }

    private static TestLine Line(bool simplified) => TestLine.Opened("2026-05-20", terms: PayLater with
    {
        MinimumPayment = Minimum,
        Overdue = PayLater.Overdue with { Rate = Rate.PerDay(600) },
        Revolving = new PriceTerms(Rate.PerDay(400), Rounding.HalfUp) { Bears = new BearingRule(true, true, simplified) },
    }).On("2026-06-01");
}
