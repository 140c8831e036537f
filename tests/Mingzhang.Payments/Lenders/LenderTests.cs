using Mingzhang.Channel;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Lenders;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Payments.Diagnosis;
using Mingzhang.SandboxBank;
using Mingzhang.Services.Diagnosis;
using Mingzhang.Services.Lenders;
using Mingzhang.Services.Reconciliation;

namespace Mingzhang.Payments.Lenders;

/// <summary>Lenders with books of their own: told every day what their sub-ledgers moved, and compared with their statements.</summary>
public sealed class LenderTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mz-lend-").FullName;
    private readonly UseHouse _use = new();
    private TestBank _bank = null!;
    private LenderDesk _desk = null!;
    private LenderReconciler _reconciler = null!;

    public async ValueTask InitializeAsync()
    {
        _bank = await TestBank.StartAsync(_folder, Faults.None);
        _desk = new LenderDesk(_use.House, _bank.Channel, _use.Neighbours, TimeProvider.System);
        _reconciler = new LenderReconciler(_use.House, _desk, _bank.Channel, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await _bank.DisposeAsync();
        _use.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task What_lenders_booked_is_what_their_part_of_the_ledger_is_and_nothing_differs()
    {
        var account = await BorrowAsync(12_345_67, repaid: 1_000_01);
        await DayAsync();
        await PlayAsync(account, days: 40);
        Assert.Empty(await _reconciler.CatchUpAsync(CancellationToken.None));
        var lines = _desk.Of(account);
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.True(line.Confirmed));
        AssertEqualsBooks(account);
        foreach (var lender in _desk.Lenders)
        {
            var theirs = lines.Select(line => line.Day).Distinct().SelectMany(day => _bank.Book.Advices(lender, day))
                .Sum(line => line.AmountMinor);
            Assert.Equal(0, theirs); // Each lender's own book balances.
        }
    }

    [Fact]
    public async Task A_returned_repayment_changes_later_lines_and_the_balances_agree_again()
    {
        var account = await BorrowAsync(5_000_00, repaid: 777_77);
        await DayAsync();
        var before = _desk.Of(account).Count;
        var back = await _use.House.SubmitAsync(new Engine.CommandEnvelope(
            account, "back", new ReturnRepayment("r-known", "taken-back") { EffectiveOn = _use.House.BusinessDate }, "test"));
        Assert.True(back.IsAccepted);
        await DayAsync();
        Assert.True(_desk.Of(account).Count > before);
        AssertEqualsBooks(account);
        Assert.Empty(await _reconciler.CatchUpAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Every_difference_of_a_statement_is_found_and_what_the_lender_books_when_told_again_is_repaired()
    {
        List<AccountId> accounts = [];
        for (var borrower = 0; borrower < 30; borrower++)
        {
            accounts.Add(await BorrowAsync(1_000_00 + (borrower * 100), repaid: 100_00));
        }

        _bank.Teller.Plan(new Faults { LinesMissing = 80, LinesWrong = 80, LinesTwice = 80, LinesInvented = 80 });
        await DayAsync();
        var breaks = await _reconciler.CatchUpAsync(CancellationToken.None);
        var lines = accounts.SelectMany(_desk.Of).ToDictionary(line => line.Id);
        foreach (var lender in _desk.Lenders)
        {
            var statement = (await _bank.Channel.StatementAsync(lender, _use.House.BusinessDate.AddDays(-1), CancellationToken.None))!;
            var names = statement.Lines.Select(line => line.Id).ToList();
            var told = lines.Values.Where(line => line.Lender == lender).ToList();
            Assert.Equal(names.Count - names.Distinct().Count(), Count(lender, "lender-twice"));
            Assert.Equal(names.Distinct().Count(id => !lines.ContainsKey(id)), Count(lender, "lender-missing-here"));
            Assert.Equal(told.Count(line => !names.Contains(line.Id)), Count(lender, "lender-missing-there"));
            Assert.Equal(
                statement.Lines.DistinctBy(line => line.Id).Count(line =>
                    lines.TryGetValue(line.Id, out var own) && own.Amount != line.AmountMinor),
                Count(lender, "lender-amount"));
        }

        Assert.All(breaks, one => Assert.Equal(one.Kind == "lender-missing-there" ? "repaired" : "open", one.Status));
        Assert.True(breaks.Select(one => one.Kind).Distinct().Count() == 5, "some kind of difference never happened");
        Assert.Empty(await _reconciler.CatchUpAsync(CancellationToken.None));

        int Count(string lender, string kind) => breaks.Count(one => one.Detail == lender && one.Kind == kind);
    }

    [Fact]
    public async Task A_day_reads_the_rows_that_were_booked_since_and_no_account_that_did_not_move()
    {
        List<AccountId> accounts = [];
        for (var borrower = 0; borrower < 40; borrower++)
        {
            accounts.Add(await BorrowAsync(1_000_00 + (borrower * 100), repaid: 100_00));
        }

        await DayAsync();
        var (before, position) = (_desk.RowsRead, _use.House.LastPosition);
        await BuyAsync(accounts[7]);
        await DayAsync();
        using var connection = _use.House.OpenReadOnly();
        using var count = connection.CreateCommand();
        count.CommandText = "SELECT count(*) FROM account WHERE partition_id BETWEEN 0 AND 1023";
        var all = Convert.ToInt64(count.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
        var read = _desk.RowsRead - before;
        TestContext.Current.TestOutputHelper?.WriteLine($"before: {all} accounts of the house; now: {read} rows of the journal");
        Assert.True(all >= 40, $"{all} accounts");
        Assert.InRange(read, 1, _use.House.LastPosition - position);
        Assert.True(read < all / 2, $"{read} rows of {all} accounts");
        AssertEqualsBooks(accounts[7]);
        AssertEqualsBooks(accounts[8]);

        // What was booked on a day that is not over is told with its own day, also by a desk that begins anew.
        await BuyAsync(accounts[9]);
        Assert.Equal(0, await _desk.WriteDaysAsync(CancellationToken.None));
        await DayAsync();
        AssertEqualsBooks(accounts[9]);
        before = _desk.RowsRead;
        await DayAsync();
        Assert.InRange(_desk.RowsRead - before, 0, all / 2);
    }

    [Fact]
    public async Task While_a_lender_has_not_booked_a_repayment_the_diagnosis_says_so()
    {
        var account = await BorrowAsync(5_000_00, repaid: 5_000_00);
        var away = new LenderDesk(_use.House, new NoChannel(), _use.Neighbours, TimeProvider.System);
        await _use.House.AdvanceDayAsync();
        await away.WriteDaysAsync(CancellationToken.None);
        await away.TellAsync(CancellationToken.None);
        Assert.Null(_use.Neighbours.WaitsForLender(account)); // Not worth a word within minutes.
        var later = new UseNeighbours(_use.House, new Later(UseNeighbours.Patience));
        Assert.Contains("harbour-bank", later.WaitsForLender(account), StringComparison.Ordinal);
        await _desk.TellAsync("harbour-bank", [.. _desk.Of(account).Where(line => line.Lender == "harbour-bank")], CancellationToken.None);
        await _desk.TellAsync("river-bank", [.. _desk.Of(account).Where(line => line.Lender == "river-bank")], CancellationToken.None);
        Assert.Null(later.WaitsForLender(account));
    }

    [Fact]
    public async Task A_lender_that_says_nothing_for_days_is_a_break()
    {
        await BorrowAsync(5_000_00, repaid: 100_00);
        var silent = new LenderReconciler(
            _use.House, new LenderDesk(_use.House, new NoChannel(), _use.Neighbours, TimeProvider.System), new NoChannel(),
            TimeProvider.System);
        await _use.House.AdvanceDayAsync();
        await _desk.WriteDaysAsync(CancellationToken.None);
        Assert.Empty(await silent.CatchUpAsync(CancellationToken.None));
        await _use.House.AdvanceToAsync(_use.House.BusinessDate.AddDays(3));
        Assert.All(await silent.CatchUpAsync(CancellationToken.None), one => Assert.Equal("lender-silent", one.Kind));
        Assert.NotEmpty(await silent.CatchUpAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("", "begins with its heading")]
    [InlineData("id,day,account,loan,ledger,amount_minor,currency\na,2026-07-05,x,y,z,0,CNY\ntotal,1,0\n", "Line 2, amount_minor")]
    [InlineData("id,day,account,loan,ledger,amount_minor,currency\na,5.7.26,x,y,z,1,CNY\ntotal,1,1\n", "Line 2, day")]
    [InlineData("id,day,account,loan,ledger,amount_minor,currency\ntotal,x,1\n", "Line 2, lines")]
    public void A_file_that_is_none_names_line_and_field(string text, string said) =>
        Assert.Contains(said, Assert.Throws<FormatException>(() => LenderFile.Read(text)).Message, StringComparison.Ordinal);

    private async Task BuyAsync(AccountId account)
    {
        var bought = await _use.House.SubmitAsync(new Engine.CommandEnvelope(
            account, "one-more", new Domain.Purchases.PostOfflinePurchase("one-more", FaultStory.Yuan(50_00), "groceries", "Corner Shop")
            {
                EffectiveOn = _use.House.BusinessDate,
            },
            "test"));
        Assert.Null(bought.Refusal);
    }

    private async Task<AccountId> BorrowAsync(long minor, long repaid)
    {
        var story = new FaultStory(_use.House, _use.NextCustomer());
        var account = await story.OpenAsync("bank-pay-later", 20_000_00);
        await story.BuyAsync(account, minor);
        await story.DoAsync(account, on => new ReceiveRepayment(
            "r-known", [new RepaymentSource("bank-card", FaultStory.Yuan(repaid))], null, Actor.Channel) { EffectiveOn = on });
        return account;
    }

    private async Task PlayAsync(AccountId account, int days)
    {
        for (var day = 0; day < days; day++)
        {
            if (day % 9 == 4)
            {
                var paid = await _use.House.SubmitAsync(new Engine.CommandEnvelope(
                    account, $"pay-{day}",
                    new ReceiveRepayment($"r-{day}", [new RepaymentSource("bank-card", FaultStory.Yuan(33_33))], null, Actor.Channel)
                    {
                        EffectiveOn = _use.House.BusinessDate,
                    },
                    "test"));
                Assert.True(paid.IsAccepted);
            }

            await DayAsync();
        }
    }

    /// <summary>A day passes: its lines are written, told and compared.</summary>
    private async Task DayAsync()
    {
        await _use.House.AdvanceDayAsync();
        await _desk.WriteDaysAsync(CancellationToken.None);
        while (await _desk.TellAsync(CancellationToken.None) > 0)
        {
            // Until nothing waits.
        }
    }

    private void AssertEqualsBooks(AccountId account)
    {
        var books = AccountBooks.Of(_use.House.History(account), _use.House.Terms);
        var told = _desk.Of(account).GroupBy(line => (line.Lender, line.Loan, line.Ledger))
            .ToDictionary(lines => lines.Key, lines => lines.Sum(line => line.Amount));
        foreach (var loan in books.Loans.Where(loan => loan.IsShared))
        {
            foreach (var part in loan.Split().Where(part => _desk.Lenders.Contains(part.Lender)))
            {
                Assert.Equal(part.Minor, told.GetValueOrDefault((part.Lender, loan.Id, part.Ledger)));
            }
        }
    }

    private sealed class NoChannel : ILenderGateway
    {
        public Task<IReadOnlyCollection<string>?> AdviseAsync(
            string lender, IReadOnlyList<LenderAdvice> lines, CancellationToken cancel) =>
            Task.FromResult<IReadOnlyCollection<string>?>(null);

        public Task<LenderStatement?> StatementAsync(string lender, DateOnly day, CancellationToken cancel) =>
            Task.FromResult<LenderStatement?>(null);
    }
}
