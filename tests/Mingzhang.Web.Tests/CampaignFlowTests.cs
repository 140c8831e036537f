using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Mingzhang.Domain.Limits;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Campaigns;
using Mingzhang.Services.Notifications;
using Mingzhang.Services.People;
using Mingzhang.Services.Raising;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Sandbox;
using Mingzhang.Store;

namespace Mingzhang.Web.Tests;

/// <summary>What the house says on its own account, and a higher limit that is asked for: the borrower's pages, staff's, the API.</summary>
public sealed class CampaignFlowTests(OwnHost host) : IClassFixture<OwnHost>
{
    private const string Boards = "/console/campaigns";

    [Fact]
    public async Task A_lesson_is_read_without_a_script_counted_once_and_stopped_by_staff()
    {
        const string Page = "/app/help/lessons/fees-2026";
        var borrower = await host.BorrowerAsync("new");
        var staff = await host.StaffAsync();
        Assert.Equal(("0", "0"), await ReachAsync(staff));
        Assert.Contains("href=\"/app/help/lessons\"", await borrower.GetStringAsync("/app/help/articles"));
        Assert.Contains(Page, await borrower.GetStringAsync("/app/help/lessons"));
        var page = await borrower.GetStringAsync(Page);
        Assert.Contains("id=\"lesson-read\"", page);
        Assert.DoesNotContain("<script>", page);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Host.PostAsync(borrower, Page, Page, [])).StatusCode);
        Assert.Equal(("1", "0"), await ReachAsync(staff));
        var read = await Host.PostAsync(borrower, Page, Page, new() { ["read"] = "on" });
        Assert.Equal(Page + "?done=lesson-read", read.Headers.Location!.ToString());
        await Host.PostAsync(borrower, "/app/help/lessons", Page, new() { ["read"] = "on" });
        Assert.Contains("id=\"lesson-done\"", await borrower.GetStringAsync(Page));
        Assert.Equal(("1", "1"), await ReachAsync(staff));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Host.PostAsync(staff, Boards, Boards + "/fees-2026/stop", [])).StatusCode);
        var stopped = await Host.PostAsync(staff, Boards, Boards + "/fees-2026/stop", new() { ["reason"] = "old" });
        Assert.Equal(HttpStatusCode.Redirect, stopped.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await borrower.GetAsync(Page)).StatusCode);
        await Host.PostAsync(staff, Boards, Boards + "/fees-2026/resume", []);
        Assert.Equal(HttpStatusCode.OK, (await borrower.GetAsync(Page)).StatusCode);
        var none = await Host.PostAsync(staff, Boards, Boards + "/none/stop", new() { ["reason"] = "x" });
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task An_invitation_says_why_it_came_and_is_refused_in_one_step()
    {
        const string Page = "/app/progress/invitation?lang=en";
        var borrower = await host.BorrowerAsync("spender");
        Assert.Contains("There is no invitation to you", await Host.ReadAsync(borrower, Page));
        var account = AccountId.Of(new CustomerId(1_000_021), 1);
        var wishes = host.Services.GetRequiredService<WishDesk>();
        await wishes.KeepAsync(account.Customer, [new Wish(Wishes.Offers, "sms", true)]);
        var house = host.Services.GetRequiredService<CreditHouse>();
        await house.WriteAsync((connection, transaction) => connection.Execute(
            "INSERT INTO win_back (partition_id, account_id, state, version, looked_on, invited_on, closed_days, due, short, limit_minor, "
            + "usual_minor) VALUES (@partition, @account, 'invited', 1, @day, @day, 44, 2, 0, 2000000, 100000)",
            new { partition = account.PartitionId, account = account.Value, day = house.BusinessDate.ToStored() },
            transaction));
        var page = await Host.ReadAsync(borrower, Page);
        Assert.Contains("you agreed to offers and fit a rule of the house", page);
        Assert.Contains("sample parameters", page);
        Assert.Contains("2/2", page);
        var staff = await host.StaffAsync();
        Assert.Contains(account.ToString(), await Host.ReadAsync(staff, Boards + "?lang=en"));

        var refused = await Host.PostAsync(borrower, Page, "/app/progress/invitation/refuse", []);
        Assert.Equal(HttpStatusCode.Redirect, refused.StatusCode);
        Assert.DoesNotContain(Wishes.Channels, wishes.Of(account.Customer).AgreesToMarketing);
        Assert.Contains("no invitations come", await Host.ReadAsync(borrower, Page));
        Assert.Equal(1, host.Services.GetRequiredService<WinBackDesk>().Figures().Refused);
        Assert.Contains("refused", await Host.ReadAsync(staff, Boards + "?lang=en"));
    }

    [Fact]
    public async Task A_higher_limit_is_asked_for_answered_with_its_numbers_and_not_asked_again_at_once()
    {
        const string Page = "/app/limit/raise";
        var borrower = await host.BorrowerAsync("cured");
        var account = AccountId.Of(new CustomerId(1_000_003), 1);
        Assert.Contains("href=\"/app/limit/raise\"", await borrower.GetStringAsync("/app/limit"));
        var before = (await host.Services.GetRequiredService<CreditHouse>().ReadAsync(account))!.TotalLimit;
        var asked = new Dictionary<string, string> { ["total"] = "50000", ["pin"] = DemoCustomer.Pin };
        var without = await Host.PostAsync(borrower, Page, Page + "?lang=en", new(asked));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, without.StatusCode); // no consent: nothing is looked at
        Assert.DoesNotContain("id=\"answers\"", await borrower.GetStringAsync(Page));
        Assert.DoesNotContain("id=\"temporary\"", await borrower.GetStringAsync(Page));

        var less = await Host.PostAsync(borrower, Page, Page + "?lang=en", new(asked) { ["total"] = "1" });
        Assert.Contains("Write a total above the present limit", await less.Content.ReadAsStringAsync());
        var wrong = await Host.PostAsync(
            borrower, Page, Page, new() { ["total"] = "50000", ["consent"] = RaiseDesk.Consent, ["pin"] = "135790" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        var answer = await Host.PostAsync(borrower, Page, Page + "?lang=en", new(asked) { ["consent"] = RaiseDesk.Consent });
        var page = await Host.ReadAsync(borrower, Page + "?lang=en");
        Assert.Contains("id=\"answers\"", page);
        Assert.Contains("id=\"next\"", page);
        Assert.Contains("id=\"temporary\"", page);
        var raises = host.Services.GetRequiredService<RaiseDesk>();
        var one = Assert.Single(raises.Of(account));
        var now = (await host.Services.GetRequiredService<CreditHouse>().ReadAsync(account))!.TotalLimit;
        Assert.Equal(one.GrantedMinor > 0 ? Money.Of(one.GrantedMinor, before.Currency) : before, now);
        Assert.Equal(one.GrantedMinor > 0 ? HttpStatusCode.Redirect : HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var view = (await host.Services.GetRequiredService<AccountReader>().FindAsync(account))!;
        var early = (await raises.AskAsync(view, 9_000_000, "another-key", "test")).Refusal;
        Assert.Equal(new LimitRaiseTooEarly(one.NextOn), early);
        var first = await raises.AskAsync(view, 5_000_000, one.Key, "test");
        Assert.Equal(one.GrantedMinor == 0 ? new LimitRaiseDeclined(one.Terms.Failed!, one.NextOn) : null, first.Refusal);
        await host.Services.GetRequiredService<ConsentLedger>()
            .WithdrawAsync(account.Customer, RaiseDesk.Consent, "app", "withdraw-1", "test");
        Assert.IsType<ConsentMissing>((await raises.AskAsync(view, 9_000_000, "third-key", "test")).Refusal);
    }

    [Fact]
    public async Task Over_the_api_the_answer_is_the_same_for_the_same_key_and_a_no_names_its_condition()
    {
        const string Path = "/v1/accounts/1000006-01/limits/raises";
        var (status, first) = await host.ApiAsync("POST", Path, """{"totalMinor":99000000,"consents":["behaviour-data"]}""", "raise-1");
        var (again, second) = await host.ApiAsync("POST", Path, """{"totalMinor":99000000,"consents":["behaviour-data"]}""", "raise-1");
        Assert.Equal((status, first.ToString()), (again, second.ToString()));
        if (status == 422)
        {
            Assert.Equal("LIMIT_RAISE_DECLINED", (string)first["code"]!);
            Assert.NotNull((string?)first["facts"]!["condition"]);
        }
        else
        {
            Assert.True(status == 201 && (long)first["grantedMinor"]! > 0, first.ToString());
        }

        var (listed, sheet) = await host.ApiAsync("GET", Path, null, "");
        Assert.True(listed == 200 && sheet["answers"]!.AsArray().Count == 1, sheet.ToString());
        var early = (await host.ApiAsync("POST", Path, """{"totalMinor":99000000,"consents":[]}""", "raise-2")).Json;
        Assert.Equal("LIMIT_RAISE_TOO_EARLY", (string)early["code"]!);
    }

    private static async Task<(string Shown, string Read)> ReachAsync(HttpClient staff)
    {
        var page = await Host.ReadAsync(staff, Boards);
        var row = Regex.Match(page, "id=\"lesson-fees-2026\">(.*?)</tr>", RegexOptions.Singleline).Groups[1].Value;
        var cells = Regex.Matches(row, "<td class=\"r num\">([^<]*)</td>").Select(match => match.Groups[1].Value).ToList();
        return (cells[1], cells[2]);
    }
}
