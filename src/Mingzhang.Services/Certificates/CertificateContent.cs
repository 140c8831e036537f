using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mingzhang.Services.Certificates;

/// <summary>A line of a statement: something that changed what is owed.</summary>
/// <param name="On">Economic date.</param>
/// <param name="Event">Event name, such as <c>purchase-posted</c>.</param>
/// <param name="Label">Shop or source; empty when there is none.</param>
/// <param name="ChangeMinor">How much more is owed after it, minor units; negative = less.</param>
/// <param name="OwedMinor">What is owed after it; negative = the house owes the customer.</param>
public sealed record ContentLine(DateOnly On, string Event, string Label, long ChangeMinor, long OwedMinor);

/// <summary>One component of a settled debt.</summary>
/// <param name="Component">principal, interest, overdue-charge, fee or written-off.</param>
/// <param name="ChargedMinor">All that was ever charged, minor units.</param>
/// <param name="SettledMinor">All that was repaid, refunded, waived or cancelled of it.</param>
public sealed record ContentPart(string Component, long ChargedMinor, long SettledMinor)
{
    /// <summary>What is left.</summary>
    public long LeftMinor => ChargedMinor - SettledMinor;
}

/// <summary>What a certificate says about an account: the same facts give the same content, whenever it is worked out.</summary>
public sealed record CertificateContent
{
    /// <summary>settlement or statement.</summary>
    public required string Kind { get; init; }

    /// <summary>The account's number.</summary>
    public required string Account { get; init; }

    /// <summary>Product code and version it ran under.</summary>
    public required string Product { get; init; }

    /// <summary>Currency of every amount.</summary>
    public required string Currency { get; init; }

    /// <summary>Who lends, by code and share in parts per million; empty = the licence holder alone.</summary>
    public IReadOnlyList<string> Lenders { get; init; } = [];

    /// <summary>First day; of a settlement the day itself.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day.</summary>
    public required DateOnly To { get; init; }

    /// <summary>Since when the account exists.</summary>
    public required DateOnly OpenedOn { get; init; }

    /// <summary>The loan, when only one is certified; empty otherwise.</summary>
    public string LoanId { get; init; } = "";

    /// <summary>What was lent with that loan, minor units.</summary>
    public long LoanPrincipalMinor { get; init; }

    /// <summary>When that loan began.</summary>
    public DateOnly? LoanFrom { get; init; }

    /// <summary>The day from which nothing is owed any more.</summary>
    public DateOnly? SettledOn { get; init; }

    /// <summary>What is owed at the beginning of the first day, minor units.</summary>
    public long OpeningMinor { get; init; }

    /// <summary>What is owed at the end of the last day.</summary>
    public long ClosingMinor { get; init; }

    /// <summary>What the house owes the customer at the end.</summary>
    public long CreditMinor { get; init; }

    /// <summary>The debt by components, since the account exists.</summary>
    public IReadOnlyList<ContentPart> Parts { get; init; } = [];

    /// <summary>Every change of what is owed; opening plus their changes is closing.</summary>
    public IReadOnlyList<ContentLine> Lines { get; init; } = [];

    /// <summary>As it is signed: JSON with the fields in one order.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>SHA-256 of the JSON, hexadecimal.</summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, Json)));
}

/// <summary>What is signed and carried inside every file of a certificate.</summary>
/// <param name="Form">Always <c>mingzhang-certificate-1</c>.</param>
/// <param name="Number">The certificate's number.</param>
/// <param name="Code">The verification code.</param>
/// <param name="Language">zh-CN or en.</param>
/// <param name="Name">To whom, as printed.</param>
/// <param name="MadeAt">When, by the clock of the house.</param>
/// <param name="JournalSequence">The account's row up to which it was made.</param>
/// <param name="JournalHash">The hash of that row, which stands for all before it.</param>
/// <param name="Content">What it says.</param>
public sealed record SignedFacts(
    string Form, string Number, string Code, string Language, string Name, DateTimeOffset MadeAt, long JournalSequence, string JournalHash,
    CertificateContent Content)
{
    /// <summary>The present form.</summary>
    public const string Form1 = "mingzhang-certificate-1";

    /// <summary>The facts of a file; null when they are none of this form.</summary>
    public static SignedFacts? Read(byte[]? json)
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize<SignedFacts>(json, CertificateContent.Json) is { Form: Form1 } facts
                ? facts : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
