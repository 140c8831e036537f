namespace Mingzhang.Domain.Tests.Delinquency;

/// <summary>What the independent model found, one example each.</summary>
public sealed class RegressionTests
{
    private static DebtName Named(string purchase) => new(purchase, null, null);

    [Fact]
    public void An_observation_period_follows_also_when_something_stays_disputed()
    {
        var line = TestLine.Opened("2026-05-20").Buy(1_000, "p-1").Buy(300, "p-2").On("2026-06-05");
        line.Accept(new OpenDispute("d-1", Named("p-1"), "not mine") { EffectiveOn = line.Today });
        line.On("2026-06-25").Pay(300);
        Assert.Contains(line.State.Restrictions, r => r.Reason == RestrictionReason.OverdueCooling);
        line.Prove();
    }

    [Fact]
    public void A_dispute_that_leaves_nothing_missing_cures_the_bill_that_day()
    {
        var line = TestLine.Opened("2026-05-20").Buy(1_000, "p-1").Buy(300, "p-2").On("2026-06-05").Pay(40).On("2026-06-15");
        Assert.Equal(5, line.State.DaysPastDue(line.Today)); // 90.00 are missing to the minimum of 130.00
        line.Accept(new OpenDispute("d-1", Named("p-1"), "not mine") { EffectiveOn = line.Today });
        Assert.Equal(new DateOnly(2026, 6, 15), line.Events.OfType<OverdueCured>().Single().EffectiveOn);
        Assert.Equal(Bearing.Revolving, line.State.Items.Find(item => item.PurchaseId == "p-2")!.Bearing);
        Assert.Empty(line.State.Restrictions);
        line.Accept(new ResolveDispute("d-1", DisputeOutcome.Rejected) { EffectiveOn = line.Today });
        Assert.Equal(5, line.State.DaysPastDue(line.Today));
        line.Prove();
    }

    [Fact]
    public void Debt_after_a_write_off_is_ordinary_debt()
    {
        var line = TestLine.Opened("2026-05-20").Buy(1_000, "p-1").On("2026-06-15");
        line.Accept(new WriteOffDebt("fraud") { EffectiveOn = line.Today });
        line.Accept(new PostOfflinePurchase("off-1", Yuan(100), "travel", "城际列车") { EffectiveOn = line.Today });
        line.On("2026-08-01");
        Assert.Equal(Yuan(1.05m), line.Events.OfType<OverdueChargePosted>().Last().Amount);
        line.Accept(new WriteOffDebt("again") { EffectiveOn = line.Today });
        line.Refuse<NothingToWriteOff>(new WriteOffDebt("nothing left") { EffectiveOn = line.Today });
        line.Prove();
    }

    [Fact]
    public void A_refund_off_the_hold_leaves_the_posted_part_alone()
    {
        var line = TestLine.Opened();
        line.Accept(new AuthorisePurchase("p-1", Yuan(37), "travel", "x") { EffectiveOn = line.Today });
        line.Accept(new CapturePurchase("p-1", Yuan(1), false) { EffectiveOn = line.Today });
        line.Accept(new ReceiveRefund("f-1", "p-1", Yuan(26)) { EffectiveOn = line.Today });
        line.Accept(new CapturePurchase("p-1", Yuan(3), true) { EffectiveOn = line.Today });
        Assert.Equal((Yuan(4), Yuan(9_996)), (line.State.PostedBalance(), line.State.Available(line.Today, null)));
        line.Prove();
    }

    [Fact]
    public void An_upheld_dispute_does_not_pay_a_refund_out_again()
    {
        var line = TestLine.Opened("2026-05-20").Buy(500, "p-1");
        line.Accept(new ReceiveRefund("f-1", "p-1", Yuan(400)) { EffectiveOn = line.Today });
        line.Accept(new OpenDispute("d-1", Named("p-1"), "not mine") { EffectiveOn = line.Today });
        line.Accept(new ResolveDispute("d-1", DisputeOutcome.Upheld) { EffectiveOn = line.Today });
        Assert.Equal(0, line.State.PostedBalance().MinorUnits);
        Assert.Equal(Yuan(100).MinorUnits, line.Balances()[LedgerAccount.DisputeLoss]);
        line.Prove();
    }

    [Fact]
    public void A_bill_wholly_disputed_on_its_due_day_is_overdue_when_the_dispute_is_rejected()
    {
        var line = TestLine.Opened("2026-05-20").Buy(500, "p-1").On("2026-06-05");
        line.Accept(new OpenDispute("d-1", Named("p-1"), "not mine") { EffectiveOn = line.Today });
        line.On("2026-06-20");
        Assert.Equal(0, line.State.DaysPastDue(line.Today));
        line.Accept(new ResolveDispute("d-1", DisputeOutcome.Rejected) { EffectiveOn = line.Today });
        Assert.Equal(10, line.State.DaysPastDue(line.Today));
        Assert.Equal(0, line.State.TotalDebt(line.Terms, line.Today).MinorUnits - Yuan(500).MinorUnits);
        line.Prove();
    }

    [Fact]
    public void A_rejected_dispute_past_thirty_days_ends_use_for_good()
    {
        var line = TestLine.Opened("2026-05-20").Buy(500, "p-1").On("2026-06-12");
        line.Accept(new OpenDispute("d-1", Named("p-1"), "not mine") { EffectiveOn = line.Today });
        line.On("2026-07-20");
        Assert.DoesNotContain(line.State.Restrictions, r => r.Reason == RestrictionReason.OverdueTerminated);
        line.Accept(new ResolveDispute("d-1", DisputeOutcome.Rejected) { EffectiveOn = line.Today });
        Assert.Contains(line.State.Restrictions, r => r.Reason == RestrictionReason.OverdueTerminated);
        line.Prove();
    }

    [Fact]
    public void A_waiting_credit_balance_meets_debt_that_a_rejected_dispute_brings_back()
    {
        var line = TestLine.Opened("2026-05-20").Buy(500, "p-1").On("2026-06-05");
        line.Accept(new OpenDispute("d-1", Named("p-1"), "not mine") { EffectiveOn = line.Today });
        line.On("2026-06-12").Pay(400);
        line.Accept(new ResolveDispute("d-1", DisputeOutcome.Rejected) { EffectiveOn = line.Today });
        Assert.Equal((Yuan(100), 0), (line.State.PostedBalance(), line.State.DaysPastDue(line.Today)));
        Assert.Empty(line.Events.OfType<BillOverdue>());
        line.Prove();
    }

    [Fact]
    public void Every_movement_is_on_a_statement_also_the_last_ones()
    {
        var line = TestLine.Opened("2026-05-20").Buy(500, "p-1");
        line.Accept(new RequestClosing(ClosingMode.RunOff, "2026-01", "x") { EffectiveOn = line.Today });
        line.Accept(new ConfirmClosing(true, false) { EffectiveOn = line.Today });
        line.Pay(500);
        var final = line.Events.OfType<StatementIssued>().Single().Bill;
        Assert.Equal((Yuan(500), Yuan(500), Yuan(0)), (final.Debits, final.Credits, final.Closing));
        Assert.Equal(2, Explainer.Bill(line.History, line.Book, line.Today)!.Lines.Count);
        line.Prove();
    }

    [Fact]
    public void A_risk_freeze_outlasts_closing_and_reopening()
    {
        var line = TestLine.Opened();
        line.Accept(new Restrict("risk-1", [Permission.Spend], RestrictionReason.Risk, null, Actor.Staff,
            null) { EffectiveOn = line.Today });
        line.Accept(new RequestClosing(ClosingMode.Now, "2026-01", "x") { EffectiveOn = line.Today });
        line.Accept(new ConfirmClosing(true, false) { EffectiveOn = line.Today });
        line.Accept(new ReopenAccount(
            1, [new Consent("bureau", "2")], new BankCard("c", "1234"), new Assessment("a", true, Yuan(900), "m",
                null)) { EffectiveOn = line.Today });
        Assert.Equal("risk-1", line.State.Restrictions.Single().Id);
        line.Prove();
    }

    [Fact]
    public void An_announced_refund_names_a_purchase_that_can_be_refunded()
    {
        var line = TestLine.Opened().Buy(10, "p-1");
        line.Refuse<PurchaseUnknown>(new AnnounceRefund("f-1", "p-9", Yuan(1)) { EffectiveOn = line.Today });
        line.Refuse<RefundAbovePurchase>(new AnnounceRefund("f-1", "p-1", Yuan(11)) { EffectiveOn = line.Today });
    }
}
