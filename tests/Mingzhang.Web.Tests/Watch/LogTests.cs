using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mingzhang.Domain.Values;
using Mingzhang.Services.People;
using Mingzhang.Services.Sandbox;
using Mingzhang.Web.Identity;
using Mingzhang.Web.Tests.Api;

namespace Mingzhang.Web.Tests.Watch;

/// <summary>A journey whose every text is a canary: none of them reaches the log, whatever the level.</summary>
public sealed class LogTests : IDisposable
{
    private const string Name = "欧阳测试名";
    private const string Phone = "19987654321";
    private const string Identity = "11010519491231002X";
    private const string Card = "6222020200012345678";
    private const string Reason = "canary-reason-7f3a";

    private static readonly string[] Canaries =
        [Name, Phone, Identity, Card, Reason, DemoCustomer.Password, DemoCustomer.Pin, DemoCustomer.StaffPassword, ApiHost.Owner];

    private readonly string _folder = Directory.CreateTempSubdirectory("mz-log-").FullName;
    private readonly Written _log = new();

    [Fact]
    public async Task No_person_and_no_secret_of_a_journey_is_in_the_log()
    {
        await using var factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host
            .UseSetting("MZ_DB", TestDatabase.DemoIn(_folder)).UseSetting("MZ_DATA", _folder).UseSetting("MZ_API_KEY", ApiHost.Owner)
            .UseSetting("Logging:LogLevel:Default", "Trace").ConfigureLogging(logging => logging.AddProvider(_log)));
        using var client = factory.CreateClient(new() { AllowAutoRedirect = false });
        await factory.Services.GetRequiredService<PersonShelf>().AddAsync(new Person(41_000_001, Name, Phone) { IdNumber = Identity });
        await factory.Services.GetRequiredService<PinDesk>().SeedAsync(new CustomerId(41_000_001), Secrets.Hash(DemoCustomer.Pin));
        await factory.Services.GetRequiredService<Logins>().AddAsync(
            Realms.App, Phone, Secrets.Hash(DemoCustomer.Password), new CustomerId(41_000_001));
        await Host.PostAsync(client, "/login", "/login", new() { ["login"] = Phone, ["password"] = DemoCustomer.Password });
        await Host.PostAsync(client, "/login", "/login", new() { ["login"] = Identity, ["password"] = Card });
        await Host.PostAsync(client, "/console/login", "/console/login", new()
        {
            ["login"] = DemoCustomer.StaffLogin, ["password"] = DemoCustomer.StaffPassword,
        });
        foreach (var page in (string[])["/console", $"/console?q={Name}", "/app", $"/app/loans/{Identity}"])
        {
            _ = await client.GetAsync(page);
        }

        foreach (var sought in (string[])[Name, Phone, Identity])
        {
            var found = await Host.PostAsync(client, "/console", "/console/search", new() { ["q"] = sought });
            Assert.Equal("/console?of=41000001&status=&overdue=", found.Headers.Location!.OriginalString);
        }

        client.DefaultRequestHeaders.Authorization = new("Bearer", ApiHost.Owner);
        client.DefaultRequestHeaders.Add("Idempotency-Key", "log-1");
        foreach (var body in (string[])[$"{{\"reason\":\"{Reason}\",\"{Identity}\":\"{Name}\"}}", $"{{\"{Card}", $"\"{Phone}\""])
        {
            using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            _ = await client.PostAsync("/v1/accounts/1000001-01/write-off", content);
            _ = await client.PostAsync($"/v1/accounts/{Phone}/disputes", content);
        }

        foreach (var told in (string[])[
            "Log-in to app by password: let in, subject app:41000001.", "Log-in to app by password: wrong, subject unknown.",
            "Turned away with 401: POST /login, subject nobody."])
        {
            Assert.Contains(_log.Lines, line => line.Contains(told, StringComparison.Ordinal));
        }

        foreach (var canary in Canaries)
        {
            Assert.DoesNotContain(_log.Lines, line => line.Contains(canary, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_search_finds_what_is_logged()
    {
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(_log));
        factory.CreateLogger("x").Log(LogLevel.Error, new InvalidOperationException($"planted {Name}"), "A failure.");
        Assert.Contains(_log.Lines, line => line.Contains(Name, StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _log.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
