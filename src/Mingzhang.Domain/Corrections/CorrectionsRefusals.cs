namespace Mingzhang.Domain.Corrections;

/// <summary>700 FACT_UNKNOWN: The journal has no accepted fact at this sequence.</summary>
public sealed record FactUnknown(long Sequence) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.FactUnknown;
}

/// <summary>701 FACT_NOT_REVERSIBLE: Others depend on it, or it is not a fact of the world.</summary>
public sealed record FactNotReversible(long Sequence, string Kind) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.FactNotReversible;
}

/// <summary>702 FACT_ALREADY_REVERSED: A fact is withdrawn once.</summary>
public sealed record FactAlreadyReversed(long Sequence) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.FactAlreadyReversed;
}

/// <summary>703 LATE_FACT_NOT_ACCEPTED: Only facts of the world may arrive late.</summary>
public sealed record LateFactNotAccepted(string Kind) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.LateFactNotAccepted;
}

/// <summary>282 REPLACEMENT_OF_OTHER_KIND: A fact is replaced by one of its kind with the same id.</summary>
public sealed record ReplacementOfOtherKind(long Sequence, string Kind) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.ReplacementOfOtherKind;
}

/// <summary>283 LATER_FACT_WOULD_FAIL: A later fact rests on it: what it names would no longer be there.</summary>
/// <param name="Sequence">That fact's journal sequence.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Rule">Name of the refusal it would meet.</param>
public sealed record LaterFactWouldFail(long Sequence, string Kind, string Rule) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.LaterFactWouldFail;
}
