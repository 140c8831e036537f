namespace Mingzhang.Domain.Tests.Repayment;

public sealed class RepaymentTests
{
    [Fact]
    public void Money_goes_by_the_order_of_the_product_oldest_first()
    {
        var line = TestLine.Opened("2026-05-20").Buy(1_000, "p-1").On("2026-06-10").Pay(100).On("2026-06-20").Buy(500,
            "p-2").On("2026-07-02").Buy(70, "p-3");
        var paid = line.Accept(line.Payment(1_460, "r-9")).OfType<RepaymentReceived>().Single();
        Assert.Equal(
            [AllocationBucket.BilledInterest, AllocationBucket.BilledUncyclable, AllocationBucket.BilledCyclable,
                AllocationBucket.UnbilledPrincipal],
            paid.Allocations.Select(a => a.Bucket!.Value));
        Assert.Equal(Yuan(1_451), paid.LimitReturned);
        line.Prove();
    }

    [Fact]
    public void Named_debt_is_paid_first()
    {
        var line = TestLine.Opened("2026-05-20").Buy(1_000, "p-1").Buy(80, "p-2");
        var paid = line.Accept(line.Payment(100, named: new DebtName("p-2", null, null))).OfType<RepaymentReceived>().Single();
        Assert.Null(paid.Allocations[0].Bucket);
        Assert.Equal((Yuan(80), Yuan(20)), (paid.Allocations[0].Amount, paid.Allocations[1].Amount));
        Assert.Equal("p-2", line.Refuse<DebtUnknown>(line.Payment(1, named: new DebtName("p-2", null, null))).Name);
        line.Prove();
    }

    [Fact]
    public void A_borrower_pays_at_most_everything_a_channel_makes_a_credit_balance()
    {
        var line = TestLine.Opened("2026-05-20").Buy(1_000).On("2026-06-10").Pay(100).On("2026-06-21");
        var tooMuch = line.Payment(905) with { By = Actor.Borrower };
        Assert.Equal(Yuan(904.50m), line.Refuse<RepaymentAboveDebt>(tooMuch).TotalDebt);
        line.Accept(line.Payment(904.50m, "r-all") with { By = Actor.Borrower });
        Assert.Equal(0, line.State.TotalDebt(line.Terms, line.Today).MinorUnits);
        line.Refuse<RepaymentExists>(line.Payment(1, "r-all"));
        line.Pay(20);
        Assert.Equal(Yuan(20), line.State.CreditBalance);
        line.On("2026-07-01");
        Assert.Equal(Yuan(-20), line.Bill("2026-07-01").Closing);
        line.Prove();
    }

    [Fact]
    public void A_payment_from_several_sources_is_one_payment()
    {
        var line = TestLine.Opened().Buy(100);
        line.Accept(new ReceiveRepayment("r-1", [new RepaymentSource("balance", Yuan(30)), new RepaymentSource("card", Yuan(70))],
            null, Actor.Channel)
        {
            EffectiveOn = line.Today,
        });
        Assert.Equal(0, line.State.PostedBalance().MinorUnits);
        Assert.Equal("sources", line.Refuse<InvalidCommand>(new ReceiveRepayment("r-2", [], null, Actor.Channel)
            { EffectiveOn = line.Today }).Field);
    }

    [Fact]
    public void A_payment_under_way_can_fail()
    {
        var line = TestLine.Opened().Buy(100);
        line.Accept(new SubmitPayment("r-1", Yuan(100)) { EffectiveOn = line.Today });
        Assert.Single(line.Events.OfType<PaymentSubmitted>());
        line.Accept(new FailPayment("r-1", "card limit") { EffectiveOn = line.Today });
        Assert.Single(line.Events.OfType<PaymentFailed>());
        Assert.Equal("card limit", line.State.PendingPayments[0].FailedBecause);
        line.Refuse<RepaymentUnknown>(new FailPayment("r-2", "x") { EffectiveOn = line.Today });
        line.Pay(100, "r-1").Prove();
        Assert.Empty(line.State.PendingPayments);
    }

    [Fact]
    public void Automatic_repayment_announces_what_to_debit_on_the_due_day()
    {
        var line = TestLine.Opened("2026-05-20").Buy(100);
        line.Accept(new SetAutoRepay(true, ["balance", "card"]) { EffectiveOn = line.Today });
        Assert.Single(line.Events.OfType<AutoRepaySet>());
        line.On("2026-06-10");
        Assert.Equal(Yuan(100), line.Events.OfType<AutoRepayFellDue>().Single().Amount);
        line.Prove();
    }

    [Fact]
    public void A_looked_at_day_with_nothing_due_moves_the_account_on()
    {
        var line = TestLine.Opened("2026-05-20").Buy(100);
        line.Accept(new SetAutoRepay(true, ["card"]) { EffectiveOn = line.Today });
        line.Accept(new Restrict("s-1", [Permission.AutoRepay], RestrictionReason.StoppedByBorrower, null, Actor.Borrower, null)
            { EffectiveOn = line.Today });
        line.On("2026-06-10");
        Assert.Single(line.Events.OfType<DayPassed>());
    }
}
