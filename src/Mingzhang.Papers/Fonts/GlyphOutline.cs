using System.Buffers.Binary;

namespace Mingzhang.Papers.Fonts;

/// <summary>One outline of the <c>glyf</c> table: the glyphs it is put together from, and itself without hints.</summary>
internal static class GlyphOutline
{
    private const int Contours = 10;
    private const int ArgumentsAreWords = 0x0001;
    private const int HasScale = 0x0008;
    private const int MoreParts = 0x0020;
    private const int HasTwoScales = 0x0040;
    private const int HasMatrix = 0x0080;
    private const int HasHints = 0x0100;

    /// <summary>Where in a composite outline the numbers of its parts stand; none in a simple one.</summary>
    public static List<int> Parts(ReadOnlySpan<byte> outline)
    {
        var parts = new List<int>();
        if (outline.Length == 0 || BinaryPrimitives.ReadInt16BigEndian(outline) >= 0)
        {
            return parts;
        }

        for (var (at, more) = (Contours, true); more;)
        {
            var flags = U16(outline, at);
            parts.Add(at + 2);
            at = AfterPart(at, flags);
            more = (flags & MoreParts) != 0;
        }

        return parts;
    }

    /// <summary>The outline without its instructions.</summary>
    public static byte[] WithoutHints(ReadOnlySpan<byte> outline)
    {
        if (outline.Length == 0)
        {
            return [];
        }

        return BinaryPrimitives.ReadInt16BigEndian(outline) is >= 0 and var contours ? Simple(outline, contours) : Composite(outline);
    }

    private static byte[] Simple(ReadOnlySpan<byte> outline, int contours)
    {
        var at = Contours + (contours * 2);
        var hints = U16(outline, at);
        return [.. outline[..at], 0, 0, .. outline[(at + 2 + hints)..]];
    }

    private static byte[] Composite(ReadOnlySpan<byte> outline)
    {
        var result = outline.ToArray();
        var end = Contours;
        foreach (var part in Parts(outline))
        {
            var flags = U16(outline, part - 2);
            BinaryPrimitives.WriteUInt16BigEndian(result.AsSpan(part - 2), (ushort)(flags & ~HasHints));
            end = AfterPart(part - 2, flags);
        }

        return result[..end];
    }

    private static int AfterPart(int at, int flags) => at + 4 + ((flags & ArgumentsAreWords) != 0 ? 4 : 2)
        + ((flags & HasScale) != 0 ? 2 : (flags & HasTwoScales) != 0 ? 4 : (flags & HasMatrix) != 0 ? 8 : 0);

    private static int U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
}
