using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Mingzhang.Domain.Permissions;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Access;
using Mingzhang.Services.Sandbox;

namespace Mingzhang.Web.Tests;

/// <summary>Conditions of use are tried on the accounts, and published by two people.</summary>
public sealed class AccessPageTests(Host host)
{
    private const string Page = "/console/rules";

    [Fact]
    public async Task A_version_is_tried_without_effect_and_published_by_two()
    {
        var maker = await host.StaffAsync();
        var access = host.Services.GetRequiredService<AccessDesk>();
        var today = host.Services.GetRequiredService<CreditHouse>().BusinessDate;
        var known = access.Book.All.Count;
        var tried = await PostAsync(maker, "check", Rules("strict-segment", today, openDays: 100_000));
        Assert.Contains("id=\"trial\"", tried);
        Assert.Contains("/console/accounts/1000001-01", tried);
        Assert.Equal(known, access.Book.All.Count);

        // Nobody is covered: it begins to hold for accounts opened in a distant year, so that no other test notices.
        var json = Rules("later-customers", today, openDays: 1, openedFrom: "2190-01-01");
        var sent = await Host.PostAsync(maker, Page, Page + "/propose", new() { ["rules"] = json, ["reason"] = "a new segment" });
        var at = sent.Headers.Location!.OriginalString.Split('?')[0];
        Assert.Contains("later-customers:1", await Host.ReadAsync(maker, at));
        Assert.Null(access.Book.Find("later-customers:1"));
        var checker = await host.StaffAsync(DemoCustomer.CheckerLogin);
        var approved = await Host.PostAsync(checker, at, at + "/approve", new() { ["reason"] = "seen" });
        Assert.Equal(at + "?done=carried-out", approved.Headers.Location!.OriginalString);
        Assert.NotNull(access.Book.Find("later-customers:1"));
        Assert.Contains("later-customers:1", await Host.ReadAsync(checker, Page));
        Assert.IsType<AccessRulesRefused>(AccessProposals.Check(json, access.Book, today).Refusal); // it is there
    }

    [Fact]
    public async Task What_is_broken_known_or_over_is_refused_with_the_field()
    {
        var maker = await host.StaffAsync();
        var today = host.Services.GetRequiredService<CreditHouse>().BusinessDate;
        const string Empty =
            """{"code":"x","version":1,"from":"2031-01-01","products":[],"openedFrom":null,"sample":true,"conditions":[]}""";
        Assert.Contains("conditions: 1 to 20", await PostAsync(maker, "propose", Empty));
        Assert.Contains("begin today or later", await PostAsync(maker, "check", Rules("over", today.AddDays(-1), openDays: 1)));
        Assert.Contains("count it up", await PostAsync(maker, "check", Rules("everyone", today, openDays: 1)));
    }

    private static string Rules(string code, DateOnly from, int openDays, string? openedFrom = null) => AccessRulesFile.Write(new(
        code, 1, from, [], openedFrom is null ? null : DateOnly.Parse(openedFrom, CultureInfo.InvariantCulture), true,
        [new AccessCondition("open-days", AccessKind.OpenDays, openDays, 0, "", "开户已满若干天", "open for so many days")]));

    private static async Task<string> PostAsync(HttpClient maker, string act, string json)
    {
        var answer = await Host.PostAsync(maker, Page + "?lang=en", $"{Page}/{act}", new() { ["rules"] = json, ["reason"] = "trying" });
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity, $"{answer.StatusCode}");
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }
}
