using Microsoft.AspNetCore.Authorization;
using Mingzhang.Web.Api;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Tests.Api;

[Collection(ApiCollection.Name)]
public sealed class AuthorisationTests(ApiHost host)
{
    [Fact]
    public void Every_route_below_v1_names_a_policy()
    {
        var routes = host.Endpoints.Where(
            endpoint => endpoint.RoutePattern.RawText?.StartsWith("/v1", StringComparison.Ordinal) == true).ToList();
        Assert.True(routes.Count > 50, $"only {routes.Count} routes");
        Assert.All(routes, route => Assert.False(
            string.IsNullOrEmpty(route.Metadata.GetMetadata<IAuthorizeData>()?.Policy), route.DisplayName));
        Assert.All(routes, route => Assert.Null(route.Metadata.GetMetadata<IAllowAnonymous>()));
    }

    [Fact]
    public async Task Without_a_key_or_with_an_unknown_one_every_route_answers_401()
    {
        foreach (var spec in host.Specs)
        {
            var bare = await host.SendAsync(spec.Method, Address(spec), null, null, key: null);
            var unknown = await host.SendAsync(spec.Method, Address(spec), null, null, key: "mz_unknown_0123456789abcdef0123456789");
            Assert.True(bare.Status == 401 && bare.Text == unknown.Text, $"{spec.Name}: {bare.Status} {unknown.Status}");
            Assert.Equal("application/problem+json", bare.Raw.Content.Headers.ContentType!.MediaType);
        }
    }

    [Fact]
    public async Task A_key_comes_in_exactly_where_its_scope_allows()
    {
        foreach (var scope in ApiScopes.All)
        {
            var key = $"mz_scope_{scope}_0123456789abcdef012345";
            await host.Keys.PutAsync("scope-" + scope.Replace(':', '-'), key, [scope]);
            foreach (var spec in host.Specs)
            {
                var got = await host.SendAsync(spec.Method, Address(spec), null, null, key);
                Assert.True(May(scope, spec.Policy) == got.Status is not (401 or 403),
                    $"{scope} on {spec.Name} ({spec.Policy}): {got.Status}");
                Assert.True(got.Status < 500, $"{spec.Name}: {got.Text}");
            }
        }
    }

    [Fact]
    public async Task A_revoked_key_is_out_with_the_next_request()
    {
        const string Key = "mz_revoked_0123456789abcdef0123456789";
        await host.Keys.PutAsync("leaver", Key, ApiScopes.All);
        Assert.Equal(200, (await host.GetAsync("/v1/business-date", Key)).Status);
        await host.Keys.RevokeAsync("leaver");
        Assert.Equal(401, (await host.GetAsync("/v1/business-date", Key)).Status);
    }

    [Fact]
    public async Task Someone_elses_account_answers_like_one_that_does_not_exist_byte_for_byte()
    {
        var theirs = await host.OpenAsync(3_000_001);
        var own = await host.OpenAsync(3_000_002);
        const string Key = "mz_bound_0123456789abcdef0123456789abc";
        await host.Keys.PutAsync("bound", Key, ApiScopes.All, customer: 3_000_002);
        Assert.Equal(200, (await host.GetAsync(own, Key)).Status);
        Assert.Equal(201, (await host.PostAsync("/v1/sandbox/forks", $$"""{"accountId":"{{own[13..]}}"}""", key: Key)).Status);
        string[] hidden = [theirs, "/v1/accounts/3999999-01", "/v1/accounts/nonsense", "/v1/accounts/3000001-99", "/v1/accounts/-1-01",
            "/v1/accounts/%20"];
        foreach (var spec in host.Specs.Where(spec => spec.NamesAccount))
        {
            var answers = new List<string>();
            foreach (var address in hidden)
            {
                var path = Address(spec).Replace("/v1/accounts/x", address, StringComparison.Ordinal).Replace(
                    "/forks/x", "/forks/" + address[13..], StringComparison.Ordinal);
                var body = spec.Method == "GET" ? null : spec.Name == "advance-fork" ? """{"to":"2026-08-01"}""" : spec.Example ?? "{}";
                var got = await host.SendAsync(spec.Method, path, body, host.NextKey(), Key);
                answers.Add($"{got.Status} {got.Text}");
            }

            Assert.StartsWith("404 ", answers[0], StringComparison.Ordinal);
            Assert.True(answers.TrueForAll(answer => answer == answers[0]), $"{spec.Name}: {string.Join('\n', answers)}");
        }

        var list = await host.GetAsync("/v1/accounts?limit=200", Key);
        Assert.Equal(["3000002-01"], list.Json["items"]!.AsArray().Select(item => (string)item!["account"]!));
        Assert.Equal(404, (await host.PostAsync("/v1/accounts", ApiHost.OpenBody(3_000_003), key: Key)).Status);
    }

    [Fact]
    public async Task Speaking_for_staff_needs_the_staff_scope()
    {
        var account = await host.OpenAsync(3_000_010);
        const string Key = "mz_borrower_0123456789abcdef0123456789";
        await host.Keys.PutAsync("borrower", Key, [ApiScopes.AccountsWrite, ApiScopes.AccountsRead]);
        var raise = """{"totalMinor":2000000,"reason":"more","by":"staff"}""";
        Assert.Equal(403, (await host.SendAsync("PUT", account + "/limits/total", raise, "s-1", Key)).Status);
        Assert.Equal(403, (await host.SendAsync(
            "PUT", account + "/limits/total", raise.Replace("staff", "channel", StringComparison.Ordinal), "s-2", Key)).Status);
        var own = await host.SendAsync("PUT", account + "/limits/total", """{"totalMinor":2000000,"reason":"more"}""", "s-3", Key);
        Assert.Equal("BORROWER_MAY_ONLY_LOWER", own.Code);
        Assert.Equal(200, (await host.SendAsync("PUT", account + "/limits/total", raise, "s-4")).Status);
    }

    internal static string Address(RouteSpec spec) =>
        string.Join('/', spec.Pattern.Split('/').Select(part => part.StartsWith('{') ? "x" : part));

    private static bool May(string scope, string policy) => policy switch
    {
        ApiScopes.AnyKey => true,
        ApiScopes.AnyWrite => scope is ApiScopes.AccountsWrite or ApiScopes.PaymentsWrite or ApiScopes.StaffWrite,
        ApiScopes.AnyStaff => scope is ApiScopes.StaffWrite or ApiScopes.StaffApprove,
        _ => scope == policy,
    };
}
