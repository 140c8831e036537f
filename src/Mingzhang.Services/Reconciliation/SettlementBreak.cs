using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Reconciliation;

/// <summary>Where the house and the bank's settlement file or a lender's statement differ.</summary>
public sealed record SettlementBreak
{
    /// <summary>The file's day.</summary>
    public DateOnly Day { get; init; }

    /// <summary>
    /// missing-here, missing-there, amount, state, twice, returned, unbooked (moved, and not in the ledger) or total (the lines do not
    /// come to the totals); of a lender's statement lender-missing-here, lender-missing-there, lender-amount, lender-twice,
    /// lender-total or lender-silent.
    /// </summary>
    public required string Kind { get; init; }

    /// <summary>The transfer, as the line names it.</summary>
    public required string TransferId { get; init; }

    /// <summary>Whose; null when the house has no such transfer.</summary>
    public AccountId? Account { get; init; }

    /// <summary>What moved by the house, minor units.</summary>
    public long Ours { get; init; }

    /// <summary>What moved by the file.</summary>
    public long Theirs { get; init; }

    /// <summary>The state here, or the bank's reference.</summary>
    public string Detail { get; init; } = "";

    /// <summary>open, repaired (by itself, after asking the bank) or closed (by staff).</summary>
    public string Status { get; init; } = "open";

    /// <summary>Who looks after it; empty = nobody yet.</summary>
    public string Owner { get; init; } = "";

    /// <summary>What was done about it.</summary>
    public string Note { get; init; } = "";

    /// <summary>When it was found.</summary>
    public DateOnly FoundOn { get; init; }

    /// <summary>When it ended; null while it is open.</summary>
    public DateOnly? EndedOn { get; init; }
}
