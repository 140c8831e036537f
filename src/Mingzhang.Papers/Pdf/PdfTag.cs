using System.Globalization;

namespace Mingzhang.Papers.Pdf;

/// <summary>An element of the structure by which a file is read aloud (ISO 32000-1, 14.7): kind, parts, pieces of pages.</summary>
internal sealed class PdfTag(string kind, PdfTag? parent)
{
    private readonly List<object> _kids = [];
    private int _number;

    /// <summary>A part of it.</summary>
    public PdfTag Add(string of)
    {
        var tag = new PdfTag(of, this);
        _kids.Add(tag);
        return tag;
    }

    /// <summary>Attributes, such as the scope of a head of a column.</summary>
    public string Attributes { get; init; } = "";

    /// <summary>A part with attributes.</summary>
    public PdfTag Add(string of, string attributes)
    {
        var tag = new PdfTag(of, this) { Attributes = attributes };
        _kids.Add(tag);
        return tag;
    }

    /// <summary>Says that a piece of a page belongs to it.</summary>
    public void Mark(PdfPage page) => _kids.Add((page, page.Mark(this)));

    /// <summary>Numbers it and its parts.</summary>
    public void Number(PdfObjects objects)
    {
        _number = objects.Reserve();
        foreach (var tag in _kids.OfType<PdfTag>())
        {
            tag.Number(objects);
        }
    }

    /// <summary>Its reference.</summary>
    public string Reference => string.Create(CultureInfo.InvariantCulture, $"{_number} 0 R");

    /// <summary>Writes it and its parts.</summary>
    public void Write(PdfObjects objects, string root)
    {
        var kids = string.Join(' ', _kids.Select(kid => kid switch
        {
            PdfTag tag => tag.Reference,
            (PdfPage page, int mark) => string.Create(
                CultureInfo.InvariantCulture, $"<< /Type /MCR /Pg {page.Number} 0 R /MCID {mark} >>"),
            _ => throw new InvalidOperationException("a third kind of part"),
        }));
        objects.Put(_number, $"<< /Type /StructElem /S /{kind} /P {parent?.Reference ?? root}{Attributes} /K [{kids}] >>");
        foreach (var tag in _kids.OfType<PdfTag>())
        {
            tag.Write(objects, root);
        }
    }
}
