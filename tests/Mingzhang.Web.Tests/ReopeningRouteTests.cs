using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Closing;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Diagnosis;
using Mingzhang.Services.Leaving;
using Mingzhang.Services.People;
using Mingzhang.Services.Privacy;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Sandbox;
using Mingzhang.Web.Identity;

namespace Mingzhang.Web.Tests;

/// <summary>A closed line is applied for again by call, letter and API: by each the house's assessor decides anew (R064).</summary>
public sealed class ReopeningRouteTests(OwnHost host) : IClassFixture<OwnHost>
{
    private const string Call = "/console/tickets/call";
    private const long Before = 500_000;

    private CreditHouse House => host.Services.GetRequiredService<CreditHouse>();

    [Theory]
    [InlineData("frozen", "phone")]
    [InlineData("paid", "letter")]
    public async Task An_agent_reads_the_consents_out_and_the_assessor_decides(string story, string channel)
    {
        var account = await ClosedAsync(story);
        var staff = await host.StaffAsync();
        var (person, ticket) = await CallerAsync(staff, story, account, channel);
        var without = await ReopenAsync([]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, without.StatusCode);
        Assert.IsType<Closed>((await House.ReadAsync(account))!.Lifecycle);

        var done = await ReopenAsync(new() { ["consents"] = "on" });
        Assert.Equal($"{Call}/{account.Customer}?done=line-reopened", done.Headers.Location?.OriginalString);
        var now = (await House.ReadAsync(account))!;
        Assert.IsType<Active>(now.Lifecycle);
        Assert.NotEqual(Before, now.TotalLimit.MinorUnits); // granted anew, not the limit of before
        Assert.Equal(channel, host.Services.GetRequiredService<ConsentLedger>().Of(account.Customer)[^1].Channel);
        var said = await Host.ReadAsync(staff, $"/console/tickets/{ticket}?lang=en");
        Assert.Contains($"reopen {account}", said, StringComparison.Ordinal);

        // It is open: applying again says so, and changes nothing.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ReopenAsync(new() { ["consents"] = "on" })).StatusCode);
        Assert.Equal(now.TotalLimit, (await House.ReadAsync(account))!.TotalLimit);

        Task<HttpResponseMessage> ReopenAsync(Dictionary<string, string> more) => Host.PostAsync(
            staff, person, person + "/do/reopen", new(more) { ["account"] = account.ToString(), ["ticket"] = ticket });
    }

    [Fact]
    public async Task Over_the_api_it_is_asked_what_it_takes_and_a_key_sent_again_gives_the_first_answer()
    {
        var account = await ClosedAsync("plan");
        var path = $"/v1/accounts/{account}/reopening";
        var check = await host.ApiAsync("GET", path);
        Assert.True(check.Status == 200 && (bool)check.Json["canApply"]!, check.Text);
        var consents = check.Json["consents"]!.AsArray().Select(one => (string)one!).ToList();
        Assert.NotEmpty(consents);

        var missing = await host.ApiAsync("POST", path + "/applications", """{"consents":["privacy"]}""", "reopen-key-0");
        Assert.Equal((422, "CONSENT_MISSING"), (missing.Status, missing.Code));
        var body = $$"""{"consents":["{{string.Join("\",\"", consents)}}"]}""";
        var first = await host.ApiAsync("POST", path + "/applications", body, "reopen-key-1");
        Assert.True(first.Status == 201 && (bool)first.Json["granted"]!, first.Text);
        Assert.Equal(first.Text, (await host.ApiAsync("POST", path + "/applications", body, "reopen-key-1")).Text);
        var state = (await House.ReadAsync(account))!;
        Assert.IsType<Active>(state.Lifecycle);
        Assert.NotEqual(Before, state.TotalLimit.MinorUnits);

        var after = (await host.ApiAsync("GET", path)).Json;
        Assert.Equal("ACCOUNT_ALREADY_OPEN", (string)after["code"]!);
        Assert.True((bool)Assert.Single(after["applications"]!.AsArray())!["granted"]!);
        Assert.Equal(404, (await host.ApiAsync("GET", "/v1/accounts/999999999-01/reopening")).Status);
    }

    [Fact]
    public async Task While_the_persons_data_may_only_be_kept_nobody_is_asked_by_either_way()
    {
        var account = await ClosedAsync("two");
        var privacy = host.Services.GetRequiredService<PrivacyDesk>();
        await privacy.AskAsync(
            new AskPrivacy(account.Customer, PrivacyKind.Restrict, PrivacyRoute.Letter, "asked", "staff:x", "k-restrict"));
        var path = $"/v1/accounts/{account}/reopening/applications";
        var no = await host.ApiAsync("POST", path, """{"consents":["credit-agreement","privacy","bureau-query-report"]}""", "reopen-key-2");
        Assert.Equal((422, "PROCESSING_RESTRICTED"), (no.Status, no.Code));
        var staff = await host.StaffAsync();
        var (person, ticket) = await CallerAsync(staff, "two", account, "phone");
        var called = await Host.PostAsync(staff, person + "?lang=en", person + "/do/reopen", new()
        {
            ["account"] = account.ToString(), ["ticket"] = ticket, ["consents"] = "on",
        });
        Assert.Contains("only kept and protected", await called.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.IsType<Closed>((await House.ReadAsync(account))!.Lifecycle);
    }

    private async Task<AccountId> ClosedAsync(string story)
    {
        var account = await new FaultStory(House, new CustomerId(CustomerOf(story).Customer)).OpenAsync("bank-pay-later", Before);
        var (leave, reader) = (host.Services.GetRequiredService<LeaveDesk>(), host.Services.GetRequiredService<AccountReader>());
        var ask = new LeaveAsk(ClosingMode.Now, "unused", "web", "customer:test", $"key-1-{account}", "en", "", LeaveDevice.None);
        Assert.Null(await leave.RequestAsync((await reader.FindAsync(account))!, ask));
        Assert.Null(await leave.ConfirmAsync((await reader.FindAsync(account))!, ask with { Key = $"key-2-{account}" }));
        Assert.IsType<Closed>((await House.ReadAsync(account))!.Lifecycle);
        return account;
    }

    private static async Task<(string Person, string Ticket)> CallerAsync(
        HttpClient staff, string story, AccountId account, string channel)
    {
        await Host.PostAsync(staff, Call, Call, new()
        {
            ["phone"] = CustomerOf(story).Phone, ["four"] = DemoPeople.IdTail(account.Customer.Value),
        });
        var person = $"{Call}/{account.Customer}";
        var opened = await Host.PostAsync(staff, person, person + "/open", new()
        {
            ["kind"] = "closing-help", ["channel"] = channel, ["about"] = "reopening", ["text"] = "Wants the line back",
        });
        return (person, Regex.Match(opened.Headers.Location!.ToString(), "tickets/([^?]+)").Groups[1].Value);
    }

    private static DemoCustomer CustomerOf(string story) => DemoCustomer.All.Single(one => one.Story == story);
}
