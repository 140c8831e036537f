namespace Mingzhang.Domain.Tests.Opening;

public sealed class OpeningTests
{
    [Fact]
    public void Opening_needs_consent_card_and_a_positive_assessment_within_bounds()
    {
        var line = new TestLine().On("2026-04-20");
        var open = line.Opening(10_000);
        Assert.Equal("bureau", line.Refuse<ConsentMissing>(open with { Consents = [] }).Consent);
        line.Refuse<BankCardMissing>(open with { Card = null });
        var declined = open.Assessment with { Approved = false, FailedCondition = "income" };
        Assert.Equal("income", line.Refuse<AssessmentDeclined>(open with { Assessment = declined }).Condition);
        line.Refuse<LimitOutOfBounds>(line.Opening(60_000));
        line.Refuse<DueDayNotOffered>(open with { DueDay = 3 });
        line.Refuse<TermsNotEffective>(line.On("2023-12-31").Opening(10_000));
        line.Refuse<AccountNotOpen>(line.Payment(1));
    }

    [Fact]
    public void An_open_account_keeps_its_terms_and_knows_its_first_statement()
    {
        var line = TestLine.Opened("2026-01-31");
        Assert.Equal(new DateOnly(2026, 2, 1), line.Events.OfType<AccountOpened>().Single().FirstStatementOn);
        Assert.Equal(1, line.State.Terms.Version);
        line.Refuse<AccountAlreadyOpen>(line.Opening(10_000));
        line.Prove();
    }

    [Fact]
    public void Withdrawing_a_required_consent_ends_use()
    {
        var line = TestLine.Opened();
        line.Accept(new WithdrawConsent("bureau") { EffectiveOn = line.Today });
        Assert.True(line.Events.OfType<ConsentWithdrawn>().Single().Required);
        var use = Explainer.Use(line.State, line.Terms, line.Today, null, null);
        Assert.Equal("C10_CONSENT_MISSING", use.Reasons.Single().Code);
        line.Prove();
    }

    [Fact]
    public void A_booked_change_of_due_day_is_an_event()
    {
        var line = TestLine.Opened();
        Assert.IsType<DueDayChanged>(line.Accept(new ChangeDueDay(15) { EffectiveOn = line.Today }).Single());
    }

    [Fact]
    public void A_fork_copies_the_account_and_its_ledger()
    {
        var origin = TestLine.Opened("2026-05-20").Buy(1_000).On("2026-06-12");
        var id = AccountId.Of(new CustomerId(900), 1);
        var fork = new ForkAccount(TestLine.Id, origin.State with { Id = id, Version = 0 }) { EffectiveOn = origin.Today };
        var trace = default(NoTrace);
        var empty = AccountState.Empty(id, Currency.Cny);
        var accepted = Assert.IsType<Accepted>(AccountDecider.Decide(empty, fork, origin.Terms, origin.Today, ref trace));
        Assert.Equal(origin.State.Items, accepted.After.Items);
        var postings = PostingRules.For(Assert.IsType<AccountForked>(accepted.Events.Single()));
        Assert.Equal(0, postings.Sum(p => p.Amount.MinorUnits));
        Assert.Equal(Yuan(1_000), postings.First(p => p.Account == LedgerAccount.PrincipalReceivable).Amount);
    }

    [Fact]
    public void Codes_that_the_shell_uses_stand_in_the_catalogue_too()
    {
        Assert.Equal("KEY_REUSED_WITH_OTHER_CONTENT", RefusalCatalogue.Of(new KeyReusedWithOtherContent("k").Code).Code.Name);
        Assert.False(RefusalCatalogue.Of(new SandboxOnly("clock").Code).RetryCanHelp);
    }
}
