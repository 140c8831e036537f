using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Progress.Spend;

/// <summary>What a line of spending is.</summary>
public enum SpendKind
{
    /// <summary>A purchase was posted.</summary>
    Purchase,

    /// <summary>A merchant gave money back.</summary>
    Refund,

    /// <summary>A dispute about it was decided for the customer.</summary>
    Dispute,
}

/// <summary>One line of spending: what a purchase, refund or dispute moved.</summary>
public sealed record SpendLine
{
    /// <summary>Journal sequence by which it is known.</summary>
    public long Known { get; init; }

    /// <summary>Its place among the lines of <see cref="Known"/>.</summary>
    public int Part { get; init; }

    /// <summary>Journal sequence of the fact; 0 = it came with a day, such as a receipt that counts as confirmed.</summary>
    public long Origin { get; init; }

    /// <summary>Economic day.</summary>
    public DateOnly On { get; init; }

    /// <summary>What it is.</summary>
    public SpendKind Kind { get; init; }

    /// <summary>The purchase; empty = a refund without one.</summary>
    public string PurchaseId { get; init; } = "";

    /// <summary>Merchant's name as the purchase gave it.</summary>
    public string Merchant { get; init; } = "";

    /// <summary>Scene of the purchase.</summary>
    public string Scene { get; init; } = "";

    /// <summary>Minor units of the account's currency; spent positive, given back negative.</summary>
    public long Amount { get; init; }
}

/// <summary>The merchant of a purchase.</summary>
/// <param name="Id">The purchase's id.</param>
/// <param name="Merchant">Merchant's name as given.</param>
/// <param name="Scene">Scene code.</param>
public sealed record BoughtAt(string Id, string Merchant, string Scene);

/// <summary>Everything an account spent, by what is known at a journal sequence.</summary>
/// <param name="Known">The sequence.</param>
/// <param name="Purchases">Merchants of its purchases.</param>
/// <param name="Lines">In effective order.</param>
public sealed record SpendBook(long Known, IReadOnlyList<BoughtAt> Purchases, IReadOnlyList<SpendLine> Lines);

/// <summary>A time that an account's spending is not shown for.</summary>
/// <param name="AfterSequence">Journal sequence after which facts are left out.</param>
/// <param name="AfterDay">Day after which what came with days is left out.</param>
/// <param name="UntilSequence">Last journal sequence left out; <see cref="long.MaxValue"/> = it lasts.</param>
/// <param name="UntilDay">Last day left out.</param>
public sealed record SpendGap(long AfterSequence, DateOnly AfterDay, long UntilSequence, DateOnly UntilDay)
{
    /// <summary>Whether a line falls into it.</summary>
    public bool Hides(SpendLine line) => line.Origin > 0
        ? line.Origin > AfterSequence && line.Origin <= UntilSequence
        : line.On > AfterDay && line.On <= UntilDay;
}
