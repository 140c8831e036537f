using System.Globalization;
using System.Security.Cryptography;
using Dapper;
using Mingzhang.Engine;

namespace Mingzhang.Web.Identity.Once;

/// <summary>What a single-use code lets its holder do.</summary>
/// <param name="Name">As it is stored.</param>
/// <param name="Good">How long it is good.</param>
public sealed record OncePurpose(string Name, TimeSpan Good)
{
    /// <summary>A borrower sets another password: eight digits, ten minutes.</summary>
    public static readonly OncePurpose Password = new("password", TimeSpan.FromMinutes(10));

    /// <summary>Somebody who owns a phone number joins.</summary>
    public static readonly OncePurpose Register = new("register", TimeSpan.FromMinutes(10));

    /// <summary>A borrower who forgot the payment PIN asks for a new one.</summary>
    public static readonly OncePurpose Pin = new("pin", TimeSpan.FromMinutes(10));

    /// <summary>A member of staff sets the first password, or another: sixteen signs, a day.</summary>
    public static readonly OncePurpose Staff = new("password", TimeSpan.FromHours(24));
}

/// <summary>
/// Single-use codes, kept as hashes under the name they were asked for, known or not. One per name and purpose: a new one ends the old.
/// Five wrong ones end it as well; each try is counted before it is checked, and takes the same time when there is no code.
/// </summary>
public sealed class OnceCodes(CreditHouse house, TimeProvider time)
{
    /// <summary>Tries until a code ends.</summary>
    public const int MostTries = 5;

    // No sign that reads like another.
    private const string Signs = "23456789abcdefghjkmnpqrstuvwxyz";
    private const int Digits = 100_000_000;
    private const int Length = 16;
    private const int Salt = 16;
    private const int Key = 32;
    private const int Rounds = 100_000;

    private const string Put =
        "INSERT INTO door_once (realm, login, purpose, hash, failures, expires_at, made_by) "
        + "VALUES (@realm, @login, @purpose, @hash, 0, @until, @by) ON CONFLICT (realm, login, purpose) DO UPDATE "
        + "SET hash = @hash, failures = 0, expires_at = @until, made_by = @by";

    private const string Sweep = "DELETE FROM door_once WHERE expires_at < @now";

    private const string Try =
        "UPDATE door_once SET failures = failures + 1 WHERE realm = @realm AND login = @login AND purpose = @purpose "
        + "AND failures < @most AND expires_at > @now RETURNING hash";

    private const string Take =
        "DELETE FROM door_once WHERE realm = @realm AND login = @login AND purpose = @purpose AND hash = @hash";

    /// <summary>Eight digits for a phone.</summary>
    public static string Short() => RandomNumberGenerator.GetInt32(Digits).ToString("00000000", CultureInfo.InvariantCulture);

    /// <summary>Sixteen signs in groups of four, about 79 bits, to be handed over in writing.</summary>
    public static string Long() => string.Join(
        '-', RandomNumberGenerator.GetString(Signs, Length).Chunk(4).Select(part => new string(part)));

    /// <summary>Keeps a code for a name; the one before, if any, ends.</summary>
    /// <param name="realm">The area.</param>
    /// <param name="login">The name as it is kept (<see cref="Logins.KeyOf"/>).</param>
    /// <param name="purpose">What it is for.</param>
    /// <param name="code">The code.</param>
    /// <param name="by">Who made it, for audit.</param>
    /// <returns>Until when it is good.</returns>
    public async Task<DateTimeOffset> KeepAsync(string realm, string login, OncePurpose purpose, string code, string by)
    {
        var now = time.GetUtcNow();
        var row = new
        {
            realm, login, purpose = purpose.Name, hash = Hash(Normal(code)), by, now = Micros(now),
            until = Micros(now + purpose.Good),
        };
        await house.WriteAsync((connection, transaction) =>
        {
            connection.Execute(Sweep, row, transaction);
            return connection.Execute(Put, row, transaction);
        });
        return now + purpose.Good;
    }

    /// <summary>Takes a code: true once, for the right one in time.</summary>
    public async Task<bool> TakeAsync(string realm, string login, OncePurpose purpose, string typed)
    {
        var keys = new { realm, login, purpose = purpose.Name, most = MostTries, now = Micros(time.GetUtcNow()) };
        var hash = await house.WriteAsync((connection, transaction) => connection.QueryFirstOrDefault<string>(Try, keys, transaction));
        return Fits(hash, Normal(typed)) && await house.WriteAsync((connection, transaction) =>
            connection.Execute(Take, new { realm, login, keys.purpose, hash }, transaction)) == 1;
    }

    private static string Hash(string code)
    {
        var salt = RandomNumberGenerator.GetBytes(Salt);
        return Convert.ToBase64String([.. salt, .. Derive(code, salt)]);
    }

    // Without a hash the work is the same.
    private static bool Fits(string? hash, string code)
    {
        var kept = hash is null ? new byte[Salt + Key] : Convert.FromBase64String(hash);
        return CryptographicOperations.FixedTimeEquals(Derive(code, kept.AsSpan(0, Salt)), kept.AsSpan(Salt)) && hash is not null;
    }

    private static byte[] Derive(string code, ReadOnlySpan<byte> salt) =>
        Rfc2898DeriveBytes.Pbkdf2(code, salt, Rounds, HashAlgorithmName.SHA256, Key);

    private static string Normal(string code) =>
        code.Length > 64 ? "" : string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    private static long Micros(DateTimeOffset at) => at.ToUnixTimeMilliseconds() * 1000;
}
