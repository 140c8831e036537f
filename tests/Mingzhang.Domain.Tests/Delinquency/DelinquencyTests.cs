namespace Mingzhang.Domain.Tests.Delinquency;

public sealed class DelinquencyTests
{
    private static TestLine Overdue(string on) => TestLine.Opened("2026-05-20").Buy(1_000, "p-1").On("2026-06-11").On(on);

    [Fact]
    public void The_day_after_a_missed_minimum_use_is_suspended_and_days_past_due_count()
    {
        var line = Overdue("2026-06-11");
        Assert.Equal(Yuan(100), line.Events.OfType<BillOverdue>().Single().Shortfall);
        Assert.Equal(RestrictionReason.Overdue, line.Events.OfType<RestrictedByRule>().Single().Restriction.Reason);
        Assert.Equal(1, line.State.DaysPastDue(line.Today));
        var refused = line.Refuse<PermissionAway>(new AuthorisePurchase("p-2", Yuan(1), "groceries", "x") { EffectiveOn = line.Today });
        Assert.Equal(RestrictionReason.Overdue, refused.Reason);
        line.Prove();
    }

    [Fact]
    public void Cured_within_a_week_use_is_back_at_once_and_the_rest_revolves()
    {
        var line = Overdue("2026-06-14").Pay(100);
        Assert.Equal(4, line.Events.OfType<OverdueCured>().Single().DaysPastDue);
        Assert.Equal("overdue", line.Events.OfType<RestrictionEnded>().Single().RestrictionId);
        Assert.Empty(line.State.Restrictions);
        Assert.All(line.State.Items, item => Assert.Equal(Bearing.Revolving, item.Bearing));
        line.On("2026-07-01");
        Assert.Equal(Yuan(1.50m), line.Events.OfType<OverdueChargePosted>().Single().Amount);
        Assert.Equal(Yuan(7.65m), line.Events.OfType<InterestPosted>().Single().Amount);
        line.Prove();
    }

    [Fact]
    public void Cured_after_a_week_an_observation_period_follows_and_ends_by_itself()
    {
        var line = Overdue("2026-06-20").Pay(1_004.50m);
        Assert.Equal(0, line.State.TotalDebt(line.Terms, line.Today).MinorUnits);
        var cooling = Assert.Single(line.State.Restrictions);
        Assert.Equal((RestrictionReason.OverdueCooling, new DateOnly(2026, 7, 20)), (cooling.Reason, cooling.Until));
        line.On("2026-07-20");
        Assert.Empty(line.State.Restrictions);
        line.Prove();
    }

    [Fact]
    public void Past_thirty_days_use_ends_for_good()
    {
        var line = Overdue("2026-07-11");
        Assert.Contains(line.State.Restrictions, r => r.Reason == RestrictionReason.OverdueTerminated);
        Assert.Equal(31, line.State.DaysPastDue(line.Today));
        line.Pay(3_000);
        Assert.Equal(RestrictionReason.OverdueTerminated,
            line.Refuse<PermissionAway>(new AuthorisePurchase("p-2", Yuan(1), "groceries", "x") { EffectiveOn = line.Today }).Reason);
        line.Prove();
    }

    [Fact]
    public void A_written_off_debt_leaves_the_books_stops_growing_and_is_still_owed()
    {
        var line = Overdue("2026-07-20");
        line.Accept(new WriteOffDebt("180 days") { EffectiveOn = line.Today });
        Assert.Single(line.Events.OfType<DebtWrittenOff>());
        Assert.Equal(0, line.Balances()[LedgerAccount.PrincipalReceivable]);
        var owed = line.State.TotalDebt(line.Terms, line.Today);
        line.On("2026-08-20");
        Assert.Equal(owed, line.State.TotalDebt(line.Terms, line.Today));
        line.Pay(200);
        Assert.Equal(-Yuan(200).MinorUnits, line.Balances()[LedgerAccount.RecoveryIncome]);
        line.Refuse<NothingToWriteOff>(new WriteOffDebt("again") { EffectiveOn = line.Today });
        line.Prove();
    }

    [Fact]
    public void A_dispute_takes_a_purchase_out_of_minimum_and_overdue_at_once_and_it_comes_back_exactly()
    {
        var line = Overdue("2026-06-14");
        var before = line.State;
        line.Accept(new OpenDispute("d-1", new DebtName("p-1", null, null), "never bought it") { EffectiveOn = line.Today });
        Assert.Equal(Yuan(1_000), line.Events.OfType<DisputeOpened>().Single().Amount);
        Assert.Equal((0, Yuan(0)), (line.State.DaysPastDue(line.Today), line.Bill("2026-06-01").Minimum));
        Assert.Empty(line.State.Restrictions);
        line.Refuse<DisputeExists>(new OpenDispute("d-1", new DebtName("p-1", null, null), "x") { EffectiveOn = line.Today });
        line.Refuse<NothingToDispute>(new OpenDispute("d-2", new DebtName("p-1", null, null), "x") { EffectiveOn = line.Today });
        line.Accept(new ResolveDispute("d-1", DisputeOutcome.Rejected) { EffectiveOn = line.Today });
        Assert.Equal(before.Bills, line.State.Bills);
        Assert.Equal(before.Items, line.State.Items);
        Assert.Equal(before.Restrictions[0] with { PlacedOn = line.Today }, line.State.Restrictions.Single());
        line.Refuse<DisputeUnknown>(new ResolveDispute("d-1", DisputeOutcome.Upheld) { EffectiveOn = line.Today });
        line.Prove();
    }

    [Fact]
    public void An_upheld_dispute_cancels_the_debt_and_gives_back_what_was_paid_on_it()
    {
        var line = TestLine.Opened("2026-05-20").Buy(1_000, "p-1").Buy(50, "p-2").On("2026-06-05").Pay(400,
            named: new DebtName("p-1", null, null));
        line.Accept(new OpenDispute("d-1", new DebtName("p-1", null, null), "never bought it") { EffectiveOn = line.Today });
        line.Accept(new ResolveDispute("d-1", DisputeOutcome.Upheld) { EffectiveOn = line.Today });
        var resolved = line.Events.OfType<DisputeResolved>().Single();
        Assert.Equal((Yuan(600), Yuan(350)), (resolved.Cancelled.Single().Amount, resolved.ToCredit));
        Assert.Equal(Yuan(-350), line.State.PostedBalance());
        line.Prove();
    }
}
