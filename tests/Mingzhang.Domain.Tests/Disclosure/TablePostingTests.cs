using Mingzhang.Domain.Disclosure;

namespace Mingzhang.Domain.Tests.Disclosure;

/// <summary>Nothing outside the confirmed table can ever be posted: the check is in front of every event.</summary>
public sealed class TablePostingTests
{
    private static readonly LoanTerms Dear = LoanLine.Cash.Loan! with { Early = new EarlyTerms(true, EarlyFee.PercentOrPeriod, 30_000) };

    [Fact]
    public void A_loan_keeps_what_its_confirmed_table_lists()
    {
        var line = TestLine.Opened("2025-01-15", terms: LoanLine.Cash with { Loan = Dear });
        var asked = line.Request(10_000);
        line.Borrow(10_000);

        Assert.Equal([CostKind.Interest, CostKind.LateCharge, CostKind.EarlyFee], line.Loan().Listed.Select(cost => cost.Kind));
        Assert.Equal((80_493, asked.Disclosure!.CostTable), (line.Loan().Listed[0].AmountMinor, line.Loan().CostTable));
        line.On("2025-03-20").Pay(4_000);
        Assert.NotEmpty(line.Events.OfType<EarlyFeePosted>());
        line.Prove();
    }

    [Theory]
    [InlineData(CostKind.Interest)]
    [InlineData(CostKind.EarlyFee)]
    [InlineData(CostKind.LateCharge)]
    public void A_planted_posting_that_the_table_does_not_list_stops_at_the_check(CostKind forgotten)
    {
        var line = TestLine.Opened("2025-01-15", terms: LoanLine.Cash with { Loan = Dear }).Borrow(10_000).On("2025-02-20");
        var planted = line.State with
        {
            Loans = line.State.Loans.Map(loan => loan with { Listed = loan.Listed.Where(cost => cost.Kind != forgotten) }),
        };
        var stopped = Assert.Throws<BrokenInvariantException>(() => Decide(planted, line));

        Assert.StartsWith("52:", stopped.Message, StringComparison.Ordinal);
        Assert.Contains(forgotten.ToString(), stopped.Message, StringComparison.Ordinal);
        Assert.IsType<Accepted>(Decide(line.State, line));
    }

    [Fact]
    public void Fees_of_a_plan_are_at_most_those_of_its_table()
    {
        var line = TestLine.Opened(terms: LoanLine.WithPlans).Buy(1_200).On("2026-05-01");
        line.Accept(line.Plan(12, bill: "2026-05-01"));
        var plan = line.State.Loans[0];
        Assert.Equal(new ListedCost(CostKind.Fee, 10_560), plan.Listed.Find(cost => cost.Kind == CostKind.Fee));

        var dearer = plan.Rows.Map(row => row with { Charge = row.Charge + Yuan(0.01m) });
        var above = TablePosting.Of(line.State, new LoanRescheduled(plan.Id, dearer, EarlyMode.Lower) { EffectiveOn = line.Today });
        Assert.Equal(Yuan(105.60m), Assert.IsType<AboveTable>(above).Listed);
        var interest = new InstalmentDue(plan.Id, 1, line.Today, Yuan(100), plan.Rows[0].Charge + Yuan(1), 99, default)
        {
            EffectiveOn = line.Today,
        };
        Assert.Equal(CostKind.Interest, Assert.IsType<OutsideTable>(TablePosting.Of(line.State, interest)).Kind);
    }

    [Fact]
    public void A_late_charge_on_a_bill_must_be_listed_by_every_plan_that_bears_it()
    {
        var line = TestLine.Opened(terms: LoanLine.WithPlans).Buy(1_200).On("2026-05-01");
        line.Accept(line.Plan(12, bill: "2026-05-01"));
        line.On("2026-07-05");
        Assert.Contains(line.State.Items, item => item is { LoanId: not null, Bearing: Bearing.Overdue });
        var charge = new OverdueChargePosted(99, Yuan(1), 0, 1) { EffectiveOn = line.Today };
        var silent = line.State with
        {
            Loans = line.State.Loans.Map(loan => loan with { Listed = [new ListedCost(CostKind.Fee, 1)] }),
        };

        Assert.IsType<InTable>(TablePosting.Of(line.State, charge));
        Assert.IsType<OutsideTable>(TablePosting.Of(silent, charge));
    }

    private static Decision Decide(AccountState state, TestLine line)
    {
        var trace = default(NoTrace);
        return AccountDecider.Decide(state, line.Payment(4_000), line.Terms, line.Today, ref trace);
    }
}
