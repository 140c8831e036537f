using Mingzhang.Engine;
using Mingzhang.Services.Sandbox;

namespace Mingzhang.Web.Api;

/// <summary>Gives a sandbox its published key, and any house the key of <c>MZ_API_KEY</c>, both with every scope.</summary>
internal sealed class FirstKeys(CreditHouse house, ApiKeys keys, IConfiguration configuration) : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (house.IsSandbox && !keys.Knows("sandbox"))
        {
            await keys.PutAsync("sandbox", DemoCustomer.ApiKey, ApiScopes.All);
        }

        if (configuration["MZ_API_KEY"] is { Length: > 0 } secret && keys.Find(secret) is null)
        {
            await keys.PutAsync("first", secret, ApiScopes.All);
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
