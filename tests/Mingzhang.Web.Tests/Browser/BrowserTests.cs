using Microsoft.Playwright;
using Mingzhang.Services.Sandbox;

namespace Mingzhang.Web.Tests.Browser;

/// <summary>Journeys in a real browser; reported as skipped where there is none.</summary>
public sealed class BrowserTests(Host host)
{
    [Fact]
    public async Task Log_in_move_the_slider_pay_and_read_the_limit()
    {
        await using var visit = await VisitAsync(390, 844, "cured");
        var page = visit.Page;
        await page.GotoAsync("/app/pay");
        await page.FillAsync("input[name=amount]", "50.00");
        await visit.ArriveAsync("**amount=50**");
        Assert.Contains("50.00", await page.TextContentAsync("#preview h2"));
        await page.FillAsync("input[name=pin]", DemoCustomer.Pin);
        await page.ClickAsync("#pay");
        await visit.ArriveAsync("**/app?done=paid");
        await page.GotoAsync("/app/limit");
        Assert.True(await page.Locator("#terms tr").CountAsync() >= 3);
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Close_in_two_steps_and_change_ones_mind()
    {
        await using var visit = await VisitAsync(390, 844, "frozen");
        var page = visit.Page;
        await page.GotoAsync("/app/close");
        await page.CheckAsync("#choose input[value='run-off']");
        await page.ClickAsync("#choose button");
        foreach (var one in App.Leaving.ClosingEndpoints.Acknowledgements)
        {
            await page.CheckAsync($"input[name={one}]");
        }

        await page.ClickAsync("button.danger");
        await visit.ArriveAsync("**/app/close/confirm");
        await page.GotoAsync("/app/close");
        await page.ClickAsync("form[action='/app/close/cancel'] button");
        await visit.ArriveAsync("**done=kept");
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Read_the_cost_table_to_its_end_borrow_and_see_the_rows()
    {
        await using var visit = await VisitAsync(390, 844, "loan");
        var page = visit.Page;
        await page.GotoAsync("/app/borrow");
        await page.FillAsync("input[name=amount]", "2000");
        await visit.ArriveAsync("**amount=2000**");
        await page.ClickAsync("#see-costs");
        Assert.True(await page.IsDisabledAsync("#confirm"));
        await page.FillAsync("input[name=pin]", DemoCustomer.Pin);
        await page.ClickAsync("#confirm:enabled", new PageClickOptions { Timeout = 30_000 });
        await visit.ArriveAsync("**done=arrived");
        Assert.True(await page.Locator("#rows tr").CountAsync() >= 3);
        Assert.Empty(visit.Errors);
    }

    [Theory]
    [InlineData(360, 780)]
    [InlineData(1440, 900)]
    public async Task Nothing_overflows(int width, int height)
    {
        foreach (var story in (string[])["paid", "closing", "overdue"])
        {
            await using var visit = await VisitAsync(width, height, story);
            foreach (var path in (string[])
                ["/app?lang=en", "/app/bills", "/app/bills/2026-07-01", "/app/pay", "/app/limit", "/app/use", "/app/close"])
            {
                await visit.Page.GotoAsync(path);
                var over = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");
                Assert.True(over <= 0, $"{story} {path}: {over} px too wide");
            }

            Assert.Empty(visit.Errors);
        }
    }

    [Theory]
    [InlineData(360, 780)]
    [InlineData(1440, 900)]
    public async Task Nothing_of_a_loan_overflows(int width, int height)
    {
        foreach (var story in (string[])["joint", "loan-overdue", "reserve", "plan"])
        {
            await using var visit = await VisitAsync(width, height, story);
            await visit.Page.GotoAsync("/app/loans?lang=en");
            var loan = await visit.Page.GetAttributeAsync("section[id^=loan-] a", "href");
            foreach (var path in (string[])["/app", "/app/loans", loan!, loan! + "/repay", "/app/limit", "/app/use", "/app/close"])
            {
                await visit.Page.GotoAsync(path);
                var over = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");
                Assert.True(over <= 0, $"{story} {path}: {over} px too wide");
            }

            Assert.Empty(visit.Errors);
        }
    }

    [Fact]
    public async Task Everything_works_without_javascript()
    {
        await using var visit = await VisitAsync(390, 844, "corrected", script: false);
        await visit.Page.GotoAsync("/app/pay");
        await visit.Page.FillAsync("input[name=amount]", "12.34");
        await visit.Page.ClickAsync("form[data-swap] button");
        Assert.Contains("12.34", await visit.Page.TextContentAsync("#preview h2"));
    }

    private Task<Visit> VisitAsync(int width, int height, string story, bool script = true) =>
        Visit.BorrowerAsync(host, width, height, story, script);
}
