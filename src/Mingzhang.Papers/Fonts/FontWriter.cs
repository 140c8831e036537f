using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Mingzhang.Papers.Fonts;

/// <summary>Writes fonts out of a font: one with a few glyphs, for a document; one with all and nothing else, to be shipped.</summary>
public static class FontWriter
{
    private static readonly string[] ForShipping = ["cmap"];

    /// <summary>
    /// A font with exactly the given glyphs, in this order after the blank one, and the parts they are put together from. A glyph given
    /// twice stands there twice. No hints, no character map: for embedding only.
    /// </summary>
    public static byte[] Subset(TrueTypeFont font, IReadOnlyList<int> glyphs)
    {
        var order = new List<int> { 0 };
        order.AddRange(glyphs);
        var numbers = new Dictionary<int, int>();
        for (var i = 0; i < order.Count; i++)
        {
            numbers.TryAdd(order[i], i);
        }

        for (var i = 0; i < order.Count; i++)
        {
            var outline = font.Outline(order[i]);
            foreach (var part in GlyphOutline.Parts(outline))
            {
                var glyph = BinaryPrimitives.ReadUInt16BigEndian(outline[part..]);
                if (numbers.TryAdd(glyph, order.Count))
                {
                    order.Add(glyph);
                }
            }
        }

        return Write(font, order, numbers, []);
    }

    /// <summary>The whole font without hints and without the tables that only shaping and screens need.</summary>
    public static byte[] Strip(TrueTypeFont font)
    {
        var order = Enumerable.Range(0, font.Glyphs).ToList();
        return Write(font, order, order.ToDictionary(glyph => glyph), ForShipping);
    }

    private static byte[] Write(TrueTypeFont font, List<int> order, Dictionary<int, int> numbers, string[] more)
    {
        using var outlines = new MemoryStream();
        var (loca, metrics) = (new byte[(order.Count + 1) * 4], new byte[order.Count * 4]);
        for (var i = 0; i < order.Count; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(loca.AsSpan(i * 4), (uint)outlines.Position);
            BinaryPrimitives.WriteUInt16BigEndian(metrics.AsSpan(i * 4), (ushort)font.Advance(order[i]));
            BinaryPrimitives.WriteInt16BigEndian(metrics.AsSpan((i * 4) + 2), font.LeftBearing(order[i]));
            outlines.Write(Renumbered(GlyphOutline.WithoutHints(font.Outline(order[i])), numbers));
            Align(outlines);
        }

        BinaryPrimitives.WriteUInt32BigEndian(loca.AsSpan(order.Count * 4), (uint)outlines.Position);
        var tables = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["head"] = Patched(font, "head", (8, 4, 0), (50, 2, 1)),
            ["hhea"] = Patched(font, "hhea", (34, 2, order.Count)),
            ["maxp"] = Patched(font, "maxp", (4, 2, order.Count), (26, 2, 0)),
            ["hmtx"] = metrics, ["loca"] = loca, ["glyf"] = outlines.ToArray(),
        };
        foreach (var tag in more)
        {
            tables[tag] = font.Tables.Copy(tag);
        }

        return Assemble(tables);
    }

    private static byte[] Renumbered(byte[] outline, Dictionary<int, int> numbers)
    {
        foreach (var part in GlyphOutline.Parts(outline))
        {
            var glyph = BinaryPrimitives.ReadUInt16BigEndian(outline.AsSpan(part));
            BinaryPrimitives.WriteUInt16BigEndian(outline.AsSpan(part), (ushort)numbers[glyph]);
        }

        return outline;
    }

    private static byte[] Patched(TrueTypeFont font, string tag, params ReadOnlySpan<(int At, int Bytes, int Value)> patches)
    {
        var table = font.Tables.Copy(tag);
        foreach (var (at, bytes, value) in patches)
        {
            if (bytes == 4)
            {
                BinaryPrimitives.WriteInt32BigEndian(table.AsSpan(at), value);
            }
            else
            {
                BinaryPrimitives.WriteUInt16BigEndian(table.AsSpan(at), (ushort)value);
            }
        }

        return table;
    }

    private static byte[] Assemble(SortedDictionary<string, byte[]> tables)
    {
        using var file = new MemoryStream();
        var power = BitOperations.Log2((uint)tables.Count);
        Put(file, 0x00010000, 4);
        Put(file, (uint)tables.Count, 2);
        Put(file, 16u << power, 2);
        Put(file, (uint)power, 2);
        Put(file, (uint)((tables.Count * 16) - (16 << power)), 2);
        var at = 12 + (tables.Count * 16);
        foreach (var (tag, table) in tables)
        {
            file.Write(Encoding.ASCII.GetBytes(tag));
            Put(file, Sum(table), 4);
            Put(file, (uint)at, 4);
            Put(file, (uint)table.Length, 4);
            at += (table.Length + 3) & ~3;
        }

        foreach (var table in tables.Values)
        {
            file.Write(table);
            Align(file);
        }

        return file.ToArray();
    }

    private static uint Sum(ReadOnlySpan<byte> table)
    {
        uint sum = 0;
        Span<byte> word = stackalloc byte[4];
        for (var at = 0; at < table.Length; at += 4)
        {
            word.Clear();
            table[at..Math.Min(at + 4, table.Length)].CopyTo(word);
            sum = unchecked(sum + BinaryPrimitives.ReadUInt32BigEndian(word));
        }

        return sum;
    }

    private static void Put(MemoryStream file, uint value, int bytes)
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(word, value);
        file.Write(word[(4 - bytes)..]);
    }

    private static void Align(MemoryStream file)
    {
        while (file.Position % 4 != 0)
        {
            file.WriteByte(0);
        }
    }
}
