namespace Mingzhang.Domain.Tickets;

/// <summary>800 TICKET_UNKNOWN: No ticket has this number; somebody else's answers the same.</summary>
public sealed record TicketUnknown(string Number) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.TicketUnknown;
}

/// <summary>801 TICKET_STATE_FORBIDS: Not possible in the state the ticket is in.</summary>
public sealed record TicketStateForbids(string Number, string State) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.TicketStateForbids;
}

/// <summary>802 TICKET_OPEN_ALREADY: Another ticket of the same kind about the same is open; it goes on there.</summary>
public sealed record TicketOpenAlready(string Number) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.TicketOpenAlready;
}

/// <summary>803 TICKET_TEXT_WRONG: A text of 1 to so many characters.</summary>
public sealed record TicketTextWrong(int Most) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.TicketTextWrong;
}

/// <summary>804 TICKET_NOT_OVERDUE: Only a ticket whose clock ran out is escalated.</summary>
public sealed record TicketNotOverdue(string Number) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.TicketNotOverdue;
}

/// <summary>805 CLOCK_NOT_EXTENDABLE: No rule makes this clock longer, or not once more.</summary>
public sealed record ClockNotExtendable(string Clock) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.ClockNotExtendable;
}

/// <summary>806 SECOND_PERSON_NEEDED: Whoever asked for it cannot agree to it.</summary>
public sealed record SecondPersonNeeded(string Clock) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.SecondPersonNeeded;
}

/// <summary>807 QUEUE_UNKNOWN: No queue has this name.</summary>
public sealed record QueueUnknown(string Queue) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.QueueUnknown;
}

/// <summary>808 IDENTITY_NOT_PROVEN: The caller's identity was not checked, or too long ago.</summary>
public sealed record IdentityNotProven : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.IdentityNotProven;
}

/// <summary>809 IDENTITY_WRONG: Phone and last four do not belong together; an unknown phone answers the same.</summary>
public sealed record IdentityWrong : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.IdentityWrong;
}

/// <summary>810 IDENTITY_LOCKED: Too many wrong answers; nobody sees the person by phone for a day.</summary>
public sealed record IdentityLocked : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.IdentityLocked;
}

/// <summary>811 FILE_NOT_ACCEPTED: Neither PNG, JPEG nor PDF by its content.</summary>
public sealed record FileNotAccepted : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.FileNotAccepted;
}

/// <summary>812 FILE_TOO_LARGE: Above the largest size.</summary>
public sealed record FileTooLarge(int MostMegabytes) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.FileTooLarge;
}

/// <summary>813 TOO_MANY_FILES: The ticket has as many as it may have.</summary>
public sealed record TooManyFiles(int Most) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.TooManyFiles;
}

/// <summary>814 PLAYBOOK_STEP_UNKNOWN: No such procedure, or the procedure beside the ticket has no such step.</summary>
public sealed record PlaybookStepUnknown(string Step) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.PlaybookStepUnknown;
}
