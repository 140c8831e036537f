using System.Globalization;
using Mingzhang.Domain.Products;
using Mingzhang.Papers.Documents;
using Mingzhang.Services.People;

namespace Mingzhang.Services.Certificates;

/// <summary>Writes what is signed as a paper, in its language.</summary>
/// <param name="facts">What is signed.</param>
/// <param name="person">To whom.</param>
/// <param name="terms">The product.</param>
/// <param name="chinese">The language.</param>
/// <param name="keyId">The key it will be signed with.</param>
/// <param name="verifyAt">The address at which this certificate is checked; null when the house has none.</param>
internal sealed class CertificatePaper(
    SignedFacts facts, Person person, ProductTerms terms, bool chinese, string keyId, string? verifyAt)
{
    private const int HashShown = 16;

    private readonly CertificateWords _words = CertificateWords.In(chinese);

    private CertificateContent Content => facts.Content;

    private string Product => chinese ? terms.Name.Zh : terms.Name.En;

    /// <summary>The paper.</summary>
    public Paper Paper() => new()
    {
        Title = _words["title." + Content.Kind], Language = chinese ? "zh-CN" : "en", Author = _words["issuer"],
        Mark = _words.Say("number", facts.Number), Foot = _words["foot"], MadeAt = facts.MadeAt,
        Blocks = [.. Content.Kind == "settlement" ? Settlement() : Statement(), .. Check()],
    };

    private IEnumerable<PaperBlock> Settlement()
    {
        yield return new Heading(_words["title.settlement"], 1);
        yield return new Paragraph(_words.Say(
            Content.LoanId.Length > 0 ? "settlement.loan" : "settlement.account", facts.Name, Product, Content.Account, Day(Content.To),
            Content.LoanId)) { Size = 11.5 };
        yield return new FactList(
        [
            .. Holder(),
            (_words["fact.on"], PaperCell.Of(Content.To)),
            .. Content.LoanId.Length > 0
                ? new (string, PaperCell)[]
                {
                    (_words["fact.loan"], Content.LoanId), (_words["fact.loan-principal"], PaperCell.OfMinor(Content.LoanPrincipalMinor)),
                    (_words["fact.loan-from"], PaperCell.Of(Content.LoanFrom ?? Content.OpenedOn)),
                }
                : [],
            (_words["fact.settled"], PaperCell.Of(Content.SettledOn ?? Content.To)),
            (_words["fact.left"], PaperCell.OfMinor(0)),
        ]);
        if (Content.Parts.Count > 0)
        {
            yield return new Heading(_words["part.title"], 2);
            yield return Parts();
        }

        yield return new Paragraph(_words["settlement.limit"]) { Small = true };
    }

    private PaperTable Parts() => new(
        _words["part.title"],
        [
            new(_words["part.component"], 3), new(_words["part.charged"], 2, Side.Right), new(_words["part.settled"], 2, Side.Right),
            new(_words["part.left"], 2, Side.Right),
        ],
        [
            .. Content.Parts.Select(part => Part(_words["part." + part.Component], part)),
            Part(_words["part.sum"], new ContentPart("", Content.Parts.Sum(p => p.ChargedMinor), Content.Parts.Sum(p => p.SettledMinor)))
                with { Sum = true },
        ]);

    private static PaperRow Part(string name, ContentPart part) =>
        new([name, PaperCell.OfMinor(part.ChargedMinor), PaperCell.OfMinor(part.SettledMinor), PaperCell.OfMinor(part.LeftMinor)]);

    private IEnumerable<PaperBlock> Statement()
    {
        yield return new Heading(_words["title.statement"], 1);
        yield return new Paragraph(
            _words.Say("statement.text", facts.Name, Product, Content.Account, Day(Content.From), Day(Content.To)));
        yield return new FactList(
        [
            .. Holder(),
            (_words["fact.range"], _words.Say("fact.range-text", Day(Content.From), Day(Content.To))),
            (_words["fact.opening"], PaperCell.OfMinor(Content.OpeningMinor)),
            (_words["fact.closing"], PaperCell.OfMinor(Content.ClosingMinor)),
            .. Content.CreditMinor > 0
                ? new (string, PaperCell)[] { (_words["fact.credit"], PaperCell.OfMinor(Content.CreditMinor)) } : [],
            (_words["fact.lines"], new PaperCell(Whole(Content.Lines.Count), Content.Lines.Count)),
        ]);
        yield return new Heading(_words["line.title"], 2);
        yield return new PaperTable(
            _words["line.title"],
            [
                new(_words["line.on"], 13), new(_words["line.what"], 45), new(_words["line.change"], 18, Side.Right),
                new(_words["line.owed"], 18, Side.Right),
            ],
            [
                .. Content.Lines.Select(line => new PaperRow(
                [
                    PaperCell.Of(line.On), line.Label.Length > 0 ? $"{_words.Event(line.Event)} · {line.Label}" : _words.Event(line.Event),
                    PaperCell.OfMinor(line.ChangeMinor), PaperCell.OfMinor(line.OwedMinor),
                ])),
                new PaperRow(
                    [PaperCell.Of(Content.To), _words["line.sum"], PaperCell.OfMinor(Content.Lines.Sum(line => line.ChangeMinor)),
                        PaperCell.OfMinor(Content.ClosingMinor)],
                    Sum: true),
            ]);
    }

    private IEnumerable<(string, PaperCell)> Holder()
    {
        yield return (_words["fact.name"], facts.Name);
        if (person.MaskedId.Length > 0)
        {
            yield return (_words["fact.id"], person.MaskedId);
        }

        yield return (_words["fact.account"], Content.Account);
        yield return (_words["fact.product"], Product);
        if (terms.Lenders.Count > 0)
        {
            yield return (_words["fact.lender"], string.Join(" · ", terms.Lenders.Select(Lender)));
        }

        yield return (_words["fact.opened"], PaperCell.Of(Content.OpenedOn));
    }

    private string Lender(LenderTerms lender) => string.Create(
        CultureInfo.InvariantCulture, $"{(chinese ? lender.Name.Zh : lender.Name.En)} {lender.SharePpm / 10_000m:0.##}%");

    private IEnumerable<PaperBlock> Check() =>
    [
        new Heading(_words["check.title"], 2),
        new FactList(
        [
            (_words["check.code"], facts.Code),
            (_words["check.made"], facts.MadeAt.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)),
            (_words["check.page"], _words["check.page-text"]), (_words["check.key"], keyId),
            (_words["check.row"], _words.Say("check.row-text", facts.JournalSequence, facts.JournalHash[..HashShown])),
        ]),
        .. verifyAt is null ? Array.Empty<PaperBlock>() : [new ScanCode(verifyAt, _words["check.scan"])],
        new Paragraph(_words["note"]) { Small = true },
    ];

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Whole(int count) => count.ToString(CultureInfo.InvariantCulture);
}
