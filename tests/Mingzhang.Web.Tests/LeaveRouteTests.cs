using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Permissions;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Diagnosis;
using Mingzhang.Services.Leaving;
using Mingzhang.Services.Notifications;
using Mingzhang.Services.People;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Sandbox;
using Mingzhang.Web.Identity;

namespace Mingzhang.Web.Tests;

/// <summary>App, phone, letter and API take the same way out: what ends, ends by each, and what is left is the same (R093).</summary>
public sealed class LeaveRouteTests(OwnHost host) : IClassFixture<OwnHost>
{
    private static readonly string[] Points = ["reapply", "services", "debt", "records", "calendar"];

    /// <summary>
    /// Written from the rules: use stops, benefits, links and optional sharing end, and the person is told. The first line each of them has
    /// goes on, and with it the consent to offers.
    /// </summary>
    private const string ByContract =
        "ClosingDown confirmed | limit 0 | stops - | wish - | benefits 0 | linked 0 | sharing False | offers True | told 1";

    private const string ByWaiting =
        "Active | limit 500000 | stops closing-wish | wish waiting | benefits 0 | linked 0 | sharing False | offers True | told 1";

    [Theory]
    [InlineData("daily-interest", ByContract)]
    [InlineData("bank-pay-later", ByWaiting)]
    public async Task Every_way_in_ends_the_same(string product, string expected)
    {
        var found = new Dictionary<string, string>();
        foreach (var (way, story) in new[] { ("web", "paid"), ("phone", "cured"), ("letter", "plan"), ("api", "revolver") })
        {
            var account = await PreparedAsync(story, product);
            await (way switch
            {
                "web" => ByAppAsync(story, account), "api" => ByApiAsync(account), _ => ByAgentAsync(story, account, way),
            });
            found[way] = await EndOfAsync(account);
            var steps = host.Services.GetRequiredService<LeaveShelf>().StepsOf(account);
            Assert.Equal(["request", "confirm"], steps.Select(one => one.Step));
            Assert.All(steps, one => Assert.Equal(way, one.Channel));
            Assert.Equal(way switch { "web" => "pin", "api" => "caller", _ => "identity" }, steps[1].Means);
            Assert.Equal(way == "web", steps[0].TextHash.Length == 64);
        }

        Assert.All(found, one => Assert.Equal((one.Key, expected), (one.Key, one.Value)));
    }

    [Fact]
    public async Task The_api_asks_and_answers_as_the_desk_does()
    {
        var account = await PreparedAsync("spender", "bank-pay-later");
        var address = $"/v1/accounts/{account}/closing";
        var (old, text) = await ApiAsync(address, """{"mode":"runOff","noticeVersion":"none","reason":"x"}""", "k-old-notice");
        Assert.True(old == 422 && text.Contains("NOTICE_OUTDATED", StringComparison.Ordinal), text);
        var version = (await ViewAsync(account)).Terms.Closing.NoticeVersion;
        var body = $$"""{"mode":"runOff","noticeVersion":"{{version}}","reason":"hardship"}""";
        var (tried, would) = await ApiAsync(address + "?trial=true", body, "k-trial");
        Assert.True(tried == 200 && would.Contains("restricted.v1", StringComparison.Ordinal), would);
        Assert.Empty(host.Services.GetRequiredService<LeaveShelf>().StepsOf(account));
        var (first, answer) = await ApiAsync(address, body, "k-request");
        Assert.True(first == 200, answer);
        Assert.Equal((200, answer), await ApiAsync(address, body, "k-request"));
        Assert.Single(host.Services.GetRequiredService<LeaveShelf>().Signals(account), one => one.Kind == "hardship");
        var (unverified, no) = await ApiAsync(address + "/confirmation", """{"verified":false}""", "k-unverified");
        Assert.True(unverified == 422 && no.Contains("VERIFICATION_FAILED", StringComparison.Ordinal), no);
        for (var i = 0; i < 2; i++)
        {
            var (confirmed, said) = await ApiAsync(address + "/confirmation", """{"verified":true}""", "k-confirm");
            Assert.True(confirmed == 200 && said.Contains("\"events\":[]", StringComparison.Ordinal), said);
        }

        var (batched, items) = await ApiAsync(
            "/v1/commands:batch",
            $$$"""{"commands":[{"type":"cancel-closing","accountId":"{{{account}}}","key":"k-cancel","body":{"reason":"stays"}}]}""",
            "k-batch");
        Assert.True(batched == 200 && items.Contains("restriction-lifted.v1", StringComparison.Ordinal), items);
        Assert.Equal(
            ["request", "confirm", "cancel"], host.Services.GetRequiredService<LeaveShelf>().StepsOf(account).Select(one => one.Step));
        var today = host.Services.GetRequiredService<CreditHouse>().BusinessDate;
        Assert.Single(host.Services.GetRequiredService<BenefitDesk>().Of(account, today));
        var (listed, kept) = await ApiAsync(address + "/steps", null, "");
        Assert.True(listed == 200 && kept.Contains("\"means\":\"caller\"", StringComparison.Ordinal), kept);
    }

    /// <summary>A line that owes something, with everything that a closing ends.</summary>
    private async Task<AccountId> PreparedAsync(string story, string product)
    {
        var customer = new CustomerId(DemoCustomer.All.Single(one => one.Story == story).Customer);
        var lived = new FaultStory(host.Services.GetRequiredService<CreditHouse>(), customer);
        var account = await lived.OpenAsync(product, 500_000);
        await lived.BuyAsync(account, 320_00);
        await lived.DoAsync(account, on => new SetLinkedService("parking", true) { EffectiveOn = on });
        await host.Services.GetRequiredService<BenefitDesk>().GiveAsync(account, new Benefit("points", "points", "积分", "Points", 10, null));
        var consents = host.Services.GetRequiredService<ConsentLedger>();
        await consents.GiveAsync(customer, "partner-sharing", "2026-01", "app", "form" + product);
        await host.Services.GetRequiredService<WishDesk>().TakeAsync(
            customer,
            (kind, channel) => kind.Class == NoticeClass.Marketing
                || Wishes.RuleOf(kind, channel) is ChannelRule.Always or ChannelRule.On,
            false, false);
        return account;
    }

    private async Task<string> EndOfAsync(AccountId account)
    {
        var view = await ViewAsync(account);
        var notices = host.Services.GetRequiredService<NoticeDesk>().Of(account.Customer, new NoticeQuery(false, null, 50, 0));
        var lifecycle = view.State.Lifecycle is ClosingDown { ConfirmedOn: not null } ? "ClosingDown confirmed"
            : view.State.Lifecycle.GetType().Name;
        var benefits = host.Services.GetRequiredService<BenefitDesk>().Of(account, view.Today).Count;
        var sharing = host.Services.GetRequiredService<ConsentLedger>().Of(account.Customer).Last(one => one.Code == "partner-sharing");
        var stops = string.Join(',', view.State.Restrictions.Where(one => one.Id == LeaveDesk.StopId).Select(one => one.Id));
        return $"{lifecycle} | limit {view.State.TotalLimit.MinorUnits} | stops {(stops.Length == 0 ? "-" : stops)}"
            + $" | wish {host.Services.GetRequiredService<LeaveDesk>().WishOf(view)?.State ?? "-"}"
            + $" | benefits {benefits} | linked {view.State.LinkedServices.Count} | sharing {sharing.Given}"
            + $" | offers {host.Services.GetRequiredService<WishDesk>().Of(account.Customer).AgreesToMarketing("email")}"
            + $" | told {notices.Count(one => one.Kind == LeaveEnding.Told && one.Account == account)}";
    }

    private async Task ByAppAsync(string story, AccountId account)
    {
        var visitor = await host.BorrowerAsync(story);
        await visitor.GetAsync($"/app/account/{account}");
        const string Page = "/app/close/impact?mode=run-off&lang=en";
        var shown = Regex.Match(await visitor.GetStringAsync(Page), "name=\"shown\" value=\"([0-9a-f]{64})\"").Groups[1].Value;
        var fields = Points.ToDictionary(one => one, _ => "on");
        fields["mode"] = "run-off";
        fields["reason"] = "unused";
        fields["shown"] = shown;
        await DoneAsync(visitor, Page, "/app/close/request", fields);
        await DoneAsync(visitor, "/app/close/confirm", "/app/close/confirm", new() { ["pin"] = DemoCustomer.Pin });
    }

    private async Task ByAgentAsync(string story, AccountId account, string way)
    {
        const string Call = "/console/tickets/call";
        var staff = await host.StaffAsync();
        var phone = DemoCustomer.All.Single(one => one.Story == story).Phone;
        await DoneAsync(staff, Call, Call, new() { ["phone"] = phone, ["four"] = DemoPeople.IdTail(account.Customer.Value) });
        var person = $"{Call}/{account.Customer}";
        var opened = await Host.PostAsync(staff, person, person + "/open", new()
        {
            ["kind"] = "closing-help", ["channel"] = way, ["about"] = $"close-{account.Slot}", ["text"] = "Wants to leave",
        });
        var number = Regex.Match(opened.Headers.Location!.ToString(), "tickets/([^?]+)").Groups[1].Value;
        foreach (var act in new[] { "close", "confirm" })
        {
            await DoneAsync(staff, person, $"{person}/do/{act}", new()
            {
                ["account"] = account.ToString(), ["ticket"] = number, ["mode"] = "run-off",
            });
        }
    }

    private async Task ByApiAsync(AccountId account)
    {
        var version = (await ViewAsync(account)).Terms.Closing.NoticeVersion;
        var (asked, why) = await ApiAsync(
            $"/v1/accounts/{account}/closing", $$"""{"mode":"runOff","noticeVersion":"{{version}}","reason":"unused"}""", $"r-{account}");
        Assert.True(asked == 200, why);
        var (confirmed, no) = await ApiAsync($"/v1/accounts/{account}/closing/confirmation", """{"verified":true}""", $"c-{account}");
        Assert.True(confirmed == 200, no);
    }

    private async Task<(int Status, string Text)> ApiAsync(string path, string? body, string key)
    {
        using var visitor = host.Visitor();
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", DemoCustomer.ApiKey);
        if (body is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        var answer = await visitor.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<AccountView> ViewAsync(AccountId account) =>
        (await host.Services.GetRequiredService<AccountReader>().FindAsync(account))!;

    private static async Task DoneAsync(HttpClient visitor, string page, string action, Dictionary<string, string> fields)
    {
        var answer = await Host.PostAsync(visitor, page, action, fields);
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync());
    }
}
