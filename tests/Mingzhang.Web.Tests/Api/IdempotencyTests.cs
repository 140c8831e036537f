namespace Mingzhang.Web.Tests.Api;

[Collection(ApiCollection.Name)]
public sealed class IdempotencyTests(ApiHost host)
{
    private const string Buy = """{"purchaseId":"ord-1","amountMinor":12890,"scene":"groceries","merchant":"盒马鲜生"}""";

    [Fact]
    public async Task The_same_key_and_content_get_the_first_answer_byte_for_byte_also_when_the_account_has_moved_on()
    {
        var account = await host.OpenAsync(4_000_001);
        var first = await host.PostAsync(account + "/purchases", Buy, "same");
        Assert.Equal(200, first.Status);
        Assert.False(first.Replayed);
        Assert.Equal(200, (await host.PostAsync(account + "/purchases/ord-1/captures", """{"amountMinor":12890,"final":true}""")).Status);
        var again = await host.PostAsync(account + "/purchases", Buy, "same");
        Assert.Equal(first.Text, again.Text);
        Assert.Equal(first.Status, again.Status);
        Assert.True(again.Replayed);
    }

    [Fact]
    public async Task A_refusal_is_replayed_too_even_when_the_command_would_now_be_accepted()
    {
        var account = await host.OpenAsync(4_000_002, 100_000);
        var tooMuch = """{"purchaseId":"big","amountMinor":100001,"scene":"groceries","merchant":"m"}""";
        var refused = await host.PostAsync(account + "/purchases", tooMuch, "r");
        Assert.Equal((422, "LIMIT_EXCEEDED"), (refused.Status, refused.Code));
        Assert.Equal(200, (await host.SendAsync(
            "PUT", account + "/limits/total", """{"totalMinor":900000,"reason":"x","by":"staff"}""", "up")).Status);
        var again = await host.PostAsync(account + "/purchases", tooMuch, "r");
        Assert.Equal(refused.Text, again.Text);
        Assert.True(again.Replayed);
    }

    [Fact]
    public async Task The_same_key_with_other_content_is_409_and_books_nothing()
    {
        var account = await host.OpenAsync(4_000_003);
        await host.PostAsync(account + "/purchases", Buy, "k");
        var before = host.House.LastPosition;
        var other = await host.PostAsync(account + "/purchases", Buy.Replace("12890", "12891", StringComparison.Ordinal), "k");
        Assert.Equal((409, "KEY_REUSED_WITH_OTHER_CONTENT"), (other.Status, other.Code));
        Assert.Equal(before, host.House.LastPosition);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("ключ")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789x")]
    public async Task A_write_without_a_good_key_is_400(string? key)
    {
        var account = await host.OpenAsync();
        var before = host.House.LastPosition;
        var got = await host.SendAsync("POST", account + "/purchases", Buy, key);
        Assert.Equal(400, got.Status);
        Assert.Equal("Idempotency-Key", (string)got.Json["errors"]![0]!["field"]!);
        Assert.Equal(before, host.House.LastPosition);
    }

    [Fact]
    public async Task Writes_that_are_no_commands_are_replayed_too()
    {
        const string Body = """{"url":"https://example.com/hook"}""";
        var first = await host.PostAsync("/v1/webhooks", Body, "hook");
        var again = await host.PostAsync("/v1/webhooks", Body, "hook");
        Assert.Equal((201, first.Text, true), (again.Status, again.Text, again.Replayed));
        var other = await host.PostAsync("/v1/webhooks", """{"url":"https://example.com/other"}""", "hook");
        Assert.Equal((409, "KEY_REUSED_WITH_OTHER_CONTENT"), (other.Status, other.Code));
        var id = (string)first.Json["id"]!;
        var paused = await host.SendAsync("PUT", "/v1/webhooks/" + id, """{"url":"https://example.com/hook","active":false}""", "hook-2");
        Assert.False((bool)paused.Json["active"]!);
        Assert.DoesNotContain("whsec_", (await host.GetAsync("/v1/webhooks/" + id)).Text, StringComparison.Ordinal);
        Assert.Equal(204, (await host.SendAsync("DELETE", "/v1/webhooks/" + id, null, "hook-3")).Status);
        Assert.Equal(404, (await host.GetAsync("/v1/webhooks/" + id)).Status);
    }
}
