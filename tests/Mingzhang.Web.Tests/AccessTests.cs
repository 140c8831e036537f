using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Mingzhang.Services.Sandbox;

namespace Mingzhang.Web.Tests;

public sealed class AccessTests(Host host)
{
    private static readonly string[] Open =
    [
        "/", "/health", "/health/live", "/health/ready", "/offline", "/login", "/console/login", "/openapi/{documentName}.json",
        "/{**path:file}", "/{**path}",
        "/verify", "/verify/keys.pem", "/verify/{number}", "/verify/file",
        "/login/code", "/login/passkey", "/login/passkey/options",
        "/console/login/code", "/console/login/passkey", "/console/login/passkey/options",
        // For who has no password yet, or none any more; a code decides.
        "/login/forgot", "/login/reset", "/console/login/first", "/register", "/register/person", "/privacy/receipt",
        // Signed by the bank: without a signature it answers 401.
        "/bank/notices",
    ];

    [Fact]
    public void Every_route_needs_a_log_in_but_the_few_that_are_named()
    {
        _ = host.Address;
        var routes = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        Assert.True(routes.Count > 30);
        foreach (var route in routes)
        {
            var path = "/" + route.RoutePattern.RawText!.Trim('/');
            var anonymous = route.Metadata.GetMetadata<IAllowAnonymous>() is not null;
            var named = Open.Contains(path) || Path.HasExtension(path);
            Assert.True(named || (!anonymous && route.Metadata.GetMetadata<IAuthorizeData>() is not null), path);
        }
    }

    [Theory]
    [InlineData("/app", "/login")]
    [InlineData("/app/bills/2026-07-01", "/login")]
    [InlineData("/console", "/console/login")]
    [InlineData("/console/accounts/1000001-01", "/console/login")]
    public async Task A_stranger_is_sent_to_the_log_in(string page, string login)
    {
        var answer = await host.Visitor().GetAsync(page);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith(login, new Uri(host.Address, answer.Headers.Location!).AbsolutePath);
    }

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/app/nowhere")]
    [InlineData("/app/loans/a/b/c")]
    public async Task A_borrower_who_asks_for_an_unknown_page_reads_that_there_is_none(string page)
    {
        var answer = await (await host.BorrowerAsync("new")).GetAsync(page + "?lang=en");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("There is no such page", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Staff_who_ask_for_an_unknown_page_read_that_there_is_none() =>
        Assert.Equal(HttpStatusCode.NotFound, (await (await host.StaffAsync()).GetAsync("/console/nowhere")).StatusCode);

    [Fact]
    public async Task A_borrower_is_no_staff_and_staff_are_no_borrowers()
    {
        Assert.Equal(HttpStatusCode.Redirect, (await (await host.BorrowerAsync("new")).GetAsync("/console")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await (await host.StaffAsync()).GetAsync("/app")).StatusCode);
    }

    [Fact]
    public async Task An_unknown_user_and_a_wrong_password_answer_the_same()
    {
        var unknown = await Host.PostAsync(host.Visitor(), "/login", "/login", new() { ["login"] = "19911111111", ["password"] = "x" });
        var wrong = await Host.PostAsync(
            host.Visitor(), "/login", "/login", new() { ["login"] = DemoCustomer.All[0].Phone, ["password"] = "x" });
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal(unknown.StatusCode, wrong.StatusCode);
        Assert.Equal(
            Host.WithoutTokens(await unknown.Content.ReadAsStringAsync()),
            Host.WithoutTokens(await wrong.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        var visitor = await host.BorrowerAsync("frozen");
        var answer = await visitor.PostAsync("/app/settings/pause", new FormUrlEncodedContent([new("key", "0123456789")]));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_text_with_a_character_that_no_text_has_is_refused_and_said()
    {
        var answer = await Host.PostAsync(host.Visitor(), "/login?lang=en", "/login", new() { ["login"] = "1\0", ["password"] = "x" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("type it again", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_foreign_and_a_malformed_account_answer_like_a_missing_one()
    {
        var staff = await host.StaffAsync();
        var missing = await staff.GetAsync("/console/accounts/7777777-01");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        var expected = await missing.Content.ReadAsStringAsync();
        foreach (var id in (string[])["abc", "01000001-01", "1000001-1", "9999999999999999999-01", "1000001-99"])
        {
            var other = await staff.GetAsync("/console/accounts/" + id);
            Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
            Assert.Equal(expected, await other.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task Every_answer_carries_the_security_headers()
    {
        var answer = await host.Visitor().GetAsync("/login");
        Assert.Contains("default-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Contains("object-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Contains("base-uri 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("max-age=31536000; includeSubDomains", answer.Headers.GetValues("Strict-Transport-Security").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("identity")]
    public async Task Styles_arrive_however_they_are_packed(string encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/app.css");
        request.Headers.AcceptEncoding.ParseAdd(encoding);
        var answer = await host.Visitor().SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True((await answer.Content.ReadAsByteArrayAsync()).Length > 1000);
    }
}
