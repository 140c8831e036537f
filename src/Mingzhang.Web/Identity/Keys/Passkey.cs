using Dapper;

namespace Mingzhang.Web.Identity.Keys;

/// <summary>A passkey as it is kept and listed.</summary>
/// <param name="Credential">Its id, base64.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="PublicKey">COSE, base64.</param>
/// <param name="SignCount">0 for passkeys that are synced.</param>
/// <param name="Backup">0 stays on one device, 1 may be copied, 3 is.</param>
/// <param name="Transports">Separated by spaces.</param>
/// <param name="CreatedAt">Microseconds since 1970 UTC.</param>
/// <param name="UsedAt">Microseconds since 1970 UTC; 0 = never.</param>
[method: ExplicitConstructor]
public sealed record Passkey(
    string Credential, string Name, string PublicKey, long SignCount, long Backup, string Transports, long CreatedAt, long UsedAt);
