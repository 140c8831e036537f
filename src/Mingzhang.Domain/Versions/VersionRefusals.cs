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
