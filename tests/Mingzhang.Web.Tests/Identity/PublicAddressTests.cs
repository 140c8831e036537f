using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Mingzhang.Services.Sandbox;
using Mingzhang.Web.Hosting;

namespace Mingzhang.Web.Tests.Identity;

/// <summary>Behind a proxy that ends TLS.</summary>
public sealed class PublicAddressTests : IClassFixture<PublicAddressTests.Behind>
{
    private readonly Behind _host;

    public PublicAddressTests(Behind host) => _host = host;

    [Fact]
    public async Task Cookies_are_bound_to_this_host_and_to_tls_and_open_the_door()
    {
        using var visitor = new HttpClient(new HttpClientHandler
        {
            AllowAutoRedirect = false, UseCookies = false, CheckCertificateRevocationList = true,
        })
        {
            BaseAddress = _host.Address,
        };
        using var page = await visitor.GetAsync(new Uri("/login", UriKind.Relative));
        var form = Assert.Single(Bound(page), cookie => cookie.StartsWith("__Host-mz-form=", StringComparison.Ordinal));
        var token = Host.FormToken(await page.Content.ReadAsStringAsync());
        using var login = new HttpRequestMessage(HttpMethod.Post, "/login")
        {
            Headers = { { "Cookie", form.Split(';')[0] } },
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["_form"] = token, ["login"] = DemoCustomer.All[0].Phone, ["password"] = DemoCustomer.Password,
            }),
        };
        using var entered = await visitor.SendAsync(login);
        var session = Assert.Single(Bound(entered), cookie => cookie.StartsWith("__Host-mz-app=", StringComparison.Ordinal));
        using var home = new HttpRequestMessage(HttpMethod.Get, "/app") { Headers = { { "Cookie", session.Split(';')[0] } } };
        Assert.Equal(HttpStatusCode.OK, (await visitor.SendAsync(home)).StatusCode);
    }

    [Fact]
    public async Task Visitors_behind_a_trusted_proxy_are_counted_each_for_themselves()
    {
        using var visitor = _host.Visitor();
        for (var i = 0; i < Behind.Logins * 2; i++)
        {
            Assert.Equal(HttpStatusCode.BadRequest, await TryAsync($"203.0.113.{i}"));
        }

        for (var i = 0; i < Behind.Logins; i++)
        {
            Assert.Equal(HttpStatusCode.BadRequest, await TryAsync("203.0.113.99"));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync("203.0.113.99"));

        async Task<HttpStatusCode> TryAsync(string from)
        {
            using var login = new HttpRequestMessage(HttpMethod.Post, "/login") { Headers = { { "X-Forwarded-For", from } } };
            return (await visitor.SendAsync(login)).StatusCode;
        }
    }

    [Theory]
    [InlineData("pay.example.cn")]
    [InlineData("ftp://pay.example.cn")]
    [InlineData("https://pay.example.cn/app")]
    [InlineData("https://somebody@pay.example.cn")]
    public void What_is_no_address_is_refused_by_the_settings_name(string text)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("MZ_PUBLIC_URL", text)]).Build();
        var refused = Assert.Throws<SettingException>(() => PublicAddress.Of(settings));
        Assert.Contains("MZ_PUBLIC_URL", refused.Message, StringComparison.Ordinal);
    }

    // Every cookie is for TLS alone, for all paths that it names, and for no domain.
    private static List<string> Bound(HttpResponseMessage answer)
    {
        var cookies = answer.Headers.GetValues("Set-Cookie").ToList();
        Assert.All(cookies, cookie => Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase));
        Assert.All(cookies, cookie => Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase));
        return cookies;
    }

    public sealed class Behind : Host
    {
        public const int Logins = 4;

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("MZ_PUBLIC_URL", "https://pay.example.cn").UseSetting("MZ_PROXIES", "127.0.0.1, ::1");
            builder.UseSetting("MZ_LOGIN_RATE", $"{Logins}");
        }
    }
}
