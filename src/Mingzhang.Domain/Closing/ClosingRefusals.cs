namespace Mingzhang.Domain.Closing;

/// <summary>103 CLOSING_IN_PROGRESS: New use ends when closing is asked for.</summary>
public sealed record ClosingInProgress(DateOnly RequestedOn) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.ClosingInProgress;
}

/// <summary>400 CLOSING_BLOCKED: The list names each blocker (K01 to K18).</summary>
public sealed record ClosingBlocked(ValueList<ClosingBlocker> Blockers) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.ClosingBlocked;
}

/// <summary>401 NOTICE_OUTDATED: Step 1 acknowledges the current notice.</summary>
public sealed record NoticeOutdated(string CurrentVersion) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.NoticeOutdated;
}

/// <summary>402 NOT_CLOSING: There is nothing to confirm or call off.</summary>
public sealed record NotClosing : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.NotClosing;
}

/// <summary>403 VERIFICATION_FAILED: Step 2 needs a verified person (K11).</summary>
public sealed record VerificationFailed : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.VerificationFailed;
}

/// <summary>404 VIDEO_INTERVIEW_REQUIRED: A risk account is closed after an interview (K12).</summary>
public sealed record VideoInterviewRequired : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.VideoInterviewRequired;
}

/// <summary>405 CLOSING_ALREADY_CONFIRMED: Step 2 happens once.</summary>
public sealed record ClosingAlreadyConfirmed(DateOnly ConfirmedOn) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.ClosingAlreadyConfirmed;
}

/// <summary>406 FORCED_CLOSING_CANNOT_BE_CANCELLED: It can be appealed.</summary>
public sealed record ForcedClosingCannotBeCancelled : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.ForcedClosingCannotBeCancelled;
}

/// <summary>945 CLOSING_NOT_ANNOUNCED: The house closes only what it announced, under that announcement.</summary>
public sealed record ClosingNotAnnounced : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.ClosingNotAnnounced;
}

/// <summary>946 CLOSING_NOTICE_RUNS: The announced time of a closing by the house is not over.</summary>
public sealed record ClosingNoticeRuns(DateOnly From) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.ClosingNoticeRuns;
}

/// <summary>947 OBJECTION_OPEN: An objection is answered before the house closes.</summary>
public sealed record ObjectionOpen(string Ticket) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.ObjectionOpen;
}
