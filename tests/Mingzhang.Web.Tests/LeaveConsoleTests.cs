using System.Net;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Leaving;
using Mingzhang.Services.Reading;
using Microsoft.Extensions.DependencyInjection;

namespace Mingzhang.Web.Tests;

/// <summary>Staff's side of leaving.</summary>
public sealed class LeaveConsoleTests(Host host)
{
    private const string Account = "1000014-07";

    [Fact]
    public async Task A_case_is_decided_with_a_note_and_only_once()
    {
        var staff = await host.StaffAsync();
        Assert.Contains("id=\"watch\"", await Host.ReadAsync(staff, "/console/leaving?lang=en"));
        var account = AccountId.Of(new CustomerId(1_000_014), 7);
        var view = (await host.Services.GetRequiredService<AccountReader>().FindAsync(account))!;
        await host.Services.GetRequiredService<LeaveWatch>().LookAsync(view, new LeaveDevice("hash", IsNew: true));
        var number = host.Services.GetRequiredService<LeaveShelf>().Cases(account)[0].Number;
        var page = await Host.ReadAsync(staff, "/console/leaving?lang=en");
        Assert.Contains("device first used within 3 days", page);
        var action = $"/console/leaving/{Account}/{number}";
        foreach (var (outcome, note) in new[] { ("cleared", ""), ("opened", "x"), ("cleared", new string('x', 201)) })
        {
            var bad = await PostAsync(staff, "/console/leaving", action, new() { ["outcome"] = outcome, ["note"] = note });
            Assert.Contains("write a note of 1 to 200", await bad.Content.ReadAsStringAsync());
        }

        var fields = new Dictionary<string, string> { ["outcome"] = "cleared", ["note"] = "known device" };
        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync(staff, "/console/leaving", action, new(fields))).StatusCode);
        var twice = await PostAsync(staff, "/console/leaving", action, new(fields));
        Assert.Contains("no such open case", await twice.Content.ReadAsStringAsync());
        var nowhere = await PostAsync(staff, "/console/leaving", "/console/leaving/1-1/1", new(fields));
        Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);
        Assert.Contains("known device", await Host.ReadAsync(staff, "/console/leaving"));
    }

    [Fact]
    public async Task The_house_closes_only_what_it_announced_and_not_before_its_day()
    {
        var staff = await host.StaffAsync();
        const string Page = "/console/accounts/1000011-03?lang=en";
        const string At = "/console/accounts/1000011-03";
        var first = await PostAsync(staff, Page, At + "/force-close", []);
        Assert.Contains("Announce it first", await first.Content.ReadAsStringAsync());
        var empty = await PostAsync(staff, Page, At + "/announce-closing", new() { ["reason"] = " " });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        var told = await PostAsync(staff, Page, At + "/announce-closing", new() { ["reason"] = "cash-out pattern" });
        Assert.Equal(HttpStatusCode.Redirect, told.StatusCode);
        var early = await PostAsync(staff, Page, At + "/force-close", []);
        Assert.Contains("from 2026-08-04 on", await early.Content.ReadAsStringAsync());
        Assert.Contains("cash-out pattern", await Host.ReadAsync(staff, Page));
        var borrower = await host.BorrowerAsync("reserve");
        Assert.Contains("We mean to close your account", await Host.ReadAsync(borrower, "/app/messages?lang=en"));
    }

    [Fact]
    public async Task The_score_stands_on_the_account_page_with_its_reasons()
    {
        var page = await Host.ReadAsync(await host.StaffAsync(), "/console/accounts/1000008-01?lang=en");
        Assert.Contains("id=\"warning\"", page);
        Assert.Contains("3 points a day overdue", page);
    }

    [Fact]
    public async Task Who_is_frozen_by_the_house_finds_the_way_to_object()
    {
        var page = await Host.ReadAsync(await host.BorrowerAsync("frozen"), "/app/use?lang=en");
        Assert.Contains("kind=measure-objection", page);
        Assert.DoesNotContain("kind=measure-objection", await Host.ReadAsync(await host.BorrowerAsync("paid"), "/app/use?lang=en"));
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient staff, string page, string action, Dictionary<string, string> fields) =>
        Host.PostAsync(staff, page, action, fields);
}
