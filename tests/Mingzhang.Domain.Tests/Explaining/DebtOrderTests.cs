namespace Mingzhang.Domain.Tests.Explaining;

/// <summary>Which debt to repay first, and what a sum put there saves.</summary>
public sealed class DebtOrderTests
{
    [Fact]
    public void What_revolves_costs_its_price_a_day_and_a_sum_put_there_saves_exactly_that()
    {
        var line = TestLine.Opened().Buy(1_000).On("2026-05-05").Pay(100).On("2026-05-11");
        var debt = Assert.Single(Of(line));
        Assert.Equal((DebtPart.Revolving, Yuan(900), 182_500L), (debt.Part, debt.Amount, debt.YearlyPpm));
        var step = Assert.Single(DebtOrder.Spend([debt], Yuan(200)));
        Assert.Equal((Yuan(0.10m), Yuan(3)), (Saved(step, 1), Saved(step, 30)));

        // The same money, paid today, is what the account itself no longer charges in thirty days.
        var without = DebtIn30Days(line);
        Assert.Equal(Yuan(203), without - DebtIn30Days(line.Pay(200)));
    }

    [Fact]
    public void The_dearest_comes_first_and_what_bears_nothing_last()
    {
        var dear = TestLine.Opened("2026-01-15", terms: LoanLine.Cash).Borrow(2_000, "dear", 6);
        var cheap = TestLine.Opened("2026-01-15", terms: LoanLine.Cash).Borrow(3_000);
        var free = TestLine.Opened().Buy(1_000).On("2026-05-02");
        var sorted = DebtOrder.Sorted([.. Of(free), .. Of(cheap), .. Of(dear)]);
        Assert.Equal([182_500L, 146_000L, 0L], sorted.Select(one => one.YearlyPpm));
        Assert.Equal((DebtPart.Free, new DateOnly(2026, 5, 10)), (sorted[2].Part, sorted[2].FreeUntil));
        var steps = DebtOrder.Spend(sorted, Yuan(2_500));
        Assert.Equal([Yuan(2_000), Yuan(500)], steps.Select(step => step.Pay));
        Assert.Equal((Yuan(1), Yuan(0.20m)), (Saved(steps[0], 1), Saved(steps[1], 1)));
    }

    [Fact]
    public void A_plan_costs_what_settling_it_saves_and_nothing_where_the_fee_is_owed_anyway()
    {
        var line = TestLine.Opened(terms: LoanLine.WithPlans).Buy(1_000).On("2026-05-01");
        line.Accept(line.Plan(12, bill: "2026-05-01"));
        var plan = Assert.Single(Of(line), one => one.Part == DebtPart.Plan);
        Assert.Equal((Yuan(1_000), Yuan(88)), (plan.Amount, plan.SavedBySettling));
        Assert.InRange(plan.YearlyPpm, 158_000, 159_300); // case T1, within the fen that rows are rounded to
        Assert.Equal(Yuan(0), DebtOrder.Spend([plan], Yuan(999.99m))[0].SavedAtOnce);
        Assert.Equal(Yuan(88), DebtOrder.Spend([plan], Yuan(2_000))[0].SavedAtOnce);

        var kept = line.State with
        {
            Loans = line.State.Loans.Map(loan => loan with { Early = new EarlyTerms(false, EarlyFee.RemainingFee, 0) }),
        };
        plan = Assert.Single(DebtOrder.Of(kept, line.Today), one => one.Part == DebtPart.Plan);
        Assert.Equal((0L, Yuan(0), Yuan(1_088)), (plan.YearlyPpm, plan.SavedBySettling, plan.Amount));
    }

    [Fact]
    public void Late_rows_of_a_loan_bear_the_penalty_and_are_counted_once()
    {
        var line = TestLine.Opened("2025-01-15", terms: LoanLine.Cash).Borrow(10_000).On("2025-03-20");
        var debts = DebtOrder.Sorted(Of(line));
        Assert.Equal([DebtPart.LateLoan, DebtPart.Loan], debts.Select(one => one.Part).Where(part => part != DebtPart.Free));
        Assert.Equal(219_000, debts[0].YearlyPpm);
        var posted = line.State.Items.Aggregate(Yuan(0), (sum, item) => sum + item.Unpaid);
        Assert.Equal(posted, debts.Aggregate(Yuan(0), (sum, one) => sum + one.Amount));
    }

    [Fact]
    public void A_row_of_a_loan_tells_interest_fee_and_what_is_left_apart_and_the_penalty_beside_them()
    {
        var line = TestLine.Opened("2025-01-15", terms: LoanLine.Cash).Borrow(10_000).On("2025-03-20");
        var told = Explainer.Loan(line.State, line.History, line.Book, line.Terms, line.Today, "loan-1")!;
        Assert.All(told.Lines, row => Assert.Equal((row.Total, Yuan(0)), (row.Principal + row.Parts.Interest, row.Parts.Fee)));
        Assert.Equal(Yuan(124), told.Lines[0].Parts.Interest); // 10,000.00 at 0.04 % for 31 days
        Assert.Equal(Yuan(10_000) - told.Lines[0].Principal, told.Lines[0].Parts.Remaining);
        Assert.Equal(Yuan(0), told.Lines[^1].Parts.Remaining);
        Assert.True(told.Penalty.IsPositive);
        Assert.Equal(line.State.DueNow(line.Loan(), line.Today) - told.Lines[0].Unpaid - told.Lines[1].Unpaid, told.Penalty);

        var plan = TestLine.Opened(terms: LoanLine.WithPlans).Buy(1_000).On("2026-05-01");
        plan.Accept(plan.Plan(12, bill: "2026-05-01"));
        var rows = Explainer.Loan(plan.State, plan.History, plan.Book, plan.Terms, plan.Today, "plan-1")!.Lines;
        Assert.Equal(Yuan(88), rows.Aggregate(Yuan(0), (sum, row) => sum + row.Parts.Fee));
        Assert.All(rows, row => Assert.Equal(Yuan(0), row.Parts.Interest));
    }

    private static ValueList<PricedDebt> Of(TestLine line) => DebtOrder.Of(line.State, line.Today);

    private static Money DebtIn30Days(TestLine line) => Explainer.RunAhead(line.State, line.Terms, new DateOnly(2026, 5, 31)).State
        .TotalDebt(line.Terms, new DateOnly(2026, 6, 10));

    private static Money Saved(DebtStep step, int days) => step.SavedIn(days).RoundToMoney(Currency.Cny, Rounding.HalfUp);
}
