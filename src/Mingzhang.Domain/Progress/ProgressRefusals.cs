namespace Mingzhang.Domain.Progress;

/// <summary>890 PROGRESS_IN_USE: It cannot be closed while an instalment or deferral runs; all of them are named.</summary>
public sealed record ProgressInUse(string Agreements) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.ProgressInUse;
}

/// <summary>891 PROGRESS_CLOSED_ALREADY: Progress management is closed already.</summary>
public sealed record ProgressClosedAlready(DateOnly Since) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.ProgressClosedAlready;
}

/// <summary>892 PROGRESS_OPEN_ALREADY: Progress management is open already.</summary>
public sealed record ProgressOpenAlready() : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.ProgressOpenAlready;
}

/// <summary>893 PROGRESS_STEP_MISSING: What closing changes was not shown and acknowledged, or too long ago.</summary>
public sealed record ProgressStepMissing() : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.ProgressStepMissing;
}

/// <summary>894 AGENT_MAY_ONLY_GUIDE: With an unsettled instalment an agent may only guide to repayment, or hand over.</summary>
public sealed record AgentMayOnlyGuide(string Agreement) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.AgentMayOnlyGuide;
}

/// <summary>895 BUDGET_OUT_OF_RANGE: A budget is above zero and not above the bound.</summary>
public sealed record BudgetOutOfRange(Money Most) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.BudgetOutOfRange;
}

/// <summary>896 IMPORT_UNREADABLE: A file to import is not what it should be; nothing of it was kept.</summary>
public sealed record ImportUnreadable(string Why) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.ImportUnreadable;
}

/// <summary>897 SMS_NOT_UNDERSTOOD: No pattern of a bank fits the message.</summary>
public sealed record SmsNotUnderstood() : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.SmsNotUnderstood;
}
