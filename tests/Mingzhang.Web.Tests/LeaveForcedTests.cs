using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Diagnosis;
using Mingzhang.Services.Leaving;
using Mingzhang.Services.Sandbox;

namespace Mingzhang.Web.Tests;

/// <summary>A closing by the house from its announcement to the closed account; and the way back of others.</summary>
public sealed class LeaveForcedTests(OwnHost host) : IClassFixture<OwnHost>
{
    private const string Account = "/console/accounts/1000007-06";

    [Fact]
    public async Task A_closing_by_the_house_is_played_to_its_end()
    {
        var house = host.Services.GetRequiredService<CreditHouse>();
        var story = new FaultStory(house, new CustomerId(1_000_007));
        var account = await story.OpenAsync("daily-interest", 500_000);
        await story.BuyAsync(account, 320_00);
        var (staff, borrower) = (await host.StaffAsync(), await host.BorrowerAsync("new"));
        await DoneAsync(staff, Account, Account + "/announce-closing", new() { ["reason"] = "cash-out pattern" });
        Assert.Contains("We mean to close your account", await Host.ReadAsync(borrower, "/app/messages?lang=en"));
        var objection = await Host.PostAsync(borrower, "/app/help/tickets/new?kind=measure-objection", "/app/help/tickets/new", new()
        {
            ["kind"] = "measure-objection", ["about"] = "account", ["text"] = "These were purchases for a school",
        });
        var ticket = Regex.Match(objection.Headers.Location!.ToString(), "tickets/([^?]+)").Groups[1].Value;
        Assert.Contains("The announced time is not over", await RefusedAsync(staff, Account + "/force-close"));
        var from = house.BusinessDate;
        await DoneAsync(staff, "/console/day", "/console/clock", new() { ["days"] = "30", ["from"] = $"{from:yyyy-MM-dd}" });
        Assert.Equal(from.AddDays(30), house.BusinessDate);
        Assert.Contains(ticket, await RefusedAsync(staff, Account + "/force-close"));
        await DoneAsync(borrower, "/app/help/tickets/" + ticket, $"/app/help/tickets/{ticket}/close", []);
        var proposed = await Host.PostAsync(staff, Account + "?lang=en", Account + "/force-close", []);
        var at = proposed.Headers.Location!.OriginalString.Split('?')[0];
        Assert.StartsWith("/console/approvals/", at);
        Assert.IsType<Active>((await house.ReadAsync(account))!.Lifecycle);
        await DoneAsync(await host.StaffAsync("checker"), at, at + "/approve", new() { ["reason"] = "seen" });
        Assert.True((await house.ReadAsync(account))!.Lifecycle is ClosingDown { Forced: true });
        Assert.Equal(0, (await house.ReadAsync(account))!.TotalLimit.MinorUnits);
        var page = await Host.ReadAsync(staff, Account + "?lang=en");
        Assert.Contains("Closing by the house began", page);
        await borrower.GetAsync("/app/account/1000007-06");
        var seen = await Host.ReadAsync(borrower, "/app/close?lang=en");
        Assert.Contains("cash-out pattern", seen);
        Assert.Contains("id=\"appeal\"", seen);
        await story.PayAllAsync(account);
        Assert.True((await house.ReadAsync(account))!.Lifecycle is Closed { Forced: true });
        Assert.Equal(["announce", "force"], host.Services.GetRequiredService<LeaveShelf>().StepsOf(account).Select(one => one.Step));
        Assert.Contains("This account cannot be reopened", await Host.ReadAsync(borrower, "/app/close/reopen?lang=en"));
    }

    [Fact]
    public async Task Who_closed_applies_again_in_the_app_and_reads_the_result()
    {
        var house = host.Services.GetRequiredService<CreditHouse>();
        var customer = new CustomerId(DemoCustomer.All.Single(one => one.Story == "frozen").Customer);
        var story = new FaultStory(house, customer);
        var account = await story.OpenAsync("bank-pay-later", 500_000);
        var leave = host.Services.GetRequiredService<LeaveDesk>();
        var reader = host.Services.GetRequiredService<Services.Reading.AccountReader>();
        var ask = new LeaveAsk(
            Domain.Closing.ClosingMode.Now, "unused", "web", "customer:test", "key-1234", "en", "", LeaveDevice.None);
        Assert.Null(await leave.RequestAsync((await reader.FindAsync(account))!, ask));
        Assert.Null(await leave.ConfirmAsync((await reader.FindAsync(account))!, ask with { Key = "key-5678" }));
        Assert.IsType<Closed>((await house.ReadAsync(account))!.Lifecycle);
        var borrower = await host.BorrowerAsync("frozen");
        await borrower.GetAsync($"/app/account/{account}");
        const string Page = "/app/close/reopen?lang=en";
        var html = await Host.ReadAsync(borrower, Page);
        var consents = Regex.Matches(html, "name=\"consent\" value=\"([a-z-]+)\"").Select(one => one.Groups[1].Value).ToList();
        Assert.NotEmpty(consents);
        var unticked = await Host.PostAsync(borrower, Page, "/app/close/reopen", new() { ["pin"] = DemoCustomer.Pin });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unticked.StatusCode);
        var missing = await Host.PostAsync(borrower, Page, "/app/close/reopen", new() { ["agree"] = "on", ["pin"] = DemoCustomer.Pin });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, missing.StatusCode);
        Assert.IsType<Closed>((await house.ReadAsync(account))!.Lifecycle);
        const string Hidden = "<input type=\"hidden\" name=\"(_form|key)\" value=\"([^\"]*)\" />";
        var hidden = Regex.Matches(await borrower.GetStringAsync(Page), Hidden).Take(2);
        using var form = new FormUrlEncodedContent(
        [
            .. hidden.Select(one => KeyValuePair.Create(one.Groups[1].Value, one.Groups[2].Value)),
            .. consents.Select(one => KeyValuePair.Create("consent", one)), KeyValuePair.Create("agree", "on"),
            KeyValuePair.Create("pin", DemoCustomer.Pin),
        ]);
        var granted = await borrower.PostAsync("/app/close/reopen", form);
        Assert.Equal("/app?done=line-reopened", granted.Headers.Location?.OriginalString);
        var now = (await house.ReadAsync(account))!;
        Assert.IsType<Active>(now.Lifecycle);
        Assert.Equal(("sample-2", now.TotalLimit), (now.Assessment!.Model, now.Assessment.Limit)); // granted anew, not the limit of before
        Assert.NotEqual(500_000, now.TotalLimit.MinorUnits);
    }

    private static async Task<string> RefusedAsync(HttpClient staff, string action)
    {
        var answer = await Host.PostAsync(staff, Account + "?lang=en", action, []);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task DoneAsync(HttpClient visitor, string page, string action, Dictionary<string, string> fields)
    {
        var answer = await Host.PostAsync(visitor, page, action, fields);
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync());
    }
}
