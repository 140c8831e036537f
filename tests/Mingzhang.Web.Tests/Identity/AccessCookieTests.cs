using System.Net;
using Mingzhang.Web.Identity;

namespace Mingzhang.Web.Tests.Identity;

/// <summary>What browsers are told about cookies, other sites and passwords.</summary>
public sealed class AccessCookieTests(Host host)
{
    [Fact]
    public async Task Cookies_are_closed_to_scripts_and_other_sites()
    {
        var one = await Somebody.NewAsync(host);
        var entered = await one.TryAsync(host.Visitor(), one.Password);
        var cookies = entered.Headers.GetValues("Set-Cookie").ToList();
        Assert.Contains(cookies, cookie => cookie.StartsWith("mz-app=", StringComparison.Ordinal));
        Assert.All(cookies, cookie => Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase));
        Assert.All(cookies, cookie => Assert.Matches("samesite=(lax|strict)", cookie));
        Assert.DoesNotContain(cookies, cookie => cookie.Contains(one.Phone, StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_foreign_origin_is_told_that_it_may_read()
    {
        foreach (var path in (string[])["/login", "/openapi/v1.json", "/v1/accounts", "/app.js"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("Origin", "https://elsewhere.example");
            var answer = await host.Visitor().SendAsync(request);
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"), path);
        }
    }

    [Fact]
    public async Task Passwords_are_masked_and_may_be_pasted()
    {
        var visitor = await (await Somebody.NewAsync(host)).EnterAsync();
        foreach (var (who, page) in ((HttpClient, string)[])[(host.Visitor(), "/login"), (visitor, "/app/security/password")])
        {
            var html = await Host.ReadAsync(who, page);
            Assert.Contains("name=\"password\" type=\"password\" autocomplete=\"current-password\"", html, StringComparison.Ordinal);
            Assert.DoesNotContain("onpaste", html, StringComparison.OrdinalIgnoreCase);
        }

        Assert.DoesNotContain("paste", await visitor.GetStringAsync(new Uri("/app.js", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_counts_to_its_last_character_and_in_its_case()
    {
        var one = await Somebody.NewAsync(host);
        var visitor = await one.EnterAsync();
        var chosen = "a long sentence of my own, " + string.Concat(Enumerable.Range(0, 101).Select(i => (char)('a' + (i % 26))));
        Assert.Equal(PasswordRules.Longest, chosen.Length);
        var changed = await Host.PostAsync(visitor, "/app/security/password", "/app/security/password", new()
        {
            ["password"] = one.Password, ["new"] = chosen, ["again"] = chosen,
        });
        Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await one.TryAsync(host.Visitor(), chosen[..^1])).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await one.TryAsync(host.Visitor(), chosen.ToUpperInvariant())).StatusCode);
        await one.EnterAsync(chosen);
    }
}
