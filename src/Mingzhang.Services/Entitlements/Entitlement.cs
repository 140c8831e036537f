using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Entitlements;

/// <summary>
/// What the permission store says of an account. It is a copy beside the ledger, as every till that must answer at once needs one, so it
/// may be late or wrong: which sequence it stands at and which it has to know are in it. Amounts in minor units.
/// </summary>
public sealed record Entitlement
{
    /// <summary>Whose.</summary>
    public required AccountId Account { get; init; }

    /// <summary>The journal sequence it has to know.</summary>
    public long Wanted { get; init; }

    /// <summary>When that became so, microseconds since 1970 UTC.</summary>
    public long WantedAt { get; init; }

    /// <summary>Whether a repayment is among what it has to know.</summary>
    public bool Repaid { get; init; }

    /// <summary>Whether something of the account may ever have gone overdue.</summary>
    public bool EverOverdue { get; init; }

    /// <summary>The journal sequence it stands at; 0 = it was never worked out.</summary>
    public long Granted { get; init; }

    /// <summary>When it was worked out, microseconds since 1970 UTC.</summary>
    public long GrantedAt { get; init; }

    /// <summary>The figures.</summary>
    public required EntitlementFigures Figures { get; init; }

    /// <summary>The access rules it was decided with, such as <c>everyone:2</c>; empty = none applied.</summary>
    public string Rules { get; init; } = "";

    /// <summary>A stage that was told to stand still (sandbox): mark, refresh, or empty.</summary>
    public string Hold { get; init; } = "";

    /// <summary>Until when it stands still, microseconds since 1970 UTC.</summary>
    public long HeldUntil { get; init; }

    /// <summary>Whether it knows everything it has to.</summary>
    public bool IsFresh => Granted >= Wanted && Granted > 0;
}

/// <summary>What an entitlement is worked out to. Amounts in minor units.</summary>
/// <param name="On">The business day.</param>
/// <param name="NextOn">First day on which it changes by itself.</param>
/// <param name="Spend">May it be used at merchants, apart from the limit?</param>
/// <param name="Borrow">May loans be taken?</param>
/// <param name="Total">Limit of the general pool.</param>
/// <param name="Available">
/// Available limit when it was worked out. What lowers it later is not copied, so the true one is never more: 3,000.00 here and 2,950.00
/// in the ledger is right after a purchase, 2,950.00 here and 3,000.00 there is an error.
/// </param>
/// <param name="Posted">Posted balance.</param>
/// <param name="Due">Billed and unpaid.</param>
public sealed record EntitlementFigures(
    DateOnly On, DateOnly NextOn, bool Spend, bool Borrow, long Total, long Available, long Posted, long Due)
{
    /// <summary>Before anything was worked out: nothing is allowed.</summary>
    public static EntitlementFigures None { get; } = new(DateOnly.MinValue, DateOnly.MinValue, false, false, 0, 0, 0, 0);
}

/// <summary>A difference between the permission store and the ledger, found by itself.</summary>
/// <param name="Account">Whose.</param>
/// <param name="FoundAt">Microseconds since 1970 UTC.</param>
/// <param name="Kind">lag, permission, limit or figures.</param>
/// <param name="Detail">What differed.</param>
/// <param name="EndedAt">When it was repaired; 0 = it lasts.</param>
public sealed record UseFault(AccountId Account, long FoundAt, string Kind, string Detail, long EndedAt);

/// <summary>How well repaid accounts become usable (R161): of one business day.</summary>
/// <param name="Day">The day.</param>
/// <param name="Cleared">Accounts that paid everything due.</param>
/// <param name="Unusable">Of these, how many could not be used afterwards, for whatever reason.</param>
/// <param name="Refreshed">Rows worked out.</param>
/// <param name="Waited">Microseconds they waited, together: 4,000,000 over 20 rows is 0.2 s each.</param>
/// <param name="Longest">The longest wait, microseconds.</param>
public sealed record UseDay(DateOnly Day, long Cleared, long Unusable, long Refreshed, long Waited, long Longest);
