using System.Text;
using Mingzhang.Domain.Values;
using Mingzhang.Papers.Documents;
using Mingzhang.Papers.Sheets;
using Mingzhang.Services.Notifications;

namespace Mingzhang.Papers;

/// <summary>What the holder is told of certificates, and the statement as text.</summary>
public sealed class CertificateNewsTests(CertificateHouse house) : IClassFixture<CertificateHouse>
{
    [Fact]
    public async Task Its_holder_is_told_when_it_is_made_once()
    {
        var ask = house.Settlement("frozen");
        var made = await house.MakeAsync(ask);
        await house.MakeAsync(ask);
        var told = Assert.Single(Told(made.Customer), one => one.Kind == "certificate-made");
        Assert.Equal(("settlement", made.Number.ToString()), (told.Fields["paper"], told.Fields["number"]));
        Assert.Equal(made.Account, told.Account);
    }

    [Fact]
    public async Task After_a_correction_the_holder_is_told_without_anybody_looking()
    {
        using var own = new CertificateHouse(); // an account is corrected
        var statement = await own.MakeAsync(own.Statement("closing"));
        var early = await own.MakeAsync(own.Statement("closing") with { To = new(2026, 3, 31) });
        await own.House.CatchUpFollowersAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, await own.Desk.LookAgainAsync());
        await own.ReturnLastRepaymentAsync(own.Of("closing"));
        await own.House.CatchUpFollowersAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, await own.Desk.LookAgainAsync());
        Assert.Equal(0, await own.Desk.LookAgainAsync());
        var told = Assert.Single(
            own.Notices.Of(statement.Customer, new NoticeQuery(false, ["certificate-superseded"], 10, 0)));
        Assert.Equal(statement.Number.ToString(), told.Fields["number"]);
        Assert.Equal(Services.Certificates.CertificateStatus.Valid, (await own.Desk.FindAsync(early.Number))!.Status);
    }

    [Fact]
    public async Task The_holder_reads_why_it_was_revoked()
    {
        var made = await house.MakeAsync(house.Statement("joint"));
        Assert.Null(await house.Desk.RevokeAsync(made.Number, "made by mistake"));
        await house.Desk.RevokeAsync(made.Number, "again");
        var told = Assert.Single(Told(made.Customer), one => one.Kind == "certificate-revoked");
        var said = NoticeWords.Say(NoticeBook.Shipped, told, new NoticeNames("Pay later", "1234", "王*"), chinese: false);
        Assert.Contains(
            $"statement of transactions {made.Number} of your Pay later back: made by mistake", said.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_statement_is_a_text_too_that_the_public_page_knows_by_its_hash()
    {
        var made = await house.MakeAsync(house.Statement("revolver"));
        var csv = house.Desk.Content(made, "csv")!;
        Assert.Equal(Encoding.UTF8.GetPreamble(), csv[..3]);
        var lines = Encoding.UTF8.GetString(csv[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var facts = Services.Certificates.SignedFacts.Read(
            Assert.IsType<Signing.FileIntact>(Signing.SignedFile.Check(house.Desk.Content(made, "pdf")!)).Facts)!;
        Assert.Equal(facts.Content.Lines.Count + 1, lines.Length);
        Assert.Equal("\"日期\",\"事项\",\"变动（元）\",\"欠款余额（元）\"", lines[0]);
        Assert.EndsWith($",\"{facts.Content.ClosingMinor / 100m:0.00}\"", lines[^1], StringComparison.Ordinal);
        var worth = await house.Desk.CheckAsync(csv);
        Assert.Equal(("valid", made.Number), (worth.Word, worth.Certificate!.Number));
        csv[^5] ^= 1;
        Assert.Equal("altered", (await house.Desk.CheckAsync(csv)).Word);
        Assert.DoesNotContain(house.Desk.Files(await house.MakeAsync(house.Settlement("frozen"))), file => file.Format == "csv");
    }

    [Fact]
    public void No_cell_of_a_text_is_a_formula_and_sums_are_left_out()
    {
        var table = new PaperTable("t", [new("=day", 1), new("what", 1), new("amount", 1)],
        [
            new([PaperCell.Of(new DateOnly(2026, 7, 5)), "=HYPERLINK(\"x\")", PaperCell.OfMinor(-123456)]),
            new(["", "sum", PaperCell.OfMinor(-123456)], Sum: true),
        ]);
        Assert.Equal(
            "\uFEFF\"'=day\",\"what\",\"amount\"\r\n\"2026-07-05\",\"'=HYPERLINK(\"\"x\"\")\",\"-1234.56\"\r\n",
            Encoding.UTF8.GetString(CsvWriter.Write(table)));
    }

    private IReadOnlyList<Notice> Told(CustomerId customer) => house.Notices.Of(customer, new NoticeQuery(false, null, 50, 0));
}
