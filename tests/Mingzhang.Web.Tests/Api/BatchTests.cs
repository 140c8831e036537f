using System.Text.Json.Nodes;
using Mingzhang.Web.Api;

namespace Mingzhang.Web.Tests.Api;

[Collection(ApiCollection.Name)]
public sealed class BatchTests(ApiHost host)
{
    [Fact]
    public async Task Each_command_of_a_batch_gets_the_answer_of_the_single_request()
    {
        var opening = Item("open-account", null, "b-open", ApiHost.OpenBody(8_000_001));
        var buy = """{"purchaseId":"b-1","amountMinor":500,"scene":"groceries","merchant":"m"}""";
        var batch = Batch(
            opening, Item("authorise-purchase", "8000001-01", "b-buy", buy),
            Item("capture-purchase", "8000001-01", "b-cap", """{"purchaseId":"b-1","amountMinor":500,"final":true}"""),
            Item("capture-purchase", "8000001-01", "b-bad", """{"purchaseId":"b-1","amountMinor":"5","final":true}"""),
            Item("release-hold", "8000009-01", "b-none", """{"purchaseId":"b-1"}"""),
            Item("release-hold", "8000001-01", "b-gone", """{"purchaseId":"b-9"}"""));
        var first = await host.SendAsync("POST", "/v1/commands:batch", batch, null);
        Assert.Equal([201, 200, 200, 400, 404, 404], Statuses(first));
        var single = await host.PostAsync("/v1/accounts/8000001-01/purchases", buy, "b-buy");
        Assert.True(single.Replayed);
        Assert.Contains(single.Text, first.Text, StringComparison.Ordinal);
        var again = await host.SendAsync("POST", "/v1/commands:batch", batch, null);
        Assert.Equal([true, true, true, false, false, true], again.Json["items"]!.AsArray().Select(item => (bool)item!["replayed"]!));
        Assert.Equal(Statuses(first), Statuses(again));
    }

    [Theory]
    [InlineData("{}", "commands")]
    [InlineData("""{"commands":[]}""", "commands")]
    [InlineData("""{"commands":{}}""", "commands")]
    [InlineData("""{"commands":[1],"more":1}""", "more")]
    public async Task A_batch_that_is_none_is_refused(string body, string field)
    {
        var got = await host.SendAsync("POST", "/v1/commands:batch", body, null);
        Assert.Equal((400, field), (got.Status, (string)got.Json["errors"]![0]!["field"]!));
    }

    [Fact]
    public async Task A_batch_takes_200_commands_and_no_more()
    {
        var before = host.House.LastPosition;
        var items = Enumerable.Range(0, 201).Select(i => Item("nonsense", "1-01", $"k{i}", "{}")).ToArray();
        Assert.Equal(400, (await host.SendAsync("POST", "/v1/commands:batch", Batch(items), null)).Status);
        var got = await host.SendAsync("POST", "/v1/commands:batch", Batch(items[..200]), null);
        Assert.All(Statuses(got), status => Assert.Equal(400, status));
        Assert.Equal(before, host.House.LastPosition);
    }

    [Fact]
    public async Task A_command_of_a_batch_needs_its_own_scope()
    {
        const string Key = "mz_payments_only_0123456789abcdef012345";
        await host.Keys.PutAsync("payments-only", Key, [ApiScopes.PaymentsWrite]);
        var batch = Batch(Item("write-off-debt", "1000001-01", "w", """{"reason":"x"}"""));
        var got = await host.SendAsync("POST", "/v1/commands:batch", batch, null, Key);
        Assert.Equal([403], Statuses(got));
    }

    private static int[] Statuses(Got got) => [.. got.Json["items"]!.AsArray().Select(item => (int)item!["status"]!)];

    private static string Batch(params JsonObject[] items) =>
        new JsonObject { ["commands"] = new JsonArray([.. items.Select(item => item.DeepClone())]) }.ToJsonString();

    private static JsonObject Item(string type, string? account, string key, string body)
    {
        var item = new JsonObject { ["type"] = type, ["key"] = key, ["body"] = JsonNode.Parse(body) };
        if (account is not null)
        {
            item["accountId"] = account;
        }

        return item;
    }
}
