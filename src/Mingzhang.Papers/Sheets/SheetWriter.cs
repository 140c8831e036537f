using System.Globalization;
using System.IO.Packaging;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Mingzhang.Papers.Documents;

namespace Mingzhang.Papers.Sheets;

/// <summary>
/// Writes papers as spreadsheets (XLSX, ECMA-376): headings, texts and facts on the first sheet, every table on one of its own. Amounts are
/// numbers and days are days, so that a program can go on with them; a text is never a formula.
/// </summary>
public static class SheetWriter
{
    private const string FactsRelation = "urn:mingzhang:certificate-facts";

    /// <summary>Writes a paper row by row, as a stream.</summary>
    /// <param name="paper">What stands on it.</param>
    /// <param name="extra">A file to carry inside: its path and bytes.</param>
    public static byte[] Write(Paper paper, (string Path, byte[] Bytes)? extra = null)
    {
        using var target = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(target, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            SheetStyles.AddTo(book);
            var names = new List<string> { Name(paper.Title, []) };
            var parts = new List<WorksheetPart> { book.AddNewPart<WorksheetPart>() };
            First(parts[0], paper);
            foreach (var table in paper.Blocks.OfType<PaperTable>())
            {
                names.Add(Name(table.Name, names));
                parts.Add(book.AddNewPart<WorksheetPart>());
                Table(parts[^1], table);
            }

            book.Workbook = new Workbook(new DocumentFormat.OpenXml.Spreadsheet.Sheets(parts.Select((part, i) =>
                new Sheet { Id = book.GetIdOfPart(part), SheetId = (uint)(i + 1), Name = names[i] })));
            document.PackageProperties.Title = paper.Title;
            document.PackageProperties.Creator = paper.Author;
            document.PackageProperties.Language = paper.Language;
            document.PackageProperties.Created = paper.MadeAt.UtcDateTime;
            document.PackageProperties.Modified = paper.MadeAt.UtcDateTime;
        }

        if (extra is { } file)
        {
            Carry(target, file.Path, file.Bytes);
        }

        return target.ToArray();
    }

    private static void First(WorksheetPart part, Paper paper)
    {
        using var sheet = new SheetRows(part, [28, 60]);
        sheet.Row(SheetStyles.Plain, paper.Author, paper.Mark);
        foreach (var block in paper.Blocks)
        {
            switch (block)
            {
                case Heading heading:
                    sheet.Row(heading.Level == 1 ? SheetStyles.Title : SheetStyles.Bold, PaperCell.Of(heading.Text));
                    break;
                case Paragraph text:
                    sheet.Row(SheetStyles.Plain, PaperCell.Of(text.Text));
                    break;
                case FactList facts:
                    foreach (var (name, value) in facts.Facts)
                    {
                        sheet.Row(SheetStyles.Plain, PaperCell.Of(name), value);
                    }

                    break;
                case ScanCode code:
                    sheet.Row(SheetStyles.Plain, code.Text, code.Address);
                    break;
                default:
                    // The rest: tables, which stand on sheets of their own.
                    break;
            }
        }
    }

    private static void Table(WorksheetPart part, PaperTable table)
    {
        var share = table.Columns.Sum(column => column.Share);
        using var sheet = new SheetRows(part, [.. table.Columns.Select(column => Math.Max(14.0, 110.0 * column.Share / share))]);
        sheet.Row(SheetStyles.Head, [.. table.Columns.Select(column => PaperCell.Of(column.Title))]);
        foreach (var row in table.Rows)
        {
            sheet.Row(row.Sum ? SheetStyles.Bold : SheetStyles.Plain, [.. row.Cells]);
        }
    }

    // Excel takes 31 characters, none of these, and each name once.
    private static string Name(string wanted, List<string> taken)
    {
        var plain = new string([.. wanted.Where(letter => !@"\/*?:[]".Contains(letter, StringComparison.Ordinal))]);
        plain = plain.Length > 28 ? plain[..28] : plain;
        for (var i = 1; ; i++)
        {
            var name = i == 1 ? plain : string.Create(CultureInfo.InvariantCulture, $"{plain} {i}");
            if (!taken.Contains(name))
            {
                return name;
            }
        }
    }

    // A part of the package like any other, so that programs which open it find nothing amiss.
    private static void Carry(MemoryStream book, string path, byte[] bytes)
    {
        using var package = Package.Open(book, FileMode.Open, FileAccess.ReadWrite);
        var address = new Uri("/" + path, UriKind.Relative);
        using (var stream = package.CreatePart(address, "application/json", CompressionOption.Normal).GetStream())
        {
            stream.Write(bytes);
        }

        package.CreateRelationship(address, TargetMode.Internal, FactsRelation);
    }
}
