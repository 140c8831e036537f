using Microsoft.AspNetCore.Identity;

namespace Mingzhang.Web.Identity;

/// <summary>Hashes passwords and PINs (PBKDF2).</summary>
public static class Secrets
{
    private static readonly PasswordHasher<string> Hasher = new();
    private static readonly string Nobody = Hash("nobody has this password");

    /// <summary>The stored form of a password or PIN.</summary>
    public static string Hash(string secret) => Hasher.HashPassword("", secret);

    /// <summary>Whether a secret fits; takes the same time when there is nothing to compare with.</summary>
    public static bool Fits(string? hash, string secret) =>
        Hasher.VerifyHashedPassword("", hash ?? Nobody, secret) != PasswordVerificationResult.Failed && hash is not null;
}
