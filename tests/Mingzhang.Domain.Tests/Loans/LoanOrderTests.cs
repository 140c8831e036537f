namespace Mingzhang.Domain.Tests.Loans;

/// <summary>Which debt money meets, and which refusal comes first, where several loans or plans stand side by side.</summary>
public sealed class LoanOrderTests
{
    [Fact]
    public void What_a_named_loan_leaves_is_no_part_of_another_that_is_repaid_whole_only()
    {
        var whole = LoanLine.Terms(LoanLine.Cash.Loan! with { Early = new EarlyTerms(false, EarlyFee.None, 0) });
        var line = TestLine.Opened("2025-01-15", terms: whole).Borrow(3_000, count: 3, id: "a").Borrow(2_000, count: 3, id: "b");
        line.On("2025-01-22");
        var named = new DebtName(null, null, null, "b");
        line.Refuse<EarlyPartNotOffered>(line.Payment(2_005.61m, named: named) with { By = Actor.Borrower });
        line.Pay(2_005.61m, named: named);
        Assert.Equal((Yuan(0.01m), Yuan(3_000)), (line.State.CreditBalance, line.State.PrincipalLeft("a")));
        line.Prove();
    }

    [Fact]
    public void A_checkout_plan_without_the_permission_to_convert_is_refused_before_the_limit_is_asked()
    {
        var line = TestLine.Opened(limit: 1_000, terms: LoanLine.WithPlans);
        line.Accept(new Restrict("x", [Permission.Convert], RestrictionReason.Risk, null, Actor.Staff, null) { EffectiveOn = line.Today });
        line.Refuse<PermissionAway>(new AuthorisePurchase("p-1", Yuan(1_001), "groceries", "m")
        {
            EffectiveOn = line.Today, Plan = new CheckoutPlan("plan-1", 3, CostBearer.Buyer, null),
        });
        line.Refuse<LimitExceeded>(new AuthorisePurchase("p-1", Yuan(1_001), "groceries", "m") { EffectiveOn = line.Today });
    }

    [Fact]
    public void Lowered_rows_keep_their_age_also_when_the_money_had_emptied_them()
    {
        var shared = LoanLine.Terms(LoanLine.Cash.Loan! with { DueDay = DueDayRule.Shared });
        var line = TestLine.Opened("2025-01-15", terms: shared).Borrow(3_000, "principal", 10, "a").Borrow(3_000, "principal", 10, "b");
        var before = line.Loan("a").Rows.Select(row => row.ItemId);
        line.Accept(line.Payment(1_500, named: new DebtName(null, null, null, "a")) with { Early = EarlyMode.Lower });
        Assert.Equal(before, line.Loan("a").Rows.Select(row => row.ItemId));
        Assert.Equal(Yuan(150), line.Loan("a").Rows[9].Principal);
        Assert.Equal(line.State.Items.Select(item => item.Id).Order(), line.State.Items.Select(item => item.Id));
        line.Prove();
    }

    [Fact]
    public void A_credit_balance_waits_for_a_row_and_not_for_any_day()
    {
        var line = TestLine.Opened("2025-01-15", terms: LoanLine.Cash).Pay(2_000).Borrow(1_000, count: 3, id: "a").On("2025-01-25");
        line.Pay(0.01m).Accept(line.Request(1_000, count: 3, id: "b"));
        Assert.Equal(Yuan(3.99m), line.State.DueNow(line.Loan("a"), line.Today));
        line.On("2025-01-28");
        Assert.Single(line.Events.OfType<LoanRequestLapsed>());
        Assert.Equal((Yuan(2_000), Yuan(3.99m)), (line.State.CreditBalance, line.State.DueNow(line.Loan("a"), line.Today)));
        line.On("2025-02-15");
        Assert.Equal(Yuan(0), line.State.DueNow(line.Loan("a"), line.Today));
        line.Prove();
    }

    [Fact]
    public void A_joining_row_is_no_older_than_what_was_bought_before_it()
    {
        var line = TestLine.Opened(terms: LoanLine.WithPlans).Buy(1_200, "plan").Buy(300, "plain");
        line.Accept(line.Plan(12, purchase: "plan"));
        line.Accept(new ReceiveRefund("f", "plan", Yuan(350)) { EffectiveOn = line.Today, Mode = EarlyMode.Credit });
        line.On("2026-05-01");
        Assert.Equal((Yuan(0), Yuan(57.50m)), (line.State.CreditBalance, line.Bill("2026-05-01").Closing));
        Assert.Equal(Yuan(57.50m), line.State.DueNow(line.Loan("plan-1"), line.Today));
        line.Prove();
    }

    [Fact]
    public void A_plan_whose_planned_day_has_passed_can_still_be_lowered()
    {
        var part = LoanLine.WithPlans with
        {
            MonthsBetweenDueDayChanges = 0,
            Instalments = LoanLine.WithPlans.Instalments! with { Early = new EarlyTerms(true, EarlyFee.None, 0) },
        };
        var line = TestLine.Opened(terms: part);
        line.Accept(new ChangeDueDay(8) { EffectiveOn = line.Today });
        line.On("2026-05-02").Buy(1_200, "tv").Accept(line.Plan(12, purchase: "tv"));
        line.Accept(new ChangeDueDay(20) { EffectiveOn = line.Today });
        line.On("2026-07-09").Accept(line.Payment(500, named: new DebtName(null, null, null, "plan-1")) with { Early = EarlyMode.Lower });
        Assert.Equal(new DateOnly(2026, 7, 8), line.Loan("plan-1").Rows[0].DueOn);
        Assert.Single(line.Events.OfType<LoanRescheduled>());
        line.Prove();
    }
}
