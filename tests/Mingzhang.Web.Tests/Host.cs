using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Mingzhang.Services.Sandbox;
using Mingzhang.Web.Tests.Api;

[assembly: AssemblyFixture(typeof(Mingzhang.Web.Tests.Host))]

namespace Mingzhang.Web.Tests;

/// <summary>A whole host on a port of its own, with a new sandbox and its demo customers.</summary>
public partial class Host : WebApplicationFactory<Program>
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mz-web-").FullName;

    private readonly Lazy<Uri> _address;

    public Host()
    {
        UseKestrel(0);
        _address = new Lazy<Uri>(() =>
        {
            StartServer();
            return ClientOptions.BaseAddress;
        });
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"(_form|key)\" value=\"([^\"]*)\" />")]
    private static partial Regex Hidden { get; }

    /// <summary>The root of the repository.</summary>
    public static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "Mingzhang.slnx")))
            {
                folder = folder.Parent!;
            }

            return folder.FullName;
        }
    }

    /// <summary>Where the host answers; starts it once, however many tests ask at the same time.</summary>
    public Uri Address => _address.Value;

    /// <summary>A visitor with cookies of their own who does not follow redirects.</summary>
    public HttpClient Visitor() => new(new HttpClientHandler { AllowAutoRedirect = false, CheckCertificateRevocationList = true })
    {
        BaseAddress = Address,
    };

    /// <summary>A page as people read it.</summary>
    public static async Task<string> ReadAsync(HttpClient visitor, string page) =>
        WebUtility.HtmlDecode(await visitor.GetStringAsync(new Uri(page, UriKind.Relative)));

    /// <summary>A visitor logged in as a demo customer.</summary>
    public async Task<HttpClient> BorrowerAsync(string story)
    {
        var visitor = Visitor();
        var phone = DemoCustomer.All.Single(one => one.Story == story).Phone;
        var answer = await PostAsync(visitor, "/login", "/login", new() { ["login"] = phone, ["password"] = DemoCustomer.Password });
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return visitor;
    }

    /// <summary>Asks the API with the sandbox's key.</summary>
    internal async Task<Got> ApiAsync(string method, string path, string? body = null, string? key = null)
    {
        using var visitor = Visitor();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", DemoCustomer.ApiKey);
        if (body is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        var answer = await visitor.SendAsync(request);
        return new Got((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer);
    }

    /// <summary>A visitor logged in as staff.</summary>
    public async Task<HttpClient> StaffAsync(string login = DemoCustomer.StaffLogin)
    {
        var visitor = Visitor();
        var answer = await PostAsync(visitor, "/console/login", "/console/login", new()
        {
            ["login"] = login,
            ["password"] = login == DemoCustomer.StaffLogin ? DemoCustomer.StaffPassword : DemoCustomer.CheckerPassword,
        });
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return visitor;
    }

    /// <summary>The token of a page's first form.</summary>
    public static string FormToken(string html) => Hidden.Match(html).Groups[2].Value;

    /// <summary>Opens a page, takes the hidden fields of its first form, and posts.</summary>
    public static async Task<HttpResponseMessage> PostAsync(
        HttpClient visitor, string page, string action, Dictionary<string, string> fields)
    {
        var html = await visitor.GetStringAsync(new Uri(page, UriKind.Relative));
        foreach (Match match in Hidden.Matches(html).Take(2))
        {
            fields[match.Groups[1].Value] = match.Groups[2].Value;
        }

        return await visitor.PostAsync(new Uri(action, UriKind.Relative), new FormUrlEncodedContent(fields));
    }

    /// <summary>The signed value of a cost table as it would be had it been shown so many seconds earlier.</summary>
    public string Earlier(string shown, int seconds)
    {
        var protector = Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("mz-cost-table");
        var parts = protector.Unprotect(shown).Split('|');
        var then = long.Parse(parts[2], CultureInfo.InvariantCulture) - (seconds * 1000L);
        return protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{parts[0]}|{parts[1]}|{then}"));
    }

    /// <summary>A page without what differs on every rendering.</summary>
    public static string WithoutTokens(string html) => Hidden.Replace(html, "");

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("MZ_DB", TestDatabase.DemoIn(_folder)).UseSetting("MZ_DATA", _folder).UseSetting("MZ_CANARY", "false");
        builder.UseSetting("MZ_LOGIN_RATE", "10000");
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
