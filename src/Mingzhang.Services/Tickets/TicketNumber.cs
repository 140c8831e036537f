using System.Globalization;
using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Tickets;

/// <summary>
/// The number of a ticket, as people say it on the phone: <c>T0577-00001-3</c> is partition, place in it, check digit. One wrong digit or
/// two neighbours exchanged is always noticed (Damm).
/// </summary>
/// <param name="Partition">The customer's partition, 0 to 1023.</param>
/// <param name="Sequence">1, 2, 3 … within the partition.</param>
public readonly record struct TicketNumber(int Partition, long Sequence)
{
    private const string Table = "0317598642709215486342068713591750983426612304597836742095815869720134894536201794386172052581436790";

    /// <inheritdoc/>
    public override string ToString()
    {
        var digits = string.Create(CultureInfo.InvariantCulture, $"{Partition:0000}{Sequence:00000}");
        return $"T{digits[..4]}-{digits[4..]}-{CheckDigit(digits)}";
    }

    /// <summary>Reads a number, with or without T, hyphens and spaces; false when it is none or its check digit does not fit.</summary>
    public static bool TryParse(string? text, out TicketNumber number)
    {
        number = default;
        var digits = Digits(text);
        if (digits is not { Length: >= 10 and <= 19 } || CheckDigit(digits[..^1]) != digits[^1]
            || !int.TryParse(digits.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var partition)
            || partition >= AccountId.Partitions
            || !long.TryParse(digits.AsSpan(4, digits.Length - 5), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            || sequence == 0)
        {
            return false;
        }

        number = new TicketNumber(partition, sequence);
        return Digits(number.ToString()) == digits;
    }

    private static string? Digits(string? text)
    {
        var plain = (text ?? "").Trim().Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        plain = plain.Length > 0 && plain[0] is 'T' or 't' ? plain[1..] : plain;
        return plain.All(char.IsAsciiDigit) ? plain : null;
    }

    private static char CheckDigit(string digits)
    {
        var state = 0;
        foreach (var digit in digits)
        {
            state = Table[(state * 10) + (digit - '0')] - '0';
        }

        return (char)('0' + state);
    }
}
