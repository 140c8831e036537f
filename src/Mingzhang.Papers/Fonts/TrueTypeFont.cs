using System.Text;

namespace Mingzhang.Papers.Fonts;

/// <summary>A font with TrueType outlines: which characters it has, how wide they are, and their outlines without hints.</summary>
/// <remarks>Only what printing needs; no hinting, no shaping. It is read once and never changes, so that threads may share it.</remarks>
public sealed class TrueTypeFont
{
    private readonly FontTables _tables;
    private readonly Dictionary<int, int> _glyphs;
    private readonly int _metrics;
    private readonly int _metricCount;
    private readonly int _loca;
    private readonly int _glyf;
    private readonly bool _longLoca;

    /// <summary>Reads a font file. Throws <see cref="FormatException"/> when it is none, or has no TrueType outlines.</summary>
    public TrueTypeFont(byte[] data)
    {
        _tables = new FontTables(data);
        var (head, hhea) = (_tables.At("head"), _tables.At("hhea"));
        UnitsPerEm = _tables.U16(head + 18);
        Box = [.. Enumerable.Range(0, 4).Select(i => _tables.S16(head + 36 + (i * 2)))];
        _longLoca = _tables.S16(head + 50) == 1;
        (Ascent, Descent, _metricCount) = (_tables.S16(hhea + 4), _tables.S16(hhea + 6), _tables.U16(hhea + 34));
        Glyphs = _tables.U16(_tables.At("maxp") + 4);
        (_metrics, _loca, _glyf) = (_tables.At("hmtx"), _tables.At("loca"), _tables.At("glyf"));
        _glyphs = CharacterMap.Read(_tables);
    }

    /// <summary>Font units of the height of a line.</summary>
    public int UnitsPerEm { get; }

    /// <summary>Number of glyphs.</summary>
    public int Glyphs { get; }

    /// <summary>Font units above the base line.</summary>
    public int Ascent { get; }

    /// <summary>Font units below the base line, negative.</summary>
    public int Descent { get; }

    /// <summary>Left, bottom, right, top of the largest glyph, in font units.</summary>
    public IReadOnlyList<short> Box { get; }

    internal FontTables Tables => _tables;

    /// <summary>The glyph of a character; 0 when the font has none.</summary>
    public int GlyphOf(Rune character) => _glyphs.GetValueOrDefault(character.Value);

    /// <summary>The first character of a text that the font cannot print; null when it has all.</summary>
    public Rune? FirstMissing(string text)
    {
        foreach (var character in text.EnumerateRunes())
        {
            if (GlyphOf(character) == 0)
            {
                return character;
            }
        }

        return null;
    }

    /// <summary>Width of a glyph in font units.</summary>
    public int Advance(int glyph) => _tables.U16(_metrics + (Math.Min(glyph, _metricCount - 1) * 4));

    /// <summary>Width of a text in points at a size in points.</summary>
    public double Width(string text, double size)
    {
        long units = 0;
        foreach (var character in text.EnumerateRunes())
        {
            units += Advance(GlyphOf(character));
        }

        return units * size / UnitsPerEm;
    }

    internal short LeftBearing(int glyph) => glyph < _metricCount
        ? _tables.S16(_metrics + (glyph * 4) + 2)
        : _tables.S16(_metrics + (_metricCount * 4) + ((glyph - _metricCount) * 2));

    /// <summary>The outline of a glyph as it stands in the font, hints included; empty for a blank.</summary>
    internal ReadOnlySpan<byte> Outline(int glyph)
    {
        var (from, to) = _longLoca
            ? ((int)_tables.U32(_loca + (glyph * 4)), (int)_tables.U32(_loca + (glyph * 4) + 4))
            : (_tables.U16(_loca + (glyph * 2)) * 2, _tables.U16(_loca + (glyph * 2) + 2) * 2);
        return _tables.Slice(_glyf + from, to - from);
    }
}
