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

/// <summary>The settlement file: one header line, then a line for each movement, separated by commas; UTF-8, no quotes.</summary>
public static class SettlementFile
{
    private const string Head = "id,reference,way,amount_minor,currency,returned";

    /// <summary>Writes it.</summary>
    public static string Write(IEnumerable<SettlementLine> lines) => string.Join('\n', [Head, .. lines.Select(Text)]) + "\n";

    /// <summary>Reads it. Throws <see cref="FormatException"/> naming line, field and rule.</summary>
    public static IReadOnlyList<SettlementLine> Read(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines is not [Head, .. var rows])
        {
            throw new FormatException($"Line 1 of a settlement file is its heading: {Head}");
        }

        return [.. rows.Select((row, index) => Line(row.Split(','), index + 2))];
    }

    private static string Text(SettlementLine line) => string.Create(
        CultureInfo.InvariantCulture,
        $"{line.Id},{line.Reference},{Word(line.Way)},{line.AmountMinor},{line.Currency},{(line.Returned ? 1 : 0)}");

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
