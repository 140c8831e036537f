using System.Globalization;
using System.Text;
using Mingzhang.Papers.Documents;

namespace Mingzhang.Papers.Sheets;

/// <summary>Writes tables as text that spreadsheets and programs open (CSV, RFC 4180): UTF-8 with its mark, days as 2026-07-05.</summary>
public static class CsvWriter
{
    private const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    /// <summary>A table with its head and without the rows that sum others up, so that a program may add a column.</summary>
    public static byte[] Write(PaperTable table)
    {
        var text = new StringBuilder();
        Row(text, table.Columns.Select(column => column.Title));
        foreach (var row in table.Rows.Where(row => !row.Sum))
        {
            Row(text, row.Cells.Select(cell => cell.Number?.ToString("0.00", CultureInfo.InvariantCulture) ?? cell.Text));
        }

        return File(text);
    }

    /// <summary>The bytes of a text, with the mark by which spreadsheets know UTF-8.</summary>
    public static byte[] File(StringBuilder text) => [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text.ToString())];

    /// <summary>Adds a row.</summary>
    public static void Row(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    /// <summary>A cell: quoted, and a text that a spreadsheet could take for a formula gets an apostrophe in front.</summary>
    public static string Cell(string value)
    {
        var risky = value is ['=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠' or '\t' or '\r' or '\n', ..]
            && !decimal.TryParse(value, Plain, CultureInfo.InvariantCulture, out _);
        var safe = risky ? "'" + value : value;
        return "\"" + safe.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }
}
