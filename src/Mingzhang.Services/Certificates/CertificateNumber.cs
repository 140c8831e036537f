using Mingzhang.Services.Tickets;

namespace Mingzhang.Services.Certificates;

/// <summary>
/// The number of a certificate, such as <c>C0577-00001-3</c>: partition, place in it, check digit, as tickets have it.
/// </summary>
/// <param name="Partition">The customer's partition, 0 to 1023.</param>
/// <param name="Sequence">1, 2, 3 … within the partition.</param>
public readonly record struct CertificateNumber(int Partition, long Sequence)
{
    /// <inheritdoc/>
    public override string ToString() => "C" + new TicketNumber(Partition, Sequence).ToString()[1..];

    /// <summary>Reads a number, with or without C, hyphens and spaces; false when it is none or its check digit does not fit.</summary>
    public static bool TryParse(string? text, out CertificateNumber number)
    {
        var plain = (text ?? "").Trim();
        plain = plain.Length > 0 && plain[0] is 'C' or 'c' ? plain[1..] : plain;
        var read = TicketNumber.TryParse(plain, out var ticket);
        number = read ? new CertificateNumber(ticket.Partition, ticket.Sequence) : default;
        return read;
    }
}
