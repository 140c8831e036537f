namespace Mingzhang.Papers.Fonts;

/// <summary>Which glyph shows a character: the <c>cmap</c> table, formats 12 (all of Unicode) and 4 (its first plane).</summary>
internal static class CharacterMap
{
    private const int AllOfUnicode = 12;
    private const int FirstPlane = 4;
    private const int GroupBytes = 12;
    private const int RecordBytes = 8;

    /// <summary>Every character with a glyph. Throws <see cref="FormatException"/> when the font has no table for Unicode.</summary>
    public static Dictionary<int, int> Read(FontTables font)
    {
        var cmap = font.At("cmap");
        var (best, format) = (0, 0);
        for (int i = 0, count = font.U16(cmap + 2); i < count; i++)
        {
            var record = cmap + 4 + (i * RecordBytes);
            var at = cmap + (int)font.U32(record + 4);
            var unicode = (font.U16(record), font.U16(record + 2)) is (0, _) or (3, 1) or (3, 10);
            if (unicode && font.U16(at) is AllOfUnicode or FirstPlane && font.U16(at) > format)
            {
                (best, format) = (at, font.U16(at));
            }
        }

        return format switch
        {
            AllOfUnicode => Groups(font, best),
            FirstPlane => Segments(font, best),
            _ => throw new FormatException("The font has no Unicode character map."),
        };
    }

    private static Dictionary<int, int> Groups(FontTables font, int at)
    {
        var map = new Dictionary<int, int>();
        for (uint i = 0, count = font.U32(at + 12); i < count; i++)
        {
            var group = at + 16 + ((int)i * GroupBytes);
            var (first, last, glyph) = (font.U32(group), font.U32(group + 4), font.U32(group + 8));
            for (var character = first; character <= last; character++)
            {
                map[(int)character] = (int)(glyph + character - first);
            }
        }

        return map;
    }

    private static Dictionary<int, int> Segments(FontTables font, int at)
    {
        var map = new Dictionary<int, int>();
        var bytes = font.U16(at + 6);
        var (ends, starts) = (at + 14, at + 16 + bytes);
        var (deltas, offsets) = (starts + bytes, starts + bytes + bytes);
        for (var i = 0; i < bytes; i += 2)
        {
            var (start, offset) = (font.U16(starts + i), font.U16(offsets + i));
            for (int character = start; character <= font.U16(ends + i) && character != 0xFFFF; character++)
            {
                var raw = offset == 0 ? character : font.U16(offsets + i + offset + ((character - start) * 2));
                if (raw != 0 && ((raw + font.S16(deltas + i)) & 0xFFFF) is > 0 and var glyph)
                {
                    map[character] = glyph;
                }
            }
        }

        return map;
    }
}
