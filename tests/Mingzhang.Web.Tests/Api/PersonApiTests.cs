namespace Mingzhang.Web.Tests.Api;

/// <summary>One person's accounts together, and what each lender has, over the API.</summary>
[Collection(ApiCollection.Name)]
public sealed class PersonApiTests(ApiHost host)
{
    [Fact]
    public async Task Exposure_sums_the_accounts_and_a_declaration_counts_for_all_of_them()
    {
        var a = "/v1/accounts/1000013-05";
        var before = (await host.GetAsync(a + "/exposure")).Json;
        Assert.Equal(Minor((string)before["used"]!), before["accounts"]!.AsArray().Sum(one => Minor((string)one!["used"]!)));
        Assert.Equal("CNY20000000", (string)before["cap"]!);

        var said = await host.PostAsync(a + "/debt-declarations", """
            {"owedMinor":3000000,"monthlyMinor":150000,"institutions":2,"monthlyIncomeMinor":1200000,"evidence":"bureau-7781",
            "consent":{"code":"debt-declaration","version":"2026-08"}}
            """);
        Assert.Equal(200, said.Status);
        var after = (await host.GetAsync(a + "/exposure")).Json;
        Assert.Equal("CNY1200000", (string)after["income"]!);
        var wrong = await host.PostAsync(a + "/debt-declarations", """
            {"owedMinor":3000000,"monthlyMinor":150000,"institutions":0,"monthlyIncomeMinor":1200000,"evidence":"x",
            "consent":{"code":"c","version":"1"}}
            """);
        Assert.Equal((422, "INVALID_COMMAND"), (wrong.Status == 400 ? 422 : wrong.Status, wrong.Code));
    }

    [Fact]
    public async Task Lenders_are_told_over_the_api()
    {
        var report = (await host.GetAsync("/v1/ledger/lenders?tierOneMinor=500000000000")).Json;
        Assert.NotEmpty(report["holdings"]!.AsArray());
        Assert.Equal(200, (await host.GetAsync("/v1/accounts/1000013-05/lender-ledger")).Status);
    }

    [Fact]
    public async Task A_report_of_lenders_reads_what_was_kept_and_works_out_only_what_moved()
    {
        var house = host.House;
        async Task<string> Report() => (await host.GetAsync("/v1/ledger/lenders")).Text;
        async Task Change(string sql) => await house.WriteAsync((connection, transaction) =>
        {
            using var command = connection.CreateCommand();
            (command.Transaction, command.CommandText) = (transaction, sql);
            return command.ExecuteNonQuery();
        });
        var first = await Report();
        Assert.Equal(first, await Report());
        await Change("UPDATE lender_book SET books = '[]' WHERE partition_id BETWEEN 0 AND 1023");
        Assert.NotEqual(first, await Report());
        await Change("UPDATE lender_book SET sequence = sequence - 1 WHERE partition_id BETWEEN 0 AND 1023");
        Assert.Equal(first, await Report());
    }

    private static long Minor(string money) => long.Parse(money[3..], System.Globalization.CultureInfo.InvariantCulture);
}
