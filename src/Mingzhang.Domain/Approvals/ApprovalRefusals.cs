namespace Mingzhang.Domain.Approvals;

/// <summary>290 TWO_PEOPLE_NEEDED: One person alone may not do it; it is proposed, and another approves.</summary>
public sealed record TwoPeopleNeeded(string Act) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.TwoPeopleNeeded;
}

/// <summary>291 PROPOSAL_UNKNOWN: No proposal has this number.</summary>
public sealed record ProposalUnknown(long Number) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.ProposalUnknown;
}

/// <summary>292 PROPOSAL_DECIDED: It was approved, rejected, withdrawn or renewed before.</summary>
public sealed record ProposalDecided(long Number, string Status) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.ProposalDecided;
}

/// <summary>293 PROPOSAL_EXPIRED: Nobody decided in time; it can be renewed.</summary>
public sealed record ProposalExpired(long Number, DateOnly LastOn) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.ProposalExpired;
}

/// <summary>294 OWN_PROPOSAL: Who made or renewed it does not approve it, with whichever login or key.</summary>
public sealed record OwnProposal(long Number) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.OwnProposal;
}

/// <summary>295 SIGNER_UNNAMED: A key that belongs to no named person may propose, never approve.</summary>
public sealed record SignerUnnamed(string Key) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.SignerUnnamed;
}

/// <summary>920 SIGNER_MAY_NOT: Nobody signs what their role does not let them do, nor when they are no longer let in.</summary>
/// <param name="Person">Who.</param>
/// <param name="Right">What would have been needed, such as <c>ManageStaff</c>.</param>
public sealed record SignerMayNot(string Person, string Right) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.SignerMayNot;
}

/// <summary>296 CHANGED_SINCE: What the proposal was made on has moved on; the preview no longer says what would happen.</summary>
public sealed record ChangedSince(long Bound, long Now) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.ChangedSince;
}
