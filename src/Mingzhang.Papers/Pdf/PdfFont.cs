using System.Globalization;
using System.Text;
using Mingzhang.Papers.Fonts;
using static Mingzhang.Papers.Pdf.PdfObjects;

namespace Mingzhang.Papers.Pdf;

/// <summary>The one font of a file: collects the characters that are used and embeds only their glyphs.</summary>
/// <remarks>
/// Every character gets a glyph of its own, also when the font shows two by one outline, so that what is copied out of the file is exactly
/// what was written into it.
/// </remarks>
internal sealed class PdfFont(TrueTypeFont font)
{
    private const int MostInBlock = 100;
    private const string Name = "MZPAPR+NotoSansSC-Regular";

    private readonly Dictionary<Rune, int> _numbers = [];
    private readonly List<Rune> _used = [];

    /// <summary>A text as numbers of glyphs, hexadecimal. Every character has to be in the font.</summary>
    public string Encode(string text)
    {
        var hex = new StringBuilder();
        foreach (var character in text.EnumerateRunes())
        {
            if (!_numbers.TryGetValue(character, out var number))
            {
                _used.Add(character);
                _numbers[character] = number = _used.Count;
            }

            hex.Append(number.ToString("X4", CultureInfo.InvariantCulture));
        }

        return hex.ToString();
    }

    /// <summary>Writes the objects of the font; after all texts. The number is the font's.</summary>
    public int AddTo(PdfObjects objects)
    {
        var glyphs = _used.ConvertAll(font.GlyphOf);
        var file = FontWriter.Subset(font, glyphs);
        var scale = 1000.0 / font.UnitsPerEm;
        var stream = objects.AddStream(file, $" /Length1 {file.Length.ToString(CultureInfo.InvariantCulture)}");
        var descriptor = objects.Add(
            $"<< /Type /FontDescriptor /FontName /{Name} /Flags 4 /FontBBox [{string.Join(' ', font.Box.Select(side => N(side * scale)))}] "
            + $"/ItalicAngle 0 /Ascent {N(font.Ascent * scale)} /Descent {N(font.Descent * scale)} /CapHeight 733 /StemV 80 "
            + $"/FontFile2 {stream} 0 R >>");
        var widths = string.Join(' ', glyphs.Prepend(0).Select(glyph => N(font.Advance(glyph) * scale)));
        var cid = objects.Add(
            $"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{Name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
            + $"/Supplement 0 >> /FontDescriptor {descriptor} 0 R /CIDToGIDMap /Identity /DW 1000 /W [0 [{widths}]] >>");
        var unicode = objects.AddStream(Latin(ToUnicode()));
        return objects.Add(
            $"<< /Type /Font /Subtype /Type0 /BaseFont /{Name} /Encoding /Identity-H /DescendantFonts [{cid} 0 R] "
            + $"/ToUnicode {unicode} 0 R >>");
    }

    private string ToUnicode()
    {
        var map = new StringBuilder(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            + "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n"
            + "/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
        for (var from = 0; from < _used.Count; from += MostInBlock)
        {
            var block = _used.Skip(from).Take(MostInBlock).ToList();
            map.Append(CultureInfo.InvariantCulture, $"{block.Count} beginbfchar\n");
            for (var i = 0; i < block.Count; i++)
            {
                var code = Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(block[i].ToString()));
                map.Append(CultureInfo.InvariantCulture, $"<{from + i + 1:X4}> <{code}>\n");
            }

            map.Append("endbfchar\n");
        }

        return map.Append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n").ToString();
    }
}
