using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Mingzhang.Papers.Signing;

/// <summary>The signature inside a PDF (ISO 32000-1, 12.8): over every byte but its own.</summary>
internal static class PdfSignature
{
    /// <summary>Room for the signature in bytes.</summary>
    public const int Room = 1536;

    private const int Digits = 10;
    private static readonly SearchValues<char> Capitals = SearchValues.Create("0123456789ABCDEF");
    private static readonly byte[] RangeMark = "/ByteRange [0 "u8.ToArray();
    private static readonly byte[] ContentMark = "/Contents <"u8.ToArray();
    private static readonly byte[] FactsMark = " /Type /EmbeddedFile"u8.ToArray();

    /// <summary>Signs a file that was written with room for it.</summary>
    public static byte[] Sign(byte[] file, SigningKey key)
    {
        var signed = (byte[])file.Clone();
        var (range, from, to) = Places(signed) ?? throw new ArgumentException("The file has no room for a signature.", nameof(file));
        Latin(string.Create(CultureInfo.InvariantCulture, $"{from:0000000000} {to:0000000000} {signed.Length - to:0000000000}"))
            .CopyTo(signed, range);
        var signature = SignedData.Sign(key, Digest(signed, from, to));
        Latin(Convert.ToHexString(signature)).CopyTo(signed, from + 1);
        return signed;
    }

    /// <summary>The key that signed a file, and whether it still is what was signed; null when not.</summary>
    public static VerifyingKey? SignerOf(byte[] file)
    {
        if (Places(file) is not var (range, from, to) || file[from] != '<' || file[to - 1] != '>'
            || Number(file, range) != from || Number(file, range + Digits + 1) != to
            || Number(file, range + (2 * (Digits + 1))) != file.Length - to)
        {
            return null;
        }

        var hex = Encoding.Latin1.GetString(file, from + 1, to - from - 2);
        if (hex.AsSpan().ContainsAnyExcept(Capitals))
        {
            return null;
        }

        // What is left of the room has to be empty, else there would be bytes that nobody signed.
        var room = Convert.FromHexString(hex);
        return LengthOf(room) is { } length && length <= room.Length && !room.AsSpan(length).ContainsAnyExcept((byte)0)
            ? SignedData.SignerOf(room[..length], Digest(file, from, to)) : null;
    }

    /// <summary>The facts that a file carries; null when it carries none.</summary>
    public static byte[]? FactsOf(byte[] file)
    {
        var mark = file.AsSpan().IndexOf(FactsMark);
        var begin = mark < 0 ? -1 : file.AsSpan(0, mark).LastIndexOf("<< /Length "u8);
        if (begin < 0 || !int.TryParse(Encoding.Latin1.GetString(file, begin + 11, mark - begin - 11), out var length))
        {
            return null;
        }

        var start = mark + file.AsSpan(mark).IndexOf("stream\n"u8) + 7;
        return start + length <= file.Length ? file[start..(start + length)] : null;
    }

    private static (int Range, int From, int To)? Places(byte[] file)
    {
        var range = file.AsSpan().IndexOf(RangeMark);
        var content = range < 0 ? -1 : file.AsSpan(range).IndexOf(ContentMark);
        if (content < 0)
        {
            return null;
        }

        var from = range + content + ContentMark.Length - 1;
        var to = from + (2 * Room) + 2;
        return to < file.Length ? (range + RangeMark.Length, from, to) : null;
    }

    private static byte[] Digest(byte[] file, int from, int to)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(file.AsSpan(0, from));
        hash.AppendData(file.AsSpan(to));
        return hash.GetHashAndReset();
    }

    private static int? LengthOf(byte[] room) => room is [0x30, 0x82, var high, var low, ..] ? 4 + (high << 8) + low : null;

    private static long Number(byte[] file, int at) => long.TryParse(
        file.AsSpan(at, Digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private static byte[] Latin(string text) => Encoding.Latin1.GetBytes(text);
}
