namespace Mingzhang.Domain.Permissions;

/// <summary>200 PERMISSION_AWAY: The permission is away; debt and limit play no part.</summary>
public sealed record PermissionAway(Permission Permission, RestrictionReason Reason, DateOnly? Until, string? Note) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.PermissionAway;
}

/// <summary>230 RESTRICTION_EXISTS: Another restriction has the id.</summary>
public sealed record RestrictionExists(string RestrictionId) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.RestrictionExists;
}

/// <summary>231 RESTRICTION_UNKNOWN: Unknown or already lifted.</summary>
public sealed record RestrictionUnknown(string RestrictionId) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.RestrictionUnknown;
}

/// <summary>410 COOLING_OFF_RUNS: What a borrower chose for a time cannot be shortened by anybody.</summary>
public sealed record CoolingOffRuns(DateOnly Until) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.CoolingOffRuns;
}

/// <summary>411 SPENDING_CAP_REACHED: The borrower's own cap for the month.</summary>
public sealed record SpendingCapReached(Money Cap, Money Spent) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.SpendingCapReached;
}

/// <summary>232 RESTRICTION_NOT_YOURS: A borrower lifts only what the borrower placed.</summary>
public sealed record RestrictionNotYours(string RestrictionId) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.RestrictionNotYours;
}

/// <summary>309 ACCESS_RULES_REFUSED: Conditions of use break a rule, are there already, or begin on a day that is over.</summary>
public sealed record AccessRulesRefused(string Rule) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.AccessRulesRefused;
}
