using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Certificates;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Values;
using Mingzhang.Papers.Signing;
using Mingzhang.Services.Certificates;
using Mingzhang.Services.People;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Sandbox;

namespace Mingzhang.Papers;

/// <summary>Certificates of the demo accounts: only for what is settled, equal to the books to the fen, and kept true.</summary>
public sealed class CertificateTests(CertificateHouse house) : IClassFixture<CertificateHouse>
{
    [Fact]
    public async Task Before_settlement_it_is_refused_with_what_is_left_to_the_fen()
    {
        var view = (await new AccountReader(house.House).GlanceAsync(house.Of("revolver")))!;
        var no = Assert.IsType<NotSettled>(await house.NoAsync(house.Settlement("revolver")));
        Assert.Equal(view.TotalDebt, no.Left);
        Assert.Equal("CNY339999", no.Left.ToString());
        Assert.Equal(870, no.Code.Number);
    }

    [Fact]
    public void An_account_that_never_owed_has_nothing_to_certify()
    {
        var opened = house.Settlement("revolver") with { From = DemoHouse.FirstDay, To = DemoHouse.FirstDay };
        Assert.IsType<NeverOwed>(new CertificateReader(house.House).Read(opened, house.House.History(opened.Account)).Refusal);
    }

    [Fact]
    public void What_is_under_way_has_to_end_first()
    {
        // A purchase that is authorised and not posted, a payment sent and not confirmed: nothing is owed yet, but will be.
        var reader = new CertificateReader(house.House);
        var found =
            from story in Stories.Select(row => row.Data)
            let history = house.House.History(house.Of(story))
            from day in history.SelectMany(entry => entry.Events).Select(happened => happened.EffectiveOn).Distinct()
            let ask = house.Settlement(story) with { From = day, To = day }
            select reader.Read(ask, history).Refusal as MattersOpen into refusal
            where refusal is not null
            select refusal;
        Assert.Equal(1, found.First().Open);
    }

    [Fact]
    public async Task A_running_loan_is_refused_with_what_settles_it()
    {
        var id = (await house.House.ReadAsync(house.Of("loan")))!.Loans[0].Id;
        var no = Assert.IsType<NotSettled>(await house.NoAsync(house.Settlement("loan", id)));
        Assert.True(no.Left.IsPositive);
        Assert.IsType<Domain.Loans.LoanUnknown>(await house.NoAsync(house.Settlement("loan", "none")));
    }

    [Theory]
    [InlineData(1, 0, false)] // from after to
    [InlineData(0, 1, false)] // to after today
    [InlineData(-1826, 0, false)] // a day more than five years: 2021-07-05 to 2026-07-05
    [InlineData(-1825, 0, true)] // exactly five: 2021-07-06
    public async Task A_statement_spans_five_years_at_most_and_ends_today_at_the_latest(int from, int to, bool good)
    {
        var ask = house.Statement("revolver") with { From = DemoHouse.Today.AddDays(from), To = DemoHouse.Today.AddDays(to) };
        var (_, refusal) = await house.Desk.MakeAsync(ask);
        Assert.Equal(good, refusal is not StatementRangeWrong);
    }

    [Fact]
    public async Task A_range_without_transactions_says_so()
    {
        var ask = house.Statement("revolver") with { From = new(2026, 3, 3), To = new(2026, 3, 7) };
        Assert.IsType<StatementEmpty>(await house.NoAsync(ask));
    }

    public static TheoryData<string> Stories => [.. DemoCustomer.All.Select(one => one.Story).Where(story => story != "new")];

    [Theory]
    [MemberData(nameof(Stories))]
    public async Task A_statement_leads_from_opening_to_what_the_account_owes(string story)
    {
        var state = house.House.AsOf(house.Of(story), DemoHouse.Today, DemoHouse.Today)!;
        var owed = state.Items.Sum(item => item.Unpaid.MinorUnits) - state.CreditBalance.MinorUnits;
        var made = await house.MakeAsync(house.Statement(story));
        var facts = FactsOf(made, "pdf");
        Assert.Equal(0, facts.Content.OpeningMinor);
        Assert.Equal(owed, facts.Content.ClosingMinor);
        Assert.Equal(owed, facts.Content.Lines.Sum(line => line.ChangeMinor));
        Assert.All(facts.Content.Lines, line => Assert.NotEqual(line.Event, CertificateWords.In(true).Event(line.Event)));
        var half = house.Statement(story) with { From = new(2026, 5, 10) };
        var (later, _) = await house.Desk.MakeAsync(half);
        if (later is not null)
        {
            var second = FactsOf(later, "xlsx").Content;
            Assert.Equal(facts.Content.Lines.Where(line => line.On < half.From).Sum(line => line.ChangeMinor), second.OpeningMinor);
            Assert.Equal(owed, second.ClosingMinor);
        }
    }

    [Fact]
    public async Task A_settled_account_is_certified_and_every_component_is_zero()
    {
        var made = await house.MakeAsync(house.Settlement("frozen"));
        var facts = FactsOf(made, "pdf");
        Assert.All(facts.Content.Parts, part => Assert.Equal(0, part.LeftMinor));
        Assert.Equal(new DateOnly(2026, 7, 2), facts.Content.SettledOn);
        Assert.Equal("赵启航", facts.Name);
        var pdf = house.Desk.Content(made, "pdf")!;
        var text = PdfWriterTests.Run("pdftotext", pdf, "-layout");
        Assert.Contains(made.Number.ToString(), text, StringComparison.Ordinal);
        Assert.Contains("赵启航", text, StringComparison.Ordinal);
        Assert.Contains(house.Desk.Code(made)!, text, StringComparison.Ordinal);
        Assert.Contains("No syntax or stream encoding errors", PdfWriterTests.Run("qpdf", pdf, "--check"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_ask_gives_the_same_certificate_and_another_name_another()
    {
        var ask = house.Settlement("frozen");
        var first = await house.MakeAsync(ask);
        Assert.Equal(first.Number, (await house.MakeAsync(ask)).Number);
        Assert.Equal(first.Number, (await house.MakeAsync(ask with { Key = house.NewKey() })).Number);
        var masked = await house.MakeAsync(ask with { Key = house.NewKey(), FullName = false });
        Assert.NotEqual(first.Number, masked.Number);
        Assert.Equal("赵**", FactsOf(masked, "pdf").Name);
        var english = await house.MakeAsync(ask with { Key = house.NewKey(), Chinese = false });
        Assert.Contains("Settlement certificate", PdfWriterTests.Run("pdftotext", house.Desk.Content(english, "pdf")!, "-layout"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Number_and_code_together_are_found_and_nothing_else_is()
    {
        var made = await house.MakeAsync(house.Statement("cured"));
        var code = house.Desk.Code(made)!;
        Assert.Equal("valid", (await house.Desk.CheckAsync(made.Number.ToString(), code)).Word);
#pragma warning disable CA1308 // people type small letters
        Assert.Equal("valid", (await house.Desk.CheckAsync(made.Number.ToString(), " " + code.ToLowerInvariant().Replace('-', ' '))).Word);
#pragma warning restore CA1308
        Assert.Equal("unknown", (await house.Desk.CheckAsync(made.Number.ToString(), "0000-0000-0000-0000")).Word);
        Assert.Equal("unknown", (await house.Desk.CheckAsync(made.Number.ToString(), null)).Word);
        Assert.Equal("unknown", (await house.Desk.CheckAsync("C0001-00001-0", code)).Word);
    }

    [Fact]
    public async Task A_file_is_checked_byte_by_byte()
    {
        var made = await house.MakeAsync(house.Statement("plan"));
        foreach (var format in new[] { "pdf", "xlsx" })
        {
            var file = house.Desk.Content(made, format)!;
            Assert.Equal("valid", (await house.Desk.CheckAsync(file)).Word);
            file[file.Length / 2] ^= 1;
            Assert.Equal("altered", (await house.Desk.CheckAsync(file)).Word);
        }

        Assert.Equal("altered", (await house.Desk.CheckAsync("%PDF-1.7 nothing"u8.ToArray())).Word);
    }

    [Fact]
    public async Task After_a_correction_it_is_superseded_and_after_mere_time_it_is_not()
    {
        var account = house.Of("closing");
        var statement = await house.MakeAsync(house.Statement("closing"));
        var early = await house.MakeAsync(house.Statement("closing") with { To = new(2026, 3, 31) });
        await house.ReturnLastRepaymentAsync(account);
        Assert.Equal(CertificateStatus.Superseded, (await house.Desk.FindAsync(statement.Number))!.Status);
        Assert.Equal(CertificateStatus.Valid, (await house.Desk.FindAsync(early.Number))!.Status);
        var code = house.Desk.Code(statement);
        Assert.Equal("superseded", (await house.Desk.CheckAsync(statement.Number.ToString(), code)).Word);
        Assert.NotEqual(statement.Number, (await house.MakeAsync(house.Statement("closing"))).Number);
    }

    [Fact]
    public async Task What_is_revoked_stays_so_and_is_revoked_once()
    {
        var made = await house.MakeAsync(house.Statement("joint"));
        Assert.Null(await house.Desk.RevokeAsync(made.Number, "made by mistake"));
        Assert.Equal("revoked", (await house.Desk.CheckAsync(house.Desk.Content(made, "pdf")!)).Word);
        Assert.IsType<CertificateNotValid>(await house.Desk.RevokeAsync(made.Number, "again"));
        Assert.IsType<CertificateUnknown>(await house.Desk.RevokeAsync(new CertificateNumber(3, 9), "none"));
    }

    [Fact]
    public async Task After_the_key_was_changed_what_the_old_one_signed_is_still_good()
    {
        var before = await house.MakeAsync(house.Statement("loan"));
        var next = await house.Signing.RotateAsync();
        var after = await house.MakeAsync(house.Statement("loan") with { FullName = false });
        Assert.NotEqual(before.KeyId, after.KeyId);
        Assert.Equal(next, after.KeyId);
        Assert.Equal("valid", (await house.Desk.CheckAsync(house.Desk.Content(before, "pdf")!)).Word);
        Assert.Equal("valid", (await house.Desk.CheckAsync(house.Desk.Content(after, "xlsx")!)).Word);
        Assert.Contains(house.Signing.Public, key => key.Id == before.KeyId);
    }

    [Fact]
    public async Task Rare_characters_of_a_name_print_and_one_without_a_glyph_is_refused_by_name()
    {
        const string rare = "王䶮㛃㙱㼆𬭎𠅤𫖯龘鿏㐂";
        using var own = new CertificateHouse(); // a name is changed: the other tests keep theirs
        var person = own.People.Find(own.Of("reserve").Customer)!;
        await own.People.ChangeAsync(person with { Name = rare });
        var made = await own.MakeAsync(own.Statement("reserve"));
        Assert.Contains(rare, PdfWriterTests.Run("pdftotext", own.Desk.Content(made, "pdf")!, "-raw"), StringComparison.Ordinal);
        await own.People.ChangeAsync(person with { Name = "王\U0001F600" });
        var no = Assert.IsType<CharacterNotPrintable>(await own.NoAsync(own.Statement("reserve") with { Chinese = false }));
        Assert.Equal("U+1F600", no.CodePoint);
    }

    [Fact]
    public async Task Nobody_without_a_name_gets_one_and_nobody_gets_many_in_a_day()
    {
        Assert.IsType<CertificatePersonUnknown>(
            await house.NoAsync(house.Statement("revolver") with { Account = AccountId.Of(new CustomerId(77), 1) }));
        using var own = new CertificateHouse(); // a day's number is used up: not the other tests'
        Refusal? refusal = null;
        for (var i = 0; i <= CertificateDesk.MostADay && refusal is null; i++)
        {
            (_, refusal) = await own.Desk.MakeAsync(own.Statement("bank-line") with { To = DemoHouse.Today.AddDays(-i) });
        }

        Assert.Equal(30, Assert.IsType<TooManyCertificates>(refusal).Most);
    }

    [Fact]
    public async Task It_is_made_checked_superseded_and_revoked_on_PostgreSQL_too()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("MZ_LONG") is null, "takes a minute: set MZ_LONG=1");
        using var server = new CertificateHouse(server: true);
        var made = await server.MakeAsync(server.Statement("closing"));
        var settled = await server.MakeAsync(server.Settlement("frozen"));
        Assert.Equal("valid", (await server.Desk.CheckAsync(server.Desk.Content(made, "pdf")!)).Word);
        Assert.Equal("valid", (await server.Desk.CheckAsync(settled.Number.ToString(), server.Desk.Code(settled))).Word);
        Assert.Equal("valid", (await server.Desk.CheckAsync(server.Desk.Content(made, "csv")!)).Word);
        await server.ReturnLastRepaymentAsync(server.Of("closing"));
        await server.House.CatchUpFollowersAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, await server.Desk.LookAgainAsync());
        Assert.Equal("superseded", (await server.Desk.CheckAsync(server.Desk.Content(made, "xlsx")!)).Word);
        Assert.Null(await server.Desk.RevokeAsync(settled.Number, "a mistake"));
        Assert.Equal("revoked", (await server.Desk.CheckAsync(server.Desk.Content(settled, "pdf")!)).Word);
        Assert.Equal(2, server.Desk.Latest(10).Count);
    }

    [Fact]
    public void Both_languages_have_the_same_words() =>
        Assert.Equal(CertificateWords.In(true).Keys.Order(), CertificateWords.In(false).Keys.Order());

    [Theory]
    [InlineData("C0577-00001-3", true)]
    [InlineData("c 0577 00001 3", true)]
    [InlineData("C0577-00010-3", false)]
    [InlineData("T0577-00001-3X", false)]
    [InlineData("", false)]
    public void A_number_is_read_as_people_write_it(string text, bool good) => Assert.Equal(good, CertificateNumber.TryParse(text, out _));

    private SignedFacts FactsOf(Certificate certificate, string format)
    {
        var intact = Assert.IsType<FileIntact>(SignedFile.Check(house.Desk.Content(certificate, format)!));
        return SignedFacts.Read(intact.Facts)!;
    }
}
