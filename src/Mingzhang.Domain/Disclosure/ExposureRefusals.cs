namespace Mingzhang.Domain.Disclosure;

/// <summary>253 ABOVE_PERSON_CAP: More than one person may have from this house over all accounts.</summary>
/// <param name="Cap">The cap.</param>
/// <param name="Owed">What the person has already.</param>
/// <param name="Possible">How much would be possible instead.</param>
public sealed record AbovePersonCap(Money Cap, Money Owed, Money Possible) : Refusal
{
    /// <summary>Where the rule comes from.</summary>
    public Clause? Rule { get; init; }

    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.AbovePersonCap;
}

/// <summary>254 OVER_INDEBTED: All debts together, those to others included, would take too much of the income.</summary>
/// <param name="Income">Declared income a month.</param>
/// <param name="SharePpm">The most that debts may take of it.</param>
/// <param name="Possible">How much would be possible instead.</param>
public sealed record OverIndebted(Money Income, long SharePpm, Money Possible) : Refusal
{
    /// <summary>Where the rule comes from.</summary>
    public Clause? Rule { get; init; }

    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.OverIndebted;
}

/// <summary>255 INCOME_UNKNOWN: Above this sum a loan needs a declaration of income and debts to others that is not too old.</summary>
public sealed record IncomeUnknown(Money Above) : Refusal
{
    /// <summary>Where the rule comes from.</summary>
    public Clause? Rule { get; init; }

    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.IncomeUnknown;
}

/// <summary>256 NO_PERSON_RULE: No rule says how much a person of this class may have on that day, which is no permission.</summary>
public sealed record NoPersonRule(string Class, DateOnly On) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.NoPersonRule;
}

/// <summary>257 TOO_MANY_LENDERS: The person owes too many other lenders.</summary>
public sealed record TooManyLenders(int Institutions, int Most) : Refusal
{
    /// <summary>Where the rule comes from.</summary>
    public Clause? Rule { get; init; }

    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.TooManyLenders;
}
