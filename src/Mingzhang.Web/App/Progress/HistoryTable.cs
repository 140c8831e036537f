using System.Globalization;
using System.Text;
using Mingzhang.Papers.Documents;
using Mingzhang.Papers.Sheets;
using Mingzhang.Services.Progress.Spend;
using Mingzhang.Services.Reading;
using Mingzhang.Web.Texts;

namespace Mingzhang.Web.App.Progress;

/// <summary>A person's history as text or a spreadsheet: everything that moved money, and the spending with its types.</summary>
public static class HistoryTable
{
    private static readonly string[] Head = ["day", "part", "what", "merchant", "type", "amount", "currency"];

    /// <summary>The table; what is spent is negative, as on the page of activity.</summary>
    public static byte[] Write(AccountView view, SpendReport report, Speech speech)
    {
        var text = new StringBuilder();
        CsvWriter.Row(text, Head);
        foreach (var line in Lines(view, report, speech))
        {
            CsvWriter.Row(
                text,
                [
                    Speech.Iso(line.On), line.Part, line.What, line.Merchant, line.Type, Amount(line.Minor), view.State.Currency.ToString(),
                ]);
        }

        return CsvWriter.File(text);
    }

    /// <summary>The same as a spreadsheet: days are days, amounts are numbers, and no text is a formula.</summary>
    /// <param name="view">The account.</param>
    /// <param name="report">Its spending.</param>
    /// <param name="speech">The language.</param>
    /// <param name="at">When it is made.</param>
    public static byte[] Sheet(AccountView view, SpendReport report, Speech speech, DateTimeOffset at) => SheetWriter.Write(new Paper
    {
        Title = speech["progress.sheet"], Language = speech.IsChinese ? "zh-CN" : "en", Author = speech["brand"], MadeAt = at,
        Blocks =
        [
            new Heading(speech["progress.sheet"], 1), new Paragraph(view.State.Id.ToString()),
            new PaperTable(
                "history", [.. Head.Select(one => new PaperColumn(one, 1))],
                [
                    .. Lines(view, report, speech).Select(line => new PaperRow(
                    [
                        PaperCell.Of(line.On), line.Part, line.What, line.Merchant, line.Type, PaperCell.OfMinor(line.Minor),
                        view.State.Currency.ToString(),
                    ])),
                ]),
        ],
    });

    private static IEnumerable<Line> Lines(AccountView view, SpendReport report, Speech speech) =>
    [
        .. Activity.Of(view).Where(line => line.Amount is not null).Select(line => new Line(
            line.On, "activity", speech["event." + line.Event], line.Label ?? "", "", line.Amount!.Value.MinorUnits)),
        .. report.Lines.Select(one => new Line(
            one.Line.On, "spending", speech["spend.kind-" + one.Line.Kind], one.Line.Merchant,
            speech.Pick(one.Type.Name.Zh, one.Type.Name.En), -one.Line.Amount)),
    ];

    private static string Amount(long minor) => (minor / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    private sealed record Line(DateOnly On, string Part, string What, string Merchant, string Type, long Minor);
}
