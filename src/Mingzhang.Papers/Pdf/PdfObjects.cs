using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Mingzhang.Papers.Pdf;

/// <summary>The objects of a PDF file (ISO 32000-1, 7.3), numbered from 1, and how they become a file.</summary>
internal sealed class PdfObjects
{
    private readonly List<byte[]?> _objects = [];

    /// <summary>A number for an object to come.</summary>
    public int Reserve()
    {
        _objects.Add(null);
        return _objects.Count;
    }

    /// <summary>Writes a reserved object.</summary>
    public void Put(int number, string body) => _objects[number - 1] = Latin(body);

    /// <summary>A new object.</summary>
    public int Add(string body)
    {
        var number = Reserve();
        Put(number, body);
        return number;
    }

    /// <summary>A new stream, compressed unless it has to be found by others.</summary>
    public int AddStream(ReadOnlySpan<byte> data, string entries = "", bool plain = false)
    {
        var content = plain ? data.ToArray() : Deflated(data);
        var filter = plain ? "" : " /Filter /FlateDecode";
        _objects.Add([.. Latin($"<< /Length {content.Length}{filter}{entries} >>\nstream\n"), .. content, .. Latin("\nendstream")]);
        return _objects.Count;
    }

    /// <summary>A file of the objects. The same objects give the same bytes.</summary>
    /// <param name="root">The catalogue.</param>
    /// <param name="info">The properties.</param>
    /// <param name="id">Two hexadecimal digits for each byte of the file's identifier.</param>
    public byte[] Save(int root, int info, string id)
    {
        using var file = new MemoryStream();
        file.Write([.. Latin("%PDF-1.7\n%"), 0xE2, 0xE3, 0xCF, 0xD3, (byte)'\n']);
        var places = new StringBuilder();
        for (var i = 0; i < _objects.Count; i++)
        {
            places.Append(CultureInfo.InvariantCulture, $"{file.Position:0000000000} 00000 n \n");
            file.Write(Latin($"{i + 1} 0 obj\n"));
            file.Write(_objects[i] ?? throw new InvalidOperationException($"PDF object {i + 1} was reserved and not written."));
            file.Write("\nendobj\n"u8);
        }

        var start = file.Position;
        file.Write(Latin($"xref\n0 {_objects.Count + 1}\n0000000000 65535 f \n{places}"));
        file.Write(Latin($"trailer\n<< /Size {_objects.Count + 1} /Root {root} 0 R /Info {info} 0 R /ID [<{id}><{id}>] >>\n"));
        file.Write(Latin($"startxref\n{start}\n%%EOF\n"));
        return file.ToArray();
    }

    /// <summary>A text as PDF writes it: UTF-16, hexadecimal.</summary>
    public static string Text(string text) => "<FEFF" + Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text)) + ">";

    /// <summary>A number as PDF writes it, to a thousandth.</summary>
    public static string N(double value) => Math.Round(value, 3).ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>An instant as PDF writes it.</summary>
    public static string Date(DateTimeOffset at) =>
        at.UtcDateTime.ToString("'(D:'yyyyMMddHHmmss'Z)'", CultureInfo.InvariantCulture);

    /// <summary>One byte for each character.</summary>
    public static byte[] Latin(FormattableString text) => Latin(FormattableString.Invariant(text));

    /// <summary>One byte for each character.</summary>
    public static byte[] Latin(string text) => Encoding.Latin1.GetBytes(text);

    private static byte[] Deflated(ReadOnlySpan<byte> data)
    {
        using var target = new MemoryStream();
        using (var zip = new ZLibStream(target, CompressionLevel.Optimal, leaveOpen: true))
        {
            zip.Write(data);
        }

        return target.ToArray();
    }
}
