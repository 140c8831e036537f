namespace Mingzhang.Domain.Tests.Loans;

/// <summary>Shares of lenders.</summary>
public sealed class LenderShareTests
{
    private static readonly ValueList<LenderShare> Joint = [new LenderShare("partner", 300_000), new LenderShare("own", 700_000)];

    [Fact]
    public void T18_thirty_to_seventy() =>
        Assert.Equal([("partner", Yuan(300.00m)), ("own", Yuan(700.01m))], LenderShares.Of(Joint, Yuan(1_000.01m)));

    [Fact]
    public void Shares_sum_to_the_figure_after_every_repayment_and_end_at_zero()
    {
        var terms = LoanLine.Cash with
        {
            Loan = LoanLine.Cash.Loan! with { MultipleMinor = 1 },
            Lenders = [Lender("own", 670_000, true), Lender("bank", 330_000, false)],
        };
        var line = TestLine.Opened("2025-01-15", terms: terms).Borrow(1_000.01m, count: 3);
        Assert.Equal(["bank", "own"], line.Loan().Lenders.Select(share => share.Lender));
        for (var k = 1; k <= 3; k++)
        {
            line.On(new DateOnly(2025, 1, 15).AddMonths(k).ToString("yyyy-MM-dd", null));
            var figures = LenderShares.Of(line.State);
            Assert.Equal(line.State.TotalDebt(line.Terms, line.Today), figures.Aggregate(Yuan(0), (sum, figure) => sum + figure.Amount));
            line.PayDue();
        }

        Assert.Empty(LenderShares.Of(line.State));
    }

    private static LenderTerms Lender(string code, long ppm, bool platform) => new(code, new LocalText(code, code), ppm, platform);
}
