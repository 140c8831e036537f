using System.Globalization;

namespace Mingzhang.Services.Reconciliation;

/// <summary>Breaks as CSV, for a spreadsheet: one line each, texts in quotes, and nothing that a spreadsheet takes for a formula.</summary>
public static class BreakFile
{
    private const string Head = "day,kind,transfer,account,ours_minor,theirs_minor,detail,status,owner,note,found_on,ended_on";

    /// <summary>Writes it; UTF-8, the first line names the fields.</summary>
    public static string Write(IEnumerable<SettlementBreak> breaks) => string.Join('\n', [Head, .. breaks.Select(Line)]) + "\n";

    private static string Line(SettlementBreak one) => string.Join(
        ',', Iso(one.Day), one.Kind, Text(one.TransferId), Text(one.Account?.ToString() ?? ""), Whole(one.Ours), Whole(one.Theirs),
        Text(one.Detail), one.Status, Text(one.Owner), Text(one.Note), Iso(one.FoundOn), one.EndedOn is { } ended ? Iso(ended) : "");

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Whole(long minor) => minor.ToString(CultureInfo.InvariantCulture);

    private static string Text(string text)
    {
        var harmless = text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text;
        return '"' + harmless.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
    }
}
