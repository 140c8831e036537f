namespace Mingzhang.Domain.Limits;

/// <summary>124 LIMIT_OUT_OF_BOUNDS: A total limit lies within the product's bounds.</summary>
public sealed record LimitOutOfBounds(Money Smallest, Money Largest) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.LimitOutOfBounds;
}

/// <summary>220 BORROWER_MAY_ONLY_LOWER: A borrower lowers, the house raises.</summary>
public sealed record BorrowerMayOnlyLower(Money Total) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.BorrowerMayOnlyLower;
}

/// <summary>221 WINDOW_INVALID: A window ends after it begins, and not before today.</summary>
public sealed record WindowInvalid(DateOnly From, DateOnly Until) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.WindowInvalid;
}

/// <summary>222 TEMPORARY_LIMIT_EXISTS: Another temporary limit has the id.</summary>
public sealed record TemporaryLimitExists(string Id) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.TemporaryLimitExists;
}

/// <summary>310 LIMIT_RAISE_TOO_EARLY: After an answer a higher limit can be asked for again only when its time is over.</summary>
public sealed record LimitRaiseTooEarly(DateOnly NextOn) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.LimitRaiseTooEarly;
}

/// <summary>311 LIMIT_RAISE_DECLINED: A condition of the rule for higher limits failed; the first one is named.</summary>
public sealed record LimitRaiseDeclined(string Condition, DateOnly NextOn) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.LimitRaiseDeclined;
}
