namespace Mingzhang.Domain.Instalments;

/// <summary>Turns a bill, or a purchase that is not billed yet, into instalments. What is owed in all does not change at that
/// instant.</summary>
/// <param name="PlanId">Caller's id.</param>
/// <param name="BillIssuedOn">The bill by its statement day, or null.</param>
/// <param name="PurchaseId">The purchase, or null.</param>
/// <param name="Amount">Part of the bill's convertible principal; null = all of it.</param>
/// <param name="Count">Number of rows.</param>
/// <param name="Disclosure">Evidence of the confirmed cost table.</param>
public sealed record StartPlan(
    string PlanId, DateOnly? BillIssuedOn, string? PurchaseId, Money? Amount, int Count, CostConfirmation? Disclosure) : AccountCommand;

/// <summary>Instalments chosen at checkout; the plan begins when the purchase posts.</summary>
/// <param name="PlanId">Caller's id.</param>
/// <param name="Count">Number of rows.</param>
/// <param name="BornBy">Who bears the cost.</param>
/// <param name="Disclosure">Evidence that the cost was shown on the payment page and confirmed.</param>
public sealed record CheckoutPlan(string PlanId, int Count, CostBearer BornBy, CostConfirmation? Disclosure);

/// <summary>A plan began: debt moved from the bill, or from what is unbilled, to the rows of a schedule.</summary>
/// <param name="Fact">The command; null when a purchase posted with a plan chosen at checkout.</param>
/// <param name="Plan">The plan with its rows.</param>
/// <param name="Moved">What the principal was taken from.</param>
/// <param name="MerchantFee">Cost borne by the merchant.</param>
public sealed record PlanStarted(StartPlan? Fact, Loan Plan, ValueList<Allocation> Moved, Money MerchantFee) : LoanEvent
{
    /// <summary>The rates and the cap it was held to; null when it was booked before these were kept.</summary>
    public CostProof? Cost { get; init; }

    /// <inheritdoc/>
    public override AccountCommand? Recorded => Fact;
}
