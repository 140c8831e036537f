using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Mingzhang.Web.Api;

/// <summary>Reads <c>Authorization: Bearer mz_...</c>.</summary>
internal sealed class BearerKeys(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeys keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The scheme's name.</summary>
    public const string Name = "api-key";

    /// <summary>Claim with one scope.</summary>
    public const string ScopeClaim = "api-scope";

    /// <summary>Claim with the key's id.</summary>
    public const string IdClaim = "api-key";

    /// <summary>Claim with the customer a key is bound to.</summary>
    public const string CustomerClaim = "api-customer";

    /// <summary>Claim with the person who answers for the key.</summary>
    public const string OwnerClaim = "api-owner";

    private const string Prefix = "Bearer ";

    private static readonly ConditionalWeakTable<ApiKey, ClaimsPrincipal> Known = [];

    /// <inheritdoc/>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        if (header.Length > 256 || keys.Find(header[Prefix.Length..].Trim()) is not { } key)
        {
            return Task.FromResult(AuthenticateResult.Fail("unknown key"));
        }

        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(Known.GetValue(key, PrincipalOf), Name)));
    }

    // A key that changes is another record, so what stands here is never old.
    private static ClaimsPrincipal PrincipalOf(ApiKey key)
    {
        var identity = new ClaimsIdentity(Name);
        identity.AddClaim(new Claim(IdClaim, key.Id));
        identity.AddClaims(key.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(scope => new Claim(ScopeClaim, scope)));
        if (key.Owner.Length > 0)
        {
            identity.AddClaim(new Claim(OwnerClaim, key.Owner));
        }

        if (key.Customer != 0)
        {
            identity.AddClaim(new Claim(CustomerClaim, key.Customer.ToString(CultureInfo.InvariantCulture)));
        }

        return new ClaimsPrincipal(identity);
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.Of(HttpProblem.Unauthorised).ExecuteAsync(Context);
    }

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problems.Of(HttpProblem.Forbidden).ExecuteAsync(Context);
}
