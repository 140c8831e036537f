using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Mingzhang.Services.Notifications;
using Mingzhang.Services.Sandbox;

namespace Mingzhang.Web.Tests;

/// <summary>How pages look, what they count, and what stands there when there is nothing to show.</summary>
public sealed class LookTests(OwnHost host) : IClassFixture<OwnHost>
{
    [Fact]
    public async Task The_look_and_the_tour_are_the_persons_on_every_device_and_need_no_script()
    {
        var one = await host.BorrowerAsync("cured");
        Assert.Contains("id=\"tour\"", await Host.ReadAsync(one, "/app"));
        Assert.Contains("media=\"screen and (prefers-color-scheme: dark)\"", await Host.ReadAsync(one, "/app"));
        var chosen = await Host.PostAsync(one, "/app/settings", "/app/settings/look", new() { ["colours"] = "dark", ["large"] = "on" });
        Assert.Equal("/app/settings?done=saved#look", chosen.Headers.Location?.OriginalString);
        await Host.PostAsync(one, "/app", "/app/tour", []);

        var other = await host.BorrowerAsync("cured");
        var page = await Host.ReadAsync(other, "/app");
        Assert.Contains("class=\"large\"", page);
        Assert.Contains("href=\"/dark.css\" media=\"screen\"", page);
        Assert.DoesNotContain("id=\"tour\"", page);

        // Somebody else on the same browser has a look of their own.
        var answer = await Host.PostAsync(other, "/login", "/login", new()
        {
            ["login"] = DemoCustomer.All.Single(person => person.Story == "relief").Phone, ["password"] = DemoCustomer.Password,
        });
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        page = await Host.ReadAsync(other, "/app");
        Assert.DoesNotContain("class=\"large\"", page);
        Assert.Contains("id=\"tour\"", page);

        await Host.PostAsync(one, "/app/settings", "/app/settings/look", new() { ["colours"] = "light" });
        page = await Host.ReadAsync(one, "/app");
        Assert.DoesNotContain("/dark.css", page);
        Assert.DoesNotContain("class=\"large\"", page);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await Host.PostAsync(one, "/app/settings", "/app/settings/look", new() { ["colours"] = "pink" })).StatusCode);
    }

    [Fact]
    public async Task Unread_messages_are_counted_on_every_page_until_they_are_read()
    {
        var visitor = await host.BorrowerAsync("spender");
        var count = host.Services.GetRequiredService<NoticeDesk>().UnreadOf(new(1_000_021));
        Assert.True(count > 0);
        foreach (var page in (string[])["/app?lang=en", "/app/bills?lang=en", "/app/settings?lang=en"])
        {
            Assert.Contains($"unread:</span> {count}</span>", await Host.ReadAsync(visitor, page));
        }

        await Host.PostAsync(visitor, "/app/messages", "/app/messages/read", new()
        {
            ["until"] = long.MaxValue.ToString(CultureInfo.InvariantCulture),
        });
        Assert.DoesNotContain("class=\"badge\"", await Host.ReadAsync(visitor, "/app"));
    }

    [Fact]
    public async Task Every_quarter_brings_a_summary_of_ones_own_credit_and_a_word_on_borrowing()
    {
        var notices = host.Services.GetRequiredService<NoticeDesk>();
        var kinds = notices.Of(new(1_000_021), new NoticeQuery(false, ["credit-summary", "borrowing-sense"], 100, 0));
        Assert.Contains(kinds, one => one.Kind == "credit-summary");
        Assert.Contains(kinds, one => one.Kind == "borrowing-sense");
        var visitor = await host.BorrowerAsync("spender");
        foreach (var one in kinds)
        {
            var page = await Host.ReadAsync(visitor, "/app/messages/" + one.Id);
            Assert.Contains(
                one.Kind == "credit-summary" ? "id=\"message-why\" href=\"/app/limit\"" : "href=\"/app/help/articles/borrow-within-means\"",
                page);
        }
    }

    [Theory]
    [InlineData("/nowhere", 404)]
    [InlineData("/app/nowhere", 404)]
    [InlineData("/console/nowhere", 404)]
    public async Task A_page_that_is_not_there_says_so_in_both_languages_with_a_way_back(string address, int status)
    {
        var visitor = address.StartsWith("/console", StringComparison.Ordinal)
            ? await host.StaffAsync() : await host.BorrowerAsync("paid");
        foreach (var (language, words) in ((string, string)[])[("zh", "没有找到这个页面"), ("en", "There is no such page")])
        {
            var answer = await visitor.GetAsync(address + "?lang=" + language);
            var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
            Assert.Equal(status, (int)answer.StatusCode);
            Assert.Contains(words, page);
            Assert.Contains($"data-status=\"{status}\"", page);
        }
    }

    [Fact]
    public async Task Without_a_network_a_page_in_both_languages_is_kept_and_nothing_personal()
    {
        var page = await Host.ReadAsync(host.Visitor(), "/offline?lang=en");
        Assert.Contains("You are offline", page);
        Assert.Contains("当前没有网络", page);
        var worker = await Host.ReadAsync(host.Visitor(), "/sw.js");
        Assert.Contains("const kept = ['/offline', '/app.css', '/dark.css', '/icons.svg'];", worker);
        Assert.DoesNotContain("cache.put", worker);
    }
}
