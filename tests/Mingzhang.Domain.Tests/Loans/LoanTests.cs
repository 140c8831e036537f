namespace Mingzhang.Domain.Tests.Loans;

/// <summary>Cash loans on the worked cases of the domain rules, section 3.</summary>
public sealed class LoanTests
{
    [Fact]
    public void T9_twelve_equal_instalments_with_daily_interest()
    {
        var line = TestLine.Opened("2025-01-15", terms: LoanLine.Cash).Borrow(10_000);
        Assert.Equal(12, line.Events.OfType<LoanDisbursed>().Single().Loan.Rows.Count);
        line.Accept(new SetAutoRepay(true, ["card"]) { EffectiveOn = line.Today });
        Assert.Equal((Yuan(0), Yuan(10_000)), (line.State.Available(line.Today, null), line.State.PrincipalLeft("loan-1")));
        line.On("2025-02-15");
        var first = line.Events.OfType<InstalmentDue>().Single();
        Assert.Equal((Yuan(776.41m), Yuan(124.00m)), (first.Principal, first.Charge));
        Assert.Equal(Yuan(900.41m), line.Events.OfType<LoanDebitFellDue>().Single().Amount);
        line.PayDue();
        Assert.Equal(Yuan(776.41m), line.State.Available(line.Today, null));
        line.On("2025-03-15");
        var second = line.Events.OfType<InstalmentDue>().Last();
        Assert.Equal((Yuan(797.11m), Yuan(103.30m)), (second.Principal, second.Charge));
        line.PayDue();
        for (var month = 4; month <= 13; month++)
        {
            line.On(new DateOnly(2025, 1, 15).AddMonths(month - 1).ToString("yyyy-MM-dd", null)).PayDue();
        }

        Assert.Equal(Yuan(804.93m), line.Events.OfType<InstalmentDue>().Aggregate(Yuan(0), (sum, e) => sum + e.Charge));
        Assert.Equal("loan-1", line.Events.OfType<LoanSettled>().Single().LoanId);
        Assert.Equal((0, 0, Yuan(10_000)), (line.State.Loans.Count, line.State.Items.Count, line.State.Available(line.Today, null)));
        line.Prove();
    }

    [Theory]
    [InlineData("dear", 6, 533.18)]
    [InlineData("first", 3, 360.00)]
    [InlineData("principal", 10, 832.00)]
    public void T10_T11_T13_interest_in_all(string offer, int count, decimal interest)
    {
        var line = TestLine.Opened("2025-01-15", terms: LoanLine.Cash).Borrow(10_000, offer, count);
        for (var k = 1; k <= count; k++)
        {
            line.On(new DateOnly(2025, 1, 15).AddMonths(k).ToString("yyyy-MM-dd", null)).PayDue();
        }

        Assert.Equal(Yuan(interest), line.Events.OfType<InstalmentDue>().Aggregate(Yuan(0), (sum, e) => sum + e.Charge));
        Assert.Single(line.Events.OfType<LoanSettled>());
        line.Prove();
    }

    [Fact]
    public void T12_repaid_after_seven_days_costs_seven_days()
    {
        var line = TestLine.Opened("2025-01-15", terms: LoanLine.Cash).Borrow(10_000).On("2025-01-22");
        var settlement = line.State.SettlementOf(line.Loan(), line.Today);
        Assert.Equal((Yuan(28), Yuan(10_028)), (settlement.Interest, settlement.Total));
        Assert.Equal(Yuan(10_028), line.Refuse<RepaymentAboveDebt>(line.Payment(10_028.01m) with { By = Actor.Borrower }).TotalDebt);
        line.Pay(10_028, named: new DebtName(null, null, null, "loan-1"));
        Assert.Single(line.Events.OfType<LoanSettled>());
        line.Prove();
    }

    [Fact]
    public void T19_the_penalty_is_one_and_a_half_times_the_price_for_the_days_past_due()
    {
        var line = TestLine.Opened("2025-01-15", terms: LoanLine.Cash).Borrow(1_000, "first", 3);
        line.On("2025-02-15").PayDue().On("2025-03-15").PayDue().On("2025-04-25");
        Assert.Equal(10, line.State.DaysPastDue(line.Today));
        Assert.Single(line.Events.OfType<LoanOverdue>());
        line.Refuse<PermissionAway>(line.Request(500, id: "loan-2"));
        line.Accept(line.Payment(1_012.40m + 6.00m + 0.07m));
        Assert.Equal(Yuan(6.07m), line.Events.OfType<LoanAccrualPosted>().Aggregate(Yuan(0), (sum, e) => sum + e.Amount));
        Assert.Single(line.Events.OfType<LoanSettled>());
        line.Prove();
    }

    [Fact]
    public void A_part_repaid_early_shortens_or_lowers_and_interest_runs_on_what_is_left()
    {
        var line = TestLine.Opened("2025-01-15", terms: LoanLine.Cash).Borrow(10_000).On("2025-02-15").PayDue().On("2025-02-25");
        var other = TestLine.Opened("2025-01-15", terms: LoanLine.Cash).Borrow(10_000).On("2025-02-15").PayDue().On("2025-02-25");
        line.Accept(line.Payment(3_000));
        Assert.Equal(36.89m, line.Events.OfType<LoanAccrualPosted>().Single().Amount.MinorUnits / 100m);
        Assert.True(line.Loan().Rows.Count < 11);
        Assert.Equal(EarlyMode.Shorten, line.Events.OfType<LoanRescheduled>().Single().Mode);
        other.Accept(other.Payment(3_000) with { Early = EarlyMode.Lower });
        Assert.Equal(11, other.Loan().Rows.Count);
        Assert.Equal(line.State.PrincipalLeft("loan-1"), other.State.PrincipalLeft("loan-1"));
        Assert.Equal(Yuan(9_223.59m - 2_963.11m), line.State.PrincipalLeft("loan-1"));
        line.Prove();
        other.Prove();
    }

    [Fact]
    public void T9_lowered_by_4000_on_1_April_asks_nine_times_469_81_and_469_86()
    {
        var line = TestLine.Opened("2025-01-15", terms: LoanLine.Cash).Borrow(10_000).On("2025-02-15").PayDue().On("2025-03-15").PayDue();
        line.On("2025-04-01").Accept(line.Payment(4_057.30m) with { Early = EarlyMode.Lower });
        Assert.Equal(Yuan(57.30m), line.Events.OfType<LoanAccrualPosted>().Last().Amount);
        var asked = new List<decimal>();
        foreach (var due in line.Loan().Rows.Map(row => row.DueOn))
        {
            line.On(due.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
            asked.Add(line.State.DueNow(line.Loan(), due).MinorUnits / 100m);
            line.PayDue();
        }

        Assert.Equal([.. Enumerable.Repeat(469.81m, 9), 469.86m], asked);
        Assert.Empty(line.State.Loans);
    }

    [Fact]
    public void Several_loans_run_side_by_side_and_the_payer_picks()
    {
        var line = TestLine.Opened("2025-01-15", terms: LoanLine.Cash).Borrow(3_000, count: 3, id: "a").On("2025-01-20");
        line.Borrow(2_000, count: 3, id: "b").On("2025-01-30");
        line.Pay(2_008, named: new DebtName(null, null, null, "b"));
        Assert.Equal(["a"], line.State.Loans.Select(loan => loan.Id));
        line.Refuse<LoanExists>(line.Request(500, count: 3, id: "a"));
        line.Refuse<DebtUnknown>(line.Payment(1, named: new DebtName(null, null, null, "b")));
        line.Pay(1_000);
        Assert.Equal(Yuan(2_018), line.State.PrincipalLeft("a"));
        line.Prove();
    }

    [Fact]
    public void Paying_out_is_a_fact_that_may_fail_or_never_come()
    {
        var line = TestLine.Opened("2025-01-15", terms: LoanLine.Cash);
        line.Accept(line.Request(4_000, id: "a"));
        Assert.Equal(Yuan(6_000), line.State.Available(line.Today, null));
        Assert.Equal(new DateOnly(2025, 1, 18), line.Events.OfType<LoanRequested>().Single().ExpiresOn);
        line.Accept(new FailDisbursement("a", "card closed") { EffectiveOn = line.Today });
        Assert.Equal(Yuan(4_000), line.Events.OfType<DisbursementFailed>().Single().Amount);
        line.Accept(line.Request(4_000, id: "b"));
        line.Refuse<LoanUnknown>(new ConfirmDisbursement("a", "x") { EffectiveOn = line.Today });
        line.On("2025-01-18");
        Assert.Equal("b", line.Events.OfType<LoanRequestLapsed>().Single().LoanId);
        Assert.Equal(Yuan(10_000), line.State.Available(line.Today, null));
        line.Prove();
    }

    [Fact]
    public void No_loan_without_the_cost_table_read_and_confirmed()
    {
        var line = TestLine.Opened("2025-01-15", terms: LoanLine.Cash);
        var asked = line.Request(4_000);
        var table = line.Refuse<DisclosureMissing>(asked with { Disclosure = null }).CostTable;
        Assert.Equal(asked.Disclosure!.CostTable, table);
        line.Refuse<DisclosureOutdated>(asked with { Amount = Yuan(4_100) });
        Assert.Equal(10, line.Refuse<ReadTooFast>(asked with { Disclosure = new CostConfirmation(table, 9) }).Seconds);
        line.Refuse<OfferUnknown>(asked with { Count = 7 });
        line.Refuse<LoanAmountNotOffered>(asked with { Amount = Yuan(499) });
        line.Refuse<LimitExceeded>(asked with { Amount = Yuan(10_001) });
        TestLine.Opened().Refuse<LoansNotOffered>(asked with { EffectiveOn = new DateOnly(2026, 4, 20) });
    }

    [Fact]
    public void A_cost_above_the_cap_of_the_day_is_refused()
    {
        var low = LoanLine.Cash with { Caps = [new CostCap("consumer-finance", new DateOnly(2020, 1, 1), null, 140_000, 365, "rule x")] };
        var line = TestLine.Opened("2025-01-15", terms: low);
        var no = line.Refuse<AboveCostCap>(line.Request(10_000));
        Assert.Equal((145_393L, 140_000L, "rule x"), (no.AnnualPpm, no.CapPpm, no.Clause));
    }

    [Fact]
    public void The_reserve_is_free_for_seven_days_and_may_be_drawn_twice_a_month()
    {
        var line = TestLine.Opened("2026-05-02", limit: 500, terms: LoanLine.Reserve).Borrow(500, "week", 1, "a");
        line.Refuse<LimitExceeded>(line.Request(500, "week", 1, "b"));
        line.On("2026-05-09").Pay(500);
        line.Borrow(500, "week", 1, "b").On("2026-05-16").Pay(500);
        Assert.Equal(2, line.Refuse<TooManyLoans>(line.Request(500, "week", 1, "c")).Most);
        line.On("2026-06-01").Borrow(500, "week", 1, "c");
        line.Prove();
    }

    [Fact]
    public void A_loan_that_is_repaid_whole_only_takes_no_part_and_keeps_its_fee()
    {
        var fee = LoanLine.Cash.Loan! with
        {
            Early = new EarlyTerms(false, EarlyFee.RemainingFee, 0),
            Offers = [LoanLine.Offer("fee", ScheduleMethod.EqualPrincipal, 0, 12) with { FeePpm = 65_000 }],
        };
        var line = TestLine.Opened("2025-01-15", terms: LoanLine.Terms(fee)).Borrow(8_000, "fee");
        line.Refuse<EarlyPartNotOffered>(line.Payment(8_000.01m) with { By = Actor.Borrower });
        line.Pay(8_000.01m);
        Assert.Equal((Yuan(8_000.01m), Yuan(8_000)), (line.State.CreditBalance, line.State.PrincipalLeft("loan-1")));
        var whole = TestLine.Opened("2025-01-15", terms: LoanLine.Terms(fee)).Borrow(8_000, "fee").Pay(8_520);
        Assert.Single(whole.Events.OfType<LoanSettled>());
        line.Prove();
        whole.Prove();
    }

    [Fact]
    public void A_waiting_credit_balance_meets_a_row_that_falls_due()
    {
        var line = TestLine.Opened("2026-05-02", limit: 500, terms: LoanLine.Reserve).Pay(500).Borrow(500, "week", 1, "a").On("2026-05-10");
        Assert.Equal((Yuan(0), 0, 0), (line.State.CreditBalance, line.State.Loans.Count, line.State.DaysPastDue(line.Today)));
        line.Prove();
    }

    [Fact]
    public void Shared_due_days_stay_shared_through_short_months()
    {
        var shared = LoanLine.Terms(LoanLine.Cash.Loan! with { DueDay = DueDayRule.Shared });
        var line = TestLine.Opened("2024-10-31", terms: shared).Borrow(1_000, count: 6, id: "a")
            .On("2024-11-25").Borrow(1_000, count: 6, id: "b");
        Assert.Equal(
            ["2024-12-31", "2025-01-31", "2025-02-28", "2025-03-31"],
            line.Loan("b").Rows.Take(4).Select(row => $"{row.DueOn:yyyy-MM-dd}"));
        Assert.Equal(line.Loan("a").Rows[1].DueOn, line.Loan("b").Rows[0].DueOn);
    }

    [Fact]
    public void A_late_repayment_and_a_late_disbursement_refold_the_loan()
    {
        var onTime = TestLine.Opened("2025-01-15", terms: LoanLine.Cash).Borrow(10_000).On("2025-02-15").PayDue().On("2025-03-01");
        var late = TestLine.Opened("2025-01-15", terms: LoanLine.Cash).Borrow(10_000).On("2025-03-01");
        Assert.Equal(14, late.State.DaysPastDue(late.Today));
        late.Pay(900.41m, effective: "2025-02-15");
        Assert.Equal(0, late.State.DaysPastDue(late.Today));
        Assert.Equal(onTime.State.TotalDebt(onTime.Terms, onTime.Today), late.State.TotalDebt(late.Terms, late.Today));
        late.Prove();
        var paidOut = TestLine.Opened("2025-01-15", terms: LoanLine.Cash);
        paidOut.Accept(paidOut.Request(10_000));
        paidOut.On("2025-01-17").Accept(new ConfirmDisbursement("loan-1", "x") { EffectiveOn = new DateOnly(2025, 1, 15) });
        Assert.Equal(new DateOnly(2025, 1, 15), paidOut.Loan().StartedOn);
        paidOut.Prove();
    }

    [Fact]
    public void An_account_with_a_loan_closes_after_it_is_settled()
    {
        var line = TestLine.Opened("2025-01-15", terms: LoanLine.Cash).Borrow(1_000, count: 3);
        var blocked = line.Refuse<ClosingBlocked>(new RequestClosing(ClosingMode.Now, "2026-01", "x") { EffectiveOn = line.Today });
        Assert.Contains(blocked.Blockers, blocker => blocker.Code == BlockerCode.LoanOpen && blocker.Detail == "loan-1");
        line.Pay(1_000);
        line.Accept(new RequestClosing(ClosingMode.Now, "2026-01", "x") { EffectiveOn = line.Today });
        line.Accept(new ConfirmClosing(true, false) { EffectiveOn = line.Today });
        Assert.IsType<Closed>(line.State.Lifecycle);
        line.Prove();
    }
}
