using System.Globalization;

namespace Mingzhang.Channel;

/// <summary>
/// A lender's statement as a file: a heading, a line for each movement, and a last line <c>total</c> with number of lines and the sum of
/// their amounts without sign; fields are separated by commas; UTF-8, no quotes.
/// </summary>
public static class LenderFile
{
    private const string Head = "id,day,account,loan,ledger,amount_minor,currency";
    private const int LongestId = 64;

    /// <summary>Writes it.</summary>
    public static string Write(LenderStatement statement) => string.Join(
        '\n', [Head, .. statement.Lines.Select(Text), Invariant($"total,{statement.Count},{statement.GrossMinor}")]) + "\n";

    /// <summary>Reads it. Throws <see cref="FormatException"/> naming line, field and rule.</summary>
    public static LenderStatement Read(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines is not [Head, .. var rows, var last])
        {
            throw new FormatException($"A lender's statement begins with its heading, {Head}, and ends with its totals");
        }

        return last.Split(',') is ["total", var count, var gross]
            ? new LenderStatement(
                [.. rows.Select((row, index) => Line(row.Split(','), index + 2))], Whole(count, lines.Length, "lines"),
                Whole(gross, lines.Length, "amounts"))
            : throw Wrong(lines.Length, "total", "the last line: total, lines, sum of the amounts without sign");
    }

    private static string Text(LenderAdvice line) => Invariant(
        $"{line.Id},{line.Day:yyyy-MM-dd},{line.Account},{line.Loan},{line.Ledger},{line.AmountMinor},{line.Currency}");

    private static LenderAdvice Line(string[] fields, int number)
    {
        if (fields.Length != 7)
        {
            throw Wrong(number, "fields", "seven, separated by commas");
        }

        return new LenderAdvice(
            fields[0] is { Length: > 0 and <= LongestId } id ? id : throw Wrong(number, "id", "1 to 64 characters"),
            DateOnly.TryParseExact(fields[1], "yyyy-MM-dd", out var day) ? day : throw Wrong(number, "day", "yyyy-mm-dd"),
            fields[2], fields[3], fields[4],
            long.TryParse(fields[5], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount) && amount != 0
                ? amount : throw Wrong(number, "amount_minor", "a whole number, not zero"),
            fields[6] is { Length: 3 } currency ? currency : throw Wrong(number, "currency", "three letters"));
    }

    private static long Whole(string text, int line, string field) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole)
            ? whole : throw Wrong(line, field, "a whole number");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static FormatException Wrong(int line, string field, string rule) => new($"Line {line}, {field}: {rule}.");
}
