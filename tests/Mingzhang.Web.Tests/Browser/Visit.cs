using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Mingzhang.Web.Tests.Browser;

/// <summary>A browser of its own with one page; notes what goes wrong in it.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Visit(IPlaywright playwright, IBrowser browser, IPage page) => (_playwright, _browser, Page) = (playwright, browser, page);

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>Errors of the console, among them what the content policy stopped, and of scripts.</summary>
    public List<string> Errors { get; } = [];

    private static string? Chromium { get; } = ((string?[])[Environment.GetEnvironmentVariable("MZ_CHROMIUM"), "/usr/bin/chromium"])
        .FirstOrDefault(path => path is not null && File.Exists(path));

    /// <summary>A visit of nobody yet; the test is reported as skipped where there is no Chromium.</summary>
    public static async Task<Visit> OpenAsync(Host host, int width, int height, bool script = true, ColorScheme colours = ColorScheme.Light)
    {
        Assert.SkipWhen(Chromium is null, "no chromium: set MZ_CHROMIUM or install it");
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium, Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        });
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = host.Address.ToString(), Locale = "zh-CN", JavaScriptEnabled = script, ColorScheme = colours,
            ViewportSize = new ViewportSize { Width = width, Height = height },
        });
        var visit = new Visit(playwright, browser, await context.NewPageAsync());
        visit.Page.Console += (_, message) => visit.Note(message.Type == "error" ? message.Text : null);
        visit.Page.PageError += (_, error) => visit.Note(error);
        return visit;
    }

    /// <summary>A visit logged in as a demo customer.</summary>
    public static async Task<Visit> BorrowerAsync(
        Host host, int width, int height, string story, bool script = true, ColorScheme colours = ColorScheme.Light)
    {
        var visit = await OpenAsync(host, width, height, script, colours);
        await visit.EnterAsync("/login", "#demo-" + story, "**/app");
        return visit;
    }

    /// <summary>A visit logged in as a member of staff.</summary>
    public static async Task<Visit> StaffAsync(Host host, int width, int height, string button = "#demo-staff")
    {
        var visit = await OpenAsync(host, width, height);
        await visit.EnterAsync("/console/login", button, "**/console");
        return visit;
    }

    /// <summary>Clicks, and waits until the address fits.</summary>
    public async Task ClickAsync(string selector, string then)
    {
        await Page.ClickAsync(selector);
        await ArriveAsync(then);
        await Page.Locator("main").WaitForAsync();
    }

    /// <summary>Waits until the address fits a pattern: ** stands for anything, * for anything up to the next slash.</summary>
    /// <remarks>
    /// Asks again and again instead of WaitForURLAsync, which waits for an event of the page: a busy machine lets it pass before
    /// anybody listens.
    /// </remarks>
    public Task ArriveAsync(string pattern) => Assertions.Expect(Page).ToHaveURLAsync(
        new Regex("^" + Regex.Escape(pattern)
            .Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal) + "$"),
        new PageAssertionsToHaveURLOptions { Timeout = 30_000 });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private async Task EnterAsync(string address, string button, string then)
    {
        await Page.GotoAsync(address);
        await ClickAsync(button, then);
    }

    private void Note(string? error)
    {
        if (error is not null)
        {
            Errors.Add(error);
        }
    }
}
