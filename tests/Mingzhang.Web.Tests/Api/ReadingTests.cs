using System.Globalization;
using Mingzhang.Services.Sandbox;

namespace Mingzhang.Web.Tests.Api;

[Collection(ApiCollection.Name)]
public sealed class ReadingTests(ApiHost host)
{
    [Fact]
    public async Task Paging_walks_all_accounts_exactly_once()
    {
        await host.OpenAsync(6_000_001);
        var page = (await host.GetAsync("/v1/accounts?limit=200")).Json["items"]!.AsArray();
        var all = page.Select(item => (string)item!["account"]!).ToList();
        var walked = await WalkAsync("/v1/accounts?limit=3", "account");
        Assert.Equal(all, walked);
        Assert.Equal(walked.Count, walked.Distinct().Count());
        Assert.All(DemoCustomer.All, who => Assert.Contains(
            walked, account => account.StartsWith($"{who.Customer}-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Filters_pick_what_they_name()
    {
        var overdue = await WalkAsync("/v1/accounts?overdue=true&limit=200", "overdueSince");
        Assert.NotEmpty(overdue);
        Assert.All(await WalkAsync("/v1/accounts?status=closing&limit=200", "status"), status => Assert.Equal("closing", status));
        Assert.Empty(await WalkAsync("/v1/accounts?product=taiwan-2005", "account"));
    }

    [Fact]
    public async Task The_journal_pages_without_gaps_and_every_entry_balances()
    {
        var sequences = await WalkAsync("/v1/accounts/1000001-01/journal?limit=7", "sequence");
        Assert.Equal(Enumerable.Range(1, sequences.Count), sequences.Select(text => int.Parse(text, CultureInfo.InvariantCulture)));
        var rows = (await host.GetAsync("/v1/accounts/1000001-01/journal?limit=200")).Json["items"]!.AsArray();
        Assert.All(rows, row => Assert.Equal(0, row!["postings"]!.AsArray().Sum(posting => (long)posting!["amountMinor"]!)));
    }

    [Fact]
    public async Task The_trial_balance_is_zero() =>
        Assert.Equal(0, (long)(await host.GetAsync("/v1/ledger/trial-balance")).Json["differenceMinor"]!);

    [Fact]
    public async Task The_trial_balance_before_anything_was_booked_is_empty()
    {
        var got = await host.GetAsync("/v1/ledger/trial-balance?on=1900-01-01");
        Assert.Equal(200, (int)got.Status);
        Assert.Empty(got.Json["lines"]!.AsArray());
    }

    [Fact]
    public async Task The_limit_explains_itself_to_the_unit()
    {
        var got = (await host.GetAsync("/v1/accounts/1000001-01/explain/limit")).Json;
        Assert.Equal(Minor((string)got["available"]!), got["terms"]!.AsArray().Sum(term => Minor((string)term!["amount"]!)));
        Assert.Equal(Minor((string)got["available"]!), got["history"]!.AsArray().Sum(step => Minor((string)step!["change"]!)));
    }

    [Fact]
    public async Task Every_read_answers_for_a_living_account()
    {
        var corrections = (await host.GetAsync("/v1/accounts/1000006-01/corrections")).Json.AsArray();
        var corrected = corrections[0]!["sequence"]!.ToJsonString();
        var loan = (string)(await host.GetAsync("/v1/accounts/1000009-02/loans")).Json[0]!["loan"]!["id"]!;
        foreach (var spec in host.Specs.Where(
            spec => spec.Method == "GET"
                && spec.Name is not ("get-webhook" or "list-webhook-deliveries" or "get-approval" or "get-ticket" or "get-certificate")))
        {
            var account = spec.Name switch
            {
                "get-correction" or "get-correction-letter" => "1000006-01",
                "quote-loan" or "get-loan-rows" => "1000009-02",
                "quote-plan" or "quote-checkout-plan" or "quote-relief" => "1000012-01",
                _ => "1000002-01",
            };
            var path = spec.Pattern.Replace("{accountId}", account).Replace("{customer}", "1000002").Replace("{date}", "2026-07-01")
                .Replace("{code}", "pay-later").Replace("{version}", "1").Replace("{sequence}", corrected)
                .Replace("{loanId}", loan);
            var query = spec.Name switch
            {
                "explain-payment" => "?amountMinor=5000",
                "preview-version" => "?version=2",
                "get-account-as-of" => "?on=2026-05-01",
                "quote-loan" => "?offer=equal&count=12&amountMinor=1000000",
                "quote-relief" => "?kind=replan&count=6",
                "quote-checkout-plan" => "?count=12&amountMinor=100000&bornBy=merchant",
                "quote-plan" => "?billIssuedOn=2026-07-01&count=12&amountMinor=40000",
                _ => "",
            };
            var got = await host.GetAsync(path + query);
            Assert.True(got.Status == 200, $"{spec.Name}: {got.Status} {got.Text}");
        }
    }

    [Fact]
    public async Task A_quote_brings_the_whole_cost_table_in_both_languages()
    {
        var quote = (await host.GetAsync("/v1/accounts/1000009-02/loans/quote?offer=equal&count=12&amountMinor=1000000")).Json;
        var table = quote["table"]!;
        Assert.Equal("综合融资成本明示表", (string?)table["chinese"]!["title"]);
        Assert.Contains("interest", table["items"]!.AsArray().Select(item => (string?)item!["kind"]));
        foreach (var language in new[] { "chinese", "english" })
        {
            Assert.Equal(8, table[language]!["lines"]!.AsArray().Count);
            Assert.NotEmpty((string)table[language]!["nothingElse"]!);
        }

        const string Checkout = "/v1/accounts/1000012-01/plans/checkout-quote?count=12&amountMinor=100000";
        var merchant = (await host.GetAsync(Checkout + "&bornBy=merchant")).Json;
        var buyer = (await host.GetAsync(Checkout)).Json;
        Assert.Equal((0, true), ((long)merchant["costMinor"]!, (long)buyer["costMinor"]! > 0));
        Assert.NotEqual((string?)merchant["costTable"], (string?)buyer["costTable"]);
    }

    [Theory]
    [InlineData("1000009-02/loans/quote?offer=equal&count=12&amountMinor=99999999999", "LOAN_AMOUNT_NOT_OFFERED", "")]
    [InlineData("1000009-02/loans/quote?offer=equal&count=12&amountMinor=100", "LOAN_AMOUNT_NOT_OFFERED", "")]
    [InlineData("1000009-02/loans/quote?offer=none&count=12&amountMinor=1000000", "OFFER_UNKNOWN", "没有这样的方案：none，12 期")]
    [InlineData("1000012-01/plans/quote?billIssuedOn=2020-01-01&count=12", "BILL_NOT_CONVERTIBLE", "须为已出账且未还清的账单")]
    [InlineData("1000012-01/plans/quote?purchaseId=nobody&count=12", "BILL_NOT_CONVERTIBLE", "须为已入账、无争议且未出账单的消费")]
    [InlineData("1000012-01/plans/quote?count=12", "INVALID_COMMAND", "billIssuedOn")]
    [InlineData("1000012-01/plans/checkout-quote?count=12&amountMinor=1", "LOAN_AMOUNT_NOT_OFFERED", "")]
    [InlineData("1000012-01/plans/checkout-quote?count=12&amountMinor=99999999999", "LOAN_AMOUNT_NOT_OFFERED", "")]
    [InlineData("1000012-01/plans/checkout-quote?count=7&amountMinor=100000", "OFFER_UNKNOWN", "")]
    public async Task What_cannot_be_booked_is_not_quoted(string path, string code, string zh)
    {
        var got = await host.GetAsync("/v1/accounts/" + path);
        Assert.Equal(code, (string?)got.Json["code"]);
        Assert.Contains(zh, (string?)got.Json["detailZh"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_superseded_statement_stays_readable()
    {
        var items = (await host.GetAsync("/v1/accounts/1000006-01/statements")).Json["items"]!.AsArray();
        Assert.Contains(items, item => item!["superseded"]!.AsArray().Count > 0);
    }

    [Fact]
    public async Task What_was_known_before_a_correction_differs_from_what_is_known_now()
    {
        var then = (await host.GetAsync("/v1/accounts/1000006-01/as-of?on=2026-06-30&known=2026-06-30")).Json["figures"]!["totalDebtMinor"];
        var now = (await host.GetAsync("/v1/accounts/1000006-01/as-of?on=2026-06-30")).Json["figures"]!["totalDebtMinor"];
        Assert.NotEqual((long)then!, (long)now!);
    }

    [Fact]
    public async Task An_unknown_address_is_a_problem()
    {
        var got = await host.GetAsync("/v1/nothing/here");
        Assert.Equal((404, "NOT_FOUND"), (got.Status, got.Code));
        Assert.Equal("no-store", got.Raw.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task Another_method_is_405_and_the_right_ones_are_named()
    {
        var got = await host.PostAsync("/v1/business-date", "{}");
        Assert.Equal((405, "METHOD_NOT_ALLOWED"), (got.Status, got.Code));
        Assert.Equal(["GET"], got.Raw.Content.Headers.Allow);
    }

    private static long Minor(string money) => long.Parse(money[3..], CultureInfo.InvariantCulture);

    private async Task<List<string>> WalkAsync(string path, string field)
    {
        var found = new List<string>();
        string? cursor = null;
        do
        {
            var page = (await host.GetAsync(cursor is null ? path : $"{path}&cursor={cursor}")).Json;
            found.AddRange(page["items"]!.AsArray().Select(item => item![field]!.ToString()));
            cursor = (string?)page["next"];
        }
        while (cursor is not null);
        return found;
    }
}
