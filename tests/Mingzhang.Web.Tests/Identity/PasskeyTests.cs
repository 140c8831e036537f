using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Mingzhang.Services.Sandbox;
using Mingzhang.Web.Identity;
using Mingzhang.Web.Identity.Keys;
using Mingzhang.Web.Texts;

namespace Mingzhang.Web.Tests.Identity;

/// <summary>Passkeys in a real browser with a virtual authenticator; reported as skipped where there is none.</summary>
public sealed class PasskeyTests(Host host)
{
    private static readonly Dictionary<string, object> Authenticator = new()
    {
        ["options"] = new Dictionary<string, object>
        {
            ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true,
            ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
        },
    };

    private static string? Chromium { get; } = ((string?[])[Environment.GetEnvironmentVariable("MZ_CHROMIUM"), "/usr/bin/chromium"])
        .FirstOrDefault(path => path is not null && File.Exists(path));

    private PasskeyShelf Shelf => host.Services.GetRequiredService<PasskeyShelf>();

    [Fact]
    public async Task Register_log_in_pay_and_neither_replay_nor_change_what_was_confirmed()
    {
        Assert.SkipWhen(Chromium is null, "no chromium: set MZ_CHROMIUM or install it");
        var demo = DemoCustomer.All.Single(one => one.Story == "revolver");
        var subject = new Subject(Realms.App, "", demo.Customer);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium, Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        });
        await using var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = $"http://localhost:{host.Address.Port}", Locale = "en",
            ServiceWorkers = ServiceWorkerPolicy.Block, // what a request carries is changed on its way
        });
        var page = await context.NewPageAsync();
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);
        var tool = await context.NewCDPSessionAsync(page);
        await tool.SendAsync("WebAuthn.enable");
        var made = await tool.SendAsync("WebAuthn.addVirtualAuthenticator", Authenticator);
        var authenticator = made!.Value.GetProperty("authenticatorId").GetString()!;

        await page.GotoAsync("/login");
        await page.ClickAsync("#demo-revolver");
        await page.Locator(".tabbar").WaitForAsync();
        await RegisterAsync(page);
        Assert.Single(Shelf.Of(subject));

        await page.GotoAsync("/app/settings");
        await page.ClickAsync("form[action='/app/logout'] button");
        await page.Locator("#passkey-enter:visible").ClickAsync();
        await page.Locator(".tabbar").WaitForAsync();
        Assert.Equal("passkey", host.Services.GetRequiredService<Sessions>().Of(subject)[0].Via);

        var paid = await PayAsync(page, "11.00");
        Assert.Equal(302, (await paid.ResponseAsync())!.Status);
        await ReplayIsRefusedAsync(context, paid);
        await ChangedIsRefusedAsync(page);
        await UnverifiedIsRefusedAsync(page, tool, authenticator);
        Assert.Empty(errors);
        await Shelf.DropAsync(subject, Shelf.Of(subject)[0].Credential);
        Assert.False(Shelf.HasAny(subject));
    }

    [Fact]
    public async Task A_challenge_is_taken_once_by_its_own_kind_only_and_not_when_it_is_old()
    {
        var one = await Somebody.NewAsync(host);
        var challenges = host.Services.GetRequiredService<Challenges>();
        var asked = new Challenge("step-up", one.Subject.Id, "s", "p", "state");
        var step = await challenges.PutAsync(one.Subject.PartitionId, asked);
        Assert.Null(await challenges.TakeAsync(one.Subject.PartitionId, "enter", step));
        Assert.Null(await challenges.TakeAsync(one.Subject.PartitionId, "step-up", step));
        step = await challenges.PutAsync(one.Subject.PartitionId, asked);
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            _ => challenges.TakeAsync(one.Subject.PartitionId, "step-up", step)));
        Assert.Equal(asked, Assert.Single(taken, answer => answer is not null));
        step = await challenges.PutAsync(one.Subject.PartitionId, asked, TimeSpan.FromMilliseconds(-1));
        Assert.Null(await challenges.TakeAsync(one.Subject.PartitionId, "step-up", step));
    }

    [Fact]
    public void What_is_confirmed_is_every_field_the_address_and_the_person()
    {
        var subject = new Subject(Realms.App, "", 1);
        string Of(string path, string amount, string key, string pin = "") => StepUp.PayloadOf(subject, path, Form(amount, key, pin));
        var first = Of("/app/pay", "10.00", "k1");
        Assert.Equal(first, Of("/app/pay", "10.00", "k1", "246810"));
        Assert.NotEqual(first, Of("/app/pay", "10.01", "k1"));
        Assert.NotEqual(first, Of("/app/borrow", "10.00", "k1"));
        Assert.NotEqual(first, Of("/app/pay", "10.00", "k2"));
        Assert.NotEqual(first, StepUp.PayloadOf(subject with { CustomerId = 2 }, "/app/pay", Form("10.00", "k1", "")));
        Assert.NotEqual(first, Of("/app/pay", "10.00\n3:key=2:k1", "k1"));
    }

    private static Microsoft.AspNetCore.Http.FormCollection Form(string amount, string key, string pin) => new(new()
    {
        ["amount"] = amount, ["key"] = key, ["pin"] = pin, ["_form"] = "token",
    });

    private static async Task RegisterAsync(IPage page)
    {
        await page.GotoAsync("/app/security/passkeys");
        await page.FillAsync("form[action='/app/security/passkeys'] input[name=pin]", DemoCustomer.Pin);
        await page.Locator("#passkey-create:visible").ClickAsync();
        await page.WaitForURLAsync("**done=passkey-added");
    }

    private static async Task<IRequest> PayAsync(IPage page, string amount)
    {
        await page.GotoAsync("/app/pay?amount=" + amount);
        var button = page.Locator("#passkey-confirm:visible");
        await button.WaitForAsync();
        return await page.RunAndWaitForRequestAsync(
            () => button.ClickAsync(), request => request.Method == "POST" && request.Url.EndsWith("/app/pay", StringComparison.Ordinal));
    }

    private static async Task ReplayIsRefusedAsync(IBrowserContext context, IRequest paid)
    {
        var again = await context.APIRequest.PostAsync("/app/pay", new APIRequestContextOptions
        {
            DataString = paid.PostData, MaxRedirects = 0,
            Headers = new Dictionary<string, string> { ["Content-Type"] = "application/x-www-form-urlencoded" },
        });
        Assert.Equal(422, again.Status);
        Assert.Contains(Speech.In(Catalogue.Chinese)["passkey.unfit"], await again.TextAsync(), StringComparison.Ordinal);
    }

    private static async Task ChangedIsRefusedAsync(IPage page)
    {
        await page.RouteAsync("**/app/pay", route => route.Request.Method == "POST"
            ? route.ContinueAsync(new RouteContinueOptions
            {
                PostData = System.Text.Encoding.UTF8.GetBytes(
                    route.Request.PostData!.Replace("amount=12.00", "amount=13.00", StringComparison.Ordinal)),
            })
            : route.ContinueAsync());
        var changed = await PayAsync(page, "12.00");
        Assert.Equal(422, (await changed.ResponseAsync())!.Status);
        await page.UnrouteAllAsync();
    }

    private static async Task UnverifiedIsRefusedAsync(IPage page, ICDPSession tool, string authenticator)
    {
        await tool.SendAsync("WebAuthn.setUserVerified", new Dictionary<string, object>
        {
            ["authenticatorId"] = authenticator, ["isUserVerified"] = false,
        });
        await page.GotoAsync("/app/pay?amount=14.00");
        await page.Locator("#passkey-confirm:visible").ClickAsync();
        await page.Locator("[data-passkey-says]:not(:empty)").WaitForAsync();
    }
}
