using Mingzhang.Engine;
using Mingzhang.Services.Sandbox;

namespace Mingzhang.Web.Api;

/// <summary>Gives a sandbox its published keys, and any house the key of <c>MZ_API_KEY</c> with every scope; its owner is
/// <c>MZ_API_KEY_OWNER</c>, and without one it approves nothing.</summary>
internal sealed class FirstKeys(CreditHouse house, ApiKeys keys, IConfiguration configuration) : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (house.IsSandbox && !keys.Knows("sandbox"))
        {
            await keys.PutAsync("sandbox", DemoCustomer.ApiKey, ApiScopes.All, owner: DemoCustomer.StaffLogin);
        }

        if (house.IsSandbox && !keys.Knows("checker"))
        {
            await keys.PutAsync(
                "checker", DemoCustomer.CheckerKey, [ApiScopes.AccountsRead, ApiScopes.StaffWrite, ApiScopes.StaffApprove],
                owner: DemoCustomer.CheckerLogin);
        }

        if (configuration["MZ_API_KEY"] is { Length: > 0 } secret && keys.Find(secret) is null)
        {
            await keys.PutAsync("first", secret, ApiScopes.All, owner: configuration["MZ_API_KEY_OWNER"] ?? "");
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
