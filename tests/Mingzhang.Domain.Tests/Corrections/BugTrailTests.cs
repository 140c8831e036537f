namespace Mingzhang.Domain.Tests.Corrections;

/// <summary>Situations that went wrong in other ledgers, played on this core. Each names where it was reported; what must hold is in its
/// name.</summary>
public sealed class BugTrailTests
{
    // apache/fineract #4334: after a back-dated repayment the same accrual was reversed and replayed several times.
    [Fact]
    public void A_back_dated_repayment_corrects_each_accrual_once_however_often_repayments_come_late()
    {
        var line = TestLine.Opened("2026-01-15", 50_000, LoanLine.Cash).Borrow(10_000, "first", 3).On("2026-04-20");
        var interest = Interest(line);
        line.Pay(4_000, "r-1", effective: "2026-02-15");
        var first = Assert.Single(line.Events.OfType<AccountCorrected>());
        Assert.All(
            first.Lines.GroupBy(one => (one.Corrects, one.EffectiveOn, one.Ledger)), entry => Assert.Single(entry));
        line.Pay(2_000, "r-2", effective: "2026-02-15").Pay(1_000, "r-3", effective: "2026-03-01");
        var right = TestLine.Opened("2026-01-15", 50_000, LoanLine.Cash).Borrow(10_000, "first", 3).On("2026-02-15")
            .Pay(4_000, "r-1").Pay(2_000, "r-2").On("2026-03-01").Pay(1_000, "r-3").On("2026-04-20");
        Assert.Equal(Interest(right), Interest(line));
        Assert.True(Interest(line) < interest);
        line.Prove();
    }

    // apache/fineract #5031: taking the repayment back failed once principal and fee had been repaid in full.
    [Fact]
    public void A_repayment_that_settled_principal_interest_and_fee_can_still_be_taken_back()
    {
        var terms = LoanLine.Terms(LoanLine.Cash.Loan! with { Early = new EarlyTerms(true, EarlyFee.PercentOrPeriod, 30_000) });
        var line = TestLine.Opened("2026-01-15", 50_000, terms).Borrow(10_000).On("2026-02-10");
        var settlement = line.State.SettlementOf(line.Loan(), line.Today);
        Assert.True(settlement.Fee.IsPositive);
        line.Pay(settlement.Total.MinorUnits / 100m, "r-all");
        Assert.Empty(line.State.Loans);
        var sequence = line.State.Version;
        line.On("2026-03-20").Accept(new ReverseFact(sequence, "paid by somebody else") { EffectiveOn = line.Today });
        var never = TestLine.Opened("2026-01-15", 50_000, terms).Borrow(10_000).On("2026-03-20");
        Assert.Equal(never.State with { Version = 0 }, line.State with { Version = 0 });
        Assert.Equal(33, line.State.DaysPastDue(line.Today));
        line.Prove();
    }

    // LerianStudio/midaz #2317: cancelling a pending transaction that had drawn on an overdraft gave the whole hold back and left the
    // overdraft used: money on both sides at once.
    [Fact]
    public void Releasing_a_hold_over_a_limit_that_was_cut_meanwhile_leaves_no_credit_beside_debt()
    {
        var line = TestLine.Opened("2026-05-20", limit: 1_000).Buy(300);
        line.Accept(new AuthorisePurchase("h-1", Yuan(600), "groceries", "m") { EffectiveOn = line.Today });
        line.Accept(new SetLimit(Yuan(500), Actor.Staff, "risk") { EffectiveOn = line.Today });
        Assert.Equal(Yuan(-400), line.State.Available(line.Today, null));
        line.Accept(new ReleaseHold("h-1") { EffectiveOn = line.Today });
        Assert.Equal((Yuan(200), Yuan(300), Yuan(0)),
            (line.State.Available(line.Today, null), line.State.PostedBalance(), line.State.CreditBalance));
        Assert.Equal(0, line.Balances()[LedgerAccount.Holds]);
        line.Refuse<PurchaseInOtherStage>(new ReleaseHold("h-1") { EffectiveOn = line.Today });
        line.Prove();
    }

    // LerianStudio/midaz #2429: how much of a debit the overdraft takes was decided on a balance read earlier and applied to another one.
    [Fact]
    public void What_a_repayment_splits_into_is_worked_out_on_the_state_it_meets_also_when_money_came_in_between()
    {
        var line = TestLine.Opened("2026-05-20").Buy(100);
        var planned = line.Payment(80, "r-planned");
        line.Pay(50, "r-between");
        var paid = line.Accept(planned).OfType<RepaymentReceived>().Single();
        Assert.Equal((Yuan(50), Yuan(30)), (paid.Allocations.Sum(Currency.Cny, one => one.Amount), paid.ToCredit));
        Assert.Equal((Yuan(-30), Yuan(30)), (line.State.PostedBalance(), line.State.CreditBalance));
        line.Buy(100);
        Assert.Equal((Yuan(70), Yuan(0)), (line.State.PostedBalance(), line.State.CreditBalance));
        line.Prove();
    }

    // blnkfinance/blnk #181: with 5,000 available a sixth pending debit of 1,000 was accepted, because holds were not counted.
    [Fact]
    public void The_sixth_hold_of_a_thousand_on_a_limit_of_five_thousand_is_refused()
    {
        var line = TestLine.Opened("2026-05-20", limit: 5_000);
        for (var n = 1; n <= 5; n++)
        {
            line.Accept(Hold(n));
        }

        var no = line.Refuse<LimitExceeded>(Hold(6));
        Assert.Equal((Yuan(1_000), Yuan(0)), (no.Requested, no.Available));
        line.Accept(new ReleaseHold("h-3") { EffectiveOn = line.Today });
        line.Accept(Hold(6));

        AuthorisePurchase Hold(int n) => new($"h-{n}", Yuan(1_000), "groceries", "m") { EffectiveOn = line.Today };
    }

    // blnkfinance/blnk #315, put right by #316: a commit and a void of one pending transaction could both be carried out, or one of them
    // twice.
    [Fact]
    public void A_hold_is_captured_or_released_once_and_never_both()
    {
        var line = TestLine.Opened("2026-05-20");
        line.Accept(new AuthorisePurchase("h-1", Yuan(100), "groceries", "m") { EffectiveOn = line.Today });
        line.Accept(new CapturePurchase("h-1", Yuan(100), true) { EffectiveOn = line.Today });
        line.Refuse<PurchaseInOtherStage>(new CapturePurchase("h-1", Yuan(100), true) { EffectiveOn = line.Today });
        line.Refuse<PurchaseInOtherStage>(new ReleaseHold("h-1") { EffectiveOn = line.Today });
        line.On("2026-05-25");
        line.Refuse<LaterFactWouldFail>(new ReverseFact(2, "the hold under a capture") { EffectiveOn = line.Today });
        Assert.Equal(Yuan(100), line.State.PostedBalance());
        Assert.Equal(0, line.Balances()[LedgerAccount.Holds]);
        line.Prove();
    }

    // killbill/killbill #2291: of two price changes in one billing cycle the older one won, and one on the first day was dropped without
    // a word.
    [Fact]
    public void Several_prices_in_one_cycle_each_count_for_their_days_and_one_on_the_first_day_counts_from_it()
    {
        var line = TestLine.Opened("2026-05-20");
        line.Accept(new SetPrice(null, 400, 400, "first day") { EffectiveOn = line.Today });
        line.Buy(1_000).On("2026-06-10").Pay(100).On("2026-06-15");
        line.Accept(new SetPrice(null, 300, 300, "first") { EffectiveOn = line.Today });
        line.Accept(new SetPrice(null, 200, 200, "later the same day") { EffectiveOn = line.Today });
        line.On("2026-06-21").Accept(new SetPrice(null, 100, 100, "second") { EffectiveOn = line.Today });
        line.On("2026-07-01");
        var interest = line.Events.OfType<InterestPosted>().Single();
        Assert.Equal((90_000L * ((4 * 400) + (6 * 200) + (10 * 100)), Yuan(3.42m)), (interest.Numerator, interest.Amount));
        line.Prove();
    }

    [Fact]
    public void Several_late_prices_in_one_cycle_in_any_order_end_as_if_they_had_been_on_time()
    {
        var line = TestLine.Opened("2026-05-20").Buy(1_000).On("2026-06-10").Pay(100).On("2026-07-05");
        line.Accept(new SetPrice(null, 100, 100, "second") { EffectiveOn = new DateOnly(2026, 6, 21) });
        line.Accept(new SetPrice(null, 400, 400, "first day") { EffectiveOn = new DateOnly(2026, 5, 20) });
        line.Accept(new SetPrice(null, 200, 200, "first") { EffectiveOn = new DateOnly(2026, 6, 15) });
        var bill = line.Bill("2026-07-01");
        Assert.Equal((Yuan(903.42m), 4), (bill.Closing, bill.Version));
        line.Prove();
    }

    private static long Interest(TestLine line) => -line.Balances()[LedgerAccount.InterestIncome];
}
