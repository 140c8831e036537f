namespace Mingzhang.Domain.Tests.Relief;

/// <summary>Agreements that end before their time: where rows, carried charges and plans of bills stand afterwards.</summary>
public sealed class WayBackTests
{
    private static readonly ProductTerms Waiving = ReliefLine.Cash with { Relief = ReliefLine.Rules with { WaivesPrincipal = true } };

    [Fact]
    public void Rows_of_days_that_have_passed_share_tomorrow_and_can_be_lowered_there()
    {
        var line = Called("2025-04-20");
        Assert.Equal(
            ["2025-04-21", "2025-04-21", "2025-05-15"], line.Loan().Rows.Take(3).Select(row => row.DueOn.ToString("yyyy-MM-dd", null)));
        var left = line.State.PrincipalLeft("loan-1");
        var interest = line.State.SettlementOf(line.Loan(), line.Today).Interest;
        line.Accept(line.Payment((interest + Yuan(1_000)).MinorUnits / 100m, named: new DebtName(null, null, null, "loan-1")) with
        {
            Early = EarlyMode.Lower,
        });
        Assert.Equal(left - Yuan(1_000), line.Loan().Rows.Sum(Currency.Cny, row => row.Principal));
        Assert.Equal(11, line.Loan().Rows.Count);
        Assert.All(line.Loan().Rows, row => Assert.True(row.Principal.IsPositive));
        line.Prove();
    }

    [Fact]
    public void A_row_that_left_the_loans_day_keeps_its_own_when_it_is_deferred_again()
    {
        var line = Called("2025-04-20").Agree(ReliefLine.Deferral(1), "help-2");
        Assert.Equal(
            ["2025-05-21", "2025-05-21", "2025-06-15"], line.Loan().Rows.Take(3).Select(row => row.DueOn.ToString("yyyy-MM-dd", null)));
        line.Prove();
    }

    [Fact]
    public void What_the_first_row_carries_after_the_way_back_moves_with_it_when_it_is_deferred()
    {
        var line = Borrowed().Agree(ReliefLine.ReAge(3, first: "2025-05-20")).On("2025-05-01");
        line.Accept(line.End());
        var (first, carried) = (line.Loan().Rows[0].Number, line.State.Carried("loan-1"));
        Assert.Equal(carried, line.State.Carried("loan-1", first));
        line.Agree(ReliefLine.Deferral(2), "help-2");
        Assert.Equal((carried, carried), (line.State.Carried("loan-1"), line.State.Carried("loan-1", first)));
        line.Prove();
    }

    [Fact]
    public void When_all_principal_was_waived_one_row_is_left_for_what_is_carried()
    {
        var line = Borrowed().Agree(ReliefLine.ReAge(3, first: "2025-05-20")).On("2025-05-01");
        line.Accept(Waive(line, Component.Principal, line.State.PrincipalLeft("loan-1")));
        var owed = line.State.TotalDebt(line.Terms, line.Today);
        line.Accept(line.End());
        var row = Assert.Single(line.Loan().Rows);
        Assert.Equal((Yuan(0), owed), (row.Principal, line.State.Carried("loan-1", row.Number)));
        line.On("2025-05-15").PayDue();
        Assert.Empty(line.State.Loans);
        line.Prove();
    }

    [Fact]
    public void A_plan_of_bills_is_due_with_the_next_statement_also_after_the_due_day_changed()
    {
        var line = Billed().On("2026-05-15");
        line.Accept(new ChangeDueDay(20) { EffectiveOn = line.Today });
        line.On("2026-05-20").Agree(ReliefLine.Replan(10, null)).On("2026-06-12");
        line.Accept(line.End());
        Assert.Equal(new DateOnly(2026, 7, 20), Assert.Single(line.Loan("help-1").Rows).DueOn);
        line.On("2026-07-10");
        Assert.Empty(line.Loan("help-1").Rows);
        line.Prove();
    }

    [Fact]
    public void A_plan_of_bills_whose_rows_have_all_been_billed_gets_no_new_one()
    {
        var line = Billed().On("2026-05-20").Agree(ReliefLine.Replan(1, null)).On("2026-06-05");
        line.Accept(line.End());
        Assert.Empty(line.Loan("help-1").Rows);
        line.On("2026-06-10").Pay(1_004.50m);
        Assert.Empty(line.State.Loans);
        line.Prove();
    }

    [Fact]
    public void A_loan_of_which_only_charges_are_left_stands_in_the_way_of_closing()
    {
        var line = Borrowed();
        line.Accept(Waive(line, Component.Principal, line.State.PrincipalLeft("loan-1")));
        line.Accept(Waive(line, Component.Interest, line.State.Items.Sum(Currency.Cny, item =>
            item.Component == Component.Interest ? item.Unpaid : Yuan(0)), "waiver-2"));
        var charge = line.State.TotalDebt(line.Terms, line.Today);
        Assert.All(line.State.Items, item => Assert.Equal(Component.OverdueCharge, item.Component));
        var blocked = line.Refuse<ClosingBlocked>(new RequestClosing(ClosingMode.Now, line.Terms.Closing.NoticeVersion, "moving")
        {
            EffectiveOn = line.Today,
        });
        Assert.Equal((BlockerCode.LoanOpen, charge), (Assert.Single(blocked.Blockers).Code, blocked.Blockers[0].Amount));
    }

    [Fact]
    public void What_a_credit_balance_will_pay_stands_in_the_cost_table()
    {
        var line = TestLine.Opened("2025-01-15", terms: ReliefLine.Cash).Pay(12_000).Borrow(10_000).On("2025-01-20");
        var quote = line.Relief(ReliefLine.Deferral(2))!;
        Assert.Equal((Yuan(10_000), 12), (quote.After.Owed, quote.After.Days.Count));
        line.Agree(ReliefLine.Deferral(2));
        line.Prove();
    }

    private static TestLine Called(string on)
    {
        var line = TestLine.Opened("2025-01-15", terms: ReliefLine.Cash).Borrow(10_000).On("2025-02-15").PayDue();
        line.On("2025-02-20").Agree(ReliefLine.Deferral(2)).On(on);
        line.Accept(line.End());
        return line;
    }

    private static TestLine Borrowed() => TestLine.Opened("2025-01-15", terms: Waiving).Borrow(10_000).On("2025-04-25");

    private static TestLine Billed() => TestLine.Opened("2026-04-20", terms: ReliefLine.Bills).Buy(1_000).On("2026-05-01");

    private static WaiveDebt Waive(TestLine line, Component component, Money amount, string id = "waiver-1") =>
        new(id, "loan-1", [new WaivedPart(component, amount)], "hardship") { EffectiveOn = line.Today };
}
