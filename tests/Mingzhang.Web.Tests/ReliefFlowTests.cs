using System.Net;
using System.Text.RegularExpressions;
using Mingzhang.Services.Sandbox;

namespace Mingzhang.Web.Tests;

/// <summary>Help for who cannot pay as agreed, from the borrower's pages and the console.</summary>
public sealed partial class ReliefFlowTests(Host host)
{
    [GeneratedRegex("name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden { get; }

    [GeneratedRegex("href=\"(/app/help/plan[?]choice=Deferral[.]2[.]0[^\"]*)\"")]
    private static partial Regex TwoMonths { get; }

    [Fact]
    public async Task Defer_a_loan_after_reading_what_it_costs_and_go_back()
    {
        var visitor = await host.BorrowerAsync("loan");
        var before = await RowsAsync(visitor);
        var address = TwoMonths.Match(await visitor.GetStringAsync("/app/help?lang=en")).Groups[1].Value;
        var page = await visitor.GetStringAsync(address);
        Assert.Contains("It costs you", page);
        var fields = Hidden.Matches(page[page.IndexOf("action=\"/app/help/plan\"", StringComparison.Ordinal)..])
            .GroupBy(match => match.Groups[1].Value)
            .ToDictionary(group => group.Key, group => WebUtility.HtmlDecode(group.First().Groups[2].Value));
        fields["pin"] = DemoCustomer.Pin;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.PostAsync("/app/help/plan", Form(fields))).StatusCode);
        fields["shown"] = host.Earlier(fields["shown"], 30);
        var agreed = await visitor.PostAsync("/app/help/plan", Form(fields));
        Assert.Equal("/app/help?done=relief-agreed", agreed.Headers.Location?.OriginalString);
        var again = await visitor.PostAsync("/app/help/plan", Form(fields));
        Assert.Equal("/app/help?done=relief-agreed", again.Headers.Location?.OriginalString);
        Assert.NotEqual(before, await RowsAsync(visitor));
        var running = await visitor.GetStringAsync("/app/help");
        var id = Regex.Match(running, "id=\"relief-(help-[^\"]+)\"").Groups[1].Value;
        var wrong = await Host.PostAsync(visitor, "/app/help", $"/app/help/{id}/end", new() { ["pin"] = "000000" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        var ended = await Host.PostAsync(visitor, "/app/help", $"/app/help/{id}/end", new() { ["pin"] = DemoCustomer.Pin });
        Assert.Equal("/app/help?done=relief-ended", ended.Headers.Location?.OriginalString);
        Assert.Equal(before, await RowsAsync(visitor));
    }

    [Theory]
    [InlineData("choice=nonsense")]
    [InlineData("choice=Deferral.x.0.0.")]
    [InlineData("offer=unknown")]
    public async Task A_choice_that_does_not_exist_is_said(string query)
    {
        var answer = await (await host.BorrowerAsync("loan")).GetAsync("/app/help/plan?lang=en&" + query);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("That choice does not exist", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_application_needs_a_reason_and_an_offer_whole_numbers()
    {
        var visitor = await host.BorrowerAsync("loan-overdue");
        var fields = new Dictionary<string, string> { ["wish"] = "Replan", ["loan"] = "", ["reason"] = "" };
        var asked = await Host.PostAsync(visitor, "/app/help", "/app/help/ask", new(fields));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.StatusCode);
        fields["reason"] = "ill";
        asked = await Host.PostAsync(visitor, "/app/help", "/app/help/ask", new(fields));
        Assert.Equal("/app/help?done=relief-asked", asked.Headers.Location?.OriginalString);
        var staff = await host.StaffAsync();
        const string Account = "/console/accounts/1000010-02";
        Assert.Contains("id=\"offer-relief\"", await Host.ReadAsync(staff, Account));
        var wrong = new Dictionary<string, string> { ["kind"] = "Replan", ["months"] = "x", ["reason"] = "r" };
        var bad = await Host.PostAsync(staff, Account, Account + "/offer-relief", wrong);
        Assert.NotEqual(HttpStatusCode.Redirect, bad.StatusCode);
    }

    private static FormUrlEncodedContent Form(Dictionary<string, string> fields) => new(fields);

    private static async Task<string> RowsAsync(HttpClient visitor)
    {
        var list = await visitor.GetStringAsync("/app/loans");
        var loan = Regex.Match(list, "href=\"(/app/loans/[^\"?/]+)\"").Groups[1].Value;
        var page = await visitor.GetStringAsync(loan + "?lang=en");
        return Regex.Match(page, "id=\"rows\".*?</table>", RegexOptions.Singleline).Value;
    }
}
