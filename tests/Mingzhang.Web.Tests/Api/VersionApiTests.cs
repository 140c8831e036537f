using System.Text.Json.Nodes;
using Mingzhang.Web.Api;

namespace Mingzhang.Web.Tests.Api;

/// <summary>A product version is proposed, compared, approved by another person, and in force from its day.</summary>
public sealed class VersionApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Maker = "mz_v_maker_0123456789abcdef0123456789";
    private const string Checker = "mz_v_checker_0123456789abcdef012345678";

    [Fact]
    public async Task A_version_is_published_by_two_people()
    {
        string[] staff = [ApiScopes.AccountsRead, ApiScopes.StaffWrite, ApiScopes.StaffApprove];
        await host.Keys.PutAsync("v-maker", Maker, staff, owner: "lin");
        await host.Keys.PutAsync("v-checker", Checker, staff, owner: "wu");
        var proposed = await host.PostAsync("/v1/products/proposals", Body(Terms(3, 450)), key: Maker);
        Assert.True(proposed.Status == 201, proposed.Text);
        var number = (long)proposed.Json["proposal"]!["number"]!;
        var change = Assert.Single(proposed.Json["preview"]!["changes"]!.AsArray(), one => (string)one!["effect"]! != "neutral");
        Assert.Equal(("revolving.dailyPpm", "better"), ((string)change!["term"]!, (string)change["effect"]!));
        Assert.Equal(404, (await host.GetAsync("/v1/products/pay-later/versions/3")).Status);
        Assert.Equal("OWN_PROPOSAL", (await host.PostAsync($"/v1/approvals/{number}/approval", "{}", key: Maker)).Code);
        var approved = await host.PostAsync($"/v1/approvals/{number}/approval", "{}", key: Checker);
        Assert.True(approved.Status == 200, approved.Text);
        Assert.Equal(64, ((string)approved.Json["outcome"]!["hash"]!).Length);
        Assert.Equal(200, (await host.GetAsync("/v1/products/pay-later/versions/3")).Status);
        var versions = (await host.GetAsync("/v1/products/pay-later")).Json["versions"]!.AsArray();
        Assert.Equal([false, true, false], versions.Select(one => (bool)one!["inForce"]!));
        var differs = await host.GetAsync("/v1/products/pay-later/versions/3/differences");
        Assert.Equal((2, false), ((int)differs.Json["from"]!, (bool)differs.Json["needsConsent"]!));
        Assert.True((bool)(await host.GetAsync("/v1/products/pay-later/versions/1/differences?from=3")).Json["needsConsent"]!);
        Assert.Equal(404, (await host.GetAsync("/v1/products/pay-later/versions/9/differences")).Status);

        Assert.Equal((409, "VERSION_EXISTS"), Said(await host.PostAsync("/v1/products/proposals", Body(Terms(3, 400)), key: Maker)));
        Assert.Equal((422, "VERSION_TOO_EARLY"), Said(await host.PostAsync(
            "/v1/products/proposals", Body(Terms(4, 400, "2026-07-05")), key: Maker)));
        var dear = await host.PostAsync("/v1/products/proposals", Body(Terms(4, 5_000, "2027-06-01")), key: Maker);
        Assert.Equal(400, dear.Status);
        Assert.Contains(dear.Json["errors"]!.AsArray(), error => (string)error!["field"]! == "terms.revolving.dailyPpm");
    }

    private static (int Status, string Code) Said(Got got) => (got.Status, got.Code);

    private static string Body(JsonNode terms) => new JsonObject { ["reason"] = "new year", ["terms"] = terms }.ToJsonString();

    private static JsonNode Terms(int version, long dailyPpm, string from = "2027-01-01")
    {
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(Host.Root, "products", "pay-later.v2.json")))!;
        (json["version"], json["effectiveFrom"], json["revolving"]!["dailyPpm"]) = (version, from, dailyPpm);
        return json;
    }
}
