namespace Mingzhang.Domain.Accounts;

/// <summary>What a due item bears from the day after its due day.</summary>
public enum Bearing
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Revolving interest.</summary>
    Revolving,

    /// <summary>The overdue charge.</summary>
    Overdue,
}

/// <summary>One thing owed.</summary>
/// <param name="Id">Number within the account, by order of origin.</param>
/// <param name="PurchaseId">The purchase it comes from; null for interest and charges.</param>
/// <param name="Component">Principal, interest or charge.</param>
/// <param name="Pool">Limit pool its principal occupies; null = general.</param>
/// <param name="Cyclable">Principal of which only a part is due with the first bill; rolled principal no longer is.</param>
/// <param name="PostedOn">When it became debt.</param>
/// <param name="BilledOn">Statement day of its first bill; null = unbilled.</param>
/// <param name="DueOn">Its due day now; null = unbilled.</param>
/// <param name="Amount">As posted.</param>
/// <param name="Paid">Paid, refunded or cancelled so far.</param>
/// <param name="Credited">The part of <paramref name="Paid"/> that refunds and cancellations paid, not the customer.</param>
/// <param name="Bearing">What it bears.</param>
/// <param name="Disputed">Under dispute: out of minimum, overdue and accrual.</param>
/// <param name="WrittenOff">Off the balance sheet, still owed.</param>
public sealed record DueItem(
    int Id, string? PurchaseId, Component Component, string? Pool, bool Cyclable, DateOnly PostedOn, DateOnly? BilledOn, DateOnly? DueOn,
    Money Amount, Money Paid, Money Credited, Bearing Bearing, bool Disputed, bool WrittenOff)
{
    /// <summary>The loan or plan it belongs to, or null.</summary>
    public string? LoanId { get; init; }

    /// <summary>The row of that loan; 0 for what is no row.</summary>
    public int Row { get; init; }

    /// <summary>A row that has not fallen due: owed, but on no bill, and payable early only.</summary>
    public bool Scheduled { get; init; }

    /// <summary>Where what rolls stays cyclable: the last bill drawn when a minimum it stood in was missed; on later bills it is due in
    /// full. Null = none was missed.</summary>
    public DateOnly? MissedOn { get; init; }

    /// <summary>Moved by an agreement and not billed anew: the statement day of the bill it was first on, which counts what is paid and
    /// disputed meanwhile and may get it back. Null = not moved.</summary>
    public DateOnly? MovedFrom { get; init; }

    /// <summary>The first bill it counts for: its own, or the one an agreement moved it off; null = none.</summary>
    public DateOnly? CountsFrom => BilledOn ?? MovedFrom;

    /// <summary>What is left.</summary>
    public Money Unpaid => Amount - Paid;

    /// <summary>True for principal.</summary>
    public bool IsPrincipal => Component == Component.Principal;
}
