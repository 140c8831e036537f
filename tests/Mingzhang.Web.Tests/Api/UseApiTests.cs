namespace Mingzhang.Web.Tests.Api;

/// <summary>"Why can't I use it?" through the API: the answer, what it rests on, shops, incidents, and causes brought about.</summary>
[Collection(ApiCollection.Name)]
public sealed class UseApiTests(ApiHost host)
{
    private static int _customers = 33_000_000;

    [Theory]
    [InlineData("P02_OTHER_BILL", "notFullyRepaid")]
    [InlineData("A02_PERMISSION_LAG", "repaidButPermissionWrong")]
    [InlineData("A03_CLIENT_STALE", "repaidButPermissionWrong")]
    [InlineData("B05_RESTORE_FAILED", "repaidButPermissionWrong")]
    [InlineData("C01_ACCESS_CHANGED", "repaidButRuleLimits")]
    [InlineData("D01_PARAM_ERROR", "repaidButPermissionWrong")]
    [InlineData("D99_UNKNOWN", "repaidButPermissionWrong")]
    public async Task A_cause_that_was_brought_about_is_answered_first(string code, string verdict)
    {
        var injected = await InjectAsync(code);
        var got = await host.GetAsync(injected + (injected.Contains('?') ? "&" : "?") + "scene=groceries");
        Assert.True(got.Status == 200, got.Text);
        Assert.Equal(code, (string)got.Json["reasons"]![0]!["code"]!);
        Assert.Equal(verdict, (string)got.Json["verdict"]!);
        Assert.True(got.Json["stages"]!.AsArray().Count >= 4, got.Text);
        var trace = await host.GetAsync(injected.Replace("/explain/use", "/explain/use/trace", StringComparison.Ordinal));
        Assert.True(trace.Status == 200, trace.Text);
        Assert.DoesNotContain("sandbox\"", trace.Text, StringComparison.Ordinal);
        Assert.Equal(code, (string)trace.Json["diagnosis"]!["causes"]![0]!["code"]!);
    }

    [Fact]
    public async Task An_unknown_cause_is_refused_with_the_list()
    {
        var got = await host.PostAsync("/v1/sandbox/causes", """{"customerId":"33999999","code":"X01"}""");
        Assert.Equal(400, got.Status);
        Assert.Contains("P01_RESIDUE", got.Text, StringComparison.Ordinal);
        await host.OpenAsync(33_999_998);
        var taken = await host.PostAsync("/v1/sandbox/causes", """{"customerId":"33999998","code":"C03_FROZEN_RISK"}""");
        Assert.Equal("ACCOUNT_ALREADY_OPEN", taken.Code);
    }

    [Fact]
    public async Task A_shop_is_kept_and_paid_and_one_that_may_not_be_is_refused_by_name()
    {
        Assert.Equal(201, (await host.PostAsync("/v1/merchants", Shop("t-1", "5411"))).Status);
        Assert.Equal(201, (await host.PostAsync("/v1/merchants", Shop("t-2", "7995"))).Status);
        var wrong = await host.PostAsync("/v1/merchants", Shop("t-3", "54"));
        Assert.Equal("mcc", (string)wrong.Json["errors"]![0]!["field"]!);
        Assert.Contains("t-1", (await host.GetAsync("/v1/merchants")).Text, StringComparison.Ordinal);
        var account = await host.OpenAsync();
        var paid = await host.PostAsync(account + "/checkouts", """{"merchantId":"t-1","orderId":"o-1","amountMinor":5000}""");
        Assert.True(paid.Status == 201, paid.Text);
        Assert.Contains("t-1:o-1", (await host.GetAsync(account + "/purchases")).Text, StringComparison.Ordinal);
        Assert.Equal("MERCHANT_NOT_ELIGIBLE", (await CodeAsync(account, "t-2")));
        Assert.Equal("MERCHANT_UNKNOWN", (await CodeAsync(account, "t-9")));
        var why = await host.GetAsync(account + "/explain/use?merchantId=t-2");
        Assert.Equal("C06_SCENE_NOT_SUPPORTED", (string)why.Json["reasons"]![0]!["code"]!);
    }

    [Fact]
    public async Task An_incident_that_stops_a_product_is_named_with_its_number_and_ends()
    {
        var account = await host.OpenAsync();
        var declared = await host.PostAsync("/v1/incidents", """
            {"zh":"支付服务故障","en":"Payments are down","product":"pay-later","stopsUse":true,"expectedMinutes":30}
            """);
        Assert.True(declared.Status == 201, declared.Text);
        var name = (string)declared.Json["name"]!;
        try
        {
            var why = await host.GetAsync(account + "/explain/use");
            Assert.Equal("D03_INCIDENT", (string)why.Json["reasons"]![0]!["code"]!);
            Assert.Equal(name, (string)why.Json["reasons"]![0]!["subject"]!);
            Assert.NotNull(why.Json["reasons"]![0]!["expectedAt"]);
        }
        finally
        {
            Assert.Equal(200, (await host.PostAsync($"/v1/incidents/{name}/end", "{}")).Status);
        }

        Assert.True((bool)(await host.GetAsync(account + "/explain/use")).Json["usable"]!);
        Assert.Equal(404, (await host.PostAsync("/v1/incidents/INC-99999/end", "{}")).Status);
    }

    private async Task<string?> CodeAsync(string account, string shop)
    {
        var got = await host.PostAsync(account + "/checkouts", $$"""{"merchantId":"{{shop}}","orderId":"o-2","amountMinor":5000}""");
        return got.Code;
    }

    private async Task<string> InjectAsync(string code)
    {
        var customer = Interlocked.Increment(ref _customers);
        var got = await host.PostAsync("/v1/sandbox/causes", $$"""{"customerId":"{{customer}}","code":"{{code}}"}""");
        Assert.True(got.Status == 201, got.Text);
        var query = string.Join('&', new[]
        {
            got.Json["amountMinor"] is { } amount ? $"amountMinor={amount}" : "",
            got.Json["merchantId"] is { } shop ? $"merchantId={shop}" : "",
            got.Json["shownVersion"] is { } shown ? $"shownVersion={shown}&shownAt=1790000000000" : "",
        }.Where(part => part.Length > 0));
        return $"/v1/accounts/{(string)got.Json["account"]!}/explain/use" + (query.Length > 0 ? "?" + query : "");
    }

    private static string Shop(string id, string mcc) =>
        $$"""{"merchantId":"{{id}}","name":"Corner Shop","mcc":"{{mcc}}","scene":"groceries","eligible":true}""";
}
