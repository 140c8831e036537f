using System.Buffers.Binary;
using System.Text;

namespace Mingzhang.Papers.Fonts;

/// <summary>The table directory of an sfnt file (OpenType 1.9, "Organization of an OpenType font"), and reads of its numbers.</summary>
internal sealed class FontTables
{
    private const uint TrueType = 0x00010000;
    private const int HeadBytes = 12;
    private const int EntryBytes = 16;

    private readonly byte[] _data;
    private readonly Dictionary<string, (int At, int Length)> _tables = new(StringComparer.Ordinal);

    /// <summary>Throws <see cref="FormatException"/> when it is not a font with TrueType outlines.</summary>
    public FontTables(byte[] data)
    {
        _data = data;
        if (data.Length < HeadBytes || U32(0) != TrueType)
        {
            throw new FormatException("It is not a font with TrueType outlines.");
        }

        for (int i = 0, count = U16(4); i < count; i++)
        {
            var entry = HeadBytes + (i * EntryBytes);
            _tables[Encoding.ASCII.GetString(data, entry, 4)] = ((int)U32(entry + 8), (int)U32(entry + 12));
        }
    }

    /// <summary>Where a table begins; throws <see cref="FormatException"/> when it is missing.</summary>
    public int At(string tag) => _tables.TryGetValue(tag, out var table) ? table.At : throw new FormatException($"The font has no {tag}.");

    /// <summary>The bytes of a table.</summary>
    public byte[] Copy(string tag) => Slice(At(tag), _tables[tag].Length).ToArray();

    public ReadOnlySpan<byte> Slice(int at, int length) => _data.AsSpan(at, length);

    public ushort U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(_data.AsSpan(at));

    public short S16(int at) => BinaryPrimitives.ReadInt16BigEndian(_data.AsSpan(at));

    public uint U32(int at) => BinaryPrimitives.ReadUInt32BigEndian(_data.AsSpan(at));
}
