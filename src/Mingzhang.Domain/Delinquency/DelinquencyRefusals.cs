namespace Mingzhang.Domain.Delinquency;

/// <summary>600 NOTHING_TO_WRITE_OFF: No debt, or already written off.</summary>
public sealed record NothingToWriteOff : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.NothingToWriteOff;
}
