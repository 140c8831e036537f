namespace Mingzhang.Domain.Tests.Limits;

/// <summary>What a borrower sets for themselves: a cooling-off that nobody shortens, a cap for the month (R085).</summary>
public sealed class OwnLimitsTests
{
    [Fact]
    public void A_cooling_off_stops_use_until_its_day_and_nobody_shortens_it()
    {
        var line = TestLine.Opened("2026-05-20", 1_000);
        var until = line.Today.AddDays(30);
        line.Accept(Cooling(line, until));
        Assert.Equal(RestrictionReason.CoolingOff, line.Refuse<PermissionAway>(Buying(line, 1)).Reason);
        foreach (var by in (Actor[])[Actor.Borrower, Actor.Staff, Actor.System])
        {
            Assert.Equal(until, line.Refuse<CoolingOffRuns>(new LiftRestriction("cool-1", by, "x") { EffectiveOn = line.Today }).Until);
        }

        var use = Explainer.Use(line.State, line.Terms, line.Today, null, null).Reasons.Single();
        Assert.Equal(("C07_CLOSED", until), (use.Code, use.Until));
        Assert.Contains("cooling-off", use.En);
        Assert.False(FactKinds.MayBeReversed(Cooling(line, until)));
        line.On("2026-06-18");
        line.Refuse<PermissionAway>(Buying(line, 1));
        line.On("2026-06-19").Buy(1);
        line.Prove();
    }

    [Theory]
    [InlineData(Actor.Staff, 30)]
    [InlineData(Actor.Borrower, null)]
    [InlineData(Actor.Borrower, 367)]
    public void A_cooling_off_is_the_borrowers_own_and_has_an_end(Actor by, int? days)
    {
        var line = TestLine.Opened();
        var until = days is { } length ? line.Today.AddDays(length) : (DateOnly?)null;
        Assert.Equal("until", line.Refuse<InvalidCommand>(Cooling(line, until) with { By = by }).Field);
    }

    [Fact]
    public void A_cap_holds_from_today_and_counts_what_was_bought_since_it_was_set()
    {
        var line = TestLine.Opened("2026-07-01", 10_000);
        line.Accept(new SetSpendingCap(Yuan(500)) { EffectiveOn = line.Today });
        Assert.Single(line.Events.OfType<SpendingCapSet>());
        line.Buy(320, "p-1");
        var no = line.Refuse<SpendingCapReached>(Buying(line, 181));
        Assert.Equal((Yuan(500), Yuan(320)), (no.Cap, no.Spent));
        Assert.Equal("own cap", Explainer.Use(line.State, line.Terms, line.Today, Yuan(181), null).Reasons.Single().Evidence);
        line.Buy(180, "p-2");
        Assert.Equal("C11_SINGLE_CAP", Explainer.Use(line.State, line.Terms, line.Today, null, null).Reasons.Single().Code);
        line.On("2026-08-01").Buy(500, "p-3");
        line.Refuse<SpendingCapReached>(Buying(line, 1));
        line.Prove();
    }

    [Fact]
    public void A_higher_cap_and_none_wait_for_the_next_month_a_lower_one_does_not()
    {
        var line = TestLine.Opened("2026-07-05", 10_000);
        line.Accept(new SetSpendingCap(Yuan(500)) { EffectiveOn = line.Today });
        line.Accept(new SetSpendingCap(Yuan(900)) { EffectiveOn = line.Today });
        Assert.Equal((Yuan(500), Yuan(900)), (line.State.Spending!.On(line.Today), line.State.Spending.On(new DateOnly(2026, 8, 1))));
        line.Accept(new SetSpendingCap(Yuan(100)) { EffectiveOn = line.Today });
        Assert.Equal((Yuan(100), Yuan(100)), (line.State.Spending!.On(line.Today), line.State.Spending.On(new DateOnly(2026, 8, 1))));
        line.Accept(new SetSpendingCap(null) { EffectiveOn = line.Today });
        line.Refuse<SpendingCapReached>(Buying(line, 101));
        line.On("2026-08-01").Buy(3_000);
        Assert.Equal("capMinor", line.Refuse<InvalidCommand>(new SetSpendingCap(null) { EffectiveOn = line.Today }).Field);
        Assert.Equal("capMinor", line.Refuse<InvalidCommand>(new SetSpendingCap(Yuan(0)) { EffectiveOn = line.Today }).Field);
        line.Prove();
    }

    private static Restrict Cooling(TestLine line, DateOnly? until) => new(
        "cool-1", [Permission.Spend, Permission.Borrow, Permission.Convert], RestrictionReason.CoolingOff, until, Actor.Borrower, null)
    {
        EffectiveOn = line.Today,
    };

    private static AuthorisePurchase Buying(TestLine line, decimal yuan) =>
        new("p-no", Yuan(yuan), "groceries", "market") { EffectiveOn = line.Today };
}
