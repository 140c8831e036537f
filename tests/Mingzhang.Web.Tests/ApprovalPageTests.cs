using System.Net;
using System.Text.RegularExpressions;
using Mingzhang.Services.Sandbox;

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
}
