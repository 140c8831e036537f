namespace Mingzhang.Domain.Versions;

/// <summary>297 VERSION_EXISTS: A version number is used once; other content needs another number.</summary>
public sealed record VersionExists(string Product, int Version) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.VersionExists;
}

/// <summary>298 VERSION_TOO_EARLY: A version begins in the future, and after the one before it.</summary>
public sealed record VersionTooEarly(DateOnly Earliest) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.VersionTooEarly;
}

/// <summary>299 VERSION_CHANGE_REFUSED: The account may not move to this version, or not yet, or not without consent.</summary>
public sealed record VersionChangeRefused(string Rule, DateOnly? EarliestOn) : Refusal
{
    /// <summary>The rule in Chinese; null in refusals kept before it was.</summary>
    public string? RuleZh { get; init; }

    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.VersionChangeRefused;
}
