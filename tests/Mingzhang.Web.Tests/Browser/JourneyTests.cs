using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Mingzhang.Services.People;

namespace Mingzhang.Web.Tests.Browser;

/// <summary>
/// A life with the house in a real browser, by what stands on its pages: join, open a line, buy, read the bill, turn it into instalments,
/// repay, be frozen all the same and read why, close with a run-off, get a certificate that verifies, take the data along, come back.
/// </summary>
public sealed partial class JourneyTests(OwnHost host) : IClassFixture<OwnHost>
{
    private const string Password = "a sentence of my own";
    private const string Pin = "385016";
    private static int _last;

    [GeneratedRegex("[0-9]{8}")]
    private static partial Regex Code { get; }

    [Theory]
    [InlineData(390, 844, true)]
    [InlineData(390, 844, false)]
    [InlineData(1440, 900, true)]
    [InlineData(1440, 900, false)]
    public async Task From_joining_to_coming_back(int width, int height, bool script)
    {
        Assert.SkipUnless(script == width < 1000 || Environment.GetEnvironmentVariable("MZ_LONG") == "1", "long: set MZ_LONG=1");
        await using var visit = await Visit.OpenAsync(host, width, height, script);
        await using var staff = await Visit.StaffAsync(host, 1440, 900);
        var page = visit.Page;
        await JoinAsync(visit);
        await OpenLineAsync(visit);
        await BuyAsync(visit, "600");
        await PassToNextMonthAsync(staff);

        await page.GotoAsync("/app/bills");
        await visit.ClickAsync("a[href^='/app/bills/']", "**/app/bills/20**");
        Assert.Contains("600.00", await page.TextContentAsync("main"));
        await visit.ClickAsync("a[href$='/plan']", "**/plan");
        await visit.ClickAsync("a[href$='count=3']", "**count=3");
        if (!script)
        {
            // Without the script nothing counts down, and the server still wants the table to be read.
            var seconds = await page.GetAttributeAsync("#confirm", "data-wait");
            await page.WaitForTimeoutAsync((int.Parse(seconds!, CultureInfo.InvariantCulture) * 1_000) + 500);
        }

        await page.FillAsync("form:has(#confirm) input[name=pin]", Pin);
        await page.ClickAsync("#confirm:enabled", new PageClickOptions { Timeout = 30_000 });
        await visit.ArriveAsync("**done=**");
        await BuyAsync(visit, "40");
        await PayAllAsync(visit);

        var account = await FreezeAsync(visit, staff);
        await page.GotoAsync("/app");
        await visit.ClickAsync("a.note[href^='/app/use']", "**/app/use**");
        Assert.Equal(1, await page.Locator("#causes > li").CountAsync());
        Assert.Equal(1, await page.Locator("#frozen").CountAsync());
        await LiftAsync(staff, account);
        await page.GotoAsync("/app/use?amount=10");
        Assert.Equal(0, await page.Locator("#causes > li").CountAsync());

        await CloseAsync(visit);
        await SettlePlanAsync(visit);
        await PassDayAsync(staff);
        await page.GotoAsync("/app/close");
        Assert.Equal(1, await page.Locator("#after").CountAsync());
        await CertificateAsync(visit);
        await ExportAsync(visit);
        await ReopenAsync(visit);
        Assert.Empty(visit.Errors);
        Assert.Empty(staff.Errors);
    }

    private static async Task JoinAsync(Visit visit)
    {
        var page = visit.Page;
        var order = Interlocked.Increment(ref _last);
        await page.GotoAsync("/login");
        await visit.ClickAsync("#join", "**/register");
        await page.FillAsync("input[name=phone]", string.Create(CultureInfo.InvariantCulture, $"1781100{order:0000}"));
        await visit.ClickAsync("form[action='/register'] button", "**/register/person");
        await page.FillAsync("input[name=code]", Code.Match((await page.TextContentAsync("#sandbox-letter"))!).Value);
        await page.FillAsync("input[name=name]", "欧阳试");
        var digits = string.Create(CultureInfo.InvariantCulture, $"11010519910405{order:000}");
        await page.FillAsync("input[name=id]", digits + IdNumber.CheckDigit(digits));
        await page.FillAsync("input[name=new]", Password);
        await page.FillAsync("input[name=again]", Password);
        await page.CheckAsync("input[name=consent]");
        await visit.ClickAsync("form[action='/register/person'] button", "**/app/open");
    }

    private static async Task OpenLineAsync(Visit visit)
    {
        var page = visit.Page;
        await page.FillAsync("#step-pin input[name=new]", Pin);
        await page.FillAsync("#step-pin input[name=again]", Pin);
        await visit.ClickAsync("#step-pin button", "**done=pin-changed");
        await page.FillAsync("#step-card input[name=number]", "5309850000003215");
        await page.FillAsync("#step-card input[name=pin]", Pin);
        await visit.ClickAsync("#step-card button.btn", "**done=card-added");
        await visit.ClickAsync("#step-line a[href='/app/open/pay-later']", "**/app/open/pay-later");
        await AgreeAsync(page);
        await page.SelectOptionAsync("select[name=day]", "10");
        await page.FillAsync("input[name=pin]", Pin);
        await visit.ClickAsync("#do-open", "**done=line-opened");
        Assert.Contains("3,000.00", await page.TextContentAsync("#available"));
    }

    private static async Task AgreeAsync(IPage page)
    {
        foreach (var box in await page.Locator("input[name=consent]").AllAsync())
        {
            await box.CheckAsync();
        }
    }

    private static async Task BuyAsync(Visit visit, string amount)
    {
        await visit.Page.GotoAsync("/app/shop");
        await visit.Page.SelectOptionAsync("select[name=scene]", "groceries");
        await visit.Page.FillAsync("input[name=amount]", amount);
        await visit.ClickAsync("#buy", "**done=bought");
    }

    /// <summary>To the fourth: the statement of the first is issued, and due on the tenth.</summary>
    private static async Task PassToNextMonthAsync(Visit staff)
    {
        await staff.Page.GotoAsync("/console/day");
        var today = DateOnly.Parse((await staff.Page.TextContentAsync("#business-date"))!, CultureInfo.InvariantCulture);
        var fourth = new DateOnly(today.Year, today.Month, 4).AddMonths(1);
        await PassAsync(staff, fourth.DayNumber - today.DayNumber);
    }

    private static async Task PassDayAsync(Visit staff)
    {
        await staff.Page.GotoAsync("/console/day");
        await PassAsync(staff, 1);
    }

    private static async Task PassAsync(Visit staff, int days)
    {
        var today = DateOnly.Parse((await staff.Page.TextContentAsync("#business-date"))!, CultureInfo.InvariantCulture);
        await staff.Page.FillAsync("input[name=days]", days.ToString(CultureInfo.InvariantCulture));
        await staff.ClickAsync("form[action='/console/clock'] button", "**/console/day**");
        for (var i = 0; i < 120; i++)
        {
            await staff.Page.GotoAsync("/console/day");
            var shown = DateOnly.Parse((await staff.Page.TextContentAsync("#business-date"))!, CultureInfo.InvariantCulture);
            if (shown >= today.AddDays(days))
            {
                return;
            }

            await staff.Page.WaitForTimeoutAsync(250);
        }

        Assert.Fail("The clock did not move.");
    }

    private static async Task PayAllAsync(Visit visit)
    {
        await visit.Page.GotoAsync("/app/pay");
        await visit.Page.FillAsync("form:has(#pay) input[name=pin]", Pin);
        await visit.ClickAsync("#pay", "**done=paid");
    }

    private static async Task<string> FreezeAsync(Visit visit, Visit staff)
    {
        await visit.Page.GotoAsync("/app/settings");
        var link = await visit.Page.GetAttributeAsync("#products a[href^='/app/account/']", "href");
        var account = link!.Split('/')[^1];
        await staff.Page.GotoAsync("/console/accounts/" + account);
        await staff.Page.ClickAsync("details:has(form[action$='/freeze']) summary");
        await staff.Page.FillAsync("form[action$='/freeze'] input[name=reason]", "unusual device");
        await staff.ClickAsync("form[action$='/freeze'] button", "**done=saved");
        return account;
    }

    private static async Task LiftAsync(Visit staff, string account)
    {
        await staff.Page.GotoAsync("/console/accounts/" + account);
        await staff.Page.Locator("form[action$='/lift'] input[name=reason]").First.FillAsync("the person was reached");
        await staff.ClickAsync("form[action$='/lift'] button", "**done=saved");
    }

    private static async Task CloseAsync(Visit visit)
    {
        var page = visit.Page;
        await page.GotoAsync("/app/close");
        await page.CheckAsync("#choose input[value='run-off']");
        await visit.ClickAsync("#choose button", "**/app/close/impact**");
        Assert.Equal(1, await page.Locator("#run-off").CountAsync());
        foreach (var box in await page.Locator("form[action='/app/close/request'] input[type=checkbox]").AllAsync())
        {
            await box.CheckAsync();
        }

        await visit.ClickAsync("button.danger", "**/app/close/confirm");
        await page.FillAsync("input[name=pin]", Pin);
        await visit.ClickAsync("button.danger", "**done=closing");
        Assert.True(await page.Locator("#run-off tr").CountAsync() >= 3);
    }

    private static async Task SettlePlanAsync(Visit visit)
    {
        await visit.Page.GotoAsync("/app/loans");
        await visit.ClickAsync("a[href$='/repay']", "**/repay");
        await visit.Page.FillAsync("form:has(#pay) input[name=pin]", Pin);
        await visit.ClickAsync("#pay", "**done=repaid");
    }

    private static async Task CertificateAsync(Visit visit)
    {
        var page = visit.Page;
        await page.GotoAsync("/app/certificates");
        await visit.ClickAsync("#make-settlement", "**done=certificate-made**");
        var number = await page.GetAttributeAsync("#made article", "id");
        var code = await page.Locator("#made article .num").Nth(1).TextContentAsync();
        await visit.ClickAsync("#made article a[href^='/verify/']", "**/verify/**");
        Assert.Equal(number, await page.InputValueAsync("input[name=number]"));
        await page.FillAsync("input[name=code]", code!);
        await visit.ClickAsync("#check-code", "**/verify**");
        await page.Locator("#worth").WaitForAsync();
        Assert.Equal("valid", await page.GetAttributeAsync("#worth", "data-worth"));
    }

    private static async Task ExportAsync(Visit visit)
    {
        await visit.Page.GotoAsync("/app/privacy/copy");
        await visit.Page.FillAsync("input[name=pin]", Pin);
        var file = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.ClickAsync("#get-copy"));
        await using var content = await file.CreateReadStreamAsync();
        var start = new byte[4];
        await content.ReadExactlyAsync(start);
        Assert.Equal("PK\u0003\u0004"u8.ToArray(), start);
    }

    private static async Task ReopenAsync(Visit visit)
    {
        var page = visit.Page;
        await page.GotoAsync("/app/close");
        await visit.ClickAsync("#reopen", "**/app/close/reopen");
        await page.CheckAsync("input[name=agree]");
        await AgreeAsync(page);
        await page.FillAsync("input[name=pin]", Pin);
        await visit.ClickAsync("#do-reopen", "**done=line-reopened");
        Assert.Contains("3,400.00", await page.TextContentAsync("#available")); // what was paid in time counts when it is assessed anew
    }
}
