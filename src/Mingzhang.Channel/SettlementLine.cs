using System.Globalization;

namespace Mingzhang.Channel;

/// <summary>One line of a bank's settlement file: money that moved on its day.</summary>
/// <param name="Id">The lender's id.</param>
/// <param name="Reference">The bank's own.</param>
/// <param name="Way">Debit or credit; a returned debit is a line of its own with <paramref name="Returned"/>.</param>
/// <param name="AmountMinor">Minor units, above zero.</param>
/// <param name="Currency">Three letters.</param>
/// <param name="Returned">Whether the money went back.</param>
public sealed record SettlementLine(string Id, string Reference, TransferWay Way, long AmountMinor, string Currency, bool Returned);

/// <summary>What a bank says the lines of its file come to; minor units, returned debits apart.</summary>
public sealed record SettlementTotals(long Lines, long DebitMinor, long CreditMinor, long ReturnedMinor)
{
    /// <summary>What lines come to.</summary>
    public static SettlementTotals Of(IReadOnlyCollection<SettlementLine> lines) => new(
        lines.Count, lines.Where(line => !line.Returned && line.Way == TransferWay.Debit).Sum(line => line.AmountMinor),
        lines.Where(line => !line.Returned && line.Way == TransferWay.Credit).Sum(line => line.AmountMinor),
        lines.Where(line => line.Returned).Sum(line => line.AmountMinor));
}

/// <summary>What a bank settled on a day.</summary>
/// <param name="Lines">Each movement.</param>
/// <param name="Totals">As the bank's own book has them.</param>
public sealed record Settlement(IReadOnlyList<SettlementLine> Lines, SettlementTotals Totals)
{
    /// <summary>Whether the lines come to the totals: if not, a line is missing, doubled or wrong.</summary>
    public bool IsWhole => SettlementTotals.Of(Lines) == Totals;
}

/// <summary>
/// The settlement file: a heading, a line for each movement, and a last line <c>total</c> with number of lines, debits, credits and
/// returned debits; fields are separated by commas; UTF-8, no quotes.
/// </summary>
public static class SettlementFile
{
    private const string Head = "id,reference,way,amount_minor,currency,returned";

    /// <summary>Writes it.</summary>
    public static string Write(Settlement settlement) =>
        string.Join('\n', [Head, .. settlement.Lines.Select(Text), Text(settlement.Totals)]) + "\n";

    /// <summary>Reads it. Throws <see cref="FormatException"/> naming line, field and rule.</summary>
    public static Settlement Read(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines is not [Head, .. var rows, var last])
        {
            throw new FormatException($"A settlement file begins with its heading, {Head}, and ends with its totals");
        }

        return new Settlement([.. rows.Select((row, index) => Line(row.Split(','), index + 2))], Totals(last.Split(','), lines.Length));
    }

    private static string Text(SettlementLine line) => string.Create(
        CultureInfo.InvariantCulture,
        $"{line.Id},{line.Reference},{Word(line.Way)},{line.AmountMinor},{line.Currency},{(line.Returned ? 1 : 0)}");

    private static string Text(SettlementTotals totals) => string.Create(
        CultureInfo.InvariantCulture, $"total,{totals.Lines},{totals.DebitMinor},{totals.CreditMinor},{totals.ReturnedMinor}");

    private static SettlementTotals Totals(string[] fields, int number) =>
        fields is ["total", var lines, var debits, var credits, var returned]
            ? new SettlementTotals(
                Whole(lines, number, "lines"), Whole(debits, number, "debits"), Whole(credits, number, "credits"),
                Whole(returned, number, "returned"))
            : throw Wrong(number, "total", "the last line: total, lines, debits, credits, returned");

    private static long Whole(string text, int line, string field) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole)
            ? whole : throw Wrong(line, field, "a whole number");

    private static string Word(TransferWay way) => way == TransferWay.Debit ? "debit" : "credit";

    private static SettlementLine Line(string[] fields, int number)
    {
        if (fields.Length != 6)
        {
            throw Wrong(number, "fields", "six, separated by commas");
        }

        return new SettlementLine(
            fields[0] is { Length: > 0 and <= 64 } id ? id : throw Wrong(number, "id", "1 to 64 characters"),
            fields[1],
            fields[2] switch
            {
                "debit" => TransferWay.Debit, "credit" => TransferWay.Credit, _ => throw Wrong(number, "way", "debit or credit"),
            },
            long.TryParse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture, out var amount) && amount > 0
                ? amount : throw Wrong(number, "amount_minor", "a whole number above zero"),
            fields[4] is { Length: 3 } currency ? currency : throw Wrong(number, "currency", "three letters"),
            fields[5] switch { "0" => false, "1" => true, _ => throw Wrong(number, "returned", "0 or 1") });
    }

    private static FormatException Wrong(int line, string field, string rule) => new($"Line {line}, {field}: {rule}.");
}
