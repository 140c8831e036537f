using System.Globalization;

namespace Mingzhang.Services.Access;

/// <summary>What a condition looks at.</summary>
public enum AccessKind
{
    /// <summary>At most so many bills or loan rows went overdue within the last days.</summary>
    OverdueCount,

    /// <summary>At most so much is posted as owed on the account, minor units.</summary>
    DebtMost,

    /// <summary>A consent is held.</summary>
    ConsentHeld,

    /// <summary>The account has been open for at least so many days.</summary>
    OpenDays,
}

/// <summary>One condition of use.</summary>
/// <param name="Code">Its name, kept with every decision.</param>
/// <param name="Kind">What it looks at.</param>
/// <param name="Bound">Count, minor units or days, by the kind.</param>
/// <param name="WithinDays">The window of a count; 0 = none.</param>
/// <param name="Consent">The consent's code; empty for other kinds.</param>
/// <param name="Zh">What it asks, in Chinese.</param>
/// <param name="En">In English.</param>
public sealed record AccessCondition(string Code, AccessKind Kind, long Bound, int WithinDays, string Consent, string Zh, string En);

/// <summary>A version of the conditions of use for a segment, from a day on (R143).</summary>
/// <param name="Code">The segment's name, such as <c>everyone</c> or <c>new-customers</c>.</param>
/// <param name="Version">1, 2, 3 …</param>
/// <param name="From">First day it holds.</param>
/// <param name="Products">Product codes; empty = all.</param>
/// <param name="OpenedFrom">Accounts opened on or after this day; null = all.</param>
/// <param name="Sample">Whether the numbers are an example and no known rule.</param>
/// <param name="Conditions">All have to hold.</param>
public sealed record AccessRules(
    string Code, int Version, DateOnly From, IReadOnlyList<string> Products, DateOnly? OpenedFrom, bool Sample,
    IReadOnlyList<AccessCondition> Conditions)
{
    /// <summary>Code and version, such as <c>everyone:2</c>.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Code}:{Version}");

    /// <summary>Whether an account belongs to the segment.</summary>
    public bool Covers(string product, DateOnly openedOn) =>
        (Products.Count == 0 || Products.Contains(product)) && (OpenedFrom is not { } from || openedOn >= from);
}

/// <summary>A condition that an account does not meet.</summary>
/// <param name="Rules">Name of the version, such as <c>everyone:2</c>.</param>
/// <param name="Condition">Which.</param>
/// <param name="Found">What was found: 3 bills, 1,200.00 yuan, 12 days.</param>
public sealed record AccessFailure(string Rules, AccessCondition Condition, long Found)
{
    /// <summary>What is kept with the restriction: <c>everyone:2/overdue-count=3</c>.</summary>
    public string Note => string.Create(CultureInfo.InvariantCulture, $"{Rules}/{Condition.Code}={Found}");
}
