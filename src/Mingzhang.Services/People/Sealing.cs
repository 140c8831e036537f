using System.Runtime.CompilerServices;
using System.Security.Cryptography;

[assembly: InternalsVisibleTo("Mingzhang.Web.Tests")]
[assembly: InternalsVisibleTo("Mingzhang.Papers.Tests")]

namespace Mingzhang.Services.People;

/// <summary>AES-256-GCM with a random 96-bit nonce. A sealed text is: form (1 byte, 1), nonce (12), tag (16), cipher text.</summary>
/// <remarks>
/// Every person has a key of their own, so few texts are sealed under one key; the bound for random nonces is 2^32 (NIST SP 800-38D, 8.3).
/// </remarks>
internal static class Sealing
{
    private const byte Form = 1;
    private const int Nonce = 12;
    private const int Tag = 16;
    private const int Head = 1 + Nonce + Tag;

    /// <summary>Seals bytes; only the same key and context open them.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> context)
    {
        var result = new byte[Head + plain.Length];
        result[0] = Form;
        RandomNumberGenerator.Fill(result.AsSpan(1, Nonce));
        using var aes = new AesGcm(key, Tag);
        aes.Encrypt(result.AsSpan(1, Nonce), plain, result.AsSpan(Head), result.AsSpan(1 + Nonce, Tag), context);
        return result;
    }

    /// <summary>Opens sealed bytes. Throws <see cref="CryptographicException"/> for another key or context, or a changed byte.</summary>
    public static byte[] Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> context)
    {
        if (sealedBytes.Length < Head || sealedBytes[0] != Form)
        {
            throw new CryptographicException("It is not a sealed text of this program.");
        }

        var plain = new byte[sealedBytes.Length - Head];
        using var aes = new AesGcm(key, Tag);
        aes.Decrypt(sealedBytes.Slice(1, Nonce), sealedBytes[Head..], sealedBytes.Slice(1 + Nonce, Tag), plain, context);
        return plain;
    }
}
