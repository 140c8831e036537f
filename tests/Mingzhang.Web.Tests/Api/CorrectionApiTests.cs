namespace Mingzhang.Web.Tests.Api;

/// <summary>Corrections over the API: tried with everything they would change, booked, and told again afterwards.</summary>
[Collection(ApiCollection.Name)]
public sealed class CorrectionApiTests(ApiHost host)
{
    private const string Corrected = "/v1/accounts/1000006-01";

    [Fact]
    public async Task A_trial_of_a_correction_answers_everything_it_would_change()
    {
        var account = await host.OpenAsync(32_000_001);
        await host.PostAsync(account + "/offline-purchases", Offline("c-1", 50_000));
        var booked = await host.PostAsync(account + "/repayments", Repayment("r-1", 20_000));
        var sequence = (long)booked.Json["sequence"]!;
        var right = $$"""{"sequence":{{sequence}},"reason":"typed wrongly","type":"receive-repayment","body":{{Body("r-1", 50_000)}}}""";
        var trial = await host.PostAsync(account + "/corrections/replacement?trial=true", right);
        Assert.True(trial.Status == 200, trial.Text);
        var figures = trial.Json["correction"]!["figures"]!.AsArray().ToDictionary(one => (string)one!["figure"]!, one => one!);
        Assert.Equal(("CNY30000", "CNY0"), ((string)figures["debt"]["before"]!, (string)figures["debt"]["after"]!));
        Assert.Equal(("replaced", sequence), (
            (string)trial.Json["correction"]!["cause"]!["kind"]!, (long)trial.Json["correction"]!["cause"]!["wrongSequence"]!));
        var done = await host.PostAsync(account + "/corrections/replacement", right);
        Assert.True(done.Status == 200, done.Text);
        Assert.Equal(0, (long)done.Json["figures"]!["totalDebtMinor"]!);
        var told = await host.GetAsync(account + $"/corrections/{(long)done.Json["sequence"]!}");
        Assert.Equal(trial.Json["correction"]!.ToJsonString(), told.Json.ToJsonString());
        var list = await host.GetAsync(account + "/corrections");
        Assert.Equal(sequence, (long)list.Json.AsArray().Single()!["withdrawn"]!);
        Assert.Null((await host.PostAsync(account + "/repayments?trial=true", Body("r-2", 1)))!.Json["correction"]);
    }

    [Fact]
    public async Task A_price_that_was_wrong_is_tried_with_the_bill_and_the_interest()
    {
        var trial = await host.PostAsync("/v1/accounts/1000002-01/prices?trial=true", """
            {"contractPpm":400,"overduePpm":500,"effectiveOn":"2026-06-11","reason":"recorded wrongly"}
            """);
        Assert.True(trial.Status == 200, trial.Text);
        var preview = trial.Json["correction"]!;
        Assert.Equal("2026-06-11", (string)preview["cause"]!["since"]!);
        Assert.Contains(preview["figures"]!.AsArray(), one => (string)one!["figure"]! == "interest");
        Assert.NotEmpty(preview["statements"]!.AsArray());
        Assert.Equal("PRICE_ABOVE_CAP", (await host.PostAsync("/v1/accounts/1000002-01/prices?trial=true", """
            {"contractPpm":900,"overduePpm":900,"reason":"x"}
            """)).Code);
    }

    [Fact]
    public async Task What_is_wrong_in_a_replacement_is_named()
    {
        Assert.Equal("type", await FieldAsync("""{"sequence":3,"reason":"x","type":"amend-fact","body":{}}"""));
        Assert.Equal("body.effectiveOn", await FieldAsync(
            """{"sequence":3,"reason":"x","type":"release-hold","body":{"purchaseId":"p"}}"""));
        Assert.Equal("body", await FieldAsync("""{"sequence":3,"reason":"x","type":"release-hold","body":7}"""));
        Assert.Equal("body.sources", await FieldAsync(
            """{"sequence":3,"reason":"x","type":"receive-repayment","body":{"repaymentId":"r","effectiveOn":"2026-06-01"}}"""));
        var kind = await host.PostAsync(Corrected + "/corrections/replacement?trial=true",
            """{"sequence":2,"reason":"x","type":"release-hold","body":{"purchaseId":"p","effectiveOn":"2026-06-01"}}""");
        Assert.Equal("REPLACEMENT_OF_OTHER_KIND", kind.Code);
        Assert.Equal("FACT_UNKNOWN", (await host.GetAsync(Corrected + "/corrections/1")).Code);
        Assert.Equal("FACT_UNKNOWN", (await host.GetAsync(Corrected + "/corrections/x")).Code);
    }

    private async Task<string> FieldAsync(string body)
    {
        var got = await host.PostAsync(Corrected + "/corrections/replacement?trial=true", body);
        return (string)got.Json["errors"]![0]!["field"]!;
    }

    private static string Offline(string id, long fen) =>
        $$"""{"purchaseId":"{{id}}","amountMinor":{{fen}},"scene":"dining","merchant":"m"}""";

    private static string Repayment(string id, long fen) =>
        $$"""{"repaymentId":"{{id}}","sources":[{"source":"bank-card","amountMinor":{{fen}}}]}""";

    private string Body(string id, long fen) => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $$"""
        {"repaymentId":"{{id}}","effectiveOn":"{{host.House.BusinessDate:yyyy-MM-dd}}",
        "sources":[{"source":"bank-card","amountMinor":{{fen}}}]}
        """);
}
