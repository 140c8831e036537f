using System.IO.Compression;
using System.Text;
using Mingzhang.Papers.Fonts;
using Mingzhang.Papers.Pdf;
using Mingzhang.Papers.Signing;

namespace Mingzhang.Papers;

/// <summary>Signatures of papers: good for exactly the bytes that were signed.</summary>
public sealed class SignedFileTests
{
    private static readonly DateTimeOffset From = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Facts = Encoding.UTF8.GetBytes("""{"number":"C0012-00001-7","name":"王𬭎"}""");
    private static readonly SigningKey Key = SigningKey.New("Mingzhang certificates", From);

    private static byte[] Pdf()
    {
        var attachment = new PdfAttachment("certificate.json", "application/json", "facts", Facts);
        var written = PdfWriter.Write(PdfWriterTests.Sample(4), PaperFont.Shipped, attachment, SignedFile.PdfRoom);
        return SignedFile.Sign(Assert.IsType<PrintedFile>(written).Bytes, Key);
    }

    private static byte[] Zip()
    {
        using var target = new MemoryStream();
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry(SignedFile.FactsPath).Open();
            entry.Write(Facts);
        }

        return SignedFile.Sign(target.ToArray(), Key);
    }

    public static TheoryData<string> Kinds => ["pdf", "zip"];

    private static byte[] Of(string kind) => kind == "pdf" ? Pdf() : Zip();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_signed_file_is_intact_and_tells_its_facts(string kind)
    {
        var intact = Assert.IsType<FileIntact>(SignedFile.Check(Of(kind)));
        Assert.True(intact.Signer.IsSameAs(Key.Public));
        Assert.Equal(Facts, intact.Facts);
    }

    /// <summary>Every byte of the small file; of the large one every 41st, and every third of the signature.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_flipped_bit_in_any_byte_breaks_it(string kind)
    {
        var file = Of(kind);
        var signature = kind == "pdf" ? file.AsSpan().IndexOf("/ByteRange"u8) : 0;
        for (var at = 0; at < file.Length; at++)
        {
            if (kind == "pdf" && at % 41 != 0 && (at < signature || at > signature + 3500 || at % 3 != 0))
            {
                continue;
            }

            // The first turns a capital letter into a small one, which many readers take for the same; the second a digit into a digit.
            foreach (byte bit in new byte[] { 0x20, 0x01 })
            {
                file[at] ^= bit;
                Assert.True(SignedFile.Check(file) is FileBroken, $"byte {at} of {file.Length} was changed and nobody saw it");
                file[at] ^= bit;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_byte_more_or_less_breaks_it(string kind)
    {
        var file = Of(kind);
        Assert.IsType<FileBroken>(SignedFile.Check([.. file, 0]));
        Assert.IsType<FileBroken>(SignedFile.Check(file[..^1]));
        Assert.IsType<FileBroken>(SignedFile.Check([(byte)'%', .. file]));
        Assert.IsType<FileBroken>(SignedFile.Check([]));
    }

    [Fact]
    public void A_file_signed_by_somebody_else_names_another_key()
    {
        using var other = SigningKey.New("Mingzhang certificates", From);
        var file = Assert.IsType<PrintedFile>(
            PdfWriter.Write(PdfWriterTests.Sample(1), PaperFont.Shipped, null, SignedFile.PdfRoom)).Bytes;
        var intact = Assert.IsType<FileIntact>(SignedFile.Check(SignedFile.Sign(file, other)));
        Assert.False(intact.Signer.IsSameAs(Key.Public));
        Assert.NotEqual(Key.Public.Id, intact.Signer.Id);
    }

    [Fact]
    public void A_kept_key_signs_on_and_its_published_form_reads_back()
    {
        using var again = SigningKey.Read(Key.Export(), Key.Public.Certificate);
        Assert.Equal(Key.Public.Id, again.Public.Id);
        Assert.True(Assert.Single(VerifyingKey.ReadPem("text\n" + again.Public.Pem)).IsSameAs(Key.Public));
        Assert.Empty(VerifyingKey.ReadPem("nothing"));
    }

    /// <summary>Another's program agrees that the PDF is whole.</summary>
    [Fact]
    public void A_reader_of_pdf_finds_the_signature_valid()
    {
        var file = Pdf();
        if (Environment.GetEnvironmentVariable("MZ_LOOK") is { } folder)
        {
            File.WriteAllBytes(Path.Combine(folder, "signed.pdf"), file);
            File.WriteAllBytes(Path.Combine(folder, "signed.zip"), Zip());
        }

        Assert.Contains("No syntax or stream encoding errors", PdfWriterTests.Run("qpdf", file, "--check"), StringComparison.Ordinal);
        Assert.Contains("Signature is Valid", PdfWriterTests.Run("pdfsig", file, "-nocert"), StringComparison.Ordinal);
    }
}
