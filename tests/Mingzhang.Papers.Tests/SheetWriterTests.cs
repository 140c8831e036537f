using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Mingzhang.Papers.Sheets;
using Mingzhang.Papers.Signing;

namespace Mingzhang.Papers;

/// <summary>Papers as spreadsheets.</summary>
public sealed class SheetWriterTests
{
    private static readonly SigningKey Key = SigningKey.New("Mingzhang certificates", new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private static byte[] Signed() => SignedFile.Sign(
        SheetWriter.Write(PdfWriterTests.Sample(3), (SignedFile.FactsPath, "{}"u8.ToArray())), Key);

    [Fact]
    public void A_signed_spreadsheet_is_valid_by_its_standard()
    {
        using var file = new MemoryStream(Signed());
        using var book = SpreadsheetDocument.Open(file, isEditable: false);
        var faults = new OpenXmlValidator(FileFormatVersions.Office2013).Validate(book);
        Assert.Empty(faults.Select(one => $"{one.Path?.XPath}: {one.Description}"));
    }

    [Fact]
    public void Amounts_are_numbers_days_are_days_and_no_text_is_a_formula()
    {
        using var file = new MemoryStream(Signed());
        using var book = SpreadsheetDocument.Open(file, isEditable: false);
        var cells = book.WorkbookPart!.WorksheetParts.SelectMany(part => part.Worksheet.Descendants<Cell>()).ToList();
        Assert.DoesNotContain(cells, cell => cell.CellFormula is not null);
        Assert.Contains(cells, cell => cell.DataType?.Value == CellValues.Number && cell.CellValue?.Text == "-12.34");
        Assert.Contains(cells, cell => cell.DataType?.Value == CellValues.Number && cell.CellValue?.Text == "46023"); // 2026-01-01
        Assert.Contains(cells, cell => cell.InlineString?.InnerText == "消费 咖啡店 Café No. 0");
    }
}
