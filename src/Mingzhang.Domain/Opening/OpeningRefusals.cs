namespace Mingzhang.Domain.Opening;

/// <summary>10 INVALID_COMMAND: A field breaks a rule; nothing was booked.</summary>
public sealed record InvalidCommand(string Field, string Rule, string Fix) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.InvalidCommand;
}

/// <summary>20 AMOUNT_NOT_POSITIVE: An amount must be positive.</summary>
public sealed record AmountNotPositive(Money Amount) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.AmountNotPositive;
}

/// <summary>21 CURRENCY_MISMATCH: One account, one currency.</summary>
public sealed record CurrencyMismatch(string Expected, string Given) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.CurrencyMismatch;
}

/// <summary>30 EFFECTIVE_DATE_OUT_OF_RANGE: An effective date lies between opening and the booked date.</summary>
public sealed record EffectiveDateOutOfRange(DateOnly Earliest, DateOnly Latest) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.EffectiveDateOutOfRange;
}

/// <summary>100 ACCOUNT_NOT_OPEN: There is no account yet.</summary>
public sealed record AccountNotOpen : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.AccountNotOpen;
}

/// <summary>101 ACCOUNT_ALREADY_OPEN: One person, one account per product.</summary>
public sealed record AccountAlreadyOpen : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.AccountAlreadyOpen;
}

/// <summary>102 ACCOUNT_IS_CLOSED: A closed account never accepts a debit (C07).</summary>
public sealed record AccountIsClosed(DateOnly ClosedOn) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.AccountIsClosed;
}

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
