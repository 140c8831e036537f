using System.Globalization;
using System.Security.Claims;
using Mingzhang.Domain.Values;

namespace Mingzhang.Web.Identity;

/// <summary>Who logs in: a borrower by customer number, or a member of staff by name.</summary>
/// <param name="Realm">One of <see cref="Realms"/>.</param>
/// <param name="Name">The log-in name.</param>
/// <param name="CustomerId">The customer; 0 for staff.</param>
public sealed record Subject(string Realm, string Name, long CustomerId)
{
    /// <summary>What sessions and credentials are kept under, such as <c>app:1000001</c> or <c>console:staff</c>.</summary>
    public string Id => CustomerId == 0 ? $"{Realm}:{Name}" : string.Create(CultureInfo.InvariantCulture, $"{Realm}:{CustomerId}");

    /// <summary>Where its rows lie: with the customer's; staff are in partition 0.</summary>
    public int PartitionId => CustomerId == 0 ? 0 : new CustomerId(CustomerId).PartitionId;

    /// <summary>The subject of a cookie; null when it names none.</summary>
    public static Subject? Of(ClaimsPrincipal user, string realm) => user.FindFirst(ClaimTypes.NameIdentifier)?.Value is { } name
        ? new Subject(realm, name, long.Parse(user.FindFirst(Realms.CustomerClaim)?.Value ?? "0", CultureInfo.InvariantCulture)) : null;
}
