namespace Mingzhang.Domain.Permissions;

/// <summary>What an account may be used for, apart from its debt.</summary>
public enum Permission
{
    /// <summary>Pay at merchants.</summary>
    Spend,

    /// <summary>Draw cash loans.</summary>
    Borrow,

    /// <summary>Turn a bill or purchase into instalments.</summary>
    Convert,

    /// <summary>Be debited automatically on the due day.</summary>
    AutoRepay,

    /// <summary>Receive temporary limits.</summary>
    TemporaryLimit,
}

/// <summary>Why a permission is away. Each maps to a reason code the customer sees (domain rules, section 5.1).</summary>
public enum RestrictionReason
{
    /// <summary>The borrower stopped use.</summary>
    StoppedByBorrower,

    /// <summary>Overdue: restored after payment.</summary>
    Overdue,

    /// <summary>Observation period after an overdue, until a date (C02).</summary>
    OverdueCooling,

    /// <summary>Overdue too long: ended for good, until a new assessment.</summary>
    OverdueTerminated,

    /// <summary>Risk protection (C03).</summary>
    Risk,

    /// <summary>Risk protection that a video interview lifts (C03, K12).</summary>
    RiskVideoInterview,

    /// <summary>Court or investigation (K14).</summary>
    LegalHold,

    /// <summary>The identity document expired (C04).</summary>
    IdentityExpired,

    /// <summary>New device or phone number (C08).</summary>
    DeviceChanged,

    /// <summary>A current access condition is not met; the note names it (C01).</summary>
    AccessCondition,

    /// <summary>Total debt too high (C09).</summary>
    OverIndebted,

    /// <summary>A required consent was withdrawn (C10).</summary>
    ConsentMissing,

    /// <summary>A lender paused funding (C12).</summary>
    FundingPaused,

    /// <summary>Long disuse.</summary>
    Dormant,

    /// <summary>A relief agreement that stops use runs (C01).</summary>
    ReliefRuns,

    /// <summary>The borrower chose not to use it until a day; nobody can shorten that (R085).</summary>
    CoolingOff,
}

/// <summary>A permission that is away, and why.</summary>
/// <param name="Id">Caller's id, or the system's name for its own.</param>
/// <param name="Permissions">Which permissions.</param>
/// <param name="Reason">Why.</param>
/// <param name="PlacedOn">Since when.</param>
/// <param name="Until">First day on which it falls away by itself; null = until lifted.</param>
/// <param name="Note">Words for the customer, such as the failed condition.</param>
public sealed record Restriction(
    string Id, ValueList<Permission> Permissions, RestrictionReason Reason, DateOnly PlacedOn, DateOnly? Until, string? Note);

/// <summary>Takes permissions away with a reason: freeze, pause, stop.</summary>
public sealed record Restrict(
    string RestrictionId, ValueList<Permission> Permissions, RestrictionReason Reason, DateOnly? Until, Actor By, string? Note)
        : AccountCommand;

/// <summary>Gives them back.</summary>
public sealed record LiftRestriction(string RestrictionId, Actor By, string Reason) : AccountCommand;

/// <summary>Switches automatic repayment on the due day on or off; sources in the order they are debited.</summary>
public sealed record SetAutoRepay(bool On, ValueList<string> Sources) : AccountCommand;

/// <summary>Links or unlinks a service that uses the line as its password-free or repayment method (K16).</summary>
public sealed record SetLinkedService(string Service, bool Linked) : AccountCommand;

/// <summary>A borrower's own cap on what is spent in a calendar month; null takes it away (R085). Lower holds at once, higher or none from
/// the first of the next month, so that a moment's wish does not undo it.</summary>
/// <example>On 5 July a cap of 500.00 is set while 320.00 is spent: 180.00 may be spent until 31 July. Raised on 6 July to 900.00, it is
/// 900.00 from 1 August.</example>
public sealed record SetSpendingCap(Money? Cap) : AccountCommand;

/// <summary>The borrower's cap changed.</summary>
/// <param name="Fact">The command.</param>
/// <param name="From">First day it holds.</param>
public sealed record SpendingCapSet(SetSpendingCap Fact, DateOnly From) : AccountEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}

/// <summary>Permissions were taken away.</summary>
public sealed record Restricted(Restrict Fact) : AccountEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}

/// <summary>They are back.</summary>
public sealed record RestrictionLifted(LiftRestriction Fact) : AccountEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}

/// <summary>The system took permissions away by rule (overdue, cooling, termination, consent).</summary>
public sealed record RestrictedByRule(Restriction Restriction) : AccountEvent;

/// <summary>The system gave them back by rule, or their time ended.</summary>
public sealed record RestrictionEnded(string RestrictionId) : AccountEvent;

/// <summary>Automatic repayment changed.</summary>
public sealed record AutoRepaySet(SetAutoRepay Fact) : AccountEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}

/// <summary>A linked service changed.</summary>
public sealed record LinkedServiceSet(SetLinkedService Fact) : AccountEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}
