using System.Globalization;
using Mingzhang.Papers.Documents;
using Mingzhang.Papers.Fonts;

namespace Mingzhang.Papers.Pdf;

/// <summary>Puts the blocks of a paper onto pages, top down.</summary>
internal sealed class PaperLayout
{
    private const double Left = 56;
    private const double Top = 84;
    private const double Bottom = 64;
    private const double Inner = PdfPage.Width - (2 * Left);
    private const double Leading = 1.65;
    private const double Padding = 5;
    private const double CellSize = 9;
    private const double FactShare = 0.3;
    private const double SmallSize = 8.5;
    private const double Module = 2;
    private const int Blue = 0x1060E8;
    private const int Shade = 0xE8F0FE;
    private const int SumShade = 0xF4F6FA;
    private const int Line = 0xDFE4EC;

    private readonly Paper _paper;
    private readonly TrueTypeFont _font;
    private readonly PdfFont _used;
    private readonly LineBreaks _breaks;
    private readonly List<PdfPage> _pages = [];
    private double _y;

    /// <summary>Lays a paper out; every character has to be in the font.</summary>
    public PaperLayout(Paper paper, TrueTypeFont font, PdfFont used)
    {
        (_paper, _font, _used, _breaks) = (paper, font, used, new LineBreaks(font));
        NewPage();
        foreach (var block in paper.Blocks)
        {
            Draw(block);
        }

        for (var i = 0; i < _pages.Count; i++)
        {
            Surround(_pages[i], i + 1);
        }
    }

    /// <summary>The pages.</summary>
    public IReadOnlyList<PdfPage> Pages => _pages;

    /// <summary>What is read aloud.</summary>
    public PdfTag Document { get; } = new("Document", null);

    private PdfPage Page => _pages[^1];

    private void Draw(PaperBlock block)
    {
        switch (block)
        {
            case Heading { Level: 1 } heading:
                Write(heading.Text, "H1", 20, bold: true, Side.Middle, PdfPage.Ink);
                _y += 8;
                break;
            case Heading heading:
                _y += 10;
                KeepTogether(60);
                Write(heading.Text, "H2", 12, bold: true, Side.Left, PdfPage.Ink);
                _y += 2;
                break;
            case Paragraph text:
                Write(
                    text.Text, "P", text.Small ? SmallSize : text.Size, text.Bold, text.Side, text.Small ? PdfPage.Gray : PdfPage.Ink);
                _y += 4;
                break;
            case FactList facts:
                DrawFacts(facts);
                break;
            case PaperTable table:
                DrawTable(table);
                break;
            case ScanCode code:
                DrawCode(code);
                break;
            default:
                throw new InvalidOperationException($"a block of a new kind: {block.GetType().Name}");
        }
    }

    private void Write(string text, string kind, double size, bool bold, Side side, int colour)
    {
        var tag = Document.Add(kind);
        foreach (var line in _breaks.Of(text, size, Inner))
        {
            var height = size * Leading;
            KeepTogether(height);
            Page.Tagged(tag, kind, () => Place(line, Left, _y + size, Inner, size, side, colour, bold));
            _y += height;
        }
    }

    // Modules of two points: 0.7 mm, which a telephone reads from a printout and a screen.
    private void DrawCode(ScanCode code)
    {
        var (modules, runs) = QrModules.Of(code.Address);
        var side = modules * Module;
        KeepTogether(side);
        var (top, x) = (_y, Left + side + Padding);
        var alt = $" /Alt {PdfObjects.Text(code.Address)} /A << /O /Layout /Placement /Block /BBox [{PdfObjects.N(Left)} "
            + $"{PdfObjects.N(PdfPage.Height - top - side)} {PdfObjects.N(Left + side)} {PdfObjects.N(PdfPage.Height - top)}] >>";
        Page.Tagged(Document.Add("Figure", alt), "Figure", () => Page.Fill(
            runs.Select(run => (Left + (run.From * Module), top + (run.Row * Module), run.Length * Module, Module)), PdfPage.Ink));
        _y = top + (side / 3);
        foreach (var (text, colour) in new[] { (code.Text, PdfPage.Ink), (code.Address, PdfPage.Gray) })
        {
            var tag = Document.Add("P");
            foreach (var line in _breaks.Of(text, CellSize, Inner - side - Padding))
            {
                Page.Tagged(tag, "P", () => Place(line, x, _y + CellSize, 0, CellSize, Side.Left, colour, bold: false));
                _y += CellSize * Leading;
            }
        }

        _y = Math.Max(_y, top + side) + 4;
    }

    private void DrawFacts(FactList facts)
    {
        var table = Document.Add("Table");
        double[] widths = [Inner * FactShare, Inner * (1 - FactShare)];
        foreach (var (name, value) in facts.Facts)
        {
            var row = table.Add("TR");
            DrawRow(
                [name, value.Text], widths, [Side.Left, Side.Left], [row.Add("TH", " /A << /O /Table /Scope /Row >>"), row.Add("TD")],
                null, bold: false, firstGray: true);
        }

        _y += 8;
    }

    private void DrawTable(PaperTable table)
    {
        var shares = table.Columns.Sum(column => column.Share);
        var widths = table.Columns.Select(column => Inner * column.Share / shares).ToArray();
        var sides = table.Columns.Select(column => column.Side).ToArray();
        var titles = table.Columns.Select(column => column.Title).ToArray();
        var tag = Document.Add("Table");
        var head = tag.Add("TR");
        PdfTag[] heads = [.. titles.Select(_ => head.Add("TH", " /A << /O /Table /Scope /Column >>"))];
        KeepTogether(Height(titles, widths) * 2);
        DrawRow(titles, widths, sides, heads, Shade, bold: true);
        foreach (var row in table.Rows)
        {
            string[] texts = [.. row.Cells.Select(cell => cell.Text)];
            if (_y + Height(texts, widths) > PdfPage.Height - Bottom)
            {
                NewPage();
                DrawRow(titles, widths, sides, [], Shade, bold: true);
            }

            var line = tag.Add("TR");
            DrawRow(texts, widths, sides, [.. texts.Select(_ => line.Add("TD"))], row.Sum ? SumShade : null, row.Sum);
        }

        _y += 8;
    }

    private double Height(string[] texts, double[] widths) => (2 * Padding) + (CellSize * 1.4 * texts.Zip(widths)
        .Max(cell => _breaks.Of(cell.First, CellSize, cell.Second - (2 * Padding)).Count));

    private void DrawRow(
        string[] texts, double[] widths, Side[] sides, PdfTag[] tags, int? shade, bool bold, bool firstGray = false)
    {
        var height = Height(texts, widths);
        KeepTogether(height);
        var (page, top) = (Page, _y);
        page.Artifact(() =>
        {
            if (shade is { } colour)
            {
                page.Fill(Left, top, Inner, height, colour);
            }

            page.Rule(Left, top + height, Inner, Line);
        });
        var x = Left;
        for (var i = 0; i < texts.Length; i++)
        {
            var (at, colour) = (x, firstGray && i == 0 ? PdfPage.Gray : PdfPage.Ink);
            var (text, width, side) = (texts[i], widths[i], sides[i]);
            void Cell() => DrawCell(text, at, top, width, side, colour, bold);
            if (tags.Length == 0)
            {
                page.Artifact(Cell);
            }
            else
            {
                page.Tagged(tags[i], i == 0 && firstGray ? "TH" : "TD", Cell);
            }

            x += width;
        }

        _y += height;
    }

    private void DrawCell(string text, double x, double top, double width, Side side, int colour, bool bold)
    {
        var y = top + Padding + CellSize;
        foreach (var line in _breaks.Of(text, CellSize, width - (2 * Padding)))
        {
            Place(line, x + Padding, y, width - (2 * Padding), CellSize, side, colour, bold);
            y += CellSize * 1.4;
        }
    }

    private void Place(string text, double x, double y, double width, double size, Side side, int colour, bool bold)
    {
        var free = side == Side.Left ? 0 : width - _font.Width(text, size);
        Page.Text(text, side == Side.Middle ? x + (free / 2) : x + free, y, size, colour, bold);
    }

    private void KeepTogether(double height)
    {
        if (_y + height > PdfPage.Height - Bottom)
        {
            NewPage();
        }
    }

    private void NewPage()
    {
        _pages.Add(new PdfPage(_used));
        _y = Top;
    }

    private void Surround(PdfPage page, int number) => page.Artifact(() =>
    {
        var foot = string.Format(CultureInfo.InvariantCulture, _paper.Foot, number, _pages.Count);
        page.Fill(0, 0, PdfPage.Width, 6, Blue);
        page.Text(_paper.Author, Left, 48, 11, Blue, bold: true);
        page.Text(_paper.Mark, PdfPage.Width - Left - _font.Width(_paper.Mark, SmallSize), 48, SmallSize, PdfPage.Gray);
        page.Rule(Left, PdfPage.Height - 50, Inner, Line);
        page.Text(foot, Left + ((Inner - _font.Width(foot, SmallSize)) / 2), PdfPage.Height - 36, SmallSize, PdfPage.Gray);
    });
}
