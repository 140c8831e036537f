using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Values;

namespace Mingzhang.Domain.People;

/// <summary>910 CARD_NOT_TAKEN: The bank did not take the card, or did not answer; nothing was kept.</summary>
public sealed record CardNotTaken : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.CardNotTaken;
}

/// <summary>911 CARD_UNKNOWN: The person has no such bank card.</summary>
public sealed record CardUnknown : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.CardUnknown;
}

/// <summary>912 CARD_REPAYS_AUTOMATICALLY: It is the only card and automatic repayment of an account collects from it.</summary>
public sealed record CardRepaysAutomatically(AccountId Account) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.CardRepaysAutomatically;
}

/// <summary>913 CARD_MOVES_MONEY: A transfer of the card is under way; only the bank can end it.</summary>
public sealed record CardMovesMoney(string Transfer) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.CardMovesMoney;
}

/// <summary>914 CONSENT_NOT_GIVEN: What was not given cannot be withdrawn.</summary>
public sealed record ConsentNotGiven(string Consent) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.ConsentNotGiven;
}

/// <summary>915 PERSON_UNKNOWN: The house knows nobody under this number, or not any more.</summary>
public sealed record PersonUnknown : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.PersonUnknown;
}

/// <summary>916 PERSON_HAS_ACCOUNT: While an account is open its owner is not erased.</summary>
public sealed record PersonHasAccount(AccountId Account) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.PersonHasAccount;
}

/// <summary>917 PERSON_NOT_SETTLED: While an account owes, or is owed, its owner is not erased.</summary>
public sealed record PersonNotSettled(AccountId Account) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.PersonNotSettled;
}

/// <summary>918 RECORDS_KEPT: The law wants records of the relation kept until a day.</summary>
public sealed record RecordsKept(AccountId Account, DateOnly Until) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.RecordsKept;
}

/// <summary>930 ASSESSMENT_NOT_MADE: No decision about credit could be had now; nothing was opened.</summary>
public sealed record AssessmentNotMade : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.AssessmentNotMade;
}

/// <summary>931 PROCESSING_RESTRICTED: The person's data may only be kept and protected.</summary>
public sealed record ProcessingRestricted : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.ProcessingRestricted;
}

/// <summary>932 WRITTEN_ROUTE_ONLY: By the house's parameter only who is known since a day asks online.</summary>
public sealed record WrittenRouteOnly(DateOnly Since) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.WrittenRouteOnly;
}

/// <summary>933 PRIVACY_REQUEST_UNKNOWN: There is no such request, or nothing to lift.</summary>
public sealed record PrivacyRequestUnknown : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.PrivacyRequestUnknown;
}

/// <summary>934 PRIVACY_REQUEST_DECIDED: It is decided, or only carrying it out decides it.</summary>
public sealed record PrivacyRequestDecided : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.PrivacyRequestDecided;
}

/// <summary>935 IDENTITY_UNCHANGED: Name and identity number are already what was proposed.</summary>
public sealed record IdentityUnchanged : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.IdentityUnchanged;
}

/// <summary>936 IDENTITY_TAKES_TWO: Name and identity number of a known person are changed by a correction that two people make.</summary>
public sealed record IdentityTakesTwo : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.IdentityTakesTwo;
}
