using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Delinquency;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Web.Tests.Api;

namespace Mingzhang.Web.Tests.Watch;

/// <summary>What supervisors, scrapers and logs see of a host, and what they must not see.</summary>
public sealed class HealthTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mz-health-").FullName;
    private readonly Written _log = new();

    [Fact]
    public async Task A_healthy_host_is_live_and_ready_and_tells_figures_without_secrets()
    {
        await using var factory = Factory();
        using var client = factory.CreateClient();
        Assert.Equal("ok", await client.GetStringAsync("/health"));
        Assert.Equal("ok", (string)(await JsonAsync(client, "/health/live"))["status"]!);
        var text = await client.GetStringAsync("/health/ready");
        var ready = JsonNode.Parse(text)!;
        Assert.True((string)ready["status"]! == "ok", text);
        Assert.Equal(
            ["house", "writer", "store", "day-end", "disk"],
            ready["checks"]!.AsArray().Select(check => (string)check!["name"]!).Take(5));
        Assert.True((long)ready["checks"]![0]!["figures"]!["position"]! > 0);
        Assert.DoesNotContain(_folder, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Environment.MachineName, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_end_with_a_parked_account_or_a_full_disk_degrades_readiness_but_keeps_serving()
    {
        await using var factory = Factory(("MZ_LEAST_DISK_MB", "999999999"));
        using var client = factory.CreateClient();
        var ready = await JsonAsync(client, "/health/ready");
        Assert.Equal("degraded", (string)ready["status"]!);
        Assert.Equal("degraded", Check(ready, "disk"));
        Assert.Contains(_log.Lines, line => line.Contains("Health: disk is degraded", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_last_backup_has_an_age_and_a_late_one_degrades_where_a_limit_is_set()
    {
        await using var factory = Factory(("MZ_BACKUP_HOURS", "26"));
        using var client = factory.CreateClient();
        var settings = factory.Services.GetRequiredService<Web.Hosting.WebSettings>();
        Assert.Equal("degraded", Check(await JsonAsync(client, "/health/ready"), "backup"));
        Assert.Contains(_log.Lines, line => line.Contains("No backup is known", StringComparison.Ordinal));
        var house = factory.Services.GetRequiredService<CreditHouse>();
        if (!Store.LedgerStores.IsServer(settings.Database))
        {
            await house.BackupAsync(Path.Combine(_folder, "copy.db"));
        }
        else
        {
            Store.BackupNote.Leave(settings.BackupNote);
        }

        var safety = factory.Services.GetRequiredService<Web.Watch.SafetyHealth>();
        Assert.InRange(safety.BackupAgeHours!.Value, 0, 0.1);
        Assert.Equal(HealthStatus.Healthy, (await safety.All[1].Ask()).Status);
        File.SetLastWriteTimeUtc(settings.BackupNote, DateTime.UtcNow.AddHours(-27));
        var late = await safety.All[1].Ask();
        Assert.Equal(HealthStatus.Degraded, late.Status);
        Assert.InRange((double)late.Data["hours"], 26.9, 27.1);
    }

    [Fact]
    public async Task Nodes_are_told_by_number_and_this_one_leads_when_it_is_alone()
    {
        await using var factory = Factory();
        using var client = factory.CreateClient();
        var nodes = (await JsonAsync(client, "/health/ready"))["checks"]!.AsArray().Single(check => (string)check!["name"]! == "nodes")!;
        Assert.Equal("ok", (string)nodes["status"]!);
        Assert.Equal((1, true), ((int)nodes["figures"]!["alive"]!, (bool)nodes["figures"]!["leads"]!));
    }

    [Fact]
    public async Task A_house_that_stopped_is_neither_live_nor_ready()
    {
        await using var factory = Factory();
        using var client = factory.CreateClient();
        var house = factory.Services.GetRequiredService<CreditHouse>();
        var pages = factory.Services.GetRequiredService<Web.Watch.HealthPages>();
        var checks = new Web.Watch.HouseHealth(house, factory.Services.GetRequiredService<Web.Hosting.WebSettings>());
        await Assert.ThrowsAnyAsync<Exception>(() => house.WriteAsync<int>((connection, _) =>
        {
            connection.Close();
            throw new IOException("the disk is gone");
        }));
        var stopped = await Task.WhenAny(house.Stopped, Task.Delay(TimeSpan.FromSeconds(20)));
        Assert.Same(house.Stopped, stopped);
        Assert.Equal("failed", pages.Live().Status);
        foreach (var name in (string[])["house", "writer"])
        {
            var result = await checks.All.Single(check => check.Name == name).Ask();
            Assert.Equal(HealthStatus.Unhealthy, result.Status);
            Assert.DoesNotContain("disk is gone", result.Description, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Prometheus_reads_metrics_with_a_key_and_nobody_without()
    {
        await using var factory = Factory(("MZ_PROMETHEUS", "true"));
        using var client = factory.CreateClient();
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await client.GetAsync("/metrics")).StatusCode);
        await factory.Services.GetRequiredService<CreditHouse>().SubmitAsync(new CommandEnvelope(
            AccountId.Of(new CustomerId(1_000_001), 1), "w", new WriteOffDebt("r") { EffectiveOn = new DateOnly(2026, 1, 1) }, "test"));
        client.DefaultRequestHeaders.Authorization = new("Bearer", ApiHost.Owner);
        var page = await client.GetStringAsync("/metrics");
        Assert.Contains("mingzhang_commands", page, StringComparison.Ordinal);
        Assert.Contains("kind=\"WriteOffDebt\"", page, StringComparison.Ordinal);
        Assert.Contains("mingzhang_decision_duration_seconds_bucket", page, StringComparison.Ordinal);
        Assert.Contains("mingzhang_follower_lag", page, StringComparison.Ordinal);
        Assert.DoesNotContain("1000001", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_asking_for_it_there_is_no_metrics_page()
    {
        await using var factory = Factory();
        using var client = factory.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", ApiHost.Owner);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await client.GetAsync("/metrics")).StatusCode);
    }

    public void Dispose()
    {
        _log.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Check(JsonNode ready, string name) =>
        (string)ready["checks"]!.AsArray().Single(check => (string)check!["name"]! == name)!["status"]!;

    private static async Task<JsonNode> JsonAsync(HttpClient client, string path) => JsonNode.Parse(await client.GetStringAsync(path))!;

    private WebApplicationFactory<Program> Factory(params (string Name, string Value)[] settings) =>
        new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            host.UseSetting("MZ_DB", TestDatabase.DemoIn(_folder)).UseSetting("MZ_DATA", _folder).UseSetting("MZ_API_KEY", ApiHost.Owner);
            host.ConfigureLogging(logging => logging.AddProvider(_log));
            foreach (var (name, value) in settings)
            {
                host.UseSetting(name, value);
            }
        });
}
