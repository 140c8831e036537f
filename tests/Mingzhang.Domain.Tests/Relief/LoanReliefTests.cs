namespace Mingzhang.Domain.Tests.Relief;

/// <summary>Agreements about cash loans: rows move, are spread, begin anew; the way back leads to the contract's own days.</summary>
public sealed class LoanReliefTests
{
    [Fact]
    public void A_deferral_moves_every_row_by_its_months_and_nothing_else()
    {
        var line = Running().On("2025-02-20");
        var before = line.Loan().Rows;
        line.Agree(ReliefLine.Deferral(2));
        Assert.Equal(Yuan(0), line.Events.OfType<DebtReplanned>().Single().Posted);
        Assert.Equal(new DateOnly(2025, 5, 15), line.Events.OfType<ReliefStarted>().Single().Agreement.EndsOn);
        var after = line.Loan().Rows;
        Assert.Equal(before.Select(row => row.DueOn.AddMonths(2)), after.Select(row => row.DueOn));
        Assert.Equal(before.Select(row => row.Principal), after.Select(row => row.Principal));
        Assert.Equal(before.Select(row => row.Number), after.Select(row => row.Number));
        line.On("2025-04-30");
        Assert.Equal((0, 0), (line.State.DaysPastDue(line.Today), line.Events.OfType<LoanOverdue>().Count()));
        line.On("2025-05-15");
        var due = line.Events.OfType<InstalmentDue>().Last();
        Assert.Equal((Yuan(797.11m), Yuan(328.36m)), (due.Principal, due.Charge)); // 9,223.59 × 0.04 % × 89 days
        Assert.Equal(ReliefEnding.Completed, line.Events.OfType<ReliefEnded>().Single().How);
        line.Prove();
    }

    [Fact]
    public void An_interest_only_deferral_keeps_the_old_days_for_interest()
    {
        var line = Running().On("2025-02-20").Agree(ReliefLine.Deferral(2, interestOnly: true));
        line.On("2025-03-15");
        var due = line.Events.OfType<InstalmentDue>().Last();
        Assert.Equal((Yuan(0), Yuan(103.30m)), (due.Principal, due.Charge)); // 9,223.59 × 0.04 % × 28 days
        line.PayDue().On("2025-04-15").PayDue().On("2025-05-15");
        due = line.Events.OfType<InstalmentDue>().Last();
        Assert.Equal((Yuan(797.11m), Yuan(110.68m), 4), (due.Principal, due.Charge, due.Number)); // 30 days
        Assert.Equal(new DateOnly(2026, 3, 15), line.Loan().Rows[^1].DueOn);
        line.Prove();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_deferral_ends_on_the_first_day_of_a_moved_row_also_when_principal_is_due_last(bool interestOnly)
    {
        var line = TestLine.Opened("2025-01-15", terms: ReliefLine.Cash).Borrow(9_000, "first", 3).On("2025-01-20");
        line.Agree(ReliefLine.Deferral(2, interestOnly: interestOnly));
        Assert.Equal(new DateOnly(2025, 4, 15), line.Events.OfType<ReliefStarted>().Single().Agreement.EndsOn);
        line.Prove();
    }

    [Fact]
    public void A_moratorium_keeps_the_day_of_the_month_across_short_months()
    {
        var line = TestLine.Opened("2025-08-31", terms: ReliefLine.Cash).Borrow(10_000, count: 6).On("2025-09-30").PayDue();
        line.On("2025-10-05").Agree(ReliefLine.Deferral(3));
        Assert.Equal(
            ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"],
            line.Loan().Rows.Select(row => row.DueOn.ToString("yyyy-MM-dd", null)));
        line.Prove();
    }

    [Fact]
    public void Re_ageing_ends_the_days_past_due_and_spreads_what_was_posted()
    {
        var line = Running().On("2025-04-25");
        Assert.Equal(41, line.State.DaysPastDue(line.Today));
        var owed = line.State.TotalDebt(line.Terms, line.Today);
        line.Agree(ReliefLine.ReAge(12, first: "2025-05-20"));
        Assert.Equal(0, line.State.DaysPastDue(line.Today));
        Assert.Equal(owed, line.State.TotalDebt(line.Terms, line.Today));
        Assert.Equal(12, line.Loan().Rows.Count);
        Assert.True(line.State.Carried("loan-1").IsPositive);
        Assert.DoesNotContain(line.State.Restrictions, restriction => restriction.Reason == RestrictionReason.Overdue);
        var rows = line.State.LoanRowsTold(line, "loan-1");
        Assert.Equal(Enumerable.Range(1, 13), rows.Select(row => row.Number));
        line.On("2025-05-20").PayDue();
        Assert.Equal(RowStage.Paid, line.State.LoanRowsTold(line, "loan-1")[1].Stage);
        Assert.DoesNotContain(line.State.Items, item => !item.Scheduled);
        line.Prove();
    }

    [Fact]
    public void Re_amortising_keeps_the_days_and_makes_the_rows_higher()
    {
        var line = Running().On("2025-04-25");
        var days = line.Loan().Rows.Select(row => row.DueOn).ToList();
        var last = line.Loan().Rows[^1].Principal;
        line.Agree(ReliefLine.ReAmortise());
        Assert.Equal(days, line.Loan().Rows.Select(row => row.DueOn));
        Assert.True(line.Loan().Rows[^1].Principal > last);
        Assert.Equal(0, line.State.DaysPastDue(line.Today));
        line.Prove();
    }

    [Fact]
    public void A_new_plan_may_be_longer_and_cheaper_and_stops_use_while_it_runs()
    {
        var line = Running().On("2025-04-05");
        var plan = ReliefLine.Replan(24, ppm: 200);
        var quote = line.Relief(plan)!;
        line.Agree(plan);
        Assert.Equal((24, 200L), (line.Loan().Rows.Count, line.Loan().Rate.Ppm));
        Assert.Equal(RestrictionReason.ReliefRuns, line.Refuse<PermissionAway>(line.Request(500, id: "more")).Reason);
        Assert.Equal(14, line.State.Reliefs[0].BureauCode);
        while (line.State.Loans.Count > 0)
        {
            line.On(line.State.NextDate.ToString("yyyy-MM-dd", null));
            line.PayDueOrNothing();
        }

        Assert.Equal(ReliefEnding.Completed, line.Events.OfType<ReliefEnded>().Single().How);
        Assert.Empty(line.State.Restrictions);
        Assert.Equal(quote.After.EndsOn, line.Today);
        var paid = line.Events.OfType<RepaymentReceived>().Skip(1).Aggregate(Yuan(0), (sum, e) => sum + e.Amount);
        Assert.Equal(quote.After.Owed + quote.After.Cost, paid);
        line.Prove();
    }

    [Fact]
    public void What_is_shown_is_what_is_booked_and_costs_what_it_says()
    {
        var line = Running().On("2025-02-20");
        var quote = line.Relief(ReliefLine.Deferral(2))!;
        Assert.Equal(Yuan(9_223.59m), quote.After.Owed);
        Assert.Equal(new DateOnly(2026, 1, 15), quote.Before.EndsOn);
        Assert.Equal(new DateOnly(2026, 3, 15), quote.After.EndsOn);
        Assert.Equal(quote.After.Cost - quote.Before.Cost, quote.ExtraCost);
        Assert.Equal(Yuan(225.03m), quote.ExtraCost); // 61 days more on 9,223.59, and later periods of other lengths
    }

    [Fact]
    public void The_way_back_puts_what_is_left_on_the_contracts_days_and_what_has_passed_on_tomorrow()
    {
        var line = Running().On("2025-04-25").Agree(ReliefLine.ReAge(12, first: "2025-05-20"));
        line.On("2025-05-20").PayDue().On("2025-06-01");
        var left = line.State.PrincipalLeft("loan-1");
        line.Accept(line.End());
        Assert.Equal(left, line.State.PrincipalLeft("loan-1"));
        Assert.Equal(ReliefEnding.CalledOff, line.Events.OfType<ReliefEnded>().Single().How);
        Assert.Equal(new DateOnly(2026, 1, 15), line.Loan().Rows[^1].DueOn);
        Assert.Equal(new DateOnly(2025, 6, 2), line.Loan().Rows[0].DueOn);
        Assert.Equal(0, line.State.DaysPastDue(line.Today));
        line.On("2025-06-04");
        Assert.Equal(2, line.State.DaysPastDue(line.Today));
        line.Prove();
    }

    [Fact]
    public void New_rows_keep_the_loans_day_of_the_month_across_short_months()
    {
        var line = TestLine.Opened("2025-10-31", terms: ReliefLine.Cash).Borrow(10_000, count: 6).On("2026-02-01");
        line.Agree(ReliefLine.ReAge(3));
        Assert.Equal(
            ["2026-02-28", "2026-03-31", "2026-04-30"], line.Loan().Rows.Select(row => row.DueOn.ToString("yyyy-MM-dd", null)));
        line.Prove();
    }

    [Fact]
    public void A_write_off_ends_the_agreement_and_leaves_the_rows()
    {
        var line = Running().On("2025-04-25").Agree(ReliefLine.ReAge(12, first: "2025-05-20"));
        var rows = line.Loan().Rows;
        line.Accept(new WriteOffDebt("lost") { EffectiveOn = line.Today });
        Assert.Equal(ReliefEnding.Declined, line.Events.OfType<ReliefEnded>().Single().How);
        Assert.Equal(rows, line.Loan().Rows);
        line.On("2025-08-01");
        line.Prove();
    }

    [Fact]
    public void Carried_charges_stay_in_their_rows_when_all_principal_is_waived()
    {
        var terms = ReliefLine.Cash with { Relief = ReliefLine.Rules with { WaivesPrincipal = true } };
        var line = TestLine.Opened("2025-01-15", terms: terms).Borrow(10_000).On("2025-04-25");
        line.Agree(ReliefLine.ReAge(3, first: "2025-05-20")).On("2025-05-01");
        var (left, carried) = (line.State.PrincipalLeft("loan-1"), line.State.Carried("loan-1"));
        line.Accept(new WaiveDebt("waiver-1", "loan-1", [new WaivedPart(Component.Principal, left)], "hardship")
        {
            EffectiveOn = line.Today,
        });
        Assert.Equal((3, carried), (line.Loan().Rows.Count, line.State.Carried("loan-1")));
        // 0.04 % of 7,630.00 to come for 10 days since the last due day, then of all 10,000.00 for 6 days.
        Assert.Equal(Yuan(54.52m), line.Events.OfType<LoanAccrualPosted>().Last().Amount);
        line.On("2025-05-20").PayDue().On("2025-06-20").PayDue().On("2025-07-20").PayDue();
        Assert.Empty(line.State.Loans);
        line.Prove();
    }

    [Fact]
    public void Money_that_repays_early_pays_carried_charges_before_principal()
    {
        var line = Running().On("2025-04-25").Agree(ReliefLine.ReAge(12, first: "2025-05-20"));
        var carried = line.State.Carried("loan-1");
        var left = line.State.PrincipalLeft("loan-1");
        var interest = line.State.SettlementOf(line.Loan(), line.Today).Interest;
        line.Pay((carried + interest + Yuan(100)).MinorUnits / 100m, named: new DebtName(null, null, null, "loan-1"));
        Assert.Equal((Yuan(0), left - Yuan(100)), (line.State.Carried("loan-1"), line.State.PrincipalLeft("loan-1")));
        line.Prove();
    }

    [Fact]
    public void Money_paid_early_after_the_way_back_takes_the_last_row_first_also_when_earlier_rows_got_principal_again()
    {
        var line = Running().On("2025-02-20").Agree(ReliefLine.Deferral(2)).On("2025-02-21");
        var early = line.Payment(5_000, named: new DebtName(null, null, null, "loan-1")) with { Early = EarlyMode.Shorten };
        line.Accept(early);
        line.Accept(line.End());
        Assert.True(line.Loan().Rows[0].Principal.IsZero); // what was paid counts for the earliest
        line.On("2025-02-22");
        line.Accept(line.Payment(100, named: early.Named) with { Early = EarlyMode.Lower });
        var lowered = line.Loan().Rows;
        line.Accept(line.Payment(100, named: early.Named) with { Early = EarlyMode.Shorten });
        Assert.Equal(lowered[0].Principal, line.Loan().Rows[0].Principal);
        Assert.Equal(lowered[^1].Principal - Yuan(100), line.Loan().Rows[^1].Principal);
        line.Prove();
    }

    [Fact]
    public void An_agreement_that_is_not_kept_breaks_by_itself()
    {
        var line = Running().On("2025-04-25").Agree(ReliefLine.Replan(12, first: "2025-05-20"));
        line.On("2025-06-19");
        Assert.Empty(line.Events.OfType<ReliefEnded>());
        line.On("2025-06-20");
        Assert.Equal(ReliefEnding.Broken, line.Events.OfType<ReliefEnded>().Single().How);
        Assert.Equal(400, line.Loan().Rate.Ppm);
        line.Prove();
    }

    [Fact]
    public void Without_a_first_day_rows_begin_on_the_loans_own_day_half_a_month_away_and_interest_first_pays_principal()
    {
        var line = TestLine.Opened("2025-01-15", terms: ReliefLine.Cash).Borrow(9_000, "first", 3).On("2025-03-02");
        line.Agree(ReliefLine.Replan(6));
        Assert.Equal(new DateOnly(2025, 4, 15), line.Loan().Rows[0].DueOn);
        Assert.All(line.Loan().Rows, row => Assert.True(row.Principal.IsPositive));
        line.Prove();
    }

    [Fact]
    public void Fixed_charges_to_come_and_charges_that_were_posted_are_spread_equally()
    {
        var offer = LoanLine.Offer("fee", ScheduleMethod.EqualPrincipal, 0, 6) with { FeePpm = 30_000 };
        var terms = ReliefLine.Cash with { Loan = ReliefLine.Cash.Loan! with { Offers = [offer] } };
        var line = TestLine.Opened("2025-01-15", terms: terms).Borrow(6_000, "fee", 6).On("2025-02-15").PayDue().On("2025-03-20");
        line.Agree(ReliefLine.ReAge(4));
        Assert.All(line.Loan().Rows, row => Assert.Equal((Yuan(1_250), Yuan(30)), (row.Principal, row.Charge)));
        Assert.Equal((Yuan(30), Yuan(7.50m)), (line.State.Carried("loan-1"), line.State.Carried("loan-1", 2)));
        line.Prove();
    }

    [Fact]
    public void A_late_payment_that_was_made_before_the_agreement_is_folded_in_under_it()
    {
        var line = Running().On("2025-04-25").Agree(ReliefLine.ReAge(12, first: "2025-05-20")).On("2025-05-01");
        var owed = line.State.PrincipalLeft("loan-1");
        line.Accept(line.Payment(900.41m, effective: "2025-03-15"));
        Assert.True(line.State.PrincipalLeft("loan-1") < owed);
        Assert.Single(line.State.Reliefs);
        line.Prove();
    }

    [Fact]
    public void An_agreement_taken_back_is_as_if_it_had_never_been()
    {
        var line = Running().On("2025-04-25").Agree(ReliefLine.ReAge(12, first: "2025-05-20"));
        var agreed = line.History[^1].Sequence;
        line.On("2025-05-01").Accept(new ReverseFact(agreed, "signed by mistake") { EffectiveOn = line.Today });
        var never = Running().On("2025-04-25");
        never.Accept(never.Offer(ReliefLine.ReAge(12, first: "2025-05-20")));
        never.On("2025-05-01");
        Assert.Equal(never.State.AccruedTo(never.Today) with { Version = 0 }, line.State.AccruedTo(line.Today) with { Version = 0 });
        line.Prove();
    }

    [Fact]
    public void Refusals_say_what_does_not_fit()
    {
        var line = Running().On("2025-02-20");
        Assert.Equal(ReliefMismatch.NothingOverdue, line.Refuse<ReliefDoesNotFit>(line.Offer(ReliefLine.ReAge(12))).Why);
        Assert.Equal("months", line.Refuse<ReliefOutOfBounds>(line.Accepting(ReliefLine.Deferral(4))).Field);
        Assert.Equal("dailyPpm", line.Refuse<ReliefOutOfBounds>(line.Offer(ReliefLine.Replan(12, ppm: 500))).Field);
        Assert.Equal("count", line.Refuse<ReliefOutOfBounds>(line.Offer(ReliefLine.Replan(61))).Field);
        line.Refuse<LoanUnknown>(line.Offer(ReliefLine.Replan(12, "loan-9")));
        line.Refuse<ReliefNeedsOffer>(line.Accepting(ReliefLine.Replan(12)));
        line.Refuse<DisclosureMissing>(line.Accepting(ReliefLine.Deferral(1)) with { Disclosure = null });
        line.Refuse<DisclosureOutdated>(line.Accepting(ReliefLine.Deferral(1)) with { Disclosure = new CostConfirmation("other", 5) });
        line.Refuse<ReadTooFast>(line.Accepting(ReliefLine.Deferral(1)) with
        {
            Disclosure = new CostConfirmation(line.Relief(ReliefLine.Deferral(1))!.CostTableId, 4),
        });
        line.Refuse<ReliefUnknown>(line.End());
        line.Agree(ReliefLine.Deferral(1));
        line.Refuse<ReliefExists>(line.Accepting(ReliefLine.Deferral(1)));
        Assert.Equal("help-1", line.Refuse<ReliefRuns>(line.Accepting(ReliefLine.Deferral(1), "help-2")).ReliefId);
        line.On("2025-04-16");
        Assert.Equal(ReliefMismatch.SomethingDue, line.Refuse<ReliefDoesNotFit>(line.Accepting(ReliefLine.Deferral(1), "help-2")).Why);
        line.PayDue().Agree(ReliefLine.Deferral(1), "help-2").On("2025-06-16").PayDue();
        var tooOften = line.Refuse<ReliefTooOften>(line.Accepting(ReliefLine.Deferral(1), "help-3"));
        Assert.Equal((2, new DateOnly(2026, 2, 20)), (tooOften.Most, tooOften.NextOn));
        line.Prove();
    }

    private static TestLine Running() =>
        TestLine.Opened("2025-01-15", terms: ReliefLine.Cash).Borrow(10_000).On("2025-02-15").PayDue();
}
