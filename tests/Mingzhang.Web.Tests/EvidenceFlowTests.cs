using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Incidents;
using Mingzhang.Services.Notifications;
using Mingzhang.Services.Sandbox;

namespace Mingzhang.Web.Tests;

/// <summary>A bureau report as evidence; repaying while an incident stops use; compensation for an incident by two people.</summary>
public sealed class EvidenceFlowTests(OwnHost host) : IClassFixture<OwnHost>
{
    [Fact]
    public async Task A_bureau_report_that_differs_becomes_an_objection_with_its_lines_as_evidence_and_gets_a_result()
    {
        const string Page = "/app/bureau";
        var borrower = await host.BorrowerAsync("cured");
        var ours = (await borrower.GetStringAsync(Page + "/record.csv")).Trim().Split('\n')[1..];
        Assert.NotEmpty(ours);
        var (month, _, balance) = (ours[0].Split(',')[0], ours[0].Split(',')[1], ours[0].Split(',')[2]);
        var same = await Host.PostAsync(borrower, Page, Page + "?lang=en", new() { ["report"] = ours[0] });
        Assert.DoesNotContain("id=\"object\"", await same.Content.ReadAsStringAsync());
        var report = $"{month},7,{balance}";
        var differs = await Host.PostAsync(borrower, Page, Page + "?lang=en", new() { ["report"] = report });
        Assert.Contains("id=\"object\"", await differs.Content.ReadAsStringAsync());

        var sent = await Host.PostAsync(borrower, Page, Page + "/objection", new() { ["report"] = report });
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        var ticket = sent.Headers.Location!.ToString().Split('?')[0];
        var opened = await Host.ReadAsync(borrower, ticket);
        Assert.Contains("bureau-report.txt", opened);
        Assert.Contains($"{month}:", opened);
        Assert.Contains("7 " + balance, opened);
        Assert.Equal(report, await borrower.GetStringAsync(ticket + "/files/1"));

        var staff = await host.StaffAsync();
        var desk = "/console/tickets/" + ticket.Split('/')[^1];
        await Host.PostAsync(staff, desk, desk + "/take", []);
        var answer = new Dictionary<string, string> { ["word"] = "answer", ["text"] = "The bureau was told N for that month." };
        await Host.PostAsync(staff, desk, desk + "/speak", answer);
        Assert.Contains("The bureau was told N for that month.", await Host.ReadAsync(borrower, ticket));

        // The answer goes out by SMS unless the person turned it off (R017).
        var messages = host.Services.GetRequiredService<MessageDesk>();
        bool Sent() => messages.Of(new CustomerId(1_000_003), 50).Any(one => one is { Kind: "ticket-answer", Channel: "sms" });
        for (var tries = 0; !Sent(); tries++)
        {
            Assert.True(tries < 100, "no SMS was made of the answer");
            await Task.Delay(100);
        }
    }

    [Fact]
    public async Task A_file_is_compared_loan_by_loan_and_its_bad_lines_are_named()
    {
        var borrower = await host.BorrowerAsync("loan");
        var loan = Regex.Match(await Host.ReadAsync(borrower, "/app/loans"), "id=\"loan-([^\"]+)\"").Groups[1].Value;
        var bad = await FileAsync(borrower, "loan,month,status,balance\nx,2026-13,N,1\nx,2026-05,Q,1\n");
        Assert.Contains("Line 2: the month", bad);
        Assert.Contains("Line 3: the status", bad);
        var differs = await FileAsync(borrower, $"{loan},2026-06,7,1.00\nmade-up,2026-06,N,1.00\n");
        Assert.Contains(loan, differs);
        Assert.Contains("We have no such loan", differs);
        Assert.Contains("id=\"object\"", differs);
        Assert.Contains("at most 256 KB", await FileAsync(borrower, new string('x', 300_000)));
    }

    [Fact]
    public async Task Records_and_repayment_stay_while_an_incident_stops_use()
    {
        var borrower = await host.BorrowerAsync("revolver");
        var account = AccountId.Of(new CustomerId(1_000_002), 1);
        var house = host.Services.GetRequiredService<CreditHouse>();
        var owed = (await house.ReadAsync(account))!.Items.Sum(item => item.Unpaid.MinorUnits);
        var incidents = host.Services.GetRequiredService<IncidentDesk>();
        var number = await incidents.DeclareAsync("不再放款", "No new lending", "", stopsUse: true, null, "staff:a");
        try
        {
            Assert.Contains($"INC-{number}", await Host.ReadAsync(borrower, "/app/use?lang=en"));
            Assert.Contains("Ask for compensation", await Host.ReadAsync(borrower, "/app/use?lang=en"));
            foreach (var page in (string[])["/app/bills", "/app/activity", "/app/certificates", "/app/progress/history.csv"])
            {
                Assert.Equal(HttpStatusCode.OK, (await borrower.GetAsync(page)).StatusCode);
            }

            var paid = await Host.PostAsync(
                borrower, "/app/pay", "/app/pay", new() { ["amount"] = "12.34", ["pin"] = DemoCustomer.Pin });
            Assert.Equal(HttpStatusCode.Redirect, paid.StatusCode);
            for (var tries = 0; (await house.ReadAsync(account))!.Items.Sum(item => item.Unpaid.MinorUnits) != owed - 1_234; tries++)
            {
                Assert.True(tries < 100, "the repayment was not booked");
                await Task.Delay(100);
            }

            // How long it took is on the page of payments from now on (R109).
            Assert.Matches(
                "(?s)id=\"times\">.*Repayment</th><td class=\"r num\">[0-9.]+ s</td>",
                await Host.ReadAsync(borrower, "/app/payments?lang=en"));
        }
        finally
        {
            await incidents.EndAsync(number);
        }
    }

    [Fact]
    public async Task Buying_far_more_than_usual_is_said_on_the_spending_page()
    {
        var borrower = await host.BorrowerAsync("spender");
        var house = host.Services.GetRequiredService<CreditHouse>();
        var account = AccountId.Of(new CustomerId(1_000_021), 1);
        Assert.DoesNotContain("id=\"rash\"", await borrower.GetStringAsync("/app/spend"));
        var most = Money.Of((await house.ReadAsync(account))!.TotalLimit.MinorUnits / 4, Currency.Cny);
        var buy = new PostOfflinePurchase("rash-1", most, "groceries", "店铺") { EffectiveOn = house.BusinessDateOf(account) };
        var bought = await house.SubmitAsync(new CommandEnvelope(account, "rash-1", buy, "test"));
        Assert.Null(bought.Refusal);
        Assert.Contains("more than twice your usual", await Host.ReadAsync(borrower, "/app/spend?lang=en"));
    }

    [Fact]
    public async Task From_an_incident_to_compensation_by_two_people()
    {
        var incidents = host.Services.GetRequiredService<IncidentDesk>();
        var number = await incidents.DeclareAsync("入账延迟", "Payments were booked late", "", stopsUse: false, null, "staff:a");
        await incidents.EndAsync(number);
        var incident = $"/console/use/incidents/{number}?lang=en";
        var (staff, checker) = (await host.StaffAsync(), await host.StaffAsync(DemoCustomer.CheckerLogin));
        var house = host.Services.GetRequiredService<CreditHouse>();
        var account = AccountId.Of(new CustomerId(1_000_010), house.Terms.All.First(terms => terms.Code == "cash-loan").Slot);
        var loan = (await house.ReadAsync(account))!.Loans[0].Id;
        var page = "/console/accounts/" + account;
        Assert.Contains($"value=\"INC-{number}\"", await Host.ReadAsync(staff, page));
        Assert.Contains("No waiver names this incident yet", await Host.ReadAsync(staff, incident));
        var proposed = await Host.PostAsync(staff, page, page + "/waive", new()
        {
            ["component"] = "Interest", ["amount"] = "0.01", ["incident"] = $"INC-{number}",
            ["reason"] = "charged while we were late", ["loan"] = loan,
        });
        Assert.Equal(HttpStatusCode.Redirect, proposed.StatusCode);
        var approval = proposed.Headers.Location!.ToString().Split('?')[0];
        Assert.StartsWith("/console/approvals/", approval);
        Assert.Contains($"INC-{number}: charged while we were late", await Host.ReadAsync(staff, incident));
        var own = await Host.PostAsync(staff, approval, approval + "/approve", new() { ["reason"] = "mine" });
        Assert.NotEqual(HttpStatusCode.Redirect, own.StatusCode);
        var approved = await Host.PostAsync(checker, approval, approval + "/approve", new() { ["reason"] = "checked" });
        Assert.Equal(HttpStatusCode.Redirect, approved.StatusCode);
        Assert.Contains("tag t-ok", Regex.Match(
            await Host.ReadAsync(checker, incident), "id=\"compensation\".*?</table>", RegexOptions.Singleline).Value);
        var told = host.Services.GetRequiredService<NoticeDesk>();
        for (var tries = 0; told.Of(account.Customer, new NoticeQuery(false, ["debt-waived"], 5, 0)).Count == 0; tries++)
        {
            Assert.True(tries < 100, "the customer was not told");
            await Task.Delay(100);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await staff.GetAsync("/console/use/incidents/99999")).StatusCode);
    }

    private static async Task<string> FileAsync(HttpClient borrower, string text)
    {
        using var form = new MultipartFormDataContent();
        foreach (Match match in Regex.Matches(
            await borrower.GetStringAsync("/app/bureau"),
            "<input type=\"hidden\" name=\"(_form|key|account)\" value=\"([^\"]*)\" />").Take(3))
        {
            form.Add(new StringContent(match.Groups[2].Value), match.Groups[1].Value);
        }

        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "file", "report.csv");
        var answer = await borrower.PostAsync("/app/bureau/file?lang=en", form);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }
}
