using System.Globalization;
using System.Text;
using Mingzhang.Services.Progress.Spend;
using Mingzhang.Services.Reading;
using Mingzhang.Web.Texts;

namespace Mingzhang.Web.App.Progress;

/// <summary>A person's history as comma-separated text: everything that moved money, and the spending with its types.</summary>
public static class HistoryTable
{
    /// <summary>The table; what is spent is negative, as on the page of activity.</summary>
    public static string Write(AccountView view, SpendReport report, Speech speech)
    {
        var text = new StringBuilder();
        Row(text, ["day", "part", "what", "merchant", "type", "amount", "currency"]);
        foreach (var line in Activity.Of(view).Where(line => line.Amount is not null))
        {
            Row(
                text,
                [
                    Speech.Iso(line.On), "activity", speech["event." + line.Event], line.Label ?? "", "",
                    Amount(line.Amount!.Value.MinorUnits),
                    view.State.Currency.ToString(),
                ]);
        }

        foreach (var one in report.Lines)
        {
            Row(
                text,
                [
                    Speech.Iso(one.Line.On), "spending", speech["spend.kind-" + one.Line.Kind], one.Line.Merchant,
                    speech.Pick(one.Type.Name.Zh, one.Type.Name.En), Amount(-one.Line.Amount), view.State.Currency.ToString(),
                ]);
        }

        return text.ToString();
    }

    /// <summary>A cell: quoted, and a text that a spreadsheet could take for a formula gets an apostrophe in front.</summary>
    public static string Cell(string value)
    {
        const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        var risky = value is ['=' or '+' or '-' or '@' or '\t' or '\r', ..]
            && !decimal.TryParse(value, Plain, CultureInfo.InvariantCulture, out _);
        var safe = risky ? "'" + value : value;
        return "\"" + safe.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }

    private static void Row(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    private static string Amount(long minor) => (minor / 100m).ToString("0.00", CultureInfo.InvariantCulture);
}
