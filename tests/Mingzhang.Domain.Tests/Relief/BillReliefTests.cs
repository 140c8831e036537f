namespace Mingzhang.Domain.Tests.Relief;

/// <summary>Agreements about bills, applications and offers, and waivers.</summary>
public sealed class BillReliefTests
{
    [Fact]
    public void A_deferred_bill_goes_onto_the_next_one_without_interest_or_overdue()
    {
        var line = Billed().On("2026-05-05").Agree(ReliefLine.Deferral(1, null));
        Assert.Equal(Yuan(1_000), line.Events.OfType<BillsMoved>().Single().Amount);
        line.On("2026-05-31");
        Assert.Equal((0, Yuan(1_000)), (line.State.DaysPastDue(line.Today), line.State.TotalDebt(line.Terms, line.Today)));
        Assert.Empty(line.Events.OfType<BillOverdue>());
        line.On("2026-06-01");
        var bill = line.Bill("2026-06-01");
        Assert.Equal((Yuan(1_000), Yuan(100), new DateOnly(2026, 6, 10)), (bill.Closing, bill.Minimum, bill.DueOn));
        Assert.Equal(ReliefEnding.Completed, line.Events.OfType<ReliefEnded>().Single().How);
        line.Prove();
    }

    [Fact]
    public void A_deferral_called_off_makes_the_bill_due_again_not_before_today()
    {
        var line = Billed().On("2026-05-05").Agree(ReliefLine.Deferral(1, null)).On("2026-05-20");
        line.Accept(line.End());
        var back = line.Events.OfType<BillsReturned>().Single();
        Assert.Equal((new DateOnly(2026, 5, 1), new DateOnly(2026, 5, 20)), (back.BillIssuedOn, back.DueOn));
        Assert.Equal(Yuan(100), line.Bill("2026-05-01").Minimum);
        line.On("2026-05-21");
        Assert.Equal(new DateOnly(2026, 5, 21), line.Events.OfType<BillOverdue>().Single().EffectiveOn);
        line.Prove();
    }

    [Fact]
    public void What_is_paid_while_a_bill_waits_counts_when_it_is_due_again()
    {
        var line = Billed().On("2026-05-05").Agree(ReliefLine.Deferral(1, null)).On("2026-05-12").Pay(400).On("2026-05-20");
        line.Accept(line.End());
        Assert.Equal((Yuan(400), Yuan(0)), (line.Bill("2026-05-01").PaidSince, line.Bill("2026-05-01").Shortfall));
        line.On("2026-05-21");
        Assert.Empty(line.Events.OfType<BillOverdue>());
        line.Prove();
    }

    [Fact]
    public void A_dispute_while_a_bill_waits_does_not_ask_for_the_bill_again()
    {
        var line = Billed().On("2026-05-05").Agree(ReliefLine.Deferral(1, null)).On("2026-05-07");
        var item = line.State.Items[0];
        line.Accept(new OpenDispute("d-1", new DebtName(item.PurchaseId, null, null), "never received") { EffectiveOn = line.Today });
        Assert.Equal(Yuan(0), line.Bill("2026-05-01").Shortfall);
        line.On("2026-05-20");
        Assert.Empty(line.Events.OfType<BillOverdue>());
        line.Prove();
    }

    [Fact]
    public void Re_ageing_bills_ends_the_overdue_and_the_charge_stays_owed()
    {
        var line = Billed().On("2026-05-20");
        Assert.Equal(10, line.State.DaysPastDue(line.Today));
        var owed = line.State.TotalDebt(line.Terms, line.Today);
        line.Agree(ReliefLine.ReAge(0, null));
        Assert.Equal((0, owed), (line.State.DaysPastDue(line.Today), line.State.TotalDebt(line.Terms, line.Today)));
        Assert.All(line.State.Items.Where(item => item.IsPrincipal), item => Assert.Equal(Bearing.Revolving, item.Bearing));
        line.On("2026-06-01");
        Assert.True(line.Bill("2026-06-01").Minimum.IsPositive);
        line.Prove();
    }

    [Fact]
    public void A_replan_turns_all_posted_debt_into_rows_on_the_next_statements()
    {
        var line = Billed().On("2026-05-20");
        var owed = line.State.TotalDebt(line.Terms, line.Today);
        line.Agree(ReliefLine.Replan(10, null));
        Assert.Equal(owed, line.State.TotalDebt(line.Terms, line.Today));
        Assert.Equal((10, Yuan(100)), (line.State.Loans[0].Rows.Count, line.State.Loans[0].Rows[0].Principal));
        var blocked = line.Refuse<ClosingBlocked>(new RequestClosing(ClosingMode.Now, line.Terms.Closing.NoticeVersion, "now")
        {
            EffectiveOn = line.Today,
        });
        Assert.Contains(blocked.Blockers, blocker => blocker.Code == BlockerCode.Deferral);
        line.Refuse<PermissionAway>(
            new AuthorisePurchase("more", Yuan(10), "groceries", "合家超市") { EffectiveOn = line.Today });
        line.On("2026-06-01");
        var told = Explainer.Bill(line.History, line.Book, new DateOnly(2026, 6, 1))!;
        Assert.Contains(told.Lines, one => one.Event == "debt-replanned" && one.Amount == Yuan(-1_004.50m));
        Assert.Equal(Yuan(100.45m), line.State.LoanRowsTold(line, "help-1")[0].Total);
        Assert.Equal(Yuan(100.45m), line.Bill("2026-06-01").Minimum); // 1/10 of 1,000.00 and of 4.50 of charges
        line.Prove();
    }

    [Fact]
    public void A_replan_of_bills_that_is_not_kept_is_due_whole_with_the_next_statement()
    {
        var line = Billed().On("2026-05-20").Agree(ReliefLine.Replan(10, null)).On("2026-07-10");
        Assert.Empty(line.Events.OfType<ReliefEnded>());
        line.On("2026-07-11");
        Assert.Equal(ReliefEnding.Broken, line.Events.OfType<ReliefEnded>().Single().How);
        var row = Assert.Single(line.Loan("help-1").Rows);
        Assert.Equal((Yuan(800), new DateOnly(2026, 8, 10)), (row.Principal, row.DueOn));
        Assert.DoesNotContain(line.State.Restrictions, restriction => restriction.Reason == RestrictionReason.ReliefRuns);
        line.On("2026-08-01");
        Assert.Empty(line.Loan("help-1").Rows);
        Assert.Equal(line.Bill("2026-08-01").Closing, line.Bill("2026-08-01").Minimum);
        line.Prove();
    }

    [Fact]
    public void Asking_and_offering_lapse_when_nobody_answers()
    {
        var line = Billed().On("2026-05-05");
        line.Accept(new RequestRelief("help-1", ReliefKind.Replan, null, "ill") { EffectiveOn = line.Today });
        Assert.Equal(new DateOnly(2026, 5, 20), line.Events.OfType<ReliefRequested>().Single().ExpiresOn);
        line.Refuse<ReliefExists>(new RequestRelief("help-1", ReliefKind.Replan, null, "ill") { EffectiveOn = line.Today });
        line.Refuse<ReliefNeedsOffer>(line.Accepting(ReliefLine.Replan(10, null)));
        line.Accept(line.Offer(ReliefLine.Replan(10, null)));
        Assert.Equal(new DateOnly(2026, 5, 20), line.Events.OfType<ReliefOffered>().Single().ExpiresOn);
        Assert.Equal(ReliefStage.Offered, line.State.Reliefs.AsSpan()[0].Stage);
        Assert.Equal("plan", line.Refuse<ReliefOutOfBounds>(line.Accepting(ReliefLine.Replan(12, null))).Field);
        line.On("2026-05-20");
        Assert.Equal(ReliefEnding.Lapsed, line.Events.OfType<ReliefEnded>().Single().How);
        Assert.Empty(line.State.Reliefs);
        line.Refuse<ReliefNotOffered>(line.Offer(ReliefLine.ReAmortise() with { LoanId = null }, "help-2"));
        line.Prove();
    }

    [Fact]
    public void An_id_stands_for_one_thing_while_it_is_asked_for_and_after_it_ended()
    {
        var line = Billed().On("2026-05-05");
        line.Accept(line.Offer(ReliefLine.Replan(10, null)));
        line.Refuse<LoanExists>(line.Plan(3, bill: "2026-05-01", id: "help-1"));
        line.Accept(line.End());
        line.Refuse<LoanExists>(line.Plan(3, bill: "2026-05-01", id: "help-1"));
        line.Refuse<ReliefExists>(line.Offer(ReliefLine.Replan(10, null)));
        line.Accept(line.Offer(ReliefLine.Replan(10, null), "waiver-1"));
        line.Refuse<ReliefExists>(Waive(line, Component.Interest, 1));
        line.Prove();
    }

    [Fact]
    public void An_id_of_a_waiver_stands_for_nothing_else_inside_the_refund_window()
    {
        var line = Billed().On("2026-05-10").Pay(100).On("2026-05-20");
        line.Accept(Waive(line, Component.Interest, 1));
        line.Refuse<ReliefExists>(line.Offer(ReliefLine.Replan(10, null), "waiver-1"));
        line.Refuse<LoanExists>(line.Buy(200, "p-new").Plan(3, purchase: "p-new", id: "waiver-1"));
        line.Prove();
    }

    [Fact]
    public void Rows_of_a_plan_that_were_billed_bear_interest_when_they_are_re_aged()
    {
        var line = Billed();
        line.Accept(line.Plan(3, bill: "2026-05-01"));
        line.On("2026-06-20").Agree(ReliefLine.ReAge(0, null));
        var row = line.State.Items.Find(item => item is { IsPrincipal: true, Scheduled: false })!;
        Assert.Equal((Yuan(333.33m), Bearing.Revolving, (DateOnly?)null), (row.Unpaid, row.Bearing, row.BilledOn));
        line.On("2026-07-01");
        Assert.Equal(Yuan(1.83m), line.Events.OfType<InterestPosted>().Last().Amount); // 333.33 × 0.05 % × 11 days
        line.Prove();
    }

    [Fact]
    public void A_plan_of_bills_stands_in_the_general_limit_and_a_scenes_own_is_free_again()
    {
        var line = TestLine.Opened("2026-04-20", terms: ReliefLine.Bills);
        line.Accept(new SetSceneLimit(new SceneLimit("groceries", Yuan(2_000)), "welcome") { EffectiveOn = line.Today });
        line.Buy(1_000).On("2026-05-05");
        Assert.Equal(Yuan(1_000), line.State.Available(line.Today, "groceries"));
        line.Agree(ReliefLine.Deferral(1, null)).On("2026-05-20");
        line.Accept(line.End());
        line.Agree(ReliefLine.Replan(10, null), "help-2");
        Assert.Null(line.Loan("help-2").Pool);
        Assert.Equal(
            (Yuan(2_000), Yuan(9_000)), (line.State.Available(line.Today, "groceries"), line.State.Available(line.Today, null)));
        line.Prove();
    }

    [Fact]
    public void A_purchase_that_was_billed_and_re_aged_is_due_in_full_and_cannot_become_a_plan()
    {
        var line = TestLine.Opened("2026-04-20", terms: ReliefLine.Bills).Buy(1_000, "p-old").On("2026-05-15");
        line.Agree(ReliefLine.ReAge(0, null)).On("2026-05-20");
        line.Refuse<BillNotConvertible>(line.Plan(3, purchase: "p-old"));
    }

    [Fact]
    public void A_waiver_forgives_charges_and_cures_what_it_meets()
    {
        var line = Billed().On("2026-05-20");
        var charge = WaiverRulesOwed(line, Component.OverdueCharge);
        Assert.Equal(Yuan(4.50m), charge); // 1,000.00 × 0.05 % × 9 days
        Assert.Equal(Yuan(4.50m), line.Refuse<WaiverAboveDebt>(Waive(line, Component.OverdueCharge, 6)).Most);
        line.Refuse<PrincipalNotWaived>(Waive(line, Component.Principal, 1));
        line.Refuse<LoanUnknown>(Waive(line, Component.Interest, 1) with { LoanId = "x" });
        line.Accept(Waive(line, Component.OverdueCharge, 4.50m));
        Assert.Equal(Yuan(4.50m), line.Events.OfType<DebtWaived>().Single().Posted);
        Assert.Equal(Yuan(1_000), line.State.TotalDebt(line.Terms, line.Today));
        Assert.Equal(450, line.Balances()[LedgerAccount.WaiverLoss]);
        line.Refuse<ReliefExists>(Waive(line, Component.Interest, 1));
        line.Prove();
    }

    private static Money WaiverRulesOwed(TestLine line, Component component) =>
        component == Component.OverdueCharge ? line.State.AccruedCharge(line.Terms, line.Today) : Yuan(0);

    private static WaiveDebt Waive(TestLine line, Component component, decimal yuan) =>
        new("waiver-1", null, [new WaivedPart(component, Yuan(yuan))], "goodwill") { EffectiveOn = line.Today };

    private static TestLine Billed() => TestLine.Opened("2026-04-20", terms: ReliefLine.Bills).Buy(1_000).On("2026-05-01");
}
