using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Web.Identity;

namespace Mingzhang.Web.Tests;

/// <summary>What people bring to their dashboard and ask of their data: on the pages, by call and over the API.</summary>
public sealed class BroughtFlowTests(OwnHost host) : IClassFixture<OwnHost>
{
    private const string Page = "/app/spend/imported?lang=en";

    private const string Bill = """
        微信支付账单明细,,,,,,,,
        交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注
        2026-07-03 18:20:00,商户消费,街角面馆,"午饭",支出,¥23.80,零钱,支付成功,"1000001","2000001","/"
        2026-07-02 18:20:00,商户消费,社区书店,"书",支出,¥56.00,零钱,支付成功,"1000002","2000002","/"
        """;

    [Fact]
    public async Task A_bill_and_messages_are_brought_marked_never_booked_and_deleted_again()
    {
        var house = host.Services.GetRequiredService<CreditHouse>();
        var account = AccountId.Of(new CustomerId(1_000_021), 1);
        var borrower = await host.BorrowerAsync("spender");
        var (rows, spent) = (house.Rows(account).Count, await SpentAsync(borrower));
        Assert.Contains("2 new, 0 known already", await BringAsync(borrower, Bill));
        Assert.Contains("0 new, 2 known already", await BringAsync(borrower, Bill));
        Assert.Contains("The file cannot be read", await BringAsync(borrower, "no bill at all"));
        var page = await Host.ReadAsync(borrower, Page);
        Assert.Contains("街角面馆", page);
        Assert.Contains("WeChat Pay", page);
        Assert.Contains("79.80 elsewhere this month", await Host.ReadAsync(borrower, "/app/spend?lang=en"));
        var told = await Host.PostAsync(borrower, Page, "/app/spend/imported/messages?lang=en", new()
        {
            ["text"] = "您尾号1234卡7月2日12:30网上支付(消费财付通-盒马鲜生)86.50元，余额1,203.44元。【工商银行】\n一条看不懂的短信",
        });
        var answer = WebUtility.HtmlDecode(await told.Content.ReadAsStringAsync());
        Assert.Contains("1 were not understood", answer);
        Assert.Contains("一条看不懂的短信", answer);
        Assert.Equal((rows, spent), (house.Rows(account).Count, await SpentAsync(borrower)));
        var gone = await Host.PostAsync(borrower, Page, "/app/spend/imported/delete", new() { ["all"] = "1" });
        Assert.Equal(HttpStatusCode.Redirect, gone.StatusCode);
        Assert.DoesNotContain("街角面馆", await Host.ReadAsync(borrower, Page));
    }

    [Fact]
    public async Task Progress_management_is_read_closed_opened_and_budgeted_over_the_api_and_counted()
    {
        const string One = "/v1/accounts/1000016-01/progress";
        var (status, sheet) = await host.ApiAsync("GET", One, null, "");
        Assert.True(status == 200 && (bool)sheet["open"]!, sheet.ToString());
        var version = (string)sheet["noticeVersion"]!;
        Assert.Equal("PROGRESS_STEP_MISSING", await CodeAsync(One + "/closing", """{"noticeVersion":"old","verified":true}""", "p-1"));
        Assert.Equal(
            "VERIFICATION_FAILED", await CodeAsync(One + "/closing", $$"""{"noticeVersion":"{{version}}","verified":false}""", "p-2"));
        var (closed, after) = await host.ApiAsync("POST", One + "/closing", $$"""{"noticeVersion":"{{version}}","verified":true}""", "p-3");
        Assert.True(closed == 200 && !(bool)after["open"]!, after.ToString());
        var month = (await host.ApiAsync("GET", "/v1/progress-figures?months=1", null, "")).Json["months"]![0]!;
        Assert.Equal((1, 1, 1, 0), (
            (int)month["closedBySelf"]!, (int)month["stepsBegun"]!, (int)month["stepsTaken"]!, (int)month["stepsLeft"]!));
        var (opened, again) = await host.ApiAsync("POST", One + "/opening", """{"fill":true,"resumeAutoRepay":false}""", "p-4");
        Assert.True(opened == 200 && (bool)again["open"]!, again.ToString());
        var (set, budget) = await host.ApiAsync("PUT", One + "/budgets", """{"what":"total","amountMinor":300000}""", "p-5");
        Assert.True(set == 200 && budget["budgets"]!.ToString().Contains("300000", StringComparison.Ordinal), budget.ToString());
        Assert.Contains("id=\"progress\"", await Host.ReadAsync(await host.StaffAsync(), "/console/leaving?lang=en"));
    }

    [Fact]
    public async Task A_persons_rights_are_used_over_the_api()
    {
        const string One = "/v1/customers/1000003";
        var borrower = await host.BorrowerAsync("cured");
        await BringAsync(borrower, Bill);
        var (status, held) = await host.ApiAsync("GET", One + "/held", null, "");
        Assert.True(status == 200 && held.AsArray().Any(one => (string)one!["code"]! == "imported"), held.ToString());
        var (asked, request) = await host.ApiAsync(
            "POST", One + "/privacy-requests", """{"kind":"correct","text":"phone: 19900000099"}""", "r-1");
        Assert.True(asked == 201 && (string?)request["ticket"] is not null, request.ToString());
        Assert.DoesNotContain("19900000099", request.ToString());
        Assert.Equal(400, (await host.ApiAsync("POST", One + "/privacy-requests", """{"kind":"correct"}""", "r-2")).Status);
        var number = (long)request["number"]!;
        var (withdrawn, over) = await host.ApiAsync("POST", $"{One}/privacy-requests/{number}/withdrawal", "{}", "r-3");
        Assert.True(withdrawn == 200 && (string)over["state"]! == "withdrawn", over.ToString());
        var (got, copy) = await host.ApiAsync("GET", One + "/copy", null, "");
        Assert.Equal(200, got);
        await using var zip = new ZipArchive(new MemoryStream(Convert.FromBase64String((string)copy["contentBase64"]!)));
        var brought = zip.Entries.Single(one => one.FullName.EndsWith("imported.json", StringComparison.Ordinal));
        using var reader = new StreamReader(await brought.OpenAsync(TestContext.Current.CancellationToken));
        Assert.Contains("街角面馆", await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Equal(404, (await host.ApiAsync("GET", "/v1/customers/999999999/held", null, "")).Status);
        var list = (await host.ApiAsync("GET", One + "/privacy-requests", null, "")).Json.AsArray();
        Assert.Equal(["copy", "correct"], list.Select(one => (string)one!["kind"]!));
    }

    [Fact]
    public async Task An_agent_closes_progress_management_on_the_callers_page()
    {
        const string Call = "/console/tickets/call";
        const string Person = Call + "/1000006";
        var staff = await host.StaffAsync();
        await Host.PostAsync(staff, Call, Call, new() { ["phone"] = "19900000006", ["four"] = DemoPeople.IdTail(1_000_006) });
        var opened = await Host.PostAsync(staff, Person, Person + "/open", new()
        {
            ["kind"] = "question", ["channel"] = "phone", ["about"] = "progress", ["text"] = "Wants no reminders",
        });
        var ticket = Regex.Match(opened.Headers.Location!.ToString(), "tickets/([^?]+)").Groups[1].Value;
        Assert.Contains("do/progress-close", await Host.ReadAsync(staff, Person));
        var fields = new Dictionary<string, string> { ["account"] = "1000006-01", ["ticket"] = ticket };
        var done = await Host.PostAsync(staff, Person, Person + "/do/progress-close", new(fields));
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        var twice = await Host.PostAsync(staff, Person + "?lang=en", Person + "/do/progress-close", new(fields));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, twice.StatusCode);
        var closure = Assert.Single(host.Services.GetRequiredService<Services.Progress.State.ProgressDesk>()
            .Of(AccountId.Of(new CustomerId(1_000_006), 1)).Closures);
        Assert.Equal((Services.Progress.State.ClosingRoute.Agent, "staff:staff"), (closure.Route, closure.Actor));
    }

    private static async Task<string> SpentAsync(HttpClient borrower) =>
        Regex.Match(await Host.ReadAsync(borrower, "/app/spend?lang=en"), "id=\"spent\">([^<]+)<").Groups[1].Value;

    private static async Task<string> BringAsync(HttpClient borrower, string text)
    {
        var hidden = Regex.Matches(
            await borrower.GetStringAsync(Page), "<input type=\"hidden\" name=\"(_form|key|account)\" value=\"([^\"]*)\" />").Take(3);
        using var form = new MultipartFormDataContent();
        foreach (Match match in hidden)
        {
            form.Add(new StringContent(match.Groups[2].Value), match.Groups[1].Value);
        }

        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "file", "bill.csv");
        var answer = await borrower.PostAsync("/app/spend/imported/bill?lang=en", form);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    private async Task<string> CodeAsync(string path, string body, string key) => (await host.ApiAsync("POST", path, body, key)).Code;
}
