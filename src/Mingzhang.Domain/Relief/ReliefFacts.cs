namespace Mingzhang.Domain.Relief;

/// <summary>The customer asks for help (协商申请); nothing changes but that the house must answer.</summary>
/// <param name="ReliefId">Caller's id.</param>
/// <param name="Wish">The kind hoped for.</param>
/// <param name="LoanId">The loan, or null for bills.</param>
/// <param name="Reason">Why, in the customer's words.</param>
public sealed record RequestRelief(string ReliefId, ReliefKind Wish, string? LoanId, string Reason) : AccountCommand;

/// <summary>The house offers an agreement; also in answer to an application of the same id.</summary>
public sealed record OfferRelief(string ReliefId, ReliefPlan Plan, string Reason) : AccountCommand;

/// <summary>The customer agrees, with the cost table read; the new rows hold from today.</summary>
/// <param name="ReliefId">An offer's id, or a new id for what is self-service.</param>
/// <param name="Plan">What is agreed; must be what was offered, where something was.</param>
/// <param name="Disclosure">Evidence of the confirmed cost table.</param>
public sealed record AcceptRelief(string ReliefId, ReliefPlan Plan, CostConfirmation? Disclosure) : AccountCommand;

/// <summary>An application or offer ends, or a running agreement is called off: the way back to the contract's own rows.</summary>
public sealed record EndRelief(string ReliefId, Actor By, string Reason) : AccountCommand;

/// <summary>One amount of a waiver.</summary>
/// <param name="Component">Principal, interest, charge or fee.</param>
/// <param name="Amount">How much of it.</param>
public sealed record WaivedPart(Component Component, Money Amount);

/// <summary>The house waives a part of the debt (减免).</summary>
/// <param name="WaiverId">Caller's id.</param>
/// <param name="LoanId">The loan or plan; null = what belongs to none.</param>
/// <param name="Parts">How much of what.</param>
/// <param name="Reason">Why.</param>
public sealed record WaiveDebt(string WaiverId, string? LoanId, ValueList<WaivedPart> Parts, string Reason) : AccountCommand;

/// <summary>Why an application, an offer or an agreement is over.</summary>
public enum ReliefEnding
{
    /// <summary>Done: its time is over or its debt is paid.</summary>
    Completed,

    /// <summary>The customer did not want it, or called it off.</summary>
    CalledOff,

    /// <summary>The house said no, or ended it.</summary>
    Declined,

    /// <summary>Nobody answered in time.</summary>
    Lapsed,

    /// <summary>The new rows were not kept.</summary>
    Broken,
}

/// <summary>What happened to agreements. Closed.</summary>
public /*closed*/ abstract record ReliefEvent : AccountEvent
{
    private protected ReliefEvent()
    {
    }
}

/// <summary>The customer asked.</summary>
public sealed record ReliefRequested(RequestRelief Fact, DateOnly ExpiresOn) : ReliefEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}

/// <summary>The house offered.</summary>
public sealed record ReliefOffered(OfferRelief Fact, DateOnly ExpiresOn) : ReliefEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}

/// <summary>An agreement holds. What it does to the debt follows in the same entry.</summary>
public sealed record ReliefStarted(AcceptRelief Fact, ReliefAgreement Agreement) : ReliefEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}

/// <summary>A charge that was posted and is now due with a later row; it bears nothing until then.</summary>
public sealed record CarriedCharge(int ItemId, Component Component, Money Amount);

/// <summary>A row of a new schedule.</summary>
/// <param name="Number">1 upwards.</param>
/// <param name="DueOn">Due day.</param>
/// <param name="ItemId">The due item of its principal; 0 when it has none.</param>
/// <param name="Principal">Principal.</param>
/// <param name="Charge">Fixed interest or fee, posted when it falls due.</param>
/// <param name="Carried">Posted interest and charges that are due with it.</param>
public sealed record ReplannedRow(
    int Number, DateOnly DueOn, int ItemId, Money Principal, Money Charge, ValueList<CarriedCharge> Carried);

/// <summary>Due items were laid out anew: the same principal, interest and charges, on other days. No money moves.</summary>
/// <param name="ReliefId">By which agreement.</param>
/// <param name="Loan">The loan or plan as it is now; its rows stand in <paramref name="Rows"/>.</param>
/// <param name="Replaced">The due items that went, with what was unpaid of each.</param>
/// <param name="Rows">What took their place.</param>
/// <param name="Posted">What of it had been posted and leaves the running statement until its rows fall due.</param>
public sealed record DebtReplanned(
    string ReliefId, Loan Loan, ValueList<Allocation> Replaced, ValueList<ReplannedRow> Rows, Money Posted) : ReliefEvent;

/// <summary>What was billed and unpaid goes onto the next bill; the bills it stood on ask for nothing more.</summary>
/// <param name="ReliefId">By which agreement.</param>
/// <param name="ItemIds">The due items.</param>
/// <param name="Amount">Their unpaid sum.</param>
/// <param name="Revolves">Overdue principal bears the ordinary interest from now on, not the overdue charge.</param>
public sealed record BillsMoved(string ReliefId, ValueList<int> ItemIds, Money Amount, bool Revolves) : ReliefEvent;

/// <summary>Bills that were moved and not billed anew are due again: the way back.</summary>
/// <param name="ReliefId">By which agreement.</param>
/// <param name="ItemIds">The due items.</param>
/// <param name="BillIssuedOn">The bill they return to.</param>
/// <param name="DueOn">Its due day: the old one, or today when that has passed.</param>
public sealed record BillsReturned(string ReliefId, ValueList<int> ItemIds, DateOnly BillIssuedOn, DateOnly DueOn) : ReliefEvent;

/// <summary>An application, offer or agreement is over.</summary>
/// <param name="ReliefId">Which.</param>
/// <param name="Fact">The command that ended it; null when a day or a payment did.</param>
/// <param name="How">Why.</param>
public sealed record ReliefEnded(string ReliefId, EndRelief? Fact, ReliefEnding How) : ReliefEvent
{
    /// <inheritdoc/>
    public override AccountCommand? Recorded => Fact;
}

/// <summary>A part of the debt was waived.</summary>
/// <param name="Fact">The command.</param>
/// <param name="Allocations">What it took from which due item.</param>
/// <param name="Posted">What of it stood on the running statement.</param>
public sealed record DebtWaived(WaiveDebt Fact, ValueList<Allocation> Allocations, Money Posted) : ReliefEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}
