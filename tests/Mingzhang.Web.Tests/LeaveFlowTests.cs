using System.Net;
using System.Text.RegularExpressions;
using Mingzhang.Services.Sandbox;

namespace Mingzhang.Web.Tests;

/// <summary>Leaving, from the borrower's pages.</summary>
public sealed partial class LeaveFlowTests(OwnHost host) : IClassFixture<OwnHost>
{
    private static readonly string[] Points = ["reapply", "services", "debt", "records", "calendar"];

    [GeneratedRegex("<code>K([0-9]{2})</code>")]
    private static partial Regex Code { get; }

    /// <summary>
    /// What each story may list, written from the rules (domain rules 5.2) and the story told, not from the code: on 2026-07-05 the bill of
    /// 1 July is open (K01) unless paid, purchases of July are unbilled (K02), what waits for a receipt is in transit (K03), and so on.
    /// </summary>
    [Theory]
    [InlineData("paid", "01 02 03 16")] // June's purchases billed, July's not yet, a hotel held, a membership linked
    [InlineData("revolver", "01 02")] // the minimum of June was paid, not all; July's two posted when paid
    [InlineData("cured", "01 02")] // the arrears are paid; one purchase of June is on the bill, one of July is not yet
    [InlineData("frozen", "")] // nothing owed: a freeze by risk is no blocker
    [InlineData("new", "02 03")] // one purchase posted, a cinema ticket held
    [InlineData("overdue", "01 10 15")] // a bill of June is overdue, and a complaint is open
    [InlineData("corrected", "01 10")] // June's one purchase is billed, an objection at the bureau is open
    [InlineData("plan", "01 02 04")] // the row of July is on the bill, a purchase of July is not, the plan runs
    [InlineData("loan", "06")] // a loan, and nothing else on a line for cash
    [InlineData("loan-overdue", "06 15")] // the same, overdue
    public async Task A_closing_lists_exactly_what_blocks(string story, string expected)
    {
        var page = await Host.ReadAsync(await host.BorrowerAsync(story), "/app/close?lang=en");
        var found = Code.Matches(page).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(expected, string.Join(' ', found));
    }

    [Fact]
    public async Task Each_consequence_is_this_persons_own()
    {
        var page = await Host.ReadAsync(await host.BorrowerAsync("paid"), "/app/close/impact?mode=run-off&lang=en");
        Assert.Contains("July bill coupon", page);
        Assert.Contains("2380 points", page);
        Assert.Contains("Linked:", page);
        Assert.Contains("Nothing was ever overdue", page);
        Assert.Contains("id=\"run-off\"", page);
        Assert.DoesNotContain("id=\"hardship\"", page);
        var overdue = await Host.ReadAsync(await host.BorrowerAsync("overdue"), "/app/close/impact?mode=run-off&reason=hardship&lang=en");
        Assert.Contains("id=\"hardship\"", overdue);
        Assert.Contains("days overdue: settle that first", overdue);
        Assert.DoesNotContain("Nothing was ever overdue", overdue);
        var cured = await Host.ReadAsync(await host.BorrowerAsync("cured"), "/app/close/impact?mode=run-off&lang=en");
        Assert.Contains("it is kept until 2031-", cured);
    }

    [Fact]
    public async Task Ticks_the_text_shown_and_a_fresh_form_are_asked_for()
    {
        var visitor = await host.BorrowerAsync("bank-line");
        const string Page = "/app/close/impact?mode=run-off&lang=en";
        var html = await visitor.GetStringAsync(Page);
        var shown = Regex.Match(html, "name=\"shown\" value=\"([0-9a-f]{64})\"").Groups[1].Value;
        var fields = new Dictionary<string, string> { ["mode"] = "run-off", ["reason"] = "unused", ["shown"] = shown };
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await SendAsync(visitor, Page, fields));
        foreach (var point in Points)
        {
            fields[point] = "on";
        }

        fields["shown"] = new string('0', 64);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await SendAsync(visitor, Page, fields));
        var loaded = await visitor.PostAsync("/app/close/request", new FormUrlEncodedContent(new Dictionary<string, string>()));
        Assert.Equal(HttpStatusCode.BadRequest, loaded.StatusCode);
    }

    private static async Task<HttpStatusCode> SendAsync(HttpClient visitor, string page, Dictionary<string, string> fields) =>
        (await Host.PostAsync(visitor, page, "/app/close/request", new(fields))).StatusCode;

    [Fact]
    public async Task A_line_that_closes_alone_stops_use_now_waits_and_can_be_called_off()
    {
        var visitor = await host.BorrowerAsync("loan");
        await RequestAsync(visitor, "hardship");
        Assert.Contains("id=\"waiting\"", await Host.ReadAsync(visitor, "/app/close?lang=en"));
        var wrong = await Host.PostAsync(visitor, "/app/close/confirm", "/app/close/confirm", new() { ["pin"] = "000000" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        var right = await Host.PostAsync(visitor, "/app/close/confirm", "/app/close/confirm", new() { ["pin"] = DemoCustomer.Pin });
        Assert.Equal("/app/close?done=closing", right.Headers.Location?.OriginalString);
        var waiting = await Host.ReadAsync(visitor, "/app/close?lang=en");
        Assert.Contains("closes by itself when settled", waiting);
        Assert.Contains("id=\"undo-until\"", waiting);
        Assert.Contains("id=\"evidence\"", waiting);
        var kept = await Host.PostAsync(visitor, "/app/close", "/app/close/cancel", []);
        Assert.Equal("/app/close?done=kept", kept.Headers.Location?.OriginalString);
        Assert.Contains("id=\"choose\"", await Host.ReadAsync(visitor, "/app/close?lang=en"));
        Assert.Contains("Interest coupon", await Host.ReadAsync(visitor, "/app/close/impact?mode=run-off&lang=en"));
    }

    [Fact]
    public async Task A_theft_stops_use_at_once_and_the_special_team_gets_it()
    {
        var visitor = await host.BorrowerAsync("reserve");
        var home = await Host.PostAsync(visitor, "/app/close/theft?lang=en", "/app/close/theft", new() { ["text"] = new string('x', 501) });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, home.StatusCode);
        var answer = await Host.PostAsync(visitor, "/app/close/theft", "/app/close/theft", new() { ["text"] = "my phone was taken" });
        var ticket = Regex.Match(answer.Headers.Location!.OriginalString, "ticket=(.+)$").Groups[1].Value;
        Assert.Contains("id=\"stopped\"", await Host.ReadAsync(visitor, "/app/close/theft?ticket=" + ticket));
        var staff = await host.StaffAsync();
        Assert.Contains("Special team", await Host.ReadAsync(staff, $"/console/tickets/{ticket}?lang=en"));
        Assert.Contains("The account is not closed", await Host.ReadAsync(visitor, "/app/close/reopen?lang=en"));
    }

    [Theory]
    [InlineData("销户")]
    [InlineData("注销")]
    [InlineData("关闭服务")]
    public async Task The_words_lead_to_it(string words)
    {
        var page = await Host.ReadAsync(await host.BorrowerAsync("new"), "/app/help/articles?q=" + Uri.EscapeDataString(words));
        Assert.Contains("/app/help/articles/close\"", page);
    }

    [Theory]
    [InlineData("paid", "/app/limit")]
    [InlineData("paid", "/app/bills")]
    [InlineData("paid", "/app/bills/2026-07-01")]
    [InlineData("loan", "/app/borrow")]
    [InlineData("paid", "/app/settings")]
    public async Task The_way_out_is_on_every_page_of_the_product(string story, string path) =>
        Assert.Contains("href=\"/app/close\"", await Host.ReadAsync(await host.BorrowerAsync(story), path));

    private static async Task RequestAsync(HttpClient visitor, string reason)
    {
        var page = $"/app/close/impact?mode=run-off&reason={reason}&lang=en";
        var shown = Regex.Match(await visitor.GetStringAsync(page), "name=\"shown\" value=\"([0-9a-f]{64})\"").Groups[1].Value;
        var fields = new Dictionary<string, string> { ["mode"] = "run-off", ["reason"] = reason, ["shown"] = shown };
        foreach (var point in Points)
        {
            fields[point] = "on";
        }

        var asked = await Host.PostAsync(visitor, page, "/app/close/request", fields);
        Assert.Equal("/app/close/confirm", asked.Headers.Location?.OriginalString);
    }
}
