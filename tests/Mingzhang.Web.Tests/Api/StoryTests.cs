using System.Globalization;

namespace Mingzhang.Web.Tests.Api;

[Collection(ApiCollection.Name)]
public sealed class StoryTests(ApiHost host)
{
    [Fact]
    public async Task An_account_is_opened_used_billed_paid_explained_and_closed_over_http()
    {
        var account = await host.OpenAsync(9_000_001);
        const string Buy = """{"purchaseId":"s-1","amountMinor":46800,"scene":"dining","merchant":"外婆家"}""";
        var bought = await host.PostAsync(account + "/purchases", Buy, "s-buy");
        Assert.Equal(953_200, Figure(bought, "availableMinor"));
        var captured = await host.PostAsync(account + "/purchases/s-1/captures", """{"amountMinor":46800,"final":true}""");
        Assert.Equal(46_800, Figure(captured, "totalDebtMinor"));

        var statement = (string)(await host.GetAsync(account)).Json["nextStatementOn"]!;
        foreach (var toCome in (string[])[statement, "9999-12-31"])
        {
            Assert.Equal(404, (await host.GetAsync($"{account}/explain/bill/{toCome}")).Status);
        }

        await MoveToAsync(statement);
        var bill = await host.GetAsync($"{account}/explain/bill/{statement}");
        Assert.Equal("CNY46800", (string)bill.Json["bill"]!["closing"]!);
        Assert.Equal("CNY4680", (string)bill.Json["bill"]!["minimum"]!);
        Assert.Single(bill.Json["lines"]!.AsArray());
        var replayed = await host.PostAsync(account + "/purchases", Buy, "s-buy");
        Assert.True(replayed.Replayed);
        Assert.Equal(bought.Text, replayed.Text);

        var preview = await host.GetAsync(account + "/explain/payment?amountMinor=46800");
        Assert.Equal("CNY0", (string)preview.Json["debtAfter"]!);
        Assert.Equal("REPAYMENT_ABOVE_DEBT", (await host.GetAsync(account + "/explain/payment?amountMinor=46801")).Code);
        var paid = await host.PostAsync(
            account + "/repayments", """{"repaymentId":"s-pay","sources":[{"source":"bank-card","amountMinor":46800}]}""");
        Assert.Equal(0, Figure(paid, "totalDebtMinor"));
        Assert.True((bool)(await host.GetAsync(account + "/explain/use?amountMinor=100&scene=dining")).Json["usable"]!);

        var check = await host.GetAsync(account + "/closing");
        Assert.True((bool)check.Json["canCloseNow"]!, check.Text);
        var request = $$"""{"mode":"now","noticeVersion":"{{(string)check.Json["noticeVersion"]!}}","reason":"done"}""";
        Assert.Equal(200, (await host.PostAsync(account + "/closing", request)).Status);
        var closed = await host.PostAsync(account + "/closing/confirmation", """{"verified":true}""");
        Assert.Equal("closed", (string)closed.Json["figures"]!["lifecycle"]!);
        var late = await host.PostAsync(account + "/purchases", Buy.Replace("s-1", "s-2", StringComparison.Ordinal));
        Assert.Equal((409, "ACCOUNT_IS_CLOSED"), (late.Status, late.Code));
    }

    [Fact]
    public async Task A_fork_runs_ahead_alone()
    {
        var account = await host.OpenAsync(9_000_002);
        Assert.Equal(200, (await host.PostAsync(
            account + "/offline-purchases", """{"purchaseId":"f-1","amountMinor":90000,"scene":"dining","merchant":"m"}""")).Status);
        var fork = (string)(await host.PostAsync("/v1/sandbox/forks", $$"""{"accountId":"{{account[13..]}}"}""")).Json["account"]!;
        var before = await host.GetAsync(account);
        var today = host.House.BusinessDate;
        var ahead = today.AddMonths(6).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var got = await host.PostAsync($"/v1/sandbox/forks/{fork}/clock", $$"""{"to":"{{ahead}}"}""");
        Assert.True(Figure(got, "daysPastDue") > 90, got.Text);
        Assert.Equal(before.Text, (await host.GetAsync(account)).Text);
        Assert.Equal(today, host.House.BusinessDate);
    }

    [Fact]
    public async Task A_wrong_fact_is_taken_back_and_the_journal_keeps_both()
    {
        var account = await host.OpenAsync(9_000_003);
        var bought = await host.PostAsync(
            account + "/offline-purchases", """{"purchaseId":"c-1","amountMinor":5000,"scene":"dining","merchant":"m"}""");
        var reverse = $$"""{"sequence":{{(long)bought.Json["sequence"]!}},"reason":"booked twice"}""";
        var reversed = await host.PostAsync(account + "/corrections", reverse);
        Assert.Equal(0, Figure(reversed, "totalDebtMinor"));
        Assert.Equal(3, (await host.GetAsync(account + "/journal")).Json["items"]!.AsArray().Count);
        Assert.Equal(409, (await host.PostAsync(account + "/corrections", reverse)).Status);
    }

    private static long Figure(Got got, string name)
    {
        Assert.True(got.Status == 200, got.Text);
        return (long)got.Json["figures"]![name]!;
    }

    private async Task MoveToAsync(string day)
    {
        var got = await host.PostAsync("/v1/sandbox/clock", $$"""{"to":"{{day}}"}""");
        Assert.True(got.Status == 200, got.Text);
    }
}
