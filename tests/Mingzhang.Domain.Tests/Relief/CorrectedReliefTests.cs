namespace Mingzhang.Domain.Tests.Relief;

/// <summary>Agreements whose ground a correction takes away: what was agreed is not asked again, but without a debt it begins
/// nothing.</summary>
public sealed class CorrectedReliefTests
{
    [Fact]
    public void An_agreement_about_a_loan_that_a_late_payment_had_repaid_does_not_begin()
    {
        var line = Running().On("2025-02-20").Agree(ReliefLine.Deferral(2)).On("2025-03-01");
        line.Accept(line.Payment(9_500, effective: "2025-02-18"));
        Assert.Empty(line.State.Loans);
        Assert.Empty(line.State.Reliefs);
        Assert.Empty(line.State.PastReliefs);
        Assert.Equal(Yuan(265.34m), line.State.CreditBalance); // 9,500.00 less 9,223.59 and 3 days of interest, 11.07
        line.Prove();
    }

    [Fact]
    public void An_agreement_whose_rows_a_late_payment_had_emptied_does_not_begin()
    {
        var terms = ReliefLine.Cash with { Relief = ReliefLine.Rules with { WaivesPrincipal = true } };
        var line = TestLine.Opened("2025-01-15", terms: terms).Borrow(10_000, "principal", 10).On("2025-02-15").PayDue();
        line.On("2025-02-20").Agree(ReliefLine.Deferral(2)).On("2025-03-01");
        line.Accept(new WaiveDebt("waiver-1", "loan-1", [new WaivedPart(Component.Principal, Yuan(9_000))], "hardship")
        {
            EffectiveOn = new DateOnly(2025, 2, 16),
        });
        Assert.Empty(line.State.Reliefs);
        Assert.Empty(line.Loan().Rows);
        line.Prove();
    }

    [Fact]
    public void An_agreement_does_not_begin_when_the_end_of_the_one_before_is_taken_back()
    {
        var line = Running().On("2025-02-20").Agree(ReliefLine.Deferral(1)).On("2025-02-25");
        line.Accept(line.End());
        var ended = line.History[^1].Sequence;
        line.Agree(ReliefLine.Deferral(2), "help-2").On("2025-03-01");
        line.Accept(new ReverseFact(ended, "another customer's") { EffectiveOn = line.Today });
        Assert.Equal("help-1", Assert.Single(line.State.Reliefs).Id);
        Assert.Equal(new DateOnly(2025, 4, 15), line.Loan().Rows[0].DueOn);
        line.Prove();
    }

    [Fact]
    public void An_agreement_about_debt_that_had_been_written_off_does_not_begin()
    {
        var line = Running().On("2025-02-20").Agree(ReliefLine.Deferral(1)).On("2025-03-01");
        line.Accept(new WriteOffDebt("lost") { EffectiveOn = new DateOnly(2025, 2, 18) });
        Assert.Empty(line.State.Reliefs);
        Assert.Equal(new DateOnly(2025, 3, 15), line.Loan().Rows[0].DueOn);
        line.Prove();
    }

    [Fact]
    public void A_correction_that_keeps_a_loan_open_names_the_later_loan_that_took_its_id()
    {
        var line = TestLine.Opened("2024-01-15", terms: ReliefLine.Cash).Borrow(1_000, count: 3);
        line.Accept(line.Payment(1_000, "early") with { Named = new DebtName(null, null, null, "loan-1") });
        line.On("2024-12-15").Borrow(2_000, count: 3);
        line.On("2025-01-05");
        var fails = line.Refuse<LaterFactWouldFail>(new ReturnRepayment("early", "bank") { EffectiveOn = line.Today });
        Assert.Equal((nameof(RequestLoan), "LOAN_EXISTS"), (fails.Kind, fails.Rule));
    }

    private static TestLine Running() =>
        TestLine.Opened("2025-01-15", terms: ReliefLine.Cash).Borrow(10_000).On("2025-02-15").PayDue();
}
