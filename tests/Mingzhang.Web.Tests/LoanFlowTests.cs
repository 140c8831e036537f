using System.Net;
using System.Text.RegularExpressions;
using Mingzhang.Services.Sandbox;

namespace Mingzhang.Web.Tests;

/// <summary>Borrowing, repaying early and instalments by the forms people use, without a script.</summary>
public sealed partial class LoanFlowTests(Host host)
{
    private const string Costs = "/app/borrow/costs?amount=3000&choice=equal:6&purpose=daily";

    [GeneratedRegex("<input type=\"hidden\" name=\"(_form|key|shown|count)\" value=\"([^\"]*)\" />")]
    private static partial Regex Hidden { get; }

    [GeneratedRegex("<section class=\"card\" id=\"loan-([^\"]+)\"")]
    private static partial Regex Open { get; }

    [GeneratedRegex("<tr><th scope=\"row\"><b>[^<]*</b></th><td class=\"r num\">3,000.00</td></tr>")]
    private static partial Regex PrincipalRow { get; }

    [Fact]
    public async Task Borrow_only_after_reading_then_paying_out_then_all_back()
    {
        var visitor = await host.BorrowerAsync("joint");
        var table = await Host.ReadAsync(visitor, Costs + "&lang=en");
        Assert.Matches(PrincipalRow, table);
        Assert.Contains("id=\"simple\"", table);
        Assert.Contains("Harbour Bank", table);
        var fields = Fields(await visitor.GetStringAsync(Costs));
        var soon = await visitor.PostAsync("/app/borrow/costs", Form(fields));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, soon.StatusCode);
        var answer = await soon.Content.ReadAsStringAsync();
        Assert.Matches("data-wait=\"([1-9]|10)\"", answer);
        Assert.Contains(fields["shown"], answer);
        fields["shown"] = host.Earlier(fields["shown"], 30);
        var asked = await visitor.PostAsync("/app/borrow/costs", Form(fields));
        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        Assert.Equal(asked.Headers.Location, (await visitor.PostAsync("/app/borrow/costs", Form(fields))).Headers.Location);
        var loan = asked.Headers.Location!.ToString().Split('?')[0];
        Assert.EndsWith("done=arrived", asked.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Contains("3,000.00", await Host.ReadAsync(visitor, "/app/limit"));
        Assert.Contains("3,000.00", await Host.ReadAsync(visitor, "/app/payments"));
        Assert.Contains("id=\"settle\"", await Host.ReadAsync(visitor, loan));
        var back = new Dictionary<string, string> { ["amount"] = "3030.00", ["pin"] = DemoCustomer.Pin };
        Assert.Equal(HttpStatusCode.Redirect, (await Host.PostAsync(visitor, loan + "/repay", loan + "/repay", back)).StatusCode);
        Assert.Contains("tag t-ok", await Host.ReadAsync(visitor, loan));
    }

    [Fact]
    public async Task A_value_of_another_table_or_a_made_up_one_confirms_nothing()
    {
        var visitor = await host.BorrowerAsync("loan");
        var other = Fields(await visitor.GetStringAsync("/app/borrow/costs?amount=3000&choice=equal:3&purpose=daily"));
        var fields = Fields(await visitor.GetStringAsync(Costs));
        foreach (var shown in (string[])[host.Earlier(other["shown"], 30), "", "made-up", fields["shown"][..^4] + "AAAA"])
        {
            fields["shown"] = shown;
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.PostAsync("/app/borrow/costs", Form(fields))).StatusCode);
        }

        Assert.DoesNotContain("3,000.00", await Host.ReadAsync(visitor, "/app/limit"));
    }

    [Fact]
    public async Task A_bill_becomes_instalments_and_the_debt_stays_the_same()
    {
        var visitor = await host.BorrowerAsync("plan");
        const string Page = "/app/bills/2026-07-01/plan?count=6";
        var html = await visitor.GetStringAsync(Page);
        Assert.Equal(2, Regex.Count(html, "5,553.20", RegexOptions.None, TimeSpan.FromSeconds(1)));
        var fields = Fields(html);
        var action = Page.Split('?')[0];
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.PostAsync(action, Form(fields))).StatusCode);
        fields["shown"] = host.Earlier(fields["shown"], 30);
        var done = await visitor.PostAsync(action, Form(fields));
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        Assert.Equal(done.Headers.Location, (await visitor.PostAsync(action, Form(fields))).Headers.Location);
        Assert.Contains("454.00", await Host.ReadAsync(visitor, done.Headers.Location!.ToString()));
        Assert.Contains("435.20", await Host.ReadAsync(visitor, "/app"));
    }

    [Fact]
    public async Task Repaying_a_part_shows_before_and_after_in_both_modes()
    {
        var visitor = await host.BorrowerAsync("loan");
        var loan = await LoanAsync(visitor);
        var shorter = await Host.ReadAsync(visitor, loan + "/repay?amount=3000&mode=shorten&lang=en");
        Assert.Contains("less in interest", shorter);
        var lower = await Host.ReadAsync(visitor, loan + "/repay?amount=3000&mode=lower");
        Assert.Contains("id=\"compare\"", lower);
        Assert.NotEqual(Host.WithoutTokens(shorter), Host.WithoutTokens(lower));
        Assert.Contains("9,163.28", await Host.ReadAsync(visitor, "/app/loans"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-5")]
    [InlineData("1.234")]
    [InlineData("999999")]
    public async Task An_impossible_amount_is_refused_with_words(string amount)
    {
        var visitor = await host.BorrowerAsync("loan");
        var loan = await LoanAsync(visitor);
        var answer = await Host.PostAsync(
            visitor, loan + "/repay", loan + "/repay", new() { ["amount"] = amount, ["pin"] = DemoCustomer.Pin });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("role=\"alert\"", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("amount=abc", "could not be read")]
    [InlineData("amount=3000&choice=nope", "offer does not exist")]
    [InlineData("amount=3000&choice=equal:99", "offer does not exist")]
    [InlineData("amount=3000&purpose=casino", "purpose does not exist")]
    public async Task What_cannot_be_read_is_said_and_leads_to_no_cost_table(string query, string said)
    {
        var visitor = await host.BorrowerAsync("loan");
        Assert.Contains(said, await visitor.GetStringAsync($"/app/borrow?{query}&lang=en"));
        var costs = await visitor.GetAsync($"/app/borrow/costs?{query}&lang=en");
        Assert.Equal($"/app/borrow?{query}&lang=en", costs.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_stranger_does_not_see_a_loan_and_a_pay_later_line_does_not_lend()
    {
        var visitor = await host.BorrowerAsync("loan");
        var loan = await LoanAsync(visitor);
        var stranger = await host.BorrowerAsync("paid");
        string[] pages = [loan, loan + "/repay", "/app/borrow", Costs, "/app/bills/2026-07-01/plan"];
        foreach (var page in pages)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(page)).StatusCode);
        }
    }

    [Fact]
    public async Task A_pause_on_a_loan_line_stops_borrowing()
    {
        var visitor = await host.BorrowerAsync("reserve");
        const string Page = "/app/settings";
        Assert.Equal(HttpStatusCode.Redirect, (await Host.PostAsync(visitor, Page, Page + "/pause", [])).StatusCode);
        Assert.Contains("C07_CLOSED", await Host.ReadAsync(visitor, "/app/use"));
        Assert.Equal(HttpStatusCode.Redirect, (await Host.PostAsync(visitor, Page, Page + "/resume", [])).StatusCode);
        Assert.DoesNotContain("C07_CLOSED", await Host.ReadAsync(visitor, "/app/use"));
    }

    [Fact]
    public async Task Staff_see_rows_and_what_each_lender_is_owed()
    {
        var staff = await host.StaffAsync();
        var page = await Host.ReadAsync(staff, "/console/accounts/1000013-05?lang=en");
        Assert.Contains("id=\"loans\"", page);
        Assert.Contains("Harbour Bank", page);
        Assert.Contains("70.00%", page);
    }

    [Fact]
    public async Task Closing_names_the_loan_and_links_to_it()
    {
        var visitor = await host.BorrowerAsync("loan-overdue");
        var page = await Host.ReadAsync(visitor, "/app/close");
        Assert.Contains("K06", page);
        Assert.Contains("href=\"" + await LoanAsync(visitor), page);
    }

    private static async Task<string> LoanAsync(HttpClient visitor)
    {
        var page = await visitor.GetStringAsync("/app/loans");
        return "/app/loans/" + Open.Match(page).Groups[1].Value;
    }

    private static Dictionary<string, string> Fields(string html)
    {
        var fields = new Dictionary<string, string> { ["pin"] = DemoCustomer.Pin };
        foreach (Match match in Hidden.Matches(html[html.IndexOf("id=\"cost-table\"", StringComparison.Ordinal)..]))
        {
            fields[match.Groups[1].Value] = match.Groups[2].Value;
        }

        foreach (var (name, value) in ((string, string)[])[("amount", "3000.00"), ("choice", "equal:6"), ("purpose", "daily")])
        {
            fields[name] = value;
        }

        return fields;
    }

    private static FormUrlEncodedContent Form(Dictionary<string, string> fields) => new(fields);
}
