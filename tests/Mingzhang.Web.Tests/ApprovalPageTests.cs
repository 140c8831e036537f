using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dapper;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Versions;
using Mingzhang.Engine;
using Mingzhang.Services.Sandbox;
using Mingzhang.Services.Versions;
using Mingzhang.Web.Api;

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
        var json = JsonNode.Parse(
            await File.ReadAllTextAsync(Path.Combine(Host.Root, "products", "pay-later.v2.json")))!;
        (json["version"], json["effectiveFrom"], json["revolving"]!["dailyPpm"]) = (7, "2031-01-01", 450);
        const string Page = "/console/versions";
        var tried = await Host.PostAsync(maker, Page, Page + "/check", new()
        {
            ["terms"] = json.ToJsonString(), ["shadow"] = "1", ["bills"] = "3", ["payer"] = "Minimum",
        });
        var shown = await tried.Content.ReadAsStringAsync();
        Assert.Contains("revolving.dailyPpm", shown);
        Assert.Contains("shadow-result", shown);
        Assert.Contains("/console/accounts/1000002-01", shown);
        var jobs = host.Services.GetRequiredService<ShadowJobs>();
        var run = Assert.Single(jobs.Last(20), one => one is { Asked: { Product: "pay-later", Version: 7 } });
        Assert.Equal((run.Accounts, run.Found!.Accounts, true), (run.Looked, run.Accounts, run.Accounts > 0));
        Assert.Equal((DemoCustomer.StaffLogin, new ShadowQuestion(3, ShadowPayer.Minimum)), (run.Asked.By, run.Asked.Question));
        var kept = await Host.ReadAsync(maker, $"{Page}/shadow/{run.Asked.Id}");
        Assert.Contains("shadow-result", kept);
        Assert.Contains("/console/accounts/1000002-01", kept);
        Assert.Contains($"{Page}/shadow/{run.Asked.Id}", await Host.ReadAsync(maker, Page));
        Assert.Equal(HttpStatusCode.NotFound, (await maker.GetAsync($"{Page}/shadow/none")).StatusCode);
        var absurd = await Host.PostAsync(maker, Page, Page + "/check", new()
        {
            ["terms"] = json.ToJsonString(), ["shadow"] = "1", ["bills"] = "25", ["payer"] = "Minimum",
        });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, absurd.StatusCode);
        var broken = await Host.PostAsync(maker, Page, Page + "/propose", new() { ["terms"] = "{}", ["reason"] = "x" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, broken.StatusCode);
        var sent = await Host.PostAsync(maker, Page, Page + "/propose", new() { ["terms"] = json.ToJsonString(), ["reason"] = "new year" });
        var at = sent.Headers.Location!.OriginalString.Split('?')[0];
        Assert.Contains("revolving.dailyPpm", await Host.ReadAsync(maker, at));
        Assert.Contains("shadow-result", await Host.ReadAsync(maker, at + "/shadow"));
        Assert.Contains("instalments.notOffered", await Host.ReadAsync(maker, Page + "/pay-later/2"));
        Assert.Equal(HttpStatusCode.NotFound, (await maker.GetAsync(Page + "/pay-later/99")).StatusCode);
    }

    [Fact]
    public async Task A_shadow_run_outlives_its_server_and_one_that_was_cut_off_is_asked_for_again()
    {
        var house = host.Services.GetRequiredService<CreditHouse>();
        var json = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Host.Root, "products", "pay-later.v2.json")))!;
        (json["version"], json["effectiveFrom"], json["revolving"]!["dailyPpm"]) = (8, "2031-02-01", 400);
        var text = json.ToJsonString();
        var terms = Assert.IsType<ProductRead>(ProductCatalogue.ParseNext(text, "terms", house.Terms)).Terms;
        var question = new ShadowQuestion(2, ShadowPayer.Nothing);
        using var first = new ShadowJobs(house, TimeProvider.System);
        var run = await first.StartAsync(text, terms, question, "lin");
        while (run.Runs)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
            run = first.Find(run.Asked.Id)!;
        }

        using var next = new ShadowJobs(house, TimeProvider.System);
        var kept = await next.StartAsync(text, terms, question, "wang");
        Assert.Equal(("lin", text, run.Asked.At), (kept.Asked.By, kept.Asked.Json, kept.Asked.At));
        Assert.Equal(JsonSerializer.Serialize(run.Found, ApiJson.Options), JsonSerializer.Serialize(kept.Found, ApiJson.Options));
        Assert.True(kept.Found!.Less.IsNegative, kept.Found.ToString());
        Assert.NotEqual(kept.Asked.Id, (await next.StartAsync(text, terms, question with { Bills = 1 }, "wang")).Asked.Id);

        var longer = question with { Bills = 5 };
        var twice = await Task.WhenAll(
            first.StartAsync(text, terms, longer, "lin"), first.StartAsync(text, terms, longer, "wang"));
        Assert.Equal(twice[0].Asked, twice[1].Asked);

        await house.WriteAsync((connection, transaction) => connection.Execute(
            "UPDATE shadow_run SET found = '', looked = 1, seen_at = 0 WHERE run_id = @Id", new { run.Asked.Id }, transaction));
        var maker = await host.StaffAsync();
        Assert.Contains("The server that ran it ended", await Host.ReadAsync(maker, $"/console/versions/shadow/{run.Asked.Id}?lang=en"));
        var again = await next.StartAsync(text, terms, question, "wang");
        while (again.Runs)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
            again = next.Find(run.Asked.Id)!;
        }

        Assert.Equal((run.Accounts, "wang"), (again.Found!.Accounts, again.Asked.By));
    }
}
