using Dapper;

namespace Mingzhang.Web.Tests.Api;

[Collection(ApiCollection.Name)]
public sealed class WebhookApiTests(ApiHost host)
{
    [Fact]
    public async Task What_was_sent_after_a_cursor_is_sent_again_and_the_log_says_so()
    {
        var made = await host.PostAsync(
            "/v1/webhooks", """{"url":"https://example.com/log","kinds":["account-opened"]}""", "hook-log-1");
        Assert.Equal(201, made.Status);
        var id = (string)made.Json["id"]!;
        Assert.Equal("account-opened", (string)made.Json["kinds"]![0]!);
        var house = host.House;
        await house.WriteAsync((connection, transaction) => connection.Execute(
            "INSERT INTO outbox (partition_id, position, part, webhook_id, account_id, type, payload, attempts, next_attempt, "
            + "delivered_at, last_error) VALUES (1, 900000001, 0, @id, 65, 'account-opened.v1', '{}', 1, 0, 1700000000, '')",
            new { id }, transaction));
        var log = await host.GetAsync($"/v1/webhooks/{id}/deliveries");
        Assert.Contains("\"state\":\"delivered\"", log.Text, StringComparison.Ordinal);
        var replay = await host.PostAsync($"/v1/webhooks/{id}/replay", """{"after":"900000000"}""", "replay-" + id);
        Assert.Equal(1, (long)replay.Json["again"]!);
        Assert.Contains("\"state\":\"waiting\"", (await host.GetAsync($"/v1/webhooks/{id}/deliveries")).Text, StringComparison.Ordinal);
        Assert.Equal(404, (await host.GetAsync("/v1/webhooks/wh-none/deliveries")).Status);
        await host.SendAsync("DELETE", "/v1/webhooks/" + id, null, "gone-" + id);
        await house.WriteAsync((connection, transaction) => connection.Execute(
            "DELETE FROM outbox WHERE partition_id = 1 AND webhook_id = @id", new { id }, transaction));
    }
}
