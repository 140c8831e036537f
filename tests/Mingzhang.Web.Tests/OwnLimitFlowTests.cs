using System.Net;
using Mingzhang.Services.Sandbox;

namespace Mingzhang.Web.Tests;

/// <summary>What a borrower sets for themselves, from the settings page.</summary>
public sealed class OwnLimitFlowTests(Host host)
{
    [Theory]
    [InlineData("cooling-off", "days", "8")] // not offered
    [InlineData("cooling-off", "days", "x")]
    [InlineData("cooling-off", "days", "30")] // not ticked
    [InlineData("cap", "cap", "0")]
    [InlineData("cap", "cap", "-5")]
    [InlineData("cap", "cap", "much")]
    [InlineData("cap-off", "x", "")] // there is none
    [InlineData("pause", "days", "3")] // not offered
    public async Task What_makes_no_sense_is_said_and_nothing_is_written(string act, string field, string value)
    {
        var visitor = await host.BorrowerAsync("corrected");
        var fields = new Dictionary<string, string> { [field] = value, ["pin"] = DemoCustomer.Pin };
        var answer = await Host.PostAsync(visitor, "/app/settings", "/app/settings/" + act, fields);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await Host.ReadAsync(visitor, "/app/settings?lang=en");
        Assert.DoesNotContain("id=\"cooling-runs\"", page);
        Assert.DoesNotContain("Spent this month", page);
    }

    [Fact]
    public async Task A_cap_and_a_cooling_off_are_named_by_the_diagnosis_as_ones_own()
    {
        var visitor = await host.BorrowerAsync("cured");
        var cap = await Host.PostAsync(visitor, "/app/settings", "/app/settings/cap", new() { ["cap"] = "100" });
        Assert.Equal("/app/settings?done=saved", cap.Headers.Location?.OriginalString);
        Assert.Contains("Your own cap of 100.00", await Host.ReadAsync(visitor, "/app/use?amount=150&lang=en"));
        var off = await Host.PostAsync(visitor, "/app/settings", "/app/settings/cap-off", []);
        Assert.Equal("/app/settings?done=saved", off.Headers.Location?.OriginalString);
        Assert.Contains("From 1 Aug", await Host.ReadAsync(visitor, "/app/settings?lang=en"));
        var fields = new Dictionary<string, string> { ["days"] = "30", ["sure"] = "on", ["pin"] = "000000" };
        var wrong = await Host.PostAsync(visitor, "/app/settings", "/app/settings/cooling-off", new(fields));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        fields["pin"] = DemoCustomer.Pin;
        var done = await Host.PostAsync(visitor, "/app/settings", "/app/settings/cooling-off", new(fields));
        Assert.Equal("/app/settings?done=saved", done.Headers.Location?.OriginalString);
        Assert.Contains("id=\"cooling-runs\"", await Host.ReadAsync(visitor, "/app/settings?lang=en"));
        Assert.Contains("Your own cooling-off until 2026-08-04", await Host.ReadAsync(visitor, "/app/use?lang=en"));
    }
}
