using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using Mingzhang.Engine.Approvals;

namespace Mingzhang.Web.Api;

/// <summary>Who calls: a key, its scopes, the customer it is bound to (null = every customer), and who answers for it.</summary>
internal sealed record Caller(string KeyId, IReadOnlySet<string> Scopes, long? Customer, string? Owner)
{
    private static readonly ConditionalWeakTable<ClaimsPrincipal, Caller> Known = [];

    /// <summary>As a signer of proposals: its owner, or else only itself.</summary>
    public Signer Signer => new(Owner ?? Actor, Actor, Owner is not null);

    /// <summary>Written into the journal as who asked.</summary>
    public string Actor => "api:" + KeyId;

    /// <summary>The caller of a request that has passed its policy.</summary>
    public static Caller Of(ClaimsPrincipal user) => Known.GetValue(user, Read);

    private static Caller Read(ClaimsPrincipal user) => new(
        user.FindFirstValue(BearerKeys.IdClaim) ?? "none",
        user.FindAll(BearerKeys.ScopeClaim).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal),
        user.FindFirstValue(BearerKeys.CustomerClaim) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null,
        user.FindFirstValue(BearerKeys.OwnerClaim));

    /// <summary>Whether it has a scope.</summary>
    public bool May(string scope) => Scopes.Contains(scope);
}
