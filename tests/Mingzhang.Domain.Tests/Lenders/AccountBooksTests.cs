namespace Mingzhang.Domain.Tests.Lenders;

/// <summary>Every posting of a shared loan is split to its lenders: to the fen in every entry, at zero when nothing is owed.</summary>
public sealed class AccountBooksTests
{
    private static readonly ProductTerms Joint = LoanLine.Cash with
    {
        Loan = LoanLine.Cash.Loan! with { Early = new EarlyTerms(true, EarlyFee.PercentOrPeriod, 10_000) },
        Lenders = [Lender("own", 300_000, true), Lender("bank", 550_000, false), Lender("trust", 150_000, false)],
    };

    private static readonly ProductTerms Bank = LoanLine.WithPlans with
    {
        Lenders = [Lender("river-bank", 300_000, false), Lender("harbour-bank", 700_000, false)],
    };

    [Fact]
    public void Each_lender_has_its_share_of_principal_interest_and_cash_and_all_sum_to_the_loan()
    {
        var line = TestLine.Opened("2025-01-15", terms: Joint).Borrow(1_000, count: 3);
        Assert.Equal(["bank", "trust", "own"], line.Loan().Lenders.Select(share => share.Lender));
        line.On("2025-02-15").PayDue();
        var loan = Assert.Single(Books(line).Loans);
        var parts = loan.Split().ToDictionary(part => (part.Lender, part.Ledger), part => part.Minor);

        var left = loan.Balances[LedgerAccount.PrincipalReceivable];
        Assert.Equal(left * 55 / 100, parts[("bank", LedgerAccount.PrincipalReceivable)]);
        Assert.Equal(
            left - (left * 55 / 100) - (left * 15 / 100), parts[("own", LedgerAccount.PrincipalReceivable)]);
        Assert.Equal(-1_240, loan.Balances[LedgerAccount.InterestIncome]);
        Assert.Equal(-682, parts[("bank", LedgerAccount.InterestIncome)]);
        Assert.Equal(0, parts.Where(part => part.Key.Ledger is null).Sum(part => part.Value));
        Assert.InRange(parts[("bank", null)], -3, 3);
    }

    [Fact]
    public void Late_early_returned_disputed_and_written_off_every_entry_is_whole()
    {
        var line = TestLine.Opened("2025-01-15", terms: Joint).Borrow(3_333.00m, count: 6);
        line.Borrow(1_777.00m, "first", 3, "loan-2").On("2025-02-15").Pay(100.01m, "part");
        Sound(line);
        line.On("2025-02-20").Pay(777.77m, "odd");
        line.On("2025-02-22");
        line.Accept(new ReturnRepayment("part", "bank") { EffectiveOn = line.Today });
        Sound(line);
        line.Pay(33.33m, "late", effective: "2025-02-16");
        Sound(line);
        line.On("2025-03-01").Pay(1_500, "early", new DebtName(null, null, null) { LoanId = "loan-1" });
        Assert.NotEmpty(line.Events.OfType<EarlyFeePosted>());
        Sound(line);
        line.Accept(new OpenDispute("d1", new DebtName(null, null, null) { LoanId = "loan-2" }, "r") { EffectiveOn = line.Today });
        line.On("2025-05-20");
        line.Accept(new ResolveDispute("d1", DisputeOutcome.Upheld) { EffectiveOn = line.Today });
        Sound(line);
        line.Accept(new WriteOffDebt("r") { EffectiveOn = line.Today });
        Sound(line);
        line.On("2025-06-10").Pay(50.05m, "recovery");
        Sound(line);

        var books = Books(line);
        Assert.All(
            new[]
            {
                LedgerAccount.WriteOffLoss, LedgerAccount.RecoveryIncome, LedgerAccount.OverdueChargeIncome, LedgerAccount.DisputeLoss,
            },
            ledger => Assert.Contains(books.Entries, entry => entry.Line.Ledger == ledger && entry.Line.Lender == "trust"));
        line.Prove();
    }

    [Fact]
    public void A_settled_loan_leaves_no_lender_with_anything_receivable()
    {
        var line = TestLine.Opened("2025-01-15", terms: Joint).Borrow(1_111, count: 3);
        for (var month = 2; month <= 4; month++)
        {
            line.On($"2025-{month:00}-15").PayDue();
        }

        Assert.Empty(line.State.Loans);
        var parts = Assert.Single(Books(line).Loans).Split().Where(part => part.Ledger is LedgerAccount.PrincipalReceivable
            or LedgerAccount.InterestReceivable or LedgerAccount.OverdueChargeReceivable or LedgerAccount.FeeReceivable);
        Assert.All(parts, part => Assert.Equal(0, part.Minor));
    }

    [Fact]
    public void A_plan_takes_its_principal_from_the_bill_and_the_merchant_fee_goes_to_its_lenders()
    {
        var terms = LoanLine.WithPlans with { Lenders = Joint.Lenders };
        var line = TestLine.Opened(terms: terms).Buy(1_200).On("2026-05-01");
        line.Accept(line.Plan(12, bill: "2026-05-01"));
        line.On("2026-06-10").Pay(200);
        Sound(line);
        var loan = Books(line).Loans.Single(book => book.Id != AccountBooks.LineId);
        Assert.Equal(
            loan.Split().Where(part => part.Ledger == LedgerAccount.PrincipalReceivable).Sum(part => part.Minor),
            loan.Balances[LedgerAccount.PrincipalReceivable]);
        Assert.True(loan.Balances[LedgerAccount.InterestIncome] < 0);
    }

    [Fact]
    public void Random_lives_are_whole_in_every_entry()
    {
        var random = new Random(20_261_122);
        for (var life = 0; life < 25; life++)
        {
            var line = TestLine.Opened("2025-01-15", terms: Joint).Borrow(500 + random.Next(9_000), count: 6);
            var day = new DateOnly(2025, 1, 15);
            for (var step = 0; step < 15; step++)
            {
                day = day.AddDays(1 + random.Next(25));
                line.On(day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
                line.Pay((1 + random.Next(60_000)) / 100m, effective: random.Next(3) > 0 ? null : day.AddDays(-random.Next(10))
                    .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) is var late
                    && DateOnly.Parse(late, System.Globalization.CultureInfo.InvariantCulture) >= new DateOnly(2025, 1, 15) ? late : null);
            }

            Sound(line);
        }
    }

    [Fact]
    public void A_planted_fault_is_named()
    {
        var line = TestLine.Opened("2025-01-15", terms: Joint).Borrow(1_000, count: 3).On("2025-02-15").PayDue();
        var journal = line.Balances();
        Assert.Null(Books(line).Fault(journal));
        journal[LedgerAccount.InterestIncome]++;
        Assert.Contains("InterestIncome", Books(line).Fault(journal), StringComparison.Ordinal);
        Assert.False(IsShared(TestLine.Opened("2025-01-15", terms: LoanLine.Cash).Borrow(1_000, count: 3)));
        Assert.True(IsShared(line));
    }

    [Fact]
    public void Of_a_line_that_banks_fund_they_have_everything_that_is_owed_and_earned()
    {
        var line = TestLine.Opened(terms: Bank).Buy(1_000.01m, "p-1");
        Assert.True(IsShared(line));
        Assert.Equal((70_001L, 30_000L), Holds(line, LedgerAccount.PrincipalReceivable));
        line.On("2026-05-01").On("2026-05-10").Pay(300.01m, "part");
        Sound(line);
        line.On("2026-05-20").Buy(600, "p-2").On("2026-06-01").Buy(200, "p-3").On("2026-06-05");
        line.Accept(line.Plan(3, bill: "2026-06-01"));
        Sound(line);
        line.On("2026-07-20");
        line.Accept(new OpenDispute("d1", new DebtName("p-3", null, null), "r") { EffectiveOn = line.Today });
        line.Accept(new ResolveDispute("d1", DisputeOutcome.Upheld) { EffectiveOn = line.Today });
        line.Pay(50.05m, "late", effective: "2026-07-01");
        Sound(line);
        line.Accept(new WriteOffDebt("r") { EffectiveOn = line.Today });
        line.On("2026-08-10").Pay(50.05m, "recovery");
        Sound(line);
        Assert.Equal((0L, 0L), Holds(line, LedgerAccount.PrincipalReceivable));
        Assert.All(
            new[]
            {
                LedgerAccount.WriteOffLoss, LedgerAccount.RecoveryIncome, LedgerAccount.OverdueChargeIncome, LedgerAccount.DisputeLoss,
                LedgerAccount.InterestIncome, LedgerAccount.MerchantPayable,
            },
            ledger => Assert.Contains(Books(line).Entries, entry => entry.Line.Ledger == ledger && entry.Line.Lender == "river-bank"));
    }

    [Fact]
    public void A_line_whose_lenders_have_less_than_the_account_is_named()
    {
        var line = TestLine.Opened(terms: Bank).Buy(1_000, "p-1").On("2026-05-12").Pay(400);
        var books = Books(line).Loans.Select(book => book.Balances).ToList();
        Assert.Null(AccountBooks.LineFault(line.Balances(), books));
        foreach (var ledger in new[] { LedgerAccount.PrincipalReceivable, LedgerAccount.InterestIncome, LedgerAccount.WriteOffLoss })
        {
            var planted = line.Balances();
            planted[ledger] = planted.GetValueOrDefault(ledger) + 1;
            Assert.Contains(ledger.ToString(), AccountBooks.LineFault(planted, books), StringComparison.Ordinal);
        }

        Assert.DoesNotContain(Books(TestLine.Opened().Buy(10)).Loans, book => book.IsShared);
    }

    private static (long Harbour, long River) Holds(TestLine line, LedgerAccount ledger)
    {
        long Of(string lender) => Books(line).Loans.SelectMany(book => book.Split())
            .Where(part => part.Lender == lender && part.Ledger == ledger).Sum(part => part.Minor);
        return (Of("harbour-bank"), Of("river-bank"));
    }

    private static bool IsShared(TestLine line) => AccountBooks.IsShared(line.History, line.Book);

    private static void Sound(TestLine line) => Assert.Null(Books(line).Fault(line.Balances()));

    private static AccountBooks Books(TestLine line) => AccountBooks.Of(line.History, line.Book);

    private static LenderTerms Lender(string code, long ppm, bool platform) => new(code, new LocalText(code, code), ppm, platform);
}
