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

    private static long Minor(string money) => long.Parse(money[3..], System.Globalization.CultureInfo.InvariantCulture);
}
