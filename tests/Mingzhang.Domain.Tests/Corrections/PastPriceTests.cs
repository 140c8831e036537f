namespace Mingzhang.Domain.Tests.Corrections;

/// <summary>A price that was wrong since some day is a dated fact like any other.</summary>
public sealed class PastPriceTests
{
    [Fact]
    public void A_revolving_price_that_was_wrong_since_a_day_gives_the_interest_back()
    {
        var wrong = TestLine.Opened("2026-05-20").Buy(1_000).On("2026-06-10").Pay(100, "r-1").On("2026-07-01");
        Assert.Equal(Yuan(909), wrong.State.PostedBalance());
        wrong.On("2026-07-05").Accept(Price(wrong, null, 400, 500, "2026-06-11"));
        var corrected = Assert.Single(wrong.Events.OfType<AccountCorrected>());
        Assert.Equal(180, corrected.Lines.Where(line => line.Ledger == LedgerAccount.InterestIncome).Sum(line => line.Delta.MinorUnits));
        Assert.Equal((Yuan(909), Yuan(907.20m)), (corrected.Statements[0].Before.Closing, corrected.Statements[0].After.Closing));
        var right = TestLine.Opened("2026-05-20").Buy(1_000).On("2026-06-10").Pay(100, "r-1").On("2026-06-11");
        right.Accept(Price(right, null, 400, 500));
        Same(right.On("2026-07-05"), wrong);
    }

    [Fact]
    public void An_overdue_price_has_its_own_number()
    {
        var line = TestLine.Opened("2026-05-20").Buy(500).On("2026-06-11");
        var set = Assert.IsType<PriceSet>(line.Accept(Price(line, null, 500, 300))[0]);
        Assert.Equal((500, 500), (set.ContractBefore.Ppm, set.OverdueBefore.Ppm));
        Assert.Equal(Yuan(0.75m), line.On("2026-06-16").State.AccruedCharge(line.Terms, line.Today));
    }

    [Fact]
    public void A_loan_at_the_right_price_from_its_first_day_has_the_rows_of_that_price()
    {
        var wrong = TestLine.Opened("2026-01-15", 50_000, LoanLine.Cash).Borrow(10_000).On("2026-02-15").PayDue().On("2026-03-20");
        wrong.Accept(Price(wrong, "loan-1", 300, 450, "2026-01-15"));
        Assert.Equal((Rate.PerDay(300), Rate.PerDay(450)), (wrong.Loan().Rate, wrong.Loan().Penalty));
        var right = TestLine.Opened("2026-01-15", 50_000, LoanLine.Cash).Borrow(10_000);
        right.Accept(Price(right, "loan-1", 300, 450));
        var offer = LoanLine.Offer("x", ScheduleMethod.EqualInstalment, 300, 12);
        var fresh = TestLine.Opened("2026-01-15", 50_000, LoanLine.Cash);
        var made = LoanQuotes.Of(fresh.State, right.Terms, offer, 12, Yuan(10_000), right.Today)!;
        Assert.Equal(made.Rows.Map(row => row.PrincipalMinor), right.Loan().Rows.Map(row => row.Principal.MinorUnits));
        right.On("2026-02-15");
        right.Pay(wrong.Events.OfType<RepaymentReceived>().First().Amount.MinorUnits / 100m,
            wrong.Events.OfType<RepaymentReceived>().First().Fact.RepaymentId);
        Same(right.On("2026-03-20"), wrong);
    }

    [Fact]
    public void Rows_of_equal_principal_keep_their_principal_at_another_price()
    {
        var line = TestLine.Opened("2026-01-15", 50_000, LoanLine.Cash).Borrow(10_000, "principal", 10);
        var before = line.Loan().Rows;
        line.Accept(Price(line, "loan-1", 300, 450));
        Assert.Equal(before, line.Loan().Rows);
        line.On("2026-02-15");
        Assert.Equal(Yuan(93), line.Events.OfType<InstalmentDue>().Single().Charge);
    }

    [Fact]
    public void The_simplified_monthly_rule_takes_each_price_back_for_its_own_days()
    {
        var terms = TestTerms.PayLater with
        {
            Revolving = TestTerms.PayLater.Revolving with { Bears = new BearingRule(true, true, RepaidCountsFromStatement: true) },
        };
        var line = TestLine.Opened("2026-05-20", terms: terms).Buy(1_000).On("2026-06-01").On("2026-06-04");
        line.Accept(Price(line, null, 200, 300));
        line.On("2026-06-08").Accept(Price(line, null, 100, 150));
        line.On("2026-06-10").Pay(1_006);
        Assert.Equal(Yuan(0), line.State.PostedBalance());
        Assert.True(line.State.RevolvingAccrual.IsZero);
        line.Prove();
    }

    [Fact]
    public void A_price_is_capped_and_belongs_to_something_that_has_one()
    {
        var line = TestLine.Opened("2026-05-20").Buy(100);
        Assert.Equal(240_000, line.Refuse<PriceAboveCap>(Price(line, null, 700, 700)).CapPpm);
        Assert.Equal(600, line.Refuse<OverduePriceTooHigh>(Price(line, null, 400, 601)).MostPpm);
        Assert.Equal("contractPpm", line.Refuse<InvalidCommand>(Price(line, null, -1, 0)).Field);
        Assert.Equal("loan-9", line.Refuse<LoanUnknown>(Price(line, "loan-9", 400, 500)).LoanId);
        var cash = TestLine.Opened("2026-01-15", 50_000, LoanLine.Cash).Borrow(10_000);
        Assert.Equal("loanId", cash.Refuse<InvalidCommand>(Price(cash, null, 400, 500)).Field);
        cash.Refuse<PriceAboveCap>(Price(cash, "loan-1", 660, 700));
        var free = TestLine.Opened("2026-01-15", 5_000, LoanLine.Reserve).Borrow(500, "week", 1);
        Assert.Equal("loan-1", free.Refuse<PriceNotListed>(Price(free, "loan-1", 100, 150)).LoanId);
    }

    [Fact]
    public void A_loans_price_is_capped_with_its_charges_as_when_it_was_offered()
    {
        var terms = LoanLine.Terms(LoanLine.Cash.Loan! with
        {
            Offers = [LoanLine.Offer("equal", ScheduleMethod.EqualInstalment, 100, 12) with { FeePpm = 90_000 }],
        });
        var line = TestLine.Opened("2026-01-15", 50_000, terms).Borrow(10_000);
        line.Accept(Price(line, "loan-1", 150, 200)); // the fee alone is 16.2 % a year, with the price 21.6 %
        var above = line.Refuse<PriceAboveCap>(Price(line, "loan-1", 300, 400)); // 10.8 % by days; with the fee above 24 %
        Assert.Equal((240_000, true), (above.CapPpm, above.AnnualPpm is > 260_000 and < 280_000));
        line.Prove();
    }

    [Fact]
    public void A_price_that_was_wrong_on_an_account_closed_since_is_paid_back()
    {
        var line = TestLine.Opened("2026-05-20").Buy(1_000).On("2026-06-10").Pay(100).On("2026-07-05");
        line.Accept(line.Payment(line.State.TotalDebt(line.Terms, line.Today).MinorUnits / 100m));
        line.Accept(new ForceClosing("r", "n") { EffectiveOn = line.Today });
        Assert.IsType<Closed>(line.On("2026-07-20").State.Lifecycle);
        line.Accept(Price(line, null, 400, 500, "2026-06-11"));
        Assert.IsType<ClosingDown>(line.State.Lifecycle);
        Assert.Equal(Yuan(2.16m), line.State.CreditBalance);
        line.Prove();
    }

    private static SetPrice Price(TestLine line, string? loan, long contract, long overdue, string? on = null) =>
        new(loan, contract, overdue, "recorded wrongly")
        {
            EffectiveOn = on is null ? line.Today : DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture),
        };

    private static void Same(TestLine right, TestLine corrected)
    {
        Assert.Equal(Plain(right.State), Plain(corrected.State));
        foreach (var (account, balance) in right.Balances())
        {
            Assert.Equal(balance, corrected.Balances().GetValueOrDefault(account));
        }

        corrected.Prove();
    }

    private static AccountState Plain(AccountState state) =>
        state with { Version = 0, Bills = state.Bills.Map(bill => bill with { Version = 1 }) };
}
