using Mingzhang.Papers.Documents;
using Mingzhang.Papers.Fonts;
using Mingzhang.Papers.Pdf;

namespace Mingzhang.Papers;

/// <summary>Papers as PDF.</summary>
public sealed class PdfWriterTests
{
    private const string Rare = "䶮㛃㙱㼆𬭎𠅤𫖯龘鿏㐂";

    internal static Paper Sample(int rows = 60, string language = "zh-CN") => new()
    {
        Title = "交易明细", Language = language, Author = "信用月付（示例）", Mark = "C0012-00001-7",
        MadeAt = new DateTimeOffset(2026, 8, 4, 4, 31, 0, TimeSpan.Zero), Foot = "第 {0} 页，共 {1} 页",
        Blocks =
        [
            new Heading("交易明细", 1),
            new Paragraph(
                $"兹证明客户王{Rare}（证件号码 110***********002X）在本平台开立的消费信贷账户 6288000000001037，截至 2026-08-04，"
                + "全部本金、利息、手续费及违约金共 1,234,567.89 元均已结清。The account number 6288000000001037 is never broken in two."),
            new FactList([("客户", "王" + Rare), ("账户", "6288000000001037"), ("期间", "2021-08-05 至 2026-08-04")]),
            new Heading("明细", 2),
            new PaperTable(
                "明细", [new("日期", 14), new("事项", 40), new("金额（元）", 18, Side.Right)],
                [
                    .. Enumerable.Range(0, rows).Select(i => new PaperRow(
                        [PaperCell.Of(new DateOnly(2026, 1, 1).AddDays(i)), "消费 咖啡店 Café No. " + i, PaperCell.OfMinor(-1234 - i)])),
                    new PaperRow(["合计", "", PaperCell.OfMinor(-123456)], Sum: true),
                ]),
            new Paragraph("在「证明验真」页面输入编号与验真码，可核对本证明。") { Small = true },
        ],
    };

    internal static byte[] Print(Paper paper)
    {
        var bytes = Assert.IsType<PrintedFile>(PdfWriter.Write(paper, PaperFont.Shipped)).Bytes;
        if (Environment.GetEnvironmentVariable("MZ_LOOK") is { } folder)
        {
            File.WriteAllBytes(Path.Combine(folder, "sample.pdf"), bytes);
        }

        return bytes;
    }

    [Fact]
    public void The_same_paper_gives_the_same_bytes() => Assert.Equal(Print(Sample()), Print(Sample()));

    [Fact]
    public void A_character_the_font_lacks_is_named_and_nothing_is_printed()
    {
        var missing = Assert.IsType<CharacterMissing>(PdfWriter.Write(Sample() with { Mark = "😀" }, PaperFont.Shipped));
        Assert.Equal(0x1F600, missing.Character.Value);
    }

    [Fact]
    public void The_text_comes_out_as_it_was_written()
    {
        var text = Run("pdftotext", Print(Sample()), "-layout");
        Assert.Contains(Rare, text.Replace("\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("6288000000001037", text, StringComparison.Ordinal);
        Assert.Contains("1,234,567.89", text, StringComparison.Ordinal);
        Assert.Contains("-1,234.56", text, StringComparison.Ordinal);
        Assert.Contains("第 3 页，共 3 页", text, StringComparison.Ordinal);
        Assert.Equal(3, text.Split("金额（元）").Length - 1); // the head stands on every page
    }

    [Fact]
    public void A_checker_finds_nothing_wrong() =>
        Assert.Contains("No syntax or stream encoding errors", Run("qpdf", Print(Sample()), "--check"), StringComparison.Ordinal);

    [Fact]
    public void It_can_be_read_aloud()
    {
        var tags = Run("pdfinfo", Print(Sample(3)), "-struct");
        foreach (var kind in new[] { "Document", "H1", "H2", "P", "Table", "TR", "TH", "TD" })
        {
            Assert.Contains(kind, tags, StringComparison.Ordinal);
        }
    }

    /// <summary>Runs a tool of poppler-utils or qpdf on a file; the test is skipped when it is not installed.</summary>
    internal static string Run(string tool, byte[] file, string option)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".pdf");
        File.WriteAllBytes(path, file);
        try
        {
            return Tool.Output(tool, tool == "pdftotext" ? [option, path, "-"] : [option, path]);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
