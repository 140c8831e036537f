namespace Mingzhang.Domain.Tests.Corrections;

public sealed class CorrectionTests
{
    [Fact]
    public void A_late_repayment_takes_interest_and_overdue_back_and_supersedes_the_statement()
    {
        var late = TestLine.Opened("2026-05-20").Buy(1_000).On("2026-07-05");
        Assert.NotEmpty(late.Events.OfType<BillOverdue>());
        late.Accept(late.Payment(1_000, "r-late", effective: "2026-06-10"));
        var correction = Assert.Single(late.Events.OfType<AccountCorrected>());
        Assert.Equal(0, correction.Lines.Sum(line => line.Delta.MinorUnits));
        var superseded = Assert.Single(correction.Statements);
        Assert.Equal(2, superseded.After.Version);
        Assert.Equal(Yuan(0), superseded.After.Closing);

        var onTime = TestLine.Opened("2026-05-20").Buy(1_000).On("2026-06-10").Pay(1_000, "r-late").On("2026-07-05");
        Assert.Equal(WithoutVersions(onTime.State) with { Version = 0 }, WithoutVersions(late.State) with { Version = 0 });
        foreach (var (account, balance) in onTime.Balances())
        {
            Assert.Equal(balance, late.Balances().GetValueOrDefault(account));
        }

        late.Prove();
        late.On("2026-08-02").Prove();
    }

    [Fact]
    public void As_of_shows_what_was_known_then()
    {
        var line = TestLine.Opened("2026-05-20").Buy(1_000).On("2026-07-05");
        line.Accept(line.Payment(1_000, "r-late", effective: "2026-06-10"));
        var day = new DateOnly(2026, 6, 20);
        var knownThen = AccountCorrector.AsOf(line.History, line.Book, day, day)!;
        var knownNow = AccountCorrector.AsOf(line.History, line.Book, day, line.Today)!;
        Assert.Equal(Yuan(1_000), knownThen.PostedBalance());
        Assert.Equal(Yuan(0), knownNow.PostedBalance());
        Assert.Null(AccountCorrector.AsOf(line.History, line.Book, new DateOnly(2026, 5, 19), line.Today));
    }

    [Fact]
    public void A_returned_repayment_leaves_the_account_as_if_it_had_never_come()
    {
        var returned = TestLine.Opened("2026-05-20").Buy(1_000).On("2026-06-10").Pay(1_000, "r-1").On("2026-07-05");
        returned.Accept(new ReturnRepayment("r-1", "insufficient funds") { EffectiveOn = returned.Today });
        var never = TestLine.Opened("2026-05-20").Buy(1_000).On("2026-07-05");
        Assert.Equal(WithoutVersions(never.State) with { Version = 0 }, WithoutVersions(returned.State) with { Version = 0 });
        Assert.Equal(25, returned.State.DaysPastDue(returned.Today));
        returned.Prove();
        Assert.Equal("r-1", returned.Refuse<RepaymentUnknown>(new ReturnRepayment("r-1", "again")
            { EffectiveOn = returned.Today }).RepaymentId);
    }

    [Fact]
    public void A_reversed_fact_is_reversed_once_and_only_if_nothing_hangs_on_it()
    {
        var line = TestLine.Opened().Buy(100, "p-a");
        line.Accept(new PostOfflinePurchase("off-1", Yuan(40), "groceries", "站台售货机") { EffectiveOn = line.Today });
        var sequence = line.State.Version;
        line.Accept(new ReverseFact(sequence, "booked twice") { EffectiveOn = line.Today });
        Assert.Equal(Yuan(100), line.State.PostedBalance());
        line.Refuse<FactAlreadyReversed>(new ReverseFact(sequence, "again") { EffectiveOn = line.Today });
        line.Refuse<FactUnknown>(new ReverseFact(99, "no such") { EffectiveOn = line.Today });
        line.Refuse<FactNotReversible>(new ReverseFact(1, "the opening") { EffectiveOn = line.Today });
        var fallen = line.Refuse<LaterFactWouldFail>(new ReverseFact(2, "an authorisation") { EffectiveOn = line.Today });
        Assert.Equal((3, "CapturePurchase", "PURCHASE_UNKNOWN"), (fallen.Sequence, fallen.Kind, fallen.Rule));
        line.Prove();
    }

    [Fact]
    public void A_late_fact_is_checked_where_it_belongs()
    {
        var line = TestLine.Opened("2026-05-20").Buy(10).On("2026-06-15");
        line.Refuse<EffectiveDateOutOfRange>(line.Payment(10, effective: "2026-05-01"));
        line.Refuse<LateFactNotAccepted>(new AuthorisePurchase("p-9", Yuan(1), "groceries", "x")
            { EffectiveOn = new DateOnly(2026, 6, 1) });
        line.Refuse<RefundAbovePurchase>(new ReceiveRefund("f-1", "p-1", Yuan(11)) { EffectiveOn = new DateOnly(2026, 6, 1) });
        line.Refuse<AmountNotPositive>(new ReceiveRefund("f-1", "p-1", Yuan(0)) { EffectiveOn = new DateOnly(2026, 6, 1) });
        Assert.Equal("repaymentId", line.Refuse<InvalidCommand>(line.Payment(10, "x x")).Field);
    }

    [Fact]
    public void A_payout_that_a_returned_repayment_leaves_uncovered_is_owed_back()
    {
        var line = TestLine.Opened("2026-05-20").Buy(100).On("2026-05-21").Pay(150, "r-1");
        line.Accept(new ReturnCreditBalance("o-1", Yuan(50)) { EffectiveOn = line.Today });
        line.On("2026-05-23").Accept(new ReturnRepayment("r-1", "insufficient funds") { EffectiveOn = line.Today });
        Assert.Equal((Yuan(150), Yuan(0)), (line.State.PostedBalance(), line.State.CreditBalance));
        line.On("2026-06-02").Prove();
    }

    private static AccountState WithoutVersions(AccountState state) =>
        state with { Bills = state.Bills.Map(bill => bill with { Version = 1 }) };
}
