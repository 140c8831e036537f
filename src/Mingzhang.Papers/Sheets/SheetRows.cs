using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Mingzhang.Papers.Documents;

namespace Mingzhang.Papers.Sheets;

/// <summary>Writes the rows of one sheet as a stream.</summary>
internal sealed class SheetRows : IDisposable
{
    private readonly OpenXmlWriter _writer;
    private uint _row;

    /// <summary>Begins a sheet with columns of so many characters.</summary>
    public SheetRows(WorksheetPart part, IReadOnlyList<double> widths)
    {
        _writer = OpenXmlWriter.Create(part);
        _writer.WriteStartElement(new Worksheet());
        _writer.WriteStartElement(new Columns());
        for (var i = 0; i < widths.Count; i++)
        {
            _writer.WriteElement(new Column { Min = (uint)(i + 1), Max = (uint)(i + 1), Width = widths[i], CustomWidth = true });
        }

        _writer.WriteEndElement();
        _writer.WriteStartElement(new SheetData());
    }

    /// <summary>Writes a row; numbers and days take the style's own form.</summary>
    public void Row(SheetStyle style, params ReadOnlySpan<PaperCell> cells)
    {
        _row++;
        _writer.WriteStartElement(new Row { RowIndex = _row });
        for (var i = 0; i < cells.Length; i++)
        {
            _writer.WriteElement(CellOf(cells[i], style, Reference(i)));
        }

        _writer.WriteEndElement();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.WriteEndElement();
        _writer.WriteEndElement();
        _writer.Dispose();
    }

    private static Cell CellOf(PaperCell cell, SheetStyle style, string reference) => cell switch
    {
        { Number: { } number } => new Cell(new CellValue(number.ToString(CultureInfo.InvariantCulture)))
        {
            CellReference = reference, DataType = CellValues.Number,
            StyleIndex = decimal.IsInteger(number) && !cell.Text.Contains('.', StringComparison.Ordinal) ? style.Text : style.Number,
        },
        { Day: { } day } => new Cell(new CellValue(Serial(day)))
        {
            CellReference = reference, DataType = CellValues.Number, StyleIndex = style.Day,
        },
        _ => new Cell(new InlineString(new Text(cell.Text) { Space = SpaceProcessingModeValues.Preserve }))
        {
            CellReference = reference, DataType = CellValues.InlineString, StyleIndex = style.Text,
        },
    };

    // Days since 1899-12-30, as every spreadsheet counts them.
    private static string Serial(DateOnly day) =>
        (day.DayNumber - new DateOnly(1899, 12, 30).DayNumber).ToString(CultureInfo.InvariantCulture);

    private string Reference(int column) => string.Create(CultureInfo.InvariantCulture, $"{(char)('A' + column)}{_row}");
}
