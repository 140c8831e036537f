using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Tickets;

/// <summary>A ticket. Its texts and files belong to the person and stand elsewhere.</summary>
public sealed record Ticket
{
    /// <summary>Its number.</summary>
    public required TicketNumber Number { get; init; }

    /// <summary>Whose.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>The account it is about; null = none.</summary>
    public AccountId? Account { get; init; }

    /// <summary>What it is.</summary>
    public TicketKind Kind { get; init; }

    /// <summary>How it came in.</summary>
    public TicketChannel Channel { get; init; }

    /// <summary>What it is about: <c>account</c>, <c>statement:2026-07-01</c>, <c>loan:l-1</c>, <c>transfer:…</c> or a word.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The playbook beside it; empty = none chosen.</summary>
    public string Playbook { get; init; } = "";

    /// <summary>Who opened it: customer:…, staff:…, api:… or house:….</summary>
    public string OpenedBy { get; init; } = "";

    /// <summary>Who works on it; empty = nobody yet.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Where it waits.</summary>
    public string Queue { get; init; } = "";

    /// <summary>The rule that sent it there.</summary>
    public string Route { get; init; } = "";

    /// <summary>How far it is.</summary>
    public TicketState State { get; init; }

    /// <summary>How often it was escalated.</summary>
    public int Escalated { get; init; }

    /// <summary>When it was opened, by the clock of the house.</summary>
    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it was last answered; null = never.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>When something last happened.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>1 to 5; 0 = not rated.</summary>
    public int Rating { get; init; }

    /// <summary>Changes so far.</summary>
    public long Version { get; init; }

    /// <summary>Whether the house or somebody it waits for has to act: of these a customer has one per kind and subject.</summary>
    public bool IsOpen => State is not (TicketState.Answered or TicketState.Closed);
}

/// <summary>Something that happened to a ticket; never changed afterwards.</summary>
/// <param name="Number">1, 2, 3 …</param>
/// <param name="At">By the clock of the house.</param>
/// <param name="Actor">Who.</param>
/// <param name="What">
/// opened, message, reply, answered, asked-customer, asked-house, back, closed, reopened, escalated, moved, taken, extension-asked,
/// extended, note, playbook, identity, step, file, rated or acted.
/// </param>
/// <param name="From">State before.</param>
/// <param name="To">State after.</param>
/// <param name="Detail">Rule, queue, clock, file or step; nothing personal.</param>
/// <param name="Text">What was said; empty when nothing was, null when the person's key is gone.</param>
public sealed record TicketStep(
    int Number, DateTimeOffset At, string Actor, string What, TicketState From, TicketState To, string Detail, string? Text)
{
    /// <summary>Whether the customer reads it.</summary>
    public bool ForCustomer => What is "opened" or "message" or "reply" or "answered" or "asked-customer" or "asked-house" or "closed"
        or "reopened" or "escalated" or "extended" or "file" or "rated";
}

/// <summary>A ticket to open.</summary>
/// <param name="Customer">Whose.</param>
/// <param name="Account">The account it is about, or null.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Subject">What it is about; with customer and kind it names the ticket while one is open.</param>
/// <param name="Channel">How it came in.</param>
/// <param name="Text">What is said, 1 to 2,000 characters.</param>
/// <param name="By">Who opens it.</param>
public sealed record OpenTicket(
    CustomerId Customer, AccountId? Account, TicketKind Kind, string Subject, TicketChannel Channel, string Text, string By)
{
    /// <summary>The playbook to put beside it; empty = that of the kind.</summary>
    public string Playbook { get; init; } = "";

    /// <summary>Names this request among those of its ticket, so that sending it twice is sending it once; empty = none.</summary>
    public string Key { get; init; } = "";
}

/// <summary>A ticket, or why not.</summary>
/// <param name="Ticket">As it stands now; null when refused.</param>
/// <param name="Refusal">Why not; null when done.</param>
/// <param name="Added">Whether it stood there before and this was added to it.</param>
public sealed record TicketAnswer(Ticket? Ticket, Domain.Accounts.Refusal? Refusal, bool Added = false);
