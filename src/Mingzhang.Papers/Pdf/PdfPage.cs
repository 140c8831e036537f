using System.Globalization;
using System.Text;
using static Mingzhang.Papers.Pdf.PdfObjects;

namespace Mingzhang.Papers.Pdf;

/// <summary>One A4 page being drawn. Measured in points from the top left.</summary>
internal sealed class PdfPage(PdfFont font)
{
    /// <summary>Width of A4.</summary>
    public const double Width = 595.28;

    /// <summary>Height of A4.</summary>
    public const double Height = 841.89;

    /// <summary>What is said in passing.</summary>
    public const int Gray = 0x5B6472;

    /// <summary>Text.</summary>
    public const int Ink = 0x171A21;

    private const double Weight = 0.028;

    private readonly StringBuilder _content = new();
    private readonly List<PdfTag> _marks = [];

    /// <summary>Its object, once it has one.</summary>
    public int Number { get; set; }

    /// <summary>The elements its pieces belong to, by their numbers.</summary>
    public IReadOnlyList<PdfTag> Marks => _marks;

    /// <summary>A new piece of an element; the number is its own on this page.</summary>
    public int Mark(PdfTag tag)
    {
        _marks.Add(tag);
        return _marks.Count - 1;
    }

    /// <summary>Draws a piece that belongs to an element.</summary>
    public void Tagged(PdfTag tag, string kind, Action draw)
    {
        tag.Mark(this);
        _content.Append(CultureInfo.InvariantCulture, $"/{kind} << /MCID {_marks.Count - 1} >> BDC\n");
        draw();
        _content.Append("EMC\n");
    }

    /// <summary>Draws what is not read aloud: lines, shades, what every page repeats.</summary>
    public void Artifact(Action draw)
    {
        _content.Append("/Artifact BMC\n");
        draw();
        _content.Append("EMC\n");
    }

    /// <summary>Writes a text; <paramref name="y"/> is its base line.</summary>
    public void Text(string text, double x, double y, double size, int colour = Ink, bool bold = false)
    {
        _content.Append(Colour(colour, "rg"));
        if (bold)
        {
            _content.Append(Colour(colour, "RG")).Append(N(size * Weight)).Append(" w 2 Tr\n");
        }

        _content.Append($"BT /F1 {N(size)} Tf {N(x)} {N(Height - y)} Td <{font.Encode(text)}> Tj ET\n");
        if (bold)
        {
            _content.Append("0 Tr\n");
        }
    }

    /// <summary>A filled rectangle.</summary>
    public void Fill(double x, double y, double width, double height, int colour) =>
        _content.Append(Colour(colour, "rg")).Append($"{N(x)} {N(Height - y - height)} {N(width)} {N(height)} re f\n");

    /// <summary>Filled rectangles as one shape, so that no seams show between those that touch.</summary>
    public void Fill(IEnumerable<(double X, double Y, double Width, double Height)> parts, int colour)
    {
        _content.Append(Colour(colour, "rg"));
        foreach (var (x, y, width, height) in parts)
        {
            _content.Append($"{N(x)} {N(Height - y - height)} {N(width)} {N(height)} re\n");
        }

        _content.Append("f\n");
    }

    /// <summary>A line from left to right.</summary>
    public void Rule(double x, double y, double width, int colour) => Fill(x, y - 0.3, width, 0.6, colour);

    /// <summary>The page's content stream.</summary>
    public byte[] Content() => Latin(_content.ToString());

    private static string Colour(int rgb, string how) =>
        $"{N((rgb >> 16 & 255) / 255.0)} {N((rgb >> 8 & 255) / 255.0)} {N((rgb & 255) / 255.0)} {how}\n";
}
