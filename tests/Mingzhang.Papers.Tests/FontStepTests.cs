using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Mingzhang.Papers.Fonts;

namespace Mingzhang.Papers;

/// <summary>Where the shipped font comes from, and that it can print names.</summary>
public sealed class FontStepTests
{
    /// <summary>SHA-256 of 400Regular/NotoSansSC_400Regular.ttf in the npm package @expo-google-fonts/noto-sans-sc 0.4.3.</summary>
    private const string Origin =
        "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16";

    private const string Rare = "䶮㛃㙱㼆𬭎𠅤𫖯龘鿏㐂";

    /// <summary>
    /// The step that made it: <c>MZ_FONT=package/400Regular/NotoSansSC_400Regular.ttf MZ_UPDATE=1</c> writes the resource anew; without
    /// <c>MZ_UPDATE</c> it is compared with what is shipped, glyph for glyph.
    /// </summary>
    [Fact]
    public void The_shipped_font_is_the_package_without_hints_and_layout_tables()
    {
        var source = Environment.GetEnvironmentVariable("MZ_FONT");
        Assert.SkipWhen(source is null, "MZ_FONT names no font file");
        var data = File.ReadAllBytes(source!);
        Assert.Equal(Origin, Convert.ToHexStringLower(SHA256.HashData(data)));
        var stripped = FontWriter.Strip(new TrueTypeFont(data));
        var path = Path.Combine(Root(), "src", "Mingzhang.Papers", "Fonts", PaperFont.Resource);
        if (Environment.GetEnvironmentVariable("MZ_UPDATE") == "1")
        {
            using var file = File.Create(path);
            using var packed = new BrotliStream(file, CompressionLevel.SmallestSize);
            packed.Write(stripped);
        }

        using var kept = new BrotliStream(File.OpenRead(path), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        kept.CopyTo(plain);
        Assert.Equal(SHA256.HashData(stripped), SHA256.HashData(plain.ToArray()));
    }

    [Fact]
    public void Rare_characters_of_names_have_glyphs_with_outlines()
    {
        foreach (var character in Rare.EnumerateRunes())
        {
            Assert.NotEqual(0, PaperFont.Shipped.GlyphOf(character));
            Assert.False(PaperFont.Shipped.Outline(PaperFont.Shipped.GlyphOf(character)).IsEmpty);
        }

        Assert.Null(PaperFont.Shipped.FirstMissing(Rare + "ABC xyz 0123456789 ¥ % （）"));
    }

    [Fact]
    public void A_character_without_a_glyph_is_named() => Assert.Equal(new Rune(0x1F600), PaperFont.Shipped.FirstMissing("林😀"));

    [Fact]
    public void A_subset_is_a_font_with_these_glyphs_only_and_the_same_outlines()
    {
        var font = PaperFont.Shipped;
        var glyphs = Rare.EnumerateRunes().Select(font.GlyphOf).ToList();
        var subset = FontWriter.Subset(font, glyphs);
        Assert.True(subset.Length < 20_000, $"{subset.Length} bytes");
        Assert.Equal(subset, FontWriter.Subset(font, glyphs));
        var tables = new FontTables(subset);
        Assert.True(tables.U16(tables.At("maxp") + 4) >= glyphs.Count + 1);
        for (var i = 0; i < glyphs.Count; i++)
        {
            var from = (int)tables.U32(tables.At("loca") + ((i + 1) * 4));
            var outline = font.Outline(glyphs[i]);
            Assert.True(tables.Slice(tables.At("glyf") + from, 10).SequenceEqual(outline[..10]));
            Assert.Equal(font.Advance(glyphs[i]), tables.U16(tables.At("hmtx") + ((i + 1) * 4)));
        }
    }

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
