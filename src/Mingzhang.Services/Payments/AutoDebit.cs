using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Payments;

/// <summary>How an automatic collection stands.</summary>
public enum AutoDebitState
{
    /// <summary>It goes on.</summary>
    Waiting,

    /// <summary>Everything was collected, or is no longer owed.</summary>
    Done,

    /// <summary>No source gave all of it in any attempt; what is left the borrower has to pay.</summary>
    GivenUp,

    /// <summary>The borrower switched it off, or use of it is away.</summary>
    Stopped,
}

/// <summary>How much a planned payment pays, found out on its day.</summary>
public enum PlannedRule
{
    /// <summary>A sum, or everything payable when that is less.</summary>
    Sum,

    /// <summary>What is billed and unpaid.</summary>
    Bill,

    /// <summary>What the minimum still lacks.</summary>
    Minimum,

    /// <summary>Everything payable.</summary>
    All,
}

/// <summary>
/// What the borrower let the house collect on a due day, or planned for a day of their own: from source after source, in the borrower's
/// order; on a due day in several attempts. Amounts in minor units.
/// </summary>
public sealed record AutoDebit
{
    /// <summary>Whose.</summary>
    public required AccountId Account { get; init; }

    /// <summary>What for: <c>bill:2026-07-01</c>, <c>loan:l-1:2026-07-05</c> or <c>plan:ID</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>The loan it pays; empty = the bill.</summary>
    public string Loan { get; init; } = "";

    /// <summary>The statement day of the bill; null for a loan.</summary>
    public DateOnly? Bill => Subject.StartsWith("bill:", StringComparison.Ordinal)
        ? DateOnly.ParseExact(Subject.AsSpan(5), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : null;

    /// <summary>What a planned payment pays; null for what falls due by itself.</summary>
    public PlannedRule? Rule { get; init; }

    /// <summary>Sources of a planned payment in their order; empty: those of automatic repayment.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>The due day, or the day it was planned for.</summary>
    public DateOnly DueOn { get; init; }

    /// <summary>What fell due.</summary>
    public long Amount { get; init; }

    /// <summary>What was collected so far.</summary>
    public long Collected { get; init; }

    /// <summary>Attempts that are over.</summary>
    public int Attempt { get; init; }

    /// <summary>The source to ask next, by its place in the borrower's order.</summary>
    public int Source { get; init; }

    /// <summary>The transfer that is under way; empty = none.</summary>
    public string Transfer { get; init; } = "";

    /// <summary>How it stands.</summary>
    public AutoDebitState State { get; init; }

    /// <summary>When to go on, microseconds since 1970 UTC; 0 = nothing to do.</summary>
    public long NextAt { get; init; }

    /// <summary>Changes so far.</summary>
    public long Version { get; init; }
}

/// <summary>When attempts are made.</summary>
public sealed record AutoDebitOptions
{
    /// <summary>Hours of the due day in China. Sample parameter: 08:00, 13:00 and 20:00.</summary>
    public IReadOnlyList<TimeOnly> Hours { get; init; } = [new(8, 0), new(13, 0), new(20, 0)];

    /// <summary>In a sandbox, whose days do not take a day: the time between attempts; null = by the hours.</summary>
    public TimeSpan? Spacing { get; init; }
}
