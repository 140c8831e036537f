namespace Mingzhang.Domain.Accounts;

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

/// <summary>22 AMOUNT_TOO_LARGE: One amount, or the debt it would lead to, is beyond what an account may carry.</summary>
public sealed record AmountTooLarge(Money Most) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.AmountTooLarge;
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

/// <summary>900 KEY_REUSED_WITH_OTHER_CONTENT: Same key, other content; nothing was booked.</summary>
public sealed record KeyReusedWithOtherContent(string Key) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.KeyReusedWithOtherContent;
}

/// <summary>901 SANDBOX_ONLY: Clock moves and forks.</summary>
public sealed record SandboxOnly(string Operation) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.SandboxOnly;
}
