namespace Mingzhang.Domain.Opening;

/// <summary>Evidence of a consent: which text, which version.</summary>
public sealed record Consent(string Code, string Version);

/// <summary>A bank card as a token of its issuer and the last four digits; never the number.</summary>
public sealed record BankCard(string Token, string LastFour);

/// <summary>The result of a credit assessment, made outside the core and recorded as a fact.</summary>
/// <param name="Id">The assessment's id.</param>
/// <param name="Approved">Whether a line may be opened.</param>
/// <param name="Limit">The granted total limit.</param>
/// <param name="Model">Model and version that decided.</param>
/// <param name="FailedCondition">When not approved: the condition that failed, in words for the customer.</param>
public sealed record Assessment(string Id, bool Approved, Money Limit, string Model, string? FailedCondition)
{
    /// <summary>The class that selects the cap over all accounts, such as <c>good-credit</c>; null = standard.</summary>
    public string? CustomerClass { get; init; }
}

/// <summary>Opens the line. Refusals: already open, consent or card missing, assessment negative, limit out of bounds, due day not
/// offered.</summary>
public sealed record OpenAccount(
    AccountId Account, string Product, int TermsVersion, ValueList<Consent> Consents, BankCard? Card, Assessment Assessment,
        int? DueDay) : AccountCommand;

/// <summary>Opens a closed account again under a new assessment and fresh consent; id and history stay.</summary>
public sealed record ReopenAccount(int TermsVersion, ValueList<Consent> Consents, BankCard? Card, Assessment Assessment) : AccountCommand;

/// <summary>Moves the due day, at most once in so many months; the statement day moves with it.</summary>
public sealed record ChangeDueDay(int DueDay) : AccountCommand;

/// <summary>Withdraws a consent; a required one ends use (C10).</summary>
public sealed record WithdrawConsent(string Code) : AccountCommand;

/// <summary>The line is open.</summary>
/// <param name="Fact">The command.</param>
/// <param name="StatementDay">Day of the month of statements.</param>
/// <param name="DueDay">Day of the month on which they are due.</param>
/// <param name="FirstStatementOn">The first statement's day.</param>
/// <param name="Terms">What the state keeps of the terms.</param>
public sealed record AccountOpened(OpenAccount Fact, int StatementDay, int DueDay, DateOnly FirstStatementOn, KeptTerms Terms)
    : AccountEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}

/// <summary>The line is open again.</summary>
public sealed record AccountReopened(ReopenAccount Fact, DateOnly NextStatementOn, KeptTerms Terms) : AccountEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}

/// <summary>A new cycle is booked; it takes over after the next statement.</summary>
public sealed record DueDayChanged(ChangeDueDay Fact, int StatementDay) : AccountEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}

/// <summary>A consent is withdrawn.</summary>
public sealed record ConsentWithdrawn(WithdrawConsent Fact, bool Required) : AccountEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}
