namespace Mingzhang.Domain.Tests.Limits;

public sealed class LimitAndPermissionTests
{
    [Fact]
    public void A_borrower_lowers_the_house_sets()
    {
        var line = TestLine.Opened();
        line.Refuse<BorrowerMayOnlyLower>(new SetLimit(Yuan(10_000), Actor.Borrower, "x") { EffectiveOn = line.Today });
        line.Accept(new SetLimit(Yuan(2_000), Actor.Borrower, "enough") { EffectiveOn = line.Today });
        Assert.Equal(Yuan(10_000), line.Events.OfType<LimitChanged>().Single().Before);
        line.Accept(new SetLimit(Yuan(20_000), Actor.Staff, "review") { EffectiveOn = line.Today });
        line.Refuse<LimitOutOfBounds>(new SetLimit(Yuan(50_001), Actor.Staff, "x") { EffectiveOn = line.Today });
        line.Prove();
    }

    [Fact]
    public void A_temporary_limit_counts_in_its_window_and_its_end_may_leave_available_negative_but_nobody_overdue()
    {
        var line = TestLine.Opened("2026-04-20", 1_000);
        var limit = new TemporaryLimit("t-1", Yuan(500), new DateOnly(2026, 4, 25), new DateOnly(2026, 4, 28));
        line.Refuse<WindowInvalid>(new GrantTemporaryLimit(limit with { Until = limit.From }, "x") { EffectiveOn = line.Today });
        line.Accept(new GrantTemporaryLimit(limit, "festival") { EffectiveOn = line.Today });
        Assert.Single(line.Events.OfType<TemporaryLimitGranted>());
        line.Refuse<TemporaryLimitExists>(new GrantTemporaryLimit(limit, "again") { EffectiveOn = line.Today });
        Assert.Equal(Yuan(1_000), line.State.Available(line.Today, null));
        line.On("2026-04-25").Buy(1_400).On("2026-04-28");
        Assert.Single(line.Events.OfType<TemporaryLimitExpired>());
        Assert.Equal(Yuan(-400), line.State.Available(line.Today, null));
        Assert.Equal(0, line.State.DaysPastDue(line.Today));
        var use = Explainer.Use(line.State, line.Terms, line.Today, null, null);
        Assert.Equal("B04_TEMP_EXPIRED", use.Reasons.Single().Code);
        line.Prove();
    }

    [Fact]
    public void A_scene_limit_is_a_pool_of_its_own()
    {
        var line = TestLine.Opened("2026-04-20", 1_000);
        line.Refuse<SceneNotEligible>(new SetSceneLimit(new SceneLimit("casino", Yuan(1)), "x") { EffectiveOn = line.Today });
        line.Accept(new SetSceneLimit(new SceneLimit("travel", Yuan(800)), "trip") { EffectiveOn = line.Today });
        Assert.Single(line.Events.OfType<SceneLimitChanged>());
        line.Buy(700, "p-1", "travel");
        Assert.Equal((Yuan(1_000), Yuan(100)), (line.State.Available(line.Today, null), line.State.Available(line.Today, "travel")));
        line.Buy(200, "p-2", "travel");
        Assert.Equal(Yuan(800), line.State.Available(line.Today, null));
        line.Prove();
    }

    [Fact]
    public void Permissions_are_taken_with_a_reason_and_given_back_by_who_may()
    {
        var line = TestLine.Opened();
        var freeze = new Restrict("risk-1", [Permission.Spend], RestrictionReason.Risk, null, Actor.Staff, null)
            { EffectiveOn = line.Today };
        line.Accept(freeze);
        Assert.Single(line.Events.OfType<Restricted>());
        line.Refuse<RestrictionExists>(freeze);
        line.Refuse<RestrictionNotYours>(new LiftRestriction("risk-1", Actor.Borrower, "please") { EffectiveOn = line.Today });
        line.Refuse<RestrictionUnknown>(new LiftRestriction("risk-2", Actor.Staff, "x") { EffectiveOn = line.Today });
        Assert.Equal(UseVerdict.RepaidButRuleLimits, Explainer.Use(line.State, line.Terms, line.Today, null, null).Verdict);
        line.Accept(new LiftRestriction("risk-1", Actor.Staff, "verified") { EffectiveOn = line.Today });
        Assert.Single(line.Events.OfType<RestrictionLifted>());
        Assert.Equal(UseVerdict.Normal, Explainer.Use(line.State, line.Terms, line.Today, null, null).Verdict);
        line.Prove();
    }
}
