using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Mingzhang.Engine;
using Mingzhang.Services.Sandbox;
using Mingzhang.Web.Api;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Tests.Api;

/// <summary>An answer with its bytes.</summary>
internal sealed record Got(int Status, string Text, HttpResponseMessage Raw)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public bool Replayed => Raw.Headers.Contains("Idempotent-Replayed");

    public string Code => (string)Json["code"]!;

    public void Deconstruct(out int status, out JsonNode json) => (status, json) = (Status, Json);
}

/// <summary>The real host on a temporary database, with keys for every scope.</summary>
public class ApiHost : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mz-api-").FullName;
    private WebApplicationFactory<Program> _factory = null!;
    private int _keys;
    private int _customers;

    /// <summary>A key with every scope.</summary>
    public const string Owner = "mz_test_owner_0123456789abcdef0123456789";

    protected virtual bool Sandbox => true;

    protected virtual int Rate => 100_000;

    internal CreditHouse House => _factory.Services.GetRequiredService<CreditHouse>();

    internal ApiKeys Keys => _factory.Services.GetRequiredService<ApiKeys>();

    internal IReadOnlyList<RouteEndpoint> Endpoints =>
        [.. _factory.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    internal IReadOnlyList<RouteSpec> Specs =>
        [.. Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<RouteSpec>()).Where(spec => spec is not null).Select(spec => spec!)];

    internal HttpClient Client { get; private set; } = null!;

    protected virtual void Configure(IWebHostBuilder builder)
    {
        // As it is.
    }

    public ValueTask InitializeAsync()
    {
        _factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            Configure(host);
            host.UseSetting("MZ_DB", TestDatabase.In(_folder)).UseSetting("MZ_DATA", _folder).UseSetting("MZ_CANARY", "false")
            .UseSetting("MZ_MASTER_KEY", new string('5', 64)).UseSetting("MZ_SANDBOX", Sandbox ? "true" : "false")
            .UseSetting("MZ_RATE", Rate.ToString(System.Globalization.CultureInfo.InvariantCulture)).UseSetting("MZ_API_KEY", Owner);
        });
        Client = _factory.CreateClient();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _factory.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    internal string NextKey() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"k-{Interlocked.Increment(ref _keys)}");

    internal Task<Got> GetAsync(string path, string? key = Owner) => SendAsync("GET", path, null, null, key);

    internal Task<Got> PostAsync(string path, string body, string? idempotency = null, string? key = Owner) =>
        SendAsync("POST", path, body, idempotency ?? NextKey(), key);

    internal async Task<Got> SendAsync(
        string method, string path, string? body, string? idempotency, string? key = Owner, string type = "application/json")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        if (idempotency is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotency);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, type);
        }

        var response = await Client.SendAsync(request);
        return new Got((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response);
    }

    /// <summary>Opens an account for a customer nobody else uses.</summary>
    internal Task<string> OpenAsync() => OpenAsync(20_000_000 + Interlocked.Increment(ref _customers));

    /// <summary>Opens an account for a customer and returns its address.</summary>
    internal async Task<string> OpenAsync(long customer, long limitMinor = 1_000_000)
    {
        var got = await PostAsync("/v1/accounts", OpenBody(customer, limitMinor));
        Assert.True(got.Status == 201, got.Text);
        return $"/v1/accounts/{(string)got.Json["account"]!}";
    }

    internal static string OpenBody(long customer, long limitMinor = 1_000_000) => $$"""
        {"customerId":"{{customer}}","product":"{{DemoHouse.Product}}","consents":[{"code":"credit-agreement","version":"1"},
        {"code":"privacy","version":"1"},{"code":"bureau-query-report","version":"1"}],"card":{"token":"tok-1","lastFour":"4242"},
        "assessment":{"id":"as-1","approved":true,"limitMinor":{{limitMinor}},"model":"score-7"},"dueDay":10}
        """;
}

/// <summary>One host for all tests that may share it.</summary>
[CollectionDefinition(Name)]
public sealed class ApiCollection : ICollectionFixture<ApiHost>
{
    public const string Name = "api";
}
