using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Certificates;

/// <summary>What is certified.</summary>
public enum CertificateKind
{
    /// <summary>结清证明: a debt is settled. The whole account, or one loan.</summary>
    Settlement = 1,

    /// <summary>交易明细: everything that changed what is owed, over at most five years.</summary>
    Statement = 2,
}

/// <summary>What a certificate is worth.</summary>
public enum CertificateStatus
{
    /// <summary>It says what the books say.</summary>
    Valid = 1,

    /// <summary>The books were corrected since and say something else; a new one can be made.</summary>
    Superseded = 2,

    /// <summary>The house took it back, with a reason.</summary>
    Revoked = 3,

    /// <summary>The key that signed it was withdrawn, so that it proves nothing; a new one can be made.</summary>
    KeyWithdrawn = 4,
}

/// <summary>What is asked for.</summary>
/// <param name="Account">Of which account.</param>
/// <param name="Kind">What.</param>
/// <param name="LoanId">Settlement of one loan; null = of the whole account.</param>
/// <param name="From">First day of a statement; a settlement has none.</param>
/// <param name="To">Last day of a statement; a settlement is of today.</param>
/// <param name="Chinese">Its language: Chinese or English.</param>
/// <param name="FullName">Whether the whole name is printed, or only its first character.</param>
/// <param name="By">Who asks.</param>
/// <param name="Key">The same key again gives the same certificate.</param>
public sealed record CertificateAsk(
    AccountId Account, CertificateKind Kind, string? LoanId, DateOnly From, DateOnly To, bool Chinese, bool FullName, string By,
    string Key);

/// <summary>A certificate that was made.</summary>
public sealed record Certificate
{
    /// <summary>Its number.</summary>
    public required CertificateNumber Number { get; init; }

    /// <summary>Of which account.</summary>
    public required AccountId Account { get; init; }

    /// <summary>What it certifies.</summary>
    public required CertificateKind Kind { get; init; }

    /// <summary>The loan; empty = the account.</summary>
    public required string LoanId { get; init; }

    /// <summary>First day; of a settlement the same as the last.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day, or the day of settlement.</summary>
    public required DateOnly To { get; init; }

    /// <summary>Its language.</summary>
    public required bool Chinese { get; init; }

    /// <summary>Whether the whole name is on it.</summary>
    public required bool FullName { get; init; }

    /// <summary>The journal row of the account up to which it was made.</summary>
    public required long JournalSequence { get; init; }

    /// <summary>SHA-256 of what it says about the account, hexadecimal; the same facts give the same.</summary>
    public required string ContentHash { get; init; }

    /// <summary>The key that signed it.</summary>
    public required string KeyId { get; init; }

    /// <summary>When, microseconds since 1970 UTC by the clock of the house.</summary>
    public required long MadeAt { get; init; }

    /// <summary>Who asked for it.</summary>
    public required string MadeBy { get; init; }

    /// <summary>What it is worth.</summary>
    public required CertificateStatus Status { get; init; }

    /// <summary>Since when it is no longer valid; 0 = it is.</summary>
    public long StatusAt { get; init; }

    /// <summary>Why it was revoked; empty otherwise.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The customer.</summary>
    public CustomerId Customer => Account.Customer;
}

/// <summary>One file of a certificate.</summary>
/// <param name="Format">pdf, xlsx or, of a statement, csv.</param>
/// <param name="Sha256">Of its bytes, hexadecimal.</param>
/// <param name="Size">Bytes.</param>
public sealed record CertificateFile(string Format, string Sha256, long Size);
