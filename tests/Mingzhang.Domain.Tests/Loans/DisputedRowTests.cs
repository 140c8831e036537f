namespace Mingzhang.Domain.Tests.Loans;

/// <summary>Disputes of a purchase that is paid in instalments.</summary>
public sealed class DisputedRowTests
{
    [Fact]
    public void Upheld_the_rows_not_yet_due_are_cancelled_with_their_charge_and_the_statement_agrees()
    {
        var line = InTwelve();
        line.On("2026-05-01");
        line.Accept(Dispute(line));
        line.On("2026-05-05").Accept(new ResolveDispute("d-1", DisputeOutcome.Upheld) { EffectiveOn = line.Today });
        Assert.Equal(Yuan(7.50m), line.State.TotalDebt(line.Terms, line.Today));
        Assert.Empty(line.Loan().Rows);
        line.Pay(7.50m).On("2026-06-01");
        var bill = line.Bill("2026-06-01");
        Assert.Equal((Yuan(107.50m), Yuan(0)), (bill.Opening, bill.Closing));
        Assert.Single(line.Events.OfType<LoanSettled>());
        line.Prove();
    }

    [Fact]
    public void Disputed_rows_take_no_early_money_and_bear_no_fee_for_it()
    {
        var line = InTwelve();
        line.Accept(Dispute(line));
        line.On("2026-05-01").Refuse<DebtUnknown>(line.Payment(500, named: new DebtName(null, null, null, "loan-1")));
        line.Pay(500);
        Assert.Empty(line.Events.OfType<EarlyFeePosted>());
        Assert.Equal((Yuan(500), Yuan(1_200)), (line.State.CreditBalance, line.State.PrincipalLeft("loan-1")));
        Assert.Equal(Yuan(0), line.State.SettlementOf(line.Loan(), line.Today).Principal);
        line.Prove();
    }

    [Fact]
    public void What_a_plan_charges_while_it_is_disputed_asks_for_nothing_and_goes_with_it()
    {
        var line = DisputedForTwoStatements();
        Assert.Equal((Yuan(0), Yuan(0)), (line.Bill("2026-06-01").Minimum, line.Bill("2026-07-01").Minimum));
        Assert.Equal((0, Yuan(1_115)), (line.State.DaysPastDue(line.Today), line.State.TotalDebt(line.Terms, line.Today)));
        line.Refuse<RepaymentAboveDebt>(line.Payment(7.50m) with { By = Actor.Borrower });
        line.Accept(new ResolveDispute("d-1", DisputeOutcome.Upheld) { EffectiveOn = line.Today });
        Assert.Equal(Yuan(0), line.State.TotalDebt(line.Terms, line.Today));
        line.On("2026-08-01").Prove();
    }

    [Fact]
    public void Rejected_rows_and_charges_come_back_as_they_were()
    {
        var line = DisputedForTwoStatements();
        line.Accept(new ResolveDispute("d-1", DisputeOutcome.Rejected) { EffectiveOn = line.Today });
        Assert.Equal(Yuan(1_115), line.State.TotalDebt(line.Terms, line.Today));
        Assert.Equal((Yuan(107.50m), Yuan(215)), (line.Bill("2026-06-01").Minimum, line.Bill("2026-07-01").Minimum));
        line.Pay(215);
        Assert.Equal((0, Yuan(900)), (line.State.DaysPastDue(line.Today), line.State.TotalDebt(line.Terms, line.Today)));
        line.Prove();
    }

    [Fact]
    public void Lowered_rows_begin_unpaid_also_when_a_row_keeps_its_amount()
    {
        var line = InTwelve();
        line.Accept(line.Payment(0.01m, named: new DebtName(null, null, null, "loan-1")) with { Early = EarlyMode.Lower });
        Assert.All(line.State.Items.Where(item => item.Scheduled), item => Assert.Equal(Yuan(0), item.Paid));
        line.Prove();
    }

    private static OpenDispute Dispute(TestLine line) =>
        new("d-1", new DebtName("p-1", null, null), "not mine") { EffectiveOn = line.Today };

    // The first row is paid; the second and the third stand on the statements of June and July.
    private static TestLine DisputedForTwoStatements()
    {
        var line = InTwelve().On("2026-05-01").Pay(107.50m).On("2026-05-06");
        line.Accept(Dispute(line));
        return line.On("2026-07-12");
    }

    // 1,200.00 in 12 at 7.5 %: 100.00 + 7.50 a month; early repayment in part at 3 %.
    private static TestLine InTwelve()
    {
        var line = TestLine.Opened(terms: LoanLine.WithPlans with
        {
            Instalments = LoanLine.WithPlans.Instalments! with { Early = new EarlyTerms(true, EarlyFee.PercentOrPeriod, 30_000) },
        });
        line.Buy(1_200, "p-1").Accept(line.Plan(12, purchase: "p-1", id: "loan-1"));
        return line;
    }
}
