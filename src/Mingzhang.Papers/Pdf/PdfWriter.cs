using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Mingzhang.Papers.Documents;
using Mingzhang.Papers.Fonts;
using static Mingzhang.Papers.Pdf.PdfObjects;

namespace Mingzhang.Papers.Pdf;

/// <summary>What came of printing a paper.</summary>
public abstract record Printed
{
    private protected Printed()
    {
    }
}

/// <summary>The file.</summary>
public sealed record PrintedFile(byte[] Bytes) : Printed;

/// <summary>The font has no glyph for a character; nothing was printed rather than a box.</summary>
/// <param name="Character">Which.</param>
/// <param name="Text">The text it stands in.</param>
public sealed record CharacterMissing(Rune Character, string Text) : Printed;

/// <summary>A file that a PDF carries with it.</summary>
/// <param name="Name">Its name, letters of ASCII.</param>
/// <param name="MimeType">Such as <c>application/json</c>.</param>
/// <param name="About">What it is, for people.</param>
/// <param name="Bytes">Its content.</param>
public sealed record PdfAttachment(string Name, string MimeType, string About, byte[] Bytes);

/// <summary>
/// Writes papers as PDF 1.7 (ISO 32000-1): the text can be copied and read aloud, the font is embedded, and the same paper gives the same
/// bytes.
/// </summary>
public static class PdfWriter
{
    /// <summary>Prints a paper.</summary>
    /// <param name="paper">What stands on it.</param>
    /// <param name="font">In which letters.</param>
    /// <param name="attachment">What it carries, or null.</param>
    /// <param name="signatureBytes">Room for a signature in bytes; 0 = none, see <c>PdfSignature</c>.</param>
    public static Printed Write(Paper paper, TrueTypeFont font, PdfAttachment? attachment = null, int signatureBytes = 0)
    {
        foreach (var text in paper.Texts)
        {
            if (font.FirstMissing(text) is { } missing)
            {
                return new CharacterMissing(missing, text);
            }
        }

        var (objects, used) = (new PdfObjects(), new PdfFont(font));
        var layout = new PaperLayout(paper, font, used);
        var (root, tree) = (objects.Reserve(), objects.Reserve());
        var field = signatureBytes > 0 ? Signature(paper, objects, signatureBytes) : 0;
        WritePages(layout, objects, used, field, tree, out var pages);
        var entries = new StringBuilder();
        if (attachment is not null)
        {
            var file = Attach(attachment, paper.MadeAt, objects);
            entries.Append(
                CultureInfo.InvariantCulture,
                $" /Names << /EmbeddedFiles << /Names [({attachment.Name}) {file} 0 R] >> >> /AF [{file} 0 R]");
        }

        if (field > 0)
        {
            entries.Append(CultureInfo.InvariantCulture, $" /AcroForm << /SigFlags 3 /Fields [{field} 0 R] >>");
        }

        objects.Put(
            root,
            $"<< /Type /Catalog /Pages {pages} 0 R /Lang ({paper.Language}) /MarkInfo << /Marked true >> /StructTreeRoot {tree} 0 R "
            + $"/ViewerPreferences << /DisplayDocTitle true >>{entries} >>");
        var info = objects.Add(
            $"<< /Title {Text(paper.Title)} /Author {Text(paper.Author)} /CreationDate {Date(paper.MadeAt)} /Producer (Mingzhang) >>");
        return new PrintedFile(objects.Save(root, info, IdOf(paper)));
    }

    private static string IdOf(Paper paper) => Convert.ToHexString(
        SHA256.HashData(Encoding.UTF8.GetBytes(paper.Mark + paper.Title + Date(paper.MadeAt))))[..32];

    private static void WritePages(PaperLayout layout, PdfObjects objects, PdfFont used, int field, int tree, out int pages)
    {
        pages = objects.Reserve();
        foreach (var page in layout.Pages)
        {
            page.Number = objects.Reserve();
        }

        layout.Document.Number(objects);
        var font = used.AddTo(objects);
        var marks = new StringBuilder();
        for (var i = 0; i < layout.Pages.Count; i++)
        {
            var page = layout.Pages[i];
            var content = objects.AddStream(page.Content());
            var widget = field > 0 && i == 0 ? $" /Annots [{field} 0 R]" : "";
            objects.Put(
                page.Number,
                $"<< /Type /Page /Parent {pages} 0 R /MediaBox [0 0 {N(PdfPage.Width)} {N(PdfPage.Height)}] /Resources << /Font << /F1 "
                + $"{font} 0 R >> >> /Contents {content} 0 R /StructParents {i} /Tabs /S{widget} >>");
            marks.Append(CultureInfo.InvariantCulture, $"{i} [{string.Join(' ', page.Marks.Select(tag => tag.Reference))}] ");
        }

        var kids = string.Join(' ', layout.Pages.Select(page => $"{page.Number} 0 R"));
        objects.Put(pages, $"<< /Type /Pages /Count {layout.Pages.Count} /Kids [{kids}] >>");
        objects.Put(
            tree,
            $"<< /Type /StructTreeRoot /K [{layout.Document.Reference}] /ParentTree << /Nums [{marks}] >> "
            + $"/ParentTreeNextKey {layout.Pages.Count} >>");
        layout.Document.Write(objects, $"{tree} 0 R");
    }

    private static int Attach(PdfAttachment attachment, DateTimeOffset at, PdfObjects objects)
    {
        var mime = attachment.MimeType.Replace("/", "#2F", StringComparison.Ordinal);
        var stream = objects.AddStream(
            attachment.Bytes,
            $" /Type /EmbeddedFile /Subtype /{mime} /Params << /Size {attachment.Bytes.Length} /ModDate {Date(at)} >>", plain: true);
        return objects.Add(
            $"<< /Type /Filespec /F ({attachment.Name}) /UF {Text(attachment.Name)} /Desc {Text(attachment.About)} "
            + $"/AFRelationship /Data /EF << /F {stream} 0 R /UF {stream} 0 R >> >>");
    }

    private static int Signature(Paper paper, PdfObjects objects, int bytes)
    {
        var value = objects.Add(
            "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached "
            + $"/ByteRange [0 0000000000 0000000000 0000000000] /M {Date(paper.MadeAt)} /Name {Text(paper.Author)} "
            + $"/Contents <{new string('0', bytes * 2)}> >>");
        return objects.Add(
            $"<< /Type /Annot /Subtype /Widget /FT /Sig /T (certificate) /V {value} 0 R /F 132 /Rect [0 0 0 0] >>");
    }
}
