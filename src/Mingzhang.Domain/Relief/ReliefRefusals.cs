namespace Mingzhang.Domain.Relief;

/// <summary>260 RELIEF_NOT_OFFERED: The product has no agreement of this kind for this debt.</summary>
public sealed record ReliefNotOffered(ReliefKind Kind) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.ReliefNotOffered;
}

/// <summary>261 RELIEF_EXISTS: An id is used once.</summary>
public sealed record ReliefExists(string ReliefId) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.ReliefExists;
}

/// <summary>262 RELIEF_UNKNOWN: No such application, offer or agreement.</summary>
public sealed record ReliefUnknown(string ReliefId) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.ReliefUnknown;
}

/// <summary>263 RELIEF_RUNS: One agreement at a time for a debt.</summary>
public sealed record ReliefRuns(string ReliefId) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.ReliefRuns;
}

/// <summary>264 RELIEF_TOO_OFTEN: The product bounds agreements of a kind in 365 days.</summary>
public sealed record ReliefTooOften(int Most, DateOnly NextOn) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.ReliefTooOften;
}

/// <summary>265 RELIEF_OUT_OF_BOUNDS: A field of the plan is outside what the product allows or the offer said.</summary>
public sealed record ReliefOutOfBounds(string Field, string Rule, string RuleZh) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.ReliefOutOfBounds;
}

/// <summary>Why an agreement of a kind does not fit the debt.</summary>
public enum ReliefMismatch
{
    /// <summary>Nothing is owed that it could move.</summary>
    NothingOwed,

    /// <summary>Something is overdue or due today; deferring needs a debt that is not.</summary>
    SomethingDue,

    /// <summary>Nothing is overdue.</summary>
    NothingOverdue,

    /// <summary>No row is left to spread over.</summary>
    NoRowsLeft,

    /// <summary>A part of the debt is disputed or written off.</summary>
    DisputedOrWrittenOff,

    /// <summary>The terms make no schedule.</summary>
    NoSchedule,
}

/// <summary>266 RELIEF_DOES_NOT_FIT: The debt is not one this agreement is for.</summary>
public sealed record ReliefDoesNotFit(ReliefMismatch Why) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.ReliefDoesNotFit;
}

/// <summary>267 RELIEF_NEEDS_OFFER: The house offers this kind first.</summary>
public sealed record ReliefNeedsOffer(ReliefKind Kind) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.ReliefNeedsOffer;
}

/// <summary>268 WAIVER_ABOVE_DEBT: Not more than is owed of a component.</summary>
public sealed record WaiverAboveDebt(Component Component, Money Most) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.WaiverAboveDebt;
}

/// <summary>269 PRINCIPAL_NOT_WAIVED: The product waives interest, charges and fees only.</summary>
public sealed record PrincipalNotWaived : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.PrincipalNotWaived;
}
