namespace Mingzhang.Domain.Tests.Closing;

/// <summary>What a closed account still answers for (docs/rules/pay-later.md, section 7).</summary>
public sealed class ClosedAccountTests
{
    [Fact]
    public void A_refund_for_a_closed_account_is_paid_back_and_it_closes_again()
    {
        var line = Closed();
        var closedOn = line.Today;
        line.On("2026-06-01").Accept(new ReceiveRefund("f-1", "p-old", Yuan(30)) { EffectiveOn = line.Today });
        Assert.Equal(closedOn, line.Events.OfType<RunOffResumed>().Single().ClosedOn);
        Assert.Equal((Yuan(30), Yuan(0)), (line.State.CreditBalance, line.State.TotalLimit));
        line.Refuse<ClosingInProgress>(new AuthorisePurchase("p-9", Yuan(1), "groceries", "x") { EffectiveOn = line.Today });
        line.Refuse<AccountIsClosed>(new CancelClosing("x") { EffectiveOn = line.Today });
        line.Accept(new ReturnCreditBalance("out-1", Yuan(30)) { EffectiveOn = line.Today });
        Assert.Equal(new Closed(closedOn, Forced: false, Yuan(10_000)), line.State.Lifecycle);
        line.Prove();
    }

    [Fact]
    public void Refunds_of_a_purchase_are_known_through_the_last_day_of_the_window_also_after_closing()
    {
        var line = Closed();
        line.Refuse<RefundAbovePurchase>(new ReceiveRefund("f-1", "p-old", Yuan(101)) { EffectiveOn = line.Today });
        line.On("2026-10-18").Refuse<PurchaseUnknown>(new ReceiveRefund("f-1", "p-old", Yuan(1)) { EffectiveOn = line.Today });
        var lastDay = Closed();
        lastDay.On("2026-10-17").Accept(new ReceiveRefund("f-1", "p-old", Yuan(1)) { EffectiveOn = lastDay.Today });
        lastDay.Prove();
    }

    [Fact]
    public void A_channel_payment_wakes_it_and_a_borrowers_is_refused()
    {
        var line = Closed();
        line.Refuse<AccountIsClosed>(line.Payment(5) with { By = Actor.Borrower });
        line.Refuse<AccountIsClosed>(new PostOfflinePurchase("p-9", Yuan(5), "groceries", "x") { EffectiveOn = line.Today });
        line.On("2026-05-02").Pay(5);
        Assert.Equal(Yuan(5), line.State.CreditBalance);
        line.Prove();
    }

    [Fact]
    public void A_returned_repayment_after_closing_leaves_debt_that_runs_off()
    {
        var line = Closed();
        line.On("2026-05-02").Accept(new ReturnRepayment("pay-old", "account frozen") { EffectiveOn = line.Today });
        Assert.IsType<ClosingDown>(line.State.Lifecycle);
        Assert.Equal(Yuan(100), line.State.PostedBalance());
        line.Prove();
        line.Pay(100);
        Assert.IsType<Closed>(line.State.Lifecycle);
        line.Prove();
    }

    [Fact]
    public void A_refund_reversed_after_its_payout_and_the_closing_is_owed_back()
    {
        var line = Closed();
        line.On("2026-05-05").Accept(new ReceiveRefund("f-1", "p-old", Yuan(30)) { EffectiveOn = line.Today });
        var refund = line.State.Version;
        line.Accept(new ReturnCreditBalance("out-1", Yuan(30)) { EffectiveOn = line.Today });
        Assert.IsType<Closed>(line.State.Lifecycle);
        line.On("2026-05-20").Accept(new ReverseFact(refund, "never sent") { EffectiveOn = line.Today });
        Assert.IsType<ClosingDown>(line.State.Lifecycle);
        Assert.Equal(Yuan(30), line.State.PostedBalance());
        line.Prove();
    }

    [Fact]
    public void A_booked_due_day_outlasts_closing()
    {
        var line = TestLine.Opened().Buy(100, "p-old");
        line.Accept(new ChangeDueDay(20) { EffectiveOn = line.Today });
        line.Pay(100);
        Close(line);
        Assert.Equal(20, line.State.Cycle.BookedDueDay);
    }

    [Fact]
    public void Amounts_beyond_what_an_account_may_carry_are_refused()
    {
        var line = TestLine.Opened();
        var huge = Money.Of(1_000_000_000_001, Currency.Cny);
        line.Refuse<AmountTooLarge>(new PostOfflinePurchase("p-1", huge, "groceries", "x") { EffectiveOn = line.Today });
        var most = Money.Of(1_000_000_000_000, Currency.Cny);
        for (var i = 0; i < 10; i++)
        {
            line.Accept(new PostOfflinePurchase($"p-{i}", most, "groceries", "x") { EffectiveOn = line.Today });
        }

        line.Refuse<AmountTooLarge>(new PostOfflinePurchase("p-11", most, "groceries", "x") { EffectiveOn = line.Today });
        line.On("2028-05-01");
        line.Prove();
    }

    private static TestLine Closed()
    {
        var line = TestLine.Opened().Buy(100, "p-old").Pay(100, "pay-old");
        Close(line);
        Assert.IsType<Closed>(line.State.Lifecycle);
        return line;
    }

    private static void Close(TestLine line)
    {
        line.Accept(new RequestClosing(ClosingMode.Now, line.Terms.Closing.NoticeVersion, "done") { EffectiveOn = line.Today });
        line.Accept(new ConfirmClosing(true, false) { EffectiveOn = line.Today });
    }
}
