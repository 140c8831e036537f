namespace Mingzhang.Domain.Opening;

/// <summary>120 TERMS_NOT_EFFECTIVE: A version can be used from its date, and by its product.</summary>
public sealed record TermsNotEffective(int Version) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.TermsNotEffective;
}

/// <summary>121 CONSENT_MISSING: Opening needs every required consent.</summary>
public sealed record ConsentMissing(string Consent) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.ConsentMissing;
}

/// <summary>122 BANK_CARD_MISSING: Opening needs a bound card.</summary>
public sealed record BankCardMissing : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.BankCardMissing;
}

/// <summary>123 ASSESSMENT_DECLINED: A line is opened only by a positive assessment.</summary>
public sealed record AssessmentDeclined(string? Condition) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.AssessmentDeclined;
}

/// <summary>125 DUE_DAY_NOT_OFFERED: A due day is one of the product's.</summary>
public sealed record DueDayNotOffered(int DueDay) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.DueDayNotOffered;
}

/// <summary>126 DUE_DAY_CHANGED_RECENTLY: One change in so many months.</summary>
public sealed record DueDayChangedRecently(DateOnly NextOn) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.DueDayChangedRecently;
}

/// <summary>127 REOPENING_NOT_ALLOWED: The product's reopening policy.</summary>
public sealed record ReopeningNotAllowed : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.ReopeningNotAllowed;
}

/// <summary>128 REOPENING_TOO_EARLY: The product's waiting time.</summary>
public sealed record ReopeningTooEarly(DateOnly PossibleOn) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.ReopeningTooEarly;
}
