using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mingzhang.Engine;
using Mingzhang.Engine.Integrity;
using Mingzhang.Services.Sandbox;
using Mingzhang.Store;
using Mingzhang.Web.Tests.Api;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Watch;

namespace Mingzhang.Web.Tests.Watch;

/// <summary>The watch over the invariants in a living host: canary, console page, API, health, log.</summary>
public sealed class IntegrityPageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mz-integrity-").FullName;
    private readonly Written _log = new();

    [Fact]
    public async Task The_demo_stories_and_the_canary_hold_and_a_changed_figure_is_named_everywhere()
    {
        await using var factory = Factory();
        using var client = factory.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", ApiHost.Owner);
        var house = factory.Services.GetRequiredService<CreditHouse>();
        await house.AdvanceToAsync(house.BusinessDate.AddDays(3));
        var watch = factory.Services.GetRequiredService<IntegrityWatch>();
        await PassesAsync(client, 2);
        Assert.Equal(house.BusinessDate, watch.Walked);
        var sound = await IntegrityAsync(client);
        Assert.True((bool)sound["sound"]!, sound.ToJsonString());
        Assert.Equal(64, ((string)sound["headHash"]!).Length);
        Assert.True(house.Rows(watch.Canary!.Account).Count >= 4);

        Assert.Empty(await IncidentsAsync(client));

        Assert.SkipWhen(LedgerStores.IsServer(TestDatabase.In(_folder)), "the file is changed by hand");
        Tamper("UPDATE account SET available = available + 7 WHERE account_id = (SELECT min(account_id) FROM account WHERE debt > 0)");
        await PassesAsync(client, 2);
        var broken = await IntegrityAsync(client);
        Assert.Contains(9, broken["violations"]!.AsArray().Select(one => (int)one!["number"]!));
        Assert.Equal("degraded", (string)JsonNode.Parse(await client.GetStringAsync("/health/ready"))!["status"]!);
        Assert.Contains(_log.Lines, line => line.StartsWith("Critical Invariant 9 is broken at ", StringComparison.Ordinal));
        using var staff = factory.CreateClient(new() { AllowAutoRedirect = false });
        await Host.PostAsync(staff, "/console/login", "/console/login", new()
        {
            ["login"] = DemoCustomer.StaffLogin, ["password"] = DemoCustomer.StaffPassword,
        });
        var page = await Host.ReadAsync(staff, "/console/integrity?lang=en");
        Assert.Contains("<b id=\"integrity-verified\" class=\"\">not yet</b>", page, StringComparison.Ordinal);
        Assert.Contains("<b id=\"integrity-backup\" class=\"\">None known</b>", page, StringComparison.Ordinal);
        Assert.Contains("id=\"violations\"", await Host.ReadAsync(staff, "/console/integrity?lang=en"), StringComparison.Ordinal);
        Assert.Contains("不成立", await Host.ReadAsync(staff, "/console/integrity?lang=zh"), StringComparison.Ordinal);

        // A breach is one incident, however many passes see it, and ends by itself when it is mended.
        await PassesAsync(client, 2);
        Assert.Null(Assert.Single(await IncidentsAsync(client))!["endedAt"]);
        Tamper("UPDATE account SET available = available - 7 WHERE account_id = (SELECT min(account_id) FROM account WHERE debt > 0)");
        await PassesAsync(client, 3);
        Assert.NotNull(Assert.Single(await IncidentsAsync(client))!["endedAt"]);
    }

    [Fact]
    public void Every_invariant_has_its_sentence_in_both_languages()
    {
        foreach (var (number, sentence) in InvariantTable.OfAccounts.Select(one => (one.Number, one.Sentence))
            .Concat(InvariantTable.OfTheHouse))
        {
            Assert.Equal(sentence, Speech.In("en")["invariant." + number]);
            Assert.NotEqual(sentence, Speech.In("zh-Hans")["invariant." + number]);
        }
    }

    public void Dispose()
    {
        _log.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<JsonNode> IntegrityAsync(HttpClient client) => JsonNode.Parse(await client.GetStringAsync("/v1/integrity"))!;

    private static async Task<List<JsonNode?>> IncidentsAsync(HttpClient client) =>
        [.. JsonNode.Parse(await client.GetStringAsync("/v1/incidents"))!.AsArray().Where(one => (string)one!["kind"]! == "integrity")];

    private static async Task PassesAsync(HttpClient client, int more)
    {
        var until = (long)(await IntegrityAsync(client))["passes"]! + more;
        for (var tries = 0; (long)(await IntegrityAsync(client))["passes"]! < until; tries++)
        {
            Assert.True(tries < 600, "no pass within a minute");
            await Task.Delay(100);
        }
    }

    private void Tamper(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={TestDatabase.In(_folder)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.True(command.ExecuteNonQuery() > 0);
    }

    private WebApplicationFactory<Program> Factory() => new WebApplicationFactory<Program>().WithWebHostBuilder(host => host
        .UseSetting("MZ_DB", TestDatabase.DemoIn(_folder)).UseSetting("MZ_DATA", _folder).UseSetting("MZ_API_KEY", ApiHost.Owner)
        .UseSetting("MZ_RATE", "100000").UseSetting("MZ_INTEGRITY_SHARE", "100").UseSetting("MZ_INTEGRITY_PAUSE", "0")
        .ConfigureLogging(logging => logging.AddProvider(_log)));
}
