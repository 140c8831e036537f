using Mingzhang.Domain.Values;
using Mingzhang.Payments.Diagnosis;
using Mingzhang.Services.Bureau;
using Mingzhang.Services.Diagnosis;

namespace Mingzhang.Payments;

/// <summary>The monthly record for the credit bureau, and comparing it with a report.</summary>
public sealed class BureauTests
{
    [Fact]
    public void A_file_is_read_loan_by_loan_and_every_bad_line_is_named()
    {
        var good = BureauSheet.Read(
            "\uFEFFloan,month,status,balance\r\nl1,2026-05,N,100.00\r\nl1,2026-04,*,0\r\nl2,2026-05,1,5\r\n2026-05,N,105\r\n");
        Assert.Empty(good.Wrong);
        Assert.Equal(["l1", "l1", "l2", ""], good.Lines.Select(one => one.Loan));
        var loans = new Dictionary<string, IReadOnlyList<BureauMonth>>
        {
            ["l1"] = [new BureauMonth(new DateOnly(2026, 5, 1), 'N', 10_000), new BureauMonth(new DateOnly(2026, 4, 1), '*', 0)],
            ["l2"] = [new BureauMonth(new DateOnly(2026, 5, 1), 'N', 500)],
            ["l3"] = [new BureauMonth(new DateOnly(2026, 5, 1), 'N', 1)],
        };
        var account = new List<BureauMonth> { new(new DateOnly(2026, 5, 1), 'N', 10_500) };
        var found = Assert.Single(good.Differences(account, loans));
        Assert.Equal(("l2", true, 'N', '1'), (found.Loan, found.Known, found.Months[0].Ours!.Status, found.Months[0].Theirs!.Status));
        Assert.Equal(["l3"], good.Missing(loans));
        Assert.False(Assert.Single(BureauSheet.Read("l9,2026-05,N,1").Differences(account, loans)).Known);
        var bad = BureauSheet.Read("l1,2026-05,N,1\nl1,2026-05,N,1\nl1,2026-13,N,1\nl1,2026-04,Q,1\nl1,2026-03,N,1.234\na,b\n");
        Assert.Equal([(2, "twice"), (3, "month"), (4, "status"), (5, "balance"), (6, "fields")], bad.Wrong);
        Assert.Equal((1, "empty"), Assert.Single(BureauSheet.Read("\n").Wrong));
        Assert.Equal((2_001, "many"), Assert.Single(BureauSheet.Read(
            string.Join('\n', Enumerable.Range(0, 2_500).Select(i => $"l{i},2026-05,N,1"))).Wrong));
    }

    [Fact]
    public async Task Months_tell_what_was_due_and_how_late_it_was()
    {
        using var house = new UseHouse();
        var story = new FaultStory(house.House, house.NextCustomer());
        var account = await story.OpenAsync("pay-later", 5_000_00);
        await story.BuyAsync(account, 468_00);
        await house.House.AdvanceToAsync(new DateOnly(2026, 12, 2));
        var months = new BureauReader(house.House).Of(account);
        var due = (await house.House.ReadAsync(account))!.Bills.Where(bill => bill.Closing.IsPositive).Select(bill => bill.DueOn).Min();
        Assert.Equal(new DateOnly(2026, 7, 1), months[^1].Month);
        Assert.Equal('*', months[^1].Status);
        Assert.All(months, month => Assert.Equal(468_00, month.BalanceMinor));
        foreach (var month in months)
        {
            var late = month.Month.AddMonths(1).AddDays(-1).DayNumber - due.DayNumber;
            var expected = late <= 0 ? '*' : late <= 30 ? '1' : late <= 60 ? '2' : late <= 90 ? '3' : '4';
            Assert.Equal(expected, month.Status);
        }

        Assert.Contains(months, month => month.Status == '3');
    }

    [Fact]
    public async Task A_bill_that_was_paid_is_normal_and_the_report_that_says_otherwise_differs()
    {
        using var house = new UseHouse();
        var story = new FaultStory(house.House, house.NextCustomer());
        var account = await story.OpenAsync("pay-later", 5_000_00);
        await story.BuyAsync(account, 468_00);
        await house.House.AdvanceToAsync(new DateOnly(2026, 8, 5));
        await story.PayAllAsync(account);
        await house.House.AdvanceToAsync(new DateOnly(2026, 10, 2));
        var months = new BureauReader(house.House).Of(account);
        Assert.Contains(months, month => month is { Status: 'N', BalanceMinor: 0 });
        Assert.Empty(BureauComparison.Of(months, months));
        Assert.Empty(BureauComparison.Of(months, [.. months.Select(one => one.Status == 'N' ? one with { Status = 'M' } : one)]));
        Assert.Empty(BureauComparison.Of(months, [.. months.Take(1)]));
        var wrong = months.Select(one => one.Status == 'N' ? one with { Status = '1' } : one).ToList();
        Assert.Equal('1', Assert.Single(BureauComparison.Of(months, wrong)).Theirs!.Status);
        var more = months.Append(new BureauMonth(new DateOnly(2026, 1, 1), 'N', 0)).ToList();
        Assert.Null(Assert.Single(BureauComparison.Of(months, more)).Ours);
    }

    [Fact]
    public async Task The_months_file_goes_on_until_the_debt_is_settled_and_leaves_out_whoever_did_not_agree()
    {
        using var house = new UseHouse();
        var story = new FaultStory(house.House, house.NextCustomer());
        var owes = await story.OpenAsync("pay-later", 5_000_00);
        await story.BuyAsync(owes, 468_00);
        await house.House.AdvanceToAsync(new DateOnly(2026, 12, 2));
        var (lines, findings) = await new BureauReport(house.House).OfAsync(new(2026, 11, 1), default);
        var line = Assert.Single(lines);
        Assert.Equal((owes, 468_00L), (line.Account, line.Told.BalanceMinor));
        Assert.Empty(findings);
        Assert.EndsWith(
            $"\n{owes},pay-later,2026-07-05,500000,2026-11,{line.Told.Status},46800\ntotal,1,46800\n", BureauReport.Write(lines));
        await story.DoAsync(owes, on => new Domain.Opening.WithdrawConsent("bureau-query-report") { EffectiveOn = on });
        (lines, findings) = await new BureauReport(house.House).OfAsync(new(2026, 11, 1), default);
        Assert.Empty(lines);
        Assert.Equal("no-consent", Assert.Single(findings).Rule);
    }

    [Theory]
    [InlineData('2', 100, '*', "jump")]
    [InlineData('3', 100, '1', "jump")]
    [InlineData('C', 1, 'N', "closed-owing")]
    [InlineData('N', -1, 'N', "negative")]
    [InlineData('2', 100, '1', null)]
    [InlineData('1', 100, null, null)]
    [InlineData('B', 100, '4', null)]
    public void What_cannot_be_is_found_before_it_leaves(char status, long balance, char? before, string? rule) => Assert.Equal(
        rule, BureauReport.Check(new AccountId(1), new BureauMonth(new(2026, 6, 1), status, balance), before is { } last
            ? new BureauMonth(new(2026, 5, 1), last, 100) : null).SingleOrDefault()?.Rule);

    [Theory]
    [InlineData("", 1, "empty")]
    [InlineData("month,status,balance\n\n", 1, "empty")]
    [InlineData("2026-05,N", 1, "fields")]
    [InlineData("2026-05,N,1.00\n5/2026,N,1.00", 2, "month")]
    [InlineData("2026-05,8,1.00", 1, "status")]
    [InlineData("2026-05,N,1.005", 1, "balance")]
    [InlineData("2026-05,N,-1", 1, "balance")]
    [InlineData("2026-05,N,1\n2026-05,N,1", 2, "twice")]
    public void A_report_that_cannot_be_read_names_line_and_field(string text, int line, string field) =>
        Assert.Equal((line, field), BureauFile.Read(text).Wrong);

    [Fact]
    public void Months_are_read_in_any_order() => Assert.Equal(
        [new BureauMonth(new DateOnly(2026, 5, 1), 'N', 123456), new BureauMonth(new DateOnly(2026, 4, 1), '*', 0)],
        BureauFile.Read("month,status,balance\r\n2026-05, N ,1234.56\r\n2026-04,*,0\r\n").Months);
}
