using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using QRCoder;

namespace Mingzhang.Papers;

/// <summary>The code on a certificate leads to the page where it is checked, with the number and never with the secret.</summary>
public sealed partial class ScanCodeTests(CertificateHouse house) : IClassFixture<CertificateHouse>
{
    [GeneratedRegex(@"stream\n(.*?)\nendstream", RegexOptions.Singleline)]
    private static partial Regex Stream { get; }

    [GeneratedRegex(@"^(\S+) (\S+) (\S+) (\S+) re$", RegexOptions.Multiline)]
    private static partial Regex Rectangle { get; }

    [Fact]
    public async Task Its_modules_are_those_of_the_address_and_nothing_is_missing_or_added()
    {
        var made = await house.MakeAsync(house.Statement("cured"));
        var drawn = Drawn(house.Desk.Content(made, "pdf")!);
        using var expected = QRCodeGenerator.GenerateQrCode(
            $"https://pay.example.cn/verify/{made.Number}", QRCodeGenerator.ECCLevel.M);
        var rows = expected.ModuleMatrix;
        Assert.Equal(
            Enumerable.Range(0, rows.Count).SelectMany(y => Enumerable.Range(0, rows.Count).Where(x => rows[y][x]).Select(x => (x, y))),
            drawn.OrderBy(one => one.Y).ThenBy(one => one.X));
        Assert.DoesNotContain(drawn, one => one.X < 4 || one.Y < 4); // the quiet zone
    }

    [Fact]
    public async Task A_camera_reads_it_from_the_printed_page()
    {
        var made = await house.MakeAsync(house.Settlement("frozen") with { FullName = false });
        Assert.Equal($"https://pay.example.cn/verify/{made.Number}", Scan(house.Desk.Content(made, "pdf")!));
    }

    [Fact]
    public async Task A_house_without_an_address_prints_none()
    {
        var (made, _) = await house.DeskAt(null).MakeAsync(house.Statement("revolver") with { Chinese = false });
        Assert.Empty(Drawn(house.Desk.Content(made!, "pdf")!));
        Assert.DoesNotContain(
            "/verify/C", PdfWriterTests.Run("pdftotext", house.Desk.Content(made!, "pdf")!, "-raw"), StringComparison.Ordinal);
    }

    /// <summary>The dark modules of the figure in a PDF, counted from its own edges in modules of two points.</summary>
    private static List<(int X, int Y)> Drawn(byte[] pdf)
    {
        var figure = Stream.Matches(Encoding.Latin1.GetString(pdf)).Select(match => Inflated(match.Groups[1].Value))
            .FirstOrDefault(text => text.Contains("/Figure <<", StringComparison.Ordinal));
        if (figure is null)
        {
            return [];
        }

        var begin = figure.IndexOf("/Figure <<", StringComparison.Ordinal);
        var parts = Rectangle.Matches(figure[begin..figure.IndexOf("EMC", begin, StringComparison.Ordinal)])
            .Select(match => match.Groups.Values.Skip(1).Select(one => double.Parse(one.Value, CultureInfo.InvariantCulture)).ToArray())
            .ToList();
        Assert.All(parts, part => Assert.Equal(2, part[3]));
        var (left, top) = (parts.Min(part => part[0]), parts.Max(part => part[1]));
        return
        [
            .. parts.SelectMany(part => Enumerable.Range(0, Modules(part[2])).Select(i =>
                (4 + Modules(part[0] - left) + i, 4 + Modules(top - part[1])))),
        ];
    }

    private static int Modules(double points) => (int)Math.Round(points / 2);

    private static string Inflated(string stream)
    {
        try
        {
            using var zip = new ZLibStream(new MemoryStream(Encoding.Latin1.GetBytes(stream)), CompressionMode.Decompress);
            using var text = new StreamReader(zip, Encoding.Latin1);
            return text.ReadToEnd();
        }
        catch (InvalidDataException)
        {
            return ""; // not compressed: no page
        }
    }

    private static string Scan(byte[] pdf)
    {
        var folder = Directory.CreateTempSubdirectory("mz-scan-");
        try
        {
            var file = Path.Combine(folder.FullName, "paper.pdf");
            File.WriteAllBytes(file, pdf);
            _ = Tool.Output("pdftoppm", "-r", "100", "-png", file, Path.Combine(folder.FullName, "page"));
            return Tool.Output("zbarimg", ["--raw", "-q", .. Directory.GetFiles(folder.FullName, "*.png")]).Trim();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
