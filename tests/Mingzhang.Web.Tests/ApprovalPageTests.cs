using System.Net;
using System.Text.RegularExpressions;
using Mingzhang.Domain.Products;
using Mingzhang.Engine;
using Mingzhang.Services.Sandbox;
using Mingzhang.Services.Versions;

namespace Mingzhang.Web.Tests;

/// <summary>In the console, corrections are proposed and another member of staff decides.</summary>
public sealed class ApprovalPageTests(Host host)
{
    private const string Account = "/console/accounts/1000007-01";

    [Fact]
    public async Task A_correction_in_the_console_takes_two_people()
    {
        var maker = await host.StaffAsync();
        var bought = await Host.PostAsync(maker, Account, Account + "/limit", new() { ["amount"] = "4321.00", ["reason"] = "asked" });
        Assert.Equal(HttpStatusCode.Redirect, bought.StatusCode);
        var sequence = Regex.Match(await Host.ReadAsync(maker, Account), "<b>#([0-9]+)</b>").Groups[1].Value;
        var sent = await Host.PostAsync(maker, Account, Account + "/reverse", new() { ["sequence"] = sequence, ["reason"] = "by mistake" });
        var at = sent.Headers.Location!.OriginalString.Split('?')[0];
        Assert.StartsWith("/console/approvals/", at, StringComparison.Ordinal);
        Assert.Contains("4,321.00", await Host.ReadAsync(maker, Account));
        var own = await Host.ReadAsync(maker, at + "?lang=en");
        Assert.Contains("Another person has to approve it", own);
        Assert.DoesNotContain("id=\"approve\"", own);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity, (await Host.PostAsync(maker, at, at + "/approve", new() { ["reason"] = "" })).StatusCode);

        var checker = host.Visitor();
        await Host.PostAsync(checker, "/console/login", "/console/login", new()
        {
            ["login"] = DemoCustomer.CheckerLogin, ["password"] = DemoCustomer.CheckerPassword,
        });
        Assert.Contains(at, await Host.ReadAsync(checker, "/console/approvals"));
        Assert.Contains("id=\"approve\"", await Host.ReadAsync(checker, at));
        var approved = await Host.PostAsync(checker, at, at + "/approve", new() { ["reason"] = "seen" });
        Assert.Equal(at + "?done=carried-out", approved.Headers.Location!.OriginalString);
        Assert.DoesNotContain("id=\"approve\"", await Host.ReadAsync(checker, at));
        Assert.Contains(at, await Host.ReadAsync(checker, "/console/approvals?state=decided"));
        var after = await Host.ReadAsync(checker, Account);
        Assert.Contains("approval:" + at["/console/approvals/".Length..] + ":staff+checker", after);
        Assert.Equal(HttpStatusCode.NotFound, (await checker.GetAsync("/console/approvals/999999")).StatusCode);
    }

    [Fact]
    public async Task A_version_is_checked_tried_and_proposed_in_the_console()
    {
        var maker = await host.StaffAsync();
        var json = System.Text.Json.Nodes.JsonNode.Parse(
            await File.ReadAllTextAsync(Path.Combine(Host.Root, "products", "pay-later.v2.json")))!;
        (json["version"], json["effectiveFrom"], json["revolving"]!["dailyPpm"]) = (7, "2031-01-01", 450);
        const string Page = "/console/versions";
        var tried = await Host.PostAsync(maker, Page, Page + "/check", new() { ["terms"] = json.ToJsonString(), ["shadow"] = "1" });
        var shown = await tried.Content.ReadAsStringAsync();
        Assert.Contains("revolving.dailyPpm", shown);
        Assert.Contains("shadow-result", shown);
        Assert.Contains("/console/accounts/1000002-01", shown);
        var jobs = host.Services.GetRequiredService<ShadowJobs>();
        var terms = Assert.IsType<ProductRead>(ProductCatalogue.ParseNext(
            json.ToJsonString(), "terms", host.Services.GetRequiredService<CreditHouse>().Terms)).Terms;
        var job = await jobs.StartAsync(json.ToJsonString(), terms);
        Assert.Same(job, await jobs.StartAsync(json.ToJsonString(), terms));
        Assert.Equal((job.Accounts, job.Accounts, true), (job.Looked, job.Totals!.Accounts, job.Accounts > 0));
        Assert.Contains("shadow-result", await Host.ReadAsync(maker, $"{Page}/shadow/{job.Id}"));
        Assert.Equal(HttpStatusCode.NotFound, (await maker.GetAsync($"{Page}/shadow/none")).StatusCode);
        var broken = await Host.PostAsync(maker, Page, Page + "/propose", new() { ["terms"] = "{}", ["reason"] = "x" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, broken.StatusCode);
        var sent = await Host.PostAsync(maker, Page, Page + "/propose", new() { ["terms"] = json.ToJsonString(), ["reason"] = "new year" });
        var at = sent.Headers.Location!.OriginalString.Split('?')[0];
        Assert.Contains("revolving.dailyPpm", await Host.ReadAsync(maker, at));
        Assert.Contains("shadow-result", await Host.ReadAsync(maker, at + "/shadow"));
        Assert.Contains("instalments.notOffered", await Host.ReadAsync(maker, Page + "/pay-later/2"));
        Assert.Equal(HttpStatusCode.NotFound, (await maker.GetAsync(Page + "/pay-later/99")).StatusCode);
    }
}
