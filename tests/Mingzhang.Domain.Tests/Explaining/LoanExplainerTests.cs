namespace Mingzhang.Domain.Tests.Explaining;

/// <summary>What people are told about loans and plans: limit, use, bills, rows.</summary>
public sealed class LoanExplainerTests
{
    private static readonly DebtName Plan = new(null, null, null, "plan-1");

    [Fact]
    public void The_limits_terms_name_requests_and_rows_and_sum_exactly()
    {
        var line = TestLine.Opened("2026-01-15", terms: LoanLine.Cash).Borrow(3_000, count: 3);
        line.Accept(line.Request(1_000, "first", 3, "loan-2"));
        var limit = Explainer.Limit(line.State, line.History, line.Book, line.Today, null);
        Assert.Equal(Yuan(6_000), limit.Available);
        Assert.Equal(limit.Available.MinorUnits, limit.Terms.Sum(term => term.Amount.MinorUnits));
        Assert.Equal(limit.Available.MinorUnits, limit.History.Sum(step => step.Change.MinorUnits));
        Assert.Equal(3, limit.Terms.Count(term => term is { Kind: LimitTermKind.Loan, Reference: "loan-1" }));
        var request = Assert.Single(limit.Terms, term => term.Kind == LimitTermKind.Request);
        Assert.Equal((Yuan(-1_000), "loan-2", new DateOnly(2026, 1, 18)), (request.Amount, request.Reference, request.ReturnsOn));
    }

    [Fact]
    public void Use_of_a_loan_line_asks_whether_a_loan_would_be_accepted()
    {
        var line = TestLine.Opened("2026-01-15", 1_000, LoanLine.Cash);
        Assert.True(Explainer.Use(line.State, line.Terms, line.Today, null, null).Usable);
        line.Borrow(1_000, count: 3);
        var full = Explainer.Use(line.State, line.Terms, line.Today, null, null);
        Assert.Equal((false, "B01_LIMIT_OCCUPIED", Yuan(1_000)), (full.Usable, full.Reasons[0].Code, full.Reasons[0].Amount));
        line.On("2026-03-01");
        Assert.Contains(Explainer.Use(line.State, line.Terms, line.Today, null, null).Reasons, reason => reason.Code == "P02_OTHER_BILL");
    }

    [Fact]
    public void Use_of_a_line_with_a_plan_names_the_principal_that_holds_the_limit()
    {
        var line = TestLine.Opened(limit: 1_000, terms: LoanLine.WithPlans).Buy(1_000).On("2026-05-01");
        line.Accept(line.Plan(12, bill: "2026-05-01"));
        var why = Explainer.Use(line.State, line.Terms, line.Today, Yuan(50), null);
        Assert.Contains(why.Reasons, reason => reason.Code == "B02_INSTALMENT_HOLD" && reason.Amount == Yuan(1_000));
    }

    [Fact]
    public void A_bill_with_rows_of_a_plan_explains_every_line()
    {
        var line = TestLine.Opened(terms: LoanLine.WithPlans).Buy(1_000).On("2026-05-01");
        line.Accept(line.Plan(12, bill: "2026-05-01"));
        line.On("2026-06-01");
        var bill = Explainer.Bill(line.History, line.Book, new DateOnly(2026, 6, 1))!;
        Assert.Equal(bill.Bill.Closing.MinorUnits, bill.Bill.Opening.MinorUnits + bill.Lines.Sum(l => l.Amount.MinorUnits));
        Assert.Equal(["plan-started", "instalment-due"], bill.Lines.Select(l => l.Event));
        Assert.Equal((Yuan(-1_000), Yuan(90.66m)), (bill.Lines[0].Amount, bill.Lines[1].Amount));
    }

    [Fact]
    public void A_bill_after_a_plan_was_settled_early_explains_every_line()
    {
        var line = TestLine.Opened(terms: LoanLine.WithPlans).Buy(1_000).On("2026-05-01");
        line.Accept(line.Plan(12, bill: "2026-05-01"));
        line.On("2026-06-05").Pay(1_007.33m, named: Plan).On("2026-07-01");
        var bill = Explainer.Bill(line.History, line.Book, new DateOnly(2026, 7, 1))!;
        Assert.Equal((Yuan(90.66m), Yuan(0)), (bill.Bill.Opening, bill.Bill.Closing));
        Assert.Equal(Yuan(-90.66m), Assert.Single(bill.Lines).Amount);
    }

    [Fact]
    public void A_loan_is_told_row_by_row()
    {
        var line = TestLine.Opened("2025-01-15", terms: LoanLine.Cash).Borrow(10_000);
        line.On("2025-02-15").PayDue().On("2025-03-20");
        var told = Told(line);
        Assert.Equal(12, told.Lines.Count);
        Assert.Equal([RowStage.Paid, RowStage.Overdue, RowStage.Ahead], told.Lines.Take(3).Select(row => row.Stage));
        Assert.Equal((2, Yuan(900.41m), Yuan(900.41m)), (told.Next!.Number, told.Next.Total, told.Next.Unpaid));
        Assert.Equal((Yuan(10_000), Yuan(804.93m)), (Sum(told, row => row.Principal), Sum(told, row => row.Charge)));
        Assert.Null(Explainer.Loan(line.State, line.History, line.Book, line.Terms, line.Today, "loan-9"));
    }

    [Fact]
    public void A_row_has_interest_fee_penalty_and_rest_apart()
    {
        var line = TestLine.Opened("2025-01-15", terms: LoanLine.Cash).Borrow(10_000);
        line.On("2025-02-15").PayDue().On("2025-03-25");
        var rows = Told(line).Lines;
        Assert.Equal((Yuan(124), Yuan(0), Yuan(0), Yuan(9_223.59m)), Parts(rows[0]));
        // 900.41 late for ten days at 0.06 %: 797.11 and 103.30 apart, 4.78 + 0.62.
        Assert.Equal((Yuan(103.30m), Yuan(0), Yuan(5.40m), Yuan(8_426.48m)), Parts(rows[1]));
        Assert.Equal(Yuan(0), rows[^1].Parts.Remaining);
        Assert.All(rows, row => Assert.Equal(row.Charge, row.Parts.Interest + row.Parts.Fee + row.Parts.Carried));

        line.On("2025-04-20");
        var late = Told(line).Lines.Where(row => row.Stage == RowStage.Overdue).ToList();
        Assert.Equal(2, late.Count);
        var settlement = line.State.SettlementOf(line.Loan(), line.Today);
        Assert.Equal(settlement.Due, late.Aggregate(Yuan(0), (sum, row) => sum + row.Unpaid + row.Parts.Penalty));
        Assert.True(late[0].Parts.Penalty > late[1].Parts.Penalty && late[1].Parts.Penalty.IsPositive);

        var plan = TestLine.Opened(terms: LoanLine.WithPlans).Buy(1_000).On("2026-05-01");
        plan.Accept(plan.Plan(12, bill: "2026-05-01"));
        var first = Explainer.Loan(plan.State, plan.History, plan.Book, plan.Terms, plan.Today, "plan-1")!.Lines[0];
        Assert.Equal((Yuan(0), Yuan(7.33m), Yuan(0), Yuan(916.67m)), Parts(first));
    }

    private static (Money Interest, Money Fee, Money Penalty, Money Remaining) Parts(LoanRowTold row) =>
        (row.Parts.Interest, row.Parts.Fee, row.Parts.Penalty, row.Parts.Remaining);

    [Fact]
    public void A_settled_loan_is_still_told()
    {
        var line = TestLine.Opened("2025-01-15", terms: LoanLine.Cash).Borrow(10_000).On("2025-01-22");
        line.Pay(10_028, named: new DebtName(null, null, null, "loan-1"));
        var told = Told(line);
        Assert.Equal((new DateOnly(2025, 1, 22), 0, null), (told.SettledOn, told.Lines.Count, told.Next));
        Assert.Equal(Yuan(10_000), told.Loan.Principal);
    }

    [Fact]
    public void What_may_be_paid_is_exactly_what_settles_everything()
    {
        var line = TestLine.Opened("2025-01-15", terms: LoanLine.Cash).Borrow(10_000).On("2025-01-22");
        Assert.Equal(Yuan(10_028), Explainer.Payable(line.State, line.Terms, line.Today));
    }

    private static LoanExplanation Told(TestLine line) =>
        Explainer.Loan(line.State, line.History, line.Book, line.Terms, line.Today, "loan-1")!;

    private static Money Sum(LoanExplanation told, Func<LoanRowTold, Money> part) =>
        told.Lines.Aggregate(Yuan(0), (sum, row) => sum + part(row));
}
