using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Mingzhang.Papers.Signing;

/// <summary>
/// The signature of a ZIP file, such as a spreadsheet: in the comment at its end, over every byte before it (APPNOTE 4.3.16).
/// </summary>
internal static class ZipSignature
{
    /// <summary>Where the facts stand in the file.</summary>
    public const string Facts = "mingzhang/certificate.json";

    private const int EndBytes = 22;
    private const string Mark = "MZSIG1:";

    private static ReadOnlySpan<byte> EndMark => "PK\u0005\u0006"u8;

    /// <summary>Signs a file that has no comment.</summary>
    public static byte[] Sign(byte[] file, SigningKey key)
    {
        if (file.Length < EndBytes || !file.AsSpan(file.Length - EndBytes, 4).SequenceEqual(EndMark))
        {
            throw new ArgumentException("It is not a ZIP file without a comment.", nameof(file));
        }

        // The length of the comment is a part of what is signed, so it has to be known before: the length of a signature varies.
        for (var room = 0; room < 16; room++)
        {
            var probe = Comment(SignedData.Sign(key, SHA256.HashData(file)));
            var signed = (byte[])file.Clone();
            BinaryPrimitives.WriteUInt16LittleEndian(signed.AsSpan(signed.Length - 2), (ushort)probe.Length);
            for (var tries = 0; tries < 64; tries++)
            {
                var comment = Comment(SignedData.Sign(key, SHA256.HashData(signed)));
                if (comment.Length == probe.Length)
                {
                    return [.. signed, .. comment];
                }
            }
        }

        throw new CryptographicException("No signature of the expected length.");
    }

    /// <summary>The key that signed a file; null when it is not exactly what was signed.</summary>
    public static VerifyingKey? SignerOf(byte[] file)
    {
        var start = StartOf(file);
        if (start < 0)
        {
            return null;
        }

        var text = Encoding.Latin1.GetString(file, start + Mark.Length, file.Length - start - Mark.Length);
        var signature = new byte[text.Length];
        return Convert.TryFromBase64String(text, signature, out var length) && Convert.ToBase64String(signature, 0, length) == text
            ? SignedData.SignerOf(signature[..length], SHA256.HashData(file.AsSpan(0, start))) : null;
    }

    /// <summary>The facts that a file carries; null when it carries none.</summary>
    public static byte[]? FactsOf(byte[] file)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read);
            if (zip.GetEntry(Facts) is not { Length: < 16 * 1024 * 1024 } entry)
            {
                return null;
            }

            using var content = entry.Open();
            using var facts = new MemoryStream();
            content.CopyTo(facts);
            return facts.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static int StartOf(byte[] file)
    {
        var mark = Encoding.Latin1.GetBytes(Mark);
        var start = file.AsSpan(Math.Max(0, file.Length - 4096)).LastIndexOf(mark);
        start = start < 0 ? -1 : start + Math.Max(0, file.Length - 4096);
        return start >= EndBytes && file.AsSpan(start - EndBytes, 4).SequenceEqual(EndMark)
            && BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(start - 2)) == file.Length - start ? start : -1;
    }

    private static byte[] Comment(byte[] signature) => Encoding.Latin1.GetBytes(Mark + Convert.ToBase64String(signature));
}
