using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Tickets;
using Mingzhang.Web.Identity;

namespace Mingzhang.Web.Tests;

/// <summary>Tickets from the borrower's page to the console and back.</summary>
public sealed partial class TicketFlowTests(Host host)
{
    private static readonly byte[] Pdf = [.. "%PDF-1.7 a receipt %%EOF"u8];

    [GeneratedRegex("name=\"(_form|key)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden { get; }

    [GeneratedRegex(@"T\d{4}-\d{5,}-\d")]
    private static partial Regex Number { get; }

    [Fact]
    public async Task A_complaint_goes_from_the_app_to_staff_and_its_answer_back()
    {
        var borrower = await host.BorrowerAsync("plan");
        var number = await OpenAsync(borrower, "complaint", "Nobody answers <b>me</b>");
        var page = "/app/help/tickets/" + number;
        Assert.Contains("data-clock=\"complaint\" data-status=\"running\"", await borrower.GetStringAsync(page));
        Assert.Contains("Nobody answers &lt;b&gt;me&lt;/b&gt;", await borrower.GetStringAsync(page));
        var staff = await host.StaffAsync();
        Assert.Contains(number, await staff.GetStringAsync("/console/tickets?queue=complaints"));
        var desk = "/console/tickets/" + number;
        await DoneAsync(staff, desk, desk + "/take", []);
        await DoneAsync(staff, desk, desk + "/step", new() { ["step"] = "neutral" });
        await DoneAsync(staff, desk, desk + "/speak", new() { ["word"] = "answer", ["text"] = "We were wrong; the fee is back." });
        var answered = await borrower.GetStringAsync(page);
        Assert.Contains("data-state=\"answered\"", answered);
        Assert.Contains("data-clock=\"complaint\" data-status=\"met\"", answered);
        Assert.Contains("the fee is back", answered);
        Assert.DoesNotContain("staff:staff", answered);
        Assert.DoesNotContain("complaint@1#neutral", answered);
        Assert.Contains("complaint@1#neutral", await staff.GetStringAsync(desk));
        await DoneAsync(borrower, page, page + "/rate", new() { ["stars"] = "5" });
        await DoneAsync(borrower, page, page + "/reopen", new() { ["text"] = "Not quite." });
        Assert.Contains("data-state=\"reopened\"", await borrower.GetStringAsync(page));
        foreach (var one in (string[])["/console/tickets/board", "/console/tickets/mine", "/console/tickets/playbooks"])
        {
            Assert.Equal(HttpStatusCode.OK, (await staff.GetAsync(one)).StatusCode);
        }
    }

    [Fact]
    public async Task A_file_comes_back_as_a_download_only_and_only_to_its_owner()
    {
        var borrower = await host.BorrowerAsync("loan");
        var number = await OpenAsync(borrower, "question", "See my receipt");
        var page = "/app/help/tickets/" + number;
        var sent = await UploadAsync(borrower, page, Pdf, "../../my receipt.html");
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        var got = await borrower.GetAsync(page + "/files/1");
        Assert.Equal(Pdf, await got.Content.ReadAsByteArrayAsync());
        Assert.Equal("application/pdf", got.Content.Headers.ContentType!.MediaType);
        Assert.Equal(("attachment", "my_receipt.pdf"), (
            got.Content.Headers.ContentDisposition!.DispositionType, got.Content.Headers.ContentDisposition.FileNameStar
                ?? got.Content.Headers.ContentDisposition.FileName));
        Assert.Equal("nosniff", got.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("sandbox", got.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity, (await UploadAsync(borrower, page, [.. "<html>"u8], "page.pdf")).StatusCode);
        var other = await host.BorrowerAsync("overdue");
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(page + "/files/1")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(page)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await (await host.StaffAsync()).GetAsync($"/console/tickets/{number}/files/1")).StatusCode);
    }

    [Fact]
    public async Task An_agent_sees_nobody_before_the_check_and_acts_by_the_customers_commands_under_their_own_name()
    {
        const string Call = "/console/tickets/call";
        const string Person = Call + "/1000007";
        var staff = await host.StaffAsync();
        Assert.Equal(HttpStatusCode.Redirect, (await staff.GetAsync(Person)).StatusCode);
        var wrong = await Host.PostAsync(staff, Call, Call, new() { ["phone"] = "19900000007", ["four"] = "0000" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        var unknown = await Host.PostAsync(staff, Call, Call, new() { ["phone"] = "13700000000", ["four"] = "0000" });
        Assert.Equal(
            Host.WithoutTokens(await wrong.Content.ReadAsStringAsync()), Host.WithoutTokens(await unknown.Content.ReadAsStringAsync()));
        var card = (await host.Services.GetRequiredService<CreditHouse>().ReadAsync(AccountId.Of(new CustomerId(1_000_007), 1)))!.Card!;
        var byCard = await Host.PostAsync(staff, Call, Call, new() { ["phone"] = "19900000007", ["four"] = card.LastFour });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, byCard.StatusCode);
        var four = DemoPeople.IdTail(1_000_007);
        var right = await Host.PostAsync(staff, Call, Call, new() { ["phone"] = "199 0000 0007", ["four"] = four });
        Assert.StartsWith(Person, right.Headers.Location!.ToString());
        var opened = await Host.PostAsync(staff, Person, Person + "/open", new()
        {
            ["kind"] = "closing-help", ["channel"] = "phone", ["about"] = "account", ["text"] = "Wants to stop using it",
        });
        var number = Number.Match(opened.Headers.Location!.ToString()).Value;
        Assert.True(TicketNumber.TryParse(number, out _));
        await DoneAsync(staff, Person, Person + "/do/pause", new() { ["account"] = "1000007-01", ["ticket"] = number });
        var row = host.Services.GetRequiredService<CreditHouse>().Rows(AccountId.Of(new CustomerId(1_000_007), 1))[^1];
        Assert.Equal("staff:staff", row.Actor);
        Assert.Contains("Restrict 1000007-01", await staff.GetStringAsync("/console/tickets/" + number));
        var checker = await host.StaffAsync("checker");
        Assert.Equal(HttpStatusCode.Redirect, (await checker.GetAsync(Person)).StatusCode);
        var page = "/console/tickets/" + number;
        var contact = await Host.PostAsync(checker, page, page + "/contact", new() { ["text"] = "Called again" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, contact.StatusCode);
    }

    private static async Task<string> OpenAsync(HttpClient visitor, string kind, string text)
    {
        var page = "/app/help/tickets/new?kind=" + kind;
        var answer = await Host.PostAsync(
            visitor, page, "/app/help/tickets/new", new() { ["kind"] = kind, ["about"] = "account", ["text"] = text });
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return Number.Match(answer.Headers.Location!.ToString()).Value;
    }

    private static async Task DoneAsync(HttpClient visitor, string page, string action, Dictionary<string, string> fields) =>
        Assert.Equal(HttpStatusCode.Redirect, (await Host.PostAsync(visitor, page, action, fields)).StatusCode);

    private static async Task<HttpResponseMessage> UploadAsync(HttpClient visitor, string page, byte[] content, string name)
    {
        var html = await visitor.GetStringAsync(page);
        using var form = new MultipartFormDataContent();
        foreach (var match in Hidden.Matches(html).Take(2))
        {
            form.Add(new StringContent(match.Groups[2].Value), match.Groups[1].Value);
        }

        using var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(file, "file", name);
        return await visitor.PostAsync(page + "/file", form);
    }
}
