using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Mingzhang.Papers.Sheets;

/// <summary>The numbers of a style for texts, amounts and days.</summary>
internal readonly record struct SheetStyle(uint Text, uint Number, uint Day);

/// <summary>The few styles of a book.</summary>
internal static class SheetStyles
{
    private const uint Amount = 4; // built in: #,##0.00
    private const uint Iso = 164;

    /// <summary>As it is.</summary>
    public static SheetStyle Plain { get; } = new(0, 1, 2);

    /// <summary>Heavy.</summary>
    public static SheetStyle Bold { get; } = new(3, 4, 5);

    /// <summary>The title.</summary>
    public static SheetStyle Title { get; } = new(6, 6, 6);

    /// <summary>The head of a table.</summary>
    public static SheetStyle Head => Bold;

    /// <summary>Writes them into a book.</summary>
    public static void AddTo(WorkbookPart book) => book.AddNewPart<WorkbookStylesPart>().Stylesheet = new Stylesheet(
        new NumberingFormats(new NumberingFormat { NumberFormatId = Iso, FormatCode = "yyyy-mm-dd" }) { Count = 1 },
        new DocumentFormat.OpenXml.Spreadsheet.Fonts(
            new Font(new FontSize { Val = 11 }, new FontName { Val = "Calibri" }),
            new Font(new Bold(), new FontSize { Val = 11 }, new FontName { Val = "Calibri" }),
            new Font(new Bold(), new FontSize { Val = 16 }, new FontName { Val = "Calibri" })) { Count = 3 },
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 })) { Count = 2 },
        new Borders(new Border(
            new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder())) { Count = 1 },
        new CellStyleFormats(new CellFormat { NumberFormatId = 0, FontId = 0, FillId = 0, BorderId = 0 }) { Count = 1 },
        new CellFormats(
            Format(0, 0), Format(0, Amount), Format(0, Iso), Format(1, 0), Format(1, Amount), Format(1, Iso), Format(2, 0)) { Count = 7 });

    private static CellFormat Format(uint font, uint number) => new()
    {
        FontId = font, NumberFormatId = number, FillId = 0, BorderId = 0, FormatId = 0, ApplyNumberFormat = number > 0,
        ApplyFont = font > 0,
    };
}
