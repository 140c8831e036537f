namespace Mingzhang.Domain.Tests.Billing;

public sealed class BillingTests
{
    [Fact]
    public void A_statement_has_what_posted_before_its_day_and_a_tenth_as_minimum()
    {
        var line = TestLine.Opened().Buy(1_000).On("2026-05-01").Buy(50);
        var bill = line.Bill("2026-05-01");
        Assert.Equal(Yuan(1_000), bill.Closing);
        Assert.Equal(Yuan(100), bill.Minimum);
        Assert.Equal(new DateOnly(2026, 5, 10), bill.DueOn);
        Assert.Equal(Yuan(1_050), line.State.PostedBalance());
        Assert.Equal(bill, line.Events.OfType<StatementIssued>().Single().Bill);
        Assert.Equal(2, line.Events.OfType<PurchaseAuthorised>().Count());
        line.Prove();
    }

    [Fact]
    public void Case_T15_minimum_paid_on_the_due_day_and_the_rest_on_the_first_costs_twenty_days()
    {
        var line = TestLine.Opened("2026-05-20").Buy(1_000).On("2026-06-01").On("2026-06-10").Pay(100).On("2026-07-01");
        var posted = Assert.Single(line.Events.OfType<InterestPosted>());
        Assert.Equal(Yuan(9.00m), posted.Amount);
        Assert.Single(line.Events.OfType<BillRolled>());
        line.Pay(909);
        Assert.Equal(Yuan(0), line.State.TotalDebt(line.Terms, line.Today));
        line.On("2026-09-02");
        Assert.Single(line.Events.OfType<InterestPosted>());
        line.Prove();
    }

    [Theory]
    [InlineData(500, "2026-06-16", 1.25)]
    [InlineData(2_000, "2026-07-11", 30.00)]
    public void Overdue_charge_is_amount_times_rate_times_days(decimal bill, string paidOn, decimal charge)
    {
        var line = TestLine.Opened("2026-05-20").Buy(bill).On("2026-06-01").On(paidOn);
        var days = line.Today.DayNumber - new DateOnly(2026, 6, 11).DayNumber;
        Assert.Equal(charge, bill * 0.0005m * days);
        var posted = line.Events.OfType<OverdueChargePosted>().Sum(e => e.Amount.MinorUnits);
        Assert.Equal(Yuan(charge).MinorUnits, posted + line.State.AccruedCharge(line.Terms, line.Today).MinorUnits);
        line.Prove();
    }

    [Fact]
    public void Paid_in_full_by_the_due_day_costs_nothing_and_leaves_nothing_to_do()
    {
        var line = TestLine.Opened("2026-05-20").Buy(1_000).On("2026-06-10").Pay(1_000).On("2026-08-02");
        Assert.Empty(line.Events.OfType<InterestPosted>());
        Assert.Equal(0, line.State.PostedBalance().MinorUnits);
        Assert.Equal(new DateOnly(2026, 9, 1), line.State.NextDate);
    }

    [Fact]
    public void The_second_bill_asks_for_the_rolled_principal_in_full()
    {
        var line = TestLine.Opened("2026-05-20").Buy(1_000).On("2026-06-10").Pay(100).On("2026-06-20").Buy(500).On("2026-07-01");
        var bill = line.Bill("2026-07-01");
        Assert.Equal(Yuan(1_409), bill.Closing);
        Assert.Equal(Yuan(959), bill.Minimum);
    }

    [Fact]
    public void A_changed_due_day_takes_over_after_the_next_statement_and_once_a_year()
    {
        var line = TestLine.Opened("2026-05-20").Buy(100);
        line.Accept(new ChangeDueDay(20) { EffectiveOn = line.Today });
        line.On("2026-06-01");
        Assert.Equal(new DateOnly(2026, 6, 10), line.Bill("2026-06-01").DueOn);
        Assert.Equal(new DateOnly(2026, 7, 10), line.State.Cycle.NextStatementOn);
        line.Pay(100).Buy(40).On("2026-07-11");
        Assert.Equal(new DateOnly(2026, 7, 20), line.Bill("2026-07-10").DueOn);
        Assert.Equal(new DateOnly(2027, 5, 20),
            line.Refuse<DueDayChangedRecently>(new ChangeDueDay(9) { EffectiveOn = line.Today }).NextOn);
        Assert.Equal(11, line.Refuse<DueDayNotOffered>(new ChangeDueDay(11) { EffectiveOn = line.Today }).DueDay);
        line.Prove();
    }
}
