using Mingzhang.Domain.Values;

namespace Mingzhang.Services.People;

/// <summary>What the house knows about who a customer is.</summary>
/// <remarks>It is personal data: <see cref="ToString"/> shows the customer number only.</remarks>
/// <param name="CustomerId">The customer's number.</param>
/// <param name="Name">As on the identity card.</param>
/// <param name="Phone">Eleven digits.</param>
public sealed record Person(long CustomerId, string Name, string Phone)
{
    /// <summary>Identity number (GB 11643), or empty.</summary>
    public string IdNumber { get; init; } = "";

    /// <summary>E-mail address, or empty.</summary>
    public string Email { get; init; } = "";

    /// <summary>The area of the address, six digits (GB/T 2260), or empty.</summary>
    public string Region { get; init; } = "";

    /// <summary>The customer.</summary>
    public CustomerId Customer => new(CustomerId);

    /// <summary>The phone number as it is shown.</summary>
    /// <example>19900000001 → 199****0001.</example>
    public string MaskedPhone => Phone.Length < 8 ? "***" : Phone[..3] + "****" + Phone[^4..];

    /// <summary>The identity number as it is shown: neither the day of birth nor the order code.</summary>
    /// <example>11010519491231002X → 110***********002X; empty when there is none.</example>
    public string MaskedId => IdNumber.Length < 8 ? "" : IdNumber[..3] + new string('*', IdNumber.Length - 7) + IdNumber[^4..];

    /// <summary>The name as others see it: the first character stays.</summary>
    /// <example>林晓雨 → 林**.</example>
    public string MaskedName => Name.Length == 0 ? "" : Name[..1] + new string('*', Name.Length - 1);

    /// <inheritdoc/>
    public override string ToString() => "person " + CustomerId.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
