namespace Mingzhang.Domain.Disputes;

/// <summary>500 NOTHING_TO_DISPUTE: The named debt owes nothing or is in dispute.</summary>
public sealed record NothingToDispute(string Name) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.NothingToDispute;
}

/// <summary>501 DISPUTE_EXISTS: Another dispute has the id.</summary>
public sealed record DisputeExists(string DisputeId) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.DisputeExists;
}

/// <summary>502 DISPUTE_UNKNOWN: Unknown or already decided.</summary>
public sealed record DisputeUnknown(string DisputeId) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.DisputeUnknown;
}
