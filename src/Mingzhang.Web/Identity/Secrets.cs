using Microsoft.AspNetCore.Identity;
using Mingzhang.Domain.Values;

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

/// <summary>What came of a PIN.</summary>
public enum PinAnswer
{
    /// <summary>It fits.</summary>
    Right,

    /// <summary>It does not.</summary>
    Wrong,

    /// <summary>Too many wrong ones; wait.</summary>
    Locked,
}

/// <summary>Asks for the payment PIN; five wrong ones lock it for three hours.</summary>
public sealed class PinDesk(PeopleStore people, TimeProvider time)
{
    /// <summary>Wrong PINs until it locks.</summary>
    public const int MostFailures = 5;

    private static readonly TimeSpan LockedFor = TimeSpan.FromHours(3);

    /// <summary>Checks a PIN. The attempt is counted before it is checked, so that many at once count as many.</summary>
    public async Task<PinAnswer> AskAsync(CustomerId customer, string? pin)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
        var until = now + ((long)LockedFor.TotalMilliseconds * 1000);
        if (people.FindPinOf(customer) is not { } pinned || !await people.TakePinAttemptAsync(customer, now, until))
        {
            return PinAnswer.Locked;
        }

        if (Secrets.Fits(pinned.PinHash, pin ?? ""))
        {
            await people.ForgetPinFailuresAsync(customer);
            return PinAnswer.Right;
        }

        return people.FindPinOf(customer)!.PinLockedUntil > now ? PinAnswer.Locked : PinAnswer.Wrong;
    }
}
