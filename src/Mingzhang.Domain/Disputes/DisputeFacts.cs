namespace Mingzhang.Domain.Disputes;

/// <summary>How a dispute ended.</summary>
public enum DisputeOutcome
{
    /// <summary>The customer was right: the debt goes.</summary>
    Upheld,

    /// <summary>The debt stands: it comes back exactly as it was.</summary>
    Rejected,
}

/// <summary>The customer disputes a debt: it leaves minimum, overdue and bureau status at once.</summary>
public sealed record OpenDispute(string DisputeId, Repayment.DebtName Debt, string Reason) : AccountCommand;

/// <summary>The dispute is decided.</summary>
public sealed record ResolveDispute(string DisputeId, DisputeOutcome Outcome) : AccountCommand;

/// <summary>A dispute is open on some due items.</summary>
public sealed record DisputeOpened(OpenDispute Fact, ValueList<int> ItemIds, Money Amount) : AccountEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}

/// <summary>A dispute ended; when upheld, the debt is cancelled and what was paid on it comes back.</summary>
public sealed record DisputeResolved(
    ResolveDispute Fact, ValueList<Repayment.Allocation> Cancelled, ValueList<Repayment.Allocation> Allocations, Money ToCredit)
        : AccountEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}
