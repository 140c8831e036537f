using System.Text.Json.Nodes;
using Mingzhang.Web.Api.Fields;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Tests.Api;

/// <summary>Every write, every field, every way to get it wrong: a clear 4xx in both languages, and nothing is booked.</summary>
[Collection(ApiCollection.Name)]
public sealed class BadInputTests(ApiHost host)
{
    private IEnumerable<RouteSpec> Writes => host.Specs.Where(spec => spec.IsWrite && spec.Body.Count > 0);

    [Fact]
    public void Every_write_has_an_example() => Assert.All(Writes, spec => Assert.NotNull(spec.Example));

    [Fact]
    public async Task A_wrong_field_is_named_with_rule_and_fix_in_both_languages()
    {
        var account = await host.OpenAsync(5_000_001);
        var before = host.House.LastPosition;
        foreach (var spec in Writes)
        {
            foreach (var (body, field) in spec.Body.SelectMany(field => Wrong(spec, field)))
            {
                var got = await host.SendAsync(spec.Method, Address(spec, account), body, host.NextKey());
                Assert.True(got.Status == 400, $"{spec.Name} {body}: {got.Status} {got.Text}");
                var errors = got.Json["errors"]!.AsArray();
                var named = errors.Any(error => ((string)error!["field"]!).StartsWith(field, StringComparison.Ordinal));
                Assert.True(named, $"{spec.Name} {body}: {got.Text}");
                Assert.All(errors, AssertComplete);
            }
        }

        Assert.Equal(before, host.House.LastPosition);
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("[]", 400)]
    [InlineData("null", 400)]
    [InlineData("42", 400)]
    [InlineData("{", 400)]
    [InlineData("{\"reason\":1,}", 400)]
    [InlineData("{\"reason\":\"a\",\"reason\":\"b\"}", 400)]
    [InlineData("{\"reason\":\"\\ud800\"}", 400)]
    [InlineData("{\"\\ud800\":1}", 400)]
    [InlineData("DEEP", 400)]
    [InlineData("LARGE", 413)]
    public async Task A_body_that_is_no_small_JSON_object_is_refused(string body, int status)
    {
        var account = await host.OpenAsync();
        var sent = body switch
        {
            "DEEP" => string.Concat(Enumerable.Repeat("{\"a\":", 100)) + "1" + new string('}', 100),
            "LARGE" => $$"""{"reason":"{{new string('x', 300 * 1024)}}"}""",
            _ => body,
        };
        var before = host.House.LastPosition;
        foreach (var spec in Writes)
        {
            var got = await host.SendAsync(spec.Method, Address(spec, account), sent, host.NextKey());
            Assert.True(got.Status == status, $"{spec.Name} {body}: {got.Status} {got.Text}");
            Assert.DoesNotContain("   at ", got.Text, StringComparison.Ordinal);
            Assert.All(got.Json["errors"]!.AsArray(), error => Assert.DoesNotMatch("[a-z]{3}", (string)error!["ruleZh"]!));
        }

        Assert.Equal(before, host.House.LastPosition);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Another_content_type_is_415(string type)
    {
        var account = await host.OpenAsync();
        foreach (var spec in Writes)
        {
            var got = await host.SendAsync(spec.Method, Address(spec, account), spec.Example!, host.NextKey(), type: type);
            Assert.True(got.Status == 415, $"{spec.Name}: {got.Status}");
        }
    }

    [Fact]
    public async Task All_missing_fields_are_listed_at_once()
    {
        var got = await host.PostAsync("/v1/accounts", "{}");
        Assert.Equal(["customerId", "product", "assessment"], got.Json["errors"]!.AsArray().Select(error => (string)error!["field"]!));
    }

    [Theory]
    [InlineData("/purchases?trial=maybe", "trial")]
    [InlineData("/purchases?trail=true", "trail")]
    [InlineData("/purchases?trial=true&trial=true", "trial")]
    public async Task A_wrong_query_of_a_write_is_named(string below, string field)
    {
        var account = await host.OpenAsync();
        var got = await host.PostAsync(account + below, """{"purchaseId":"q","amountMinor":1,"scene":"groceries","merchant":"m"}""");
        Assert.Equal((400, field), (got.Status, (string)got.Json["errors"]![0]!["field"]!));
    }

    [Theory]
    [InlineData("/v1/accounts?limit=0", "limit")]
    [InlineData("/v1/accounts?limit=201", "limit")]
    [InlineData("/v1/accounts?limit=x", "limit")]
    [InlineData("/v1/accounts?cursor=!!", "cursor")]
    [InlineData("/v1/accounts?cursor=am91cm5hbDoy", "cursor")]
    [InlineData("/v1/accounts?status=open", "status")]
    [InlineData("/v1/accounts?page=2", "page")]
    [InlineData("/v1/accounts/1000001-01/explain/payment", "amountMinor")]
    [InlineData("/v1/accounts/1000001-01/explain/payment?amountMinor=-1", "amountMinor")]
    [InlineData("/v1/accounts/1000001-01/explain/payment?amountMinor=100&payOn=9999-12-31", "payOn")]
    [InlineData("/v1/accounts/1000001-01/explain/limit?scene=moon", "scene")]
    [InlineData("/v1/accounts/1000001-01/explain/bill/yesterday", "date")]
    [InlineData("/v1/accounts/1000001-01/as-of", "on")]
    [InlineData("/v1/accounts/1000001-01/as-of?on=9999-12-31", "on")]
    [InlineData("/v1/accounts/1000001-01/as-of?on=2026-05-01&known=2099-01-01", "known")]
    [InlineData("/v1/ledger/trial-balance?on=2026-13-01", "on")]
    public async Task A_wrong_query_of_a_read_is_named(string path, string field)
    {
        var got = await host.GetAsync(path);
        Assert.True(got.Status == 400, $"{got.Status} {got.Text}");
        Assert.Equal(field, (string)got.Json["errors"]![0]!["field"]!);
        Assert.All(got.Json["errors"]!.AsArray(), AssertComplete);
    }

    private static IEnumerable<(string Body, string Field)> Wrong(RouteSpec spec, FieldSpec field)
    {
        if (field.Required)
        {
            yield return (With(spec, body => body.Remove(field.Name)), field.Name);
        }

        yield return (With(spec, body => body["surprise"] = 1), "surprise");
        foreach (var value in WrongValues(field))
        {
            yield return (With(spec, body => body[field.Name] = JsonNode.Parse(value)), field.Name);
        }
    }

    private static string[] WrongValues(FieldSpec field) => field.Type switch
    {
        "integer" => ["\"12\"", "-1", "1.5", "99999999999999999999999", "true", "{}", .. field.Least > 0 ? (string[])["0"] : []],
        "boolean" => ["\"true\"", "1"],
        "array" => ["{}", "\"a\"", "[1]", "[null]", .. field.Least > 0 ? (string[])["[]"] : []],
        "object" => ["[]", "\"a\"", "{\"surprise\":1}"],
        _ when field.Format == "date" => ["\"2026-02-30\"", "\"01.07.2026\"", "20260701"],
        _ when field.Words.Count > 0 => ["\"nonsense\"", "1"],
        _ => ["42", "\"\"", "\"a\\nb\"", $"\"{new string('x', (int)(field.Most ?? 600) + 1)}\""],
    };

    private static string With(RouteSpec spec, Action<JsonObject> change)
    {
        var body = JsonNode.Parse(spec.Example!)!.AsObject();
        change(body);
        return body.ToJsonString();
    }

    private static void AssertComplete(JsonNode? error)
    {
        foreach (var name in (string[])["field", "rule", "fix", "ruleZh", "fixZh"])
        {
            Assert.False(string.IsNullOrWhiteSpace((string?)error![name]), error.ToJsonString());
        }
    }

    private static string Address(RouteSpec spec, string account) => AuthorisationTests.Address(spec)
        .Replace("/v1/accounts/x", account).Replace("/forks/x", "/forks/" + account[13..]);
}
