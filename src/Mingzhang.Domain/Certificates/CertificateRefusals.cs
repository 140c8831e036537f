namespace Mingzhang.Domain.Certificates;

/// <summary>870 NOT_SETTLED: So much is still owed; only a settled debt is certified.</summary>
/// <param name="Left">What would settle it on that day, to the fen.</param>
/// <param name="On">The day.</param>
public sealed record NotSettled(Money Left, DateOnly On) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.NotSettled;
}

/// <summary>871 MATTERS_OPEN: Nothing is owed, but something under way may change that: a payment, a refund, a dispute, a hold.</summary>
/// <param name="Open">How many.</param>
public sealed record MattersOpen(int Open) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.MattersOpen;
}

/// <summary>872 NEVER_OWED: Nothing was ever borrowed, so that there is no debt whose settlement could be certified.</summary>
public sealed record NeverOwed : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.NeverOwed;
}

/// <summary>873 STATEMENT_RANGE_WRONG: From a day to a later one, not after today, at most five years.</summary>
/// <param name="Years">The most.</param>
/// <param name="Until">The last possible day.</param>
public sealed record StatementRangeWrong(int Years, DateOnly Until) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.StatementRangeWrong;
}

/// <summary>874 STATEMENT_EMPTY: Nothing happened in the range.</summary>
public sealed record StatementEmpty(DateOnly From, DateOnly To) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.StatementEmpty;
}

/// <summary>875 CHARACTER_NOT_PRINTABLE: The font has no glyph for a character; nothing is printed rather than a box.</summary>
/// <param name="Character">The character.</param>
/// <param name="CodePoint">Its number, such as U+2B74E.</param>
public sealed record CharacterNotPrintable(string Character, string CodePoint) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.CharacterNotPrintable;
}

/// <summary>876 CERTIFICATE_UNKNOWN: No certificate has this number; somebody else's answers the same.</summary>
public sealed record CertificateUnknown(string Number) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.CertificateUnknown;
}

/// <summary>877 CERTIFICATE_NOT_VALID: It was revoked before.</summary>
public sealed record CertificateNotValid(string Number) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.CertificateNotValid;
}

/// <summary>878 TOO_MANY_CERTIFICATES: So many were made for this customer today.</summary>
public sealed record TooManyCertificates(int Most) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.TooManyCertificates;
}

/// <summary>879 CERTIFICATE_PERSON_UNKNOWN: The house knows no person to whom it could be made out.</summary>
public sealed record CertificatePersonUnknown : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.CertificatePersonUnknown;
}
