namespace Mingzhang.Domain.Tests.Closing;

public sealed class ClosingTests
{
    private static RequestClosing Request(TestLine line, ClosingMode mode, string notice = "2026-01") =>
        new(mode, notice, "no use for it") { EffectiveOn = line.Today };

    private static ConfirmClosing Confirm(TestLine line, bool verified = true, bool video = false) =>
        new(verified, video) { EffectiveOn = line.Today };

    [Fact]
    public void An_account_with_nothing_owed_closes_at_step_two()
    {
        var line = TestLine.Opened();
        line.Refuse<NoticeOutdated>(Request(line, ClosingMode.Now, "2025-01"));
        line.Accept(Request(line, ClosingMode.Now));
        Assert.Single(line.Events.OfType<ClosingRequested>());
        line.Refuse<ClosingInProgress>(new AuthorisePurchase("p-1", Yuan(1), "groceries", "x") { EffectiveOn = line.Today });
        line.Refuse<VerificationFailed>(Confirm(line, verified: false));
        var events = line.Accept(Confirm(line));
        Assert.Collection(events, e => Assert.Equal(Yuan(10_000), Assert.IsType<ClosingConfirmed>(e).LimitBefore), e =>
            Assert.IsType<AccountClosed>(e));
        Assert.IsType<Closed>(line.State.Lifecycle);
        Assert.Equal(line.Today, line.Refuse<AccountIsClosed>(line.Payment(1) with { By = Actor.Borrower }).ClosedOn);
        line.Prove();
    }

    [Fact]
    public void With_debt_now_is_refused_with_the_list_and_run_off_closes_when_settled()
    {
        var line = TestLine.Opened("2026-05-20").Buy(1_000).On("2026-06-10").Pay(100).On("2026-06-21").Buy(30, "p-2", "online-shop");
        line.Accept(new SetLinkedService("parking", true) { EffectiveOn = line.Today });
        Assert.Single(line.Events.OfType<LinkedServiceSet>());
        var blocked = line.Refuse<ClosingBlocked>(Request(line, ClosingMode.Now)).Blockers;
        Assert.Equal([BlockerCode.UnpaidBill, BlockerCode.InTransit, BlockerCode.LinkedService], blocked.Select(b => b.Code));
        Assert.Equal(Yuan(904.50m), blocked[0].Amount);
        line.Accept(Request(line, ClosingMode.RunOff));
        line.Accept(Confirm(line));
        Assert.Equal(0, line.State.TotalLimit.MinorUnits);
        line.Accept(new ConfirmReceipt("p-2") { EffectiveOn = line.Today });
        line.Pay(930, "r-most");
        Assert.IsType<ClosingDown>(line.State.Lifecycle);
        line.On("2026-07-01");
        Assert.Equal(Yuan(4.50m), line.Bill("2026-07-01").Closing);
        line.On("2026-07-05").Pay(4.50m);
        Assert.IsType<Closed>(line.State.Lifecycle);
        line.Prove();
    }

    [Fact]
    public void Closing_with_unbilled_interest_bills_it_first()
    {
        var line = TestLine.Opened("2026-05-20").Buy(1_000).On("2026-06-10").Pay(100).On("2026-06-21");
        line.Accept(Request(line, ClosingMode.RunOff));
        line.Accept(Confirm(line));
        line.Pay(900);
        Assert.Equal(Yuan(4.50m), line.Events.OfType<InterestPosted>().Single().Amount);
        Assert.IsType<ClosingDown>(line.State.Lifecycle);
        line.Pay(4.50m);
        Assert.IsType<Closed>(line.State.Lifecycle);
        line.Prove();
    }

    [Fact]
    public void A_closing_can_be_called_off_and_lapses_when_not_confirmed()
    {
        var line = TestLine.Opened().Buy(100);
        line.Refuse<NotClosing>(new CancelClosing("x") { EffectiveOn = line.Today });
        line.Accept(Request(line, ClosingMode.RunOff));
        line.Accept(Confirm(line));
        line.Refuse<ClosingAlreadyConfirmed>(Confirm(line));
        line.Accept(new CancelClosing("changed my mind") { EffectiveOn = line.Today });
        Assert.Equal(Yuan(10_000), line.Events.OfType<ClosingCancelled>().Single().LimitRestored);
        Assert.Equal(Yuan(10_000), line.State.TotalLimit);
        line.Accept(Request(line, ClosingMode.RunOff));
        line.On("2026-05-20");
        Assert.Single(line.Events.OfType<ClosingLapsed>());
        Assert.IsType<Active>(line.State.Lifecycle);
        line.Prove();
    }

    [Fact]
    public void The_house_closes_by_run_off_and_its_closing_cannot_be_called_off()
    {
        var line = TestLine.Opened().Buy(100);
        Assert.Equal("noticeId", line.Refuse<InvalidCommand>(new ForceClosing("cash-out", " ") { EffectiveOn = line.Today }).Field);
        line.Accept(new ForceClosing("cash-out pattern", "n-77") { EffectiveOn = line.Today });
        Assert.Single(line.Events.OfType<ForcedClosingStarted>());
        line.Refuse<ForcedClosingCannotBeCancelled>(new CancelClosing("x") { EffectiveOn = line.Today });
        line.Pay(100);
        Assert.Equal(new Closed(line.Today, Forced: true, Yuan(10_000)), line.State.Lifecycle);
        line.Refuse<ReopeningNotAllowed>(Reopen(line));
        line.Prove();
    }

    [Fact]
    public void Reopening_keeps_the_history_and_needs_a_new_assessment()
    {
        var line = TestLine.Opened();
        line.Refuse<AccountAlreadyOpen>(Reopen(line));
        line.Accept(Request(line, ClosingMode.Now));
        line.Accept(Confirm(line));
        var strict = new TestLine(line.Terms with { Reopening = new ReopeningTerms(true, false, 90) });
        strict.On("2026-04-20").Accept(strict.Opening(1_000));
        strict.Accept(Request(strict, ClosingMode.Now));
        strict.Accept(Confirm(strict));
        Assert.Equal(new DateOnly(2026, 7, 19), strict.Refuse<ReopeningTooEarly>(Reopen(strict)).PossibleOn);
        line.On("2026-08-05").Accept(Reopen(line));
        Assert.Single(line.Events.OfType<AccountReopened>());
        Assert.Equal((Yuan(3_000), new DateOnly(2026, 9, 1)), (line.State.TotalLimit, line.State.Cycle.NextStatementOn));
        line.Buy(50).On("2026-09-02").Prove();
    }

    [Fact]
    public void A_risk_account_needs_an_interview_and_a_legal_hold_stops_everything()
    {
        var line = TestLine.Opened();
        line.Accept(new Restrict("risk-1", [Permission.Spend], RestrictionReason.RiskVideoInterview, null, Actor.Staff, null)
            { EffectiveOn = line.Today });
        line.Accept(Request(line, ClosingMode.Now));
        line.Refuse<VideoInterviewRequired>(Confirm(line));
        line.Accept(Confirm(line, video: true));
        Assert.IsType<Closed>(line.State.Lifecycle);
        var held = TestLine.Opened();
        held.Accept(new Restrict("court-1", [Permission.Spend], RestrictionReason.LegalHold, null, Actor.Staff, null)
            { EffectiveOn = held.Today });
        Assert.Equal(BlockerCode.LegalHold, held.Refuse<ClosingBlocked>(Request(held, ClosingMode.RunOff)).Blockers.Single().Code);
    }

    private static ReopenAccount Reopen(TestLine line) => new(
        1, [new Consent("bureau", "2026-06")], new BankCard("card-2", "1234"), new Assessment("as-2", true, Yuan(3_000), "score-2", null))
    {
        EffectiveOn = line.Today,
    };
}
