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
