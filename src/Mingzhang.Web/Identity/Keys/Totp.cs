using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Mingzhang.Web.Identity.Keys;

/// <summary>One-time codes by time, RFC 6238: HMAC-SHA1, steps of 30 seconds, six digits.</summary>
public static class Totp
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The step of an instant.</summary>
    public static long StepOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / 30;

    /// <summary>The code of a step.</summary>
    /// <example>RFC 6238, appendix B: the key "12345678901234567890" at 59 seconds gives …287082.</example>
    public static string CodeOf(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[20];
#pragma warning disable CA5350 // RFC 6238 and the authenticator apps want SHA-1; as HMAC over a counter it is sound.
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[19] & 15)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }

    /// <summary>The step a code fits, one to either side of now; null when it fits none or one that was used.</summary>
    /// <param name="secret">The shared key.</param>
    /// <param name="code">As typed.</param>
    /// <param name="now">The step of now.</param>
    /// <param name="last">The latest step a code was taken for: neither it nor an earlier one is taken again.</param>
    public static long? Fit(byte[] secret, string code, long now, long last)
    {
        long? fit = null;
        for (var step = now - 1; step <= now + 1; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(
                System.Text.Encoding.UTF8.GetBytes(CodeOf(secret, step)), System.Text.Encoding.UTF8.GetBytes(code)) && step > last)
            {
                fit ??= step;
            }
        }

        return fit;
    }

    /// <summary>A key as people type it: base 32 without padding.</summary>
    public static string Text(byte[] secret)
    {
        var text = new System.Text.StringBuilder();
        var (bits, held) = (0, 0);
        foreach (var one in secret)
        {
            held = (held << 8) | one;
            for (bits += 8; bits >= 5; bits -= 5)
            {
                text.Append(Alphabet[(held >> (bits - 5)) & 31]);
            }

            held &= (1 << bits) - 1;
        }

        return bits > 0 ? text.Append(Alphabet[(held << (5 - bits)) & 31]).ToString() : text.ToString();
    }
}
