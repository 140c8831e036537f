namespace Mingzhang.Domain.Repayment;

/// <summary>A debt by a name that survives corrections: one purchase, one component of one bill, or one loan.</summary>
/// <param name="PurchaseId">The purchase, or null.</param>
/// <param name="BillIssuedOn">The bill by its statement day, or null.</param>
/// <param name="Component">With a bill: which component; null = all of it.</param>
/// <param name="LoanId">The loan or plan, or null; what is due of it first, then early.</param>
public sealed record DebtName(string? PurchaseId, DateOnly? BillIssuedOn, Component? Component, string? LoanId = null)
{
    /// <summary>The name in a line.</summary>
    internal string Text => LoanId ?? PurchaseId ?? $"{BillIssuedOn:yyyy-MM-dd} {Component}";
}

/// <summary>What a due item is made of.</summary>
public enum Component
{
    /// <summary>Principal; occupies the limit.</summary>
    Principal,

    /// <summary>Revolving interest.</summary>
    Interest,

    /// <summary>Overdue charge (逾期费用).</summary>
    OverdueCharge,

    /// <summary>A fee of the contract, such as for repaying early.</summary>
    Fee,
}

/// <summary>One source of a repayment, such as balance, fund or bank card.</summary>
public sealed record RepaymentSource(string Source, Money Amount);

/// <summary>Money that went to one due item.</summary>
/// <param name="ItemId">The due item.</param>
/// <param name="Component">Its component.</param>
/// <param name="Bucket">The bucket of the allocation order it stood in; null when the payer named the debt or a refund named its
/// purchase.</param>
/// <param name="Amount">How much.</param>
/// <param name="WrittenOff">The item was written off before: the money is a recovery.</param>
public sealed record Allocation(int ItemId, Component Component, Products.AllocationBucket? Bucket, Money Amount, bool WrittenOff);

/// <summary>The customer sent a payment that the channel has not confirmed (P03, K08).</summary>
public sealed record SubmitPayment(string RepaymentId, Money Amount) : AccountCommand;

/// <summary>A submitted payment did not come through (P04).</summary>
public sealed record FailPayment(string RepaymentId, string Reason) : AccountCommand;

/// <summary>A repayment arrived.</summary>
/// <param name="RepaymentId">Caller's id.</param>
/// <param name="Sources">Where the money came from; their sum is the amount.</param>
/// <param name="Named">Debt the payer named; paid first.</param>
/// <param name="By">Borrower: more than the total debt is refused. Channel: the money is here, the rest becomes a credit balance.</param>
public sealed record ReceiveRepayment(string RepaymentId, ValueList<RepaymentSource> Sources, DebtName? Named, Actor By) : AccountCommand
{
    /// <summary>What money beyond what is due does to the rows of a loan.</summary>
    public EarlyMode Early { get; init; }
}

/// <summary>A repayment was taken back by its bank: the account becomes as if it had never come.</summary>
public sealed record ReturnRepayment(string RepaymentId, string Reason) : AccountCommand;

/// <summary>A credit balance was paid out to where it came from.</summary>
public sealed record ReturnCreditBalance(string PayoutId, Money Amount) : AccountCommand;

/// <summary>A payment is under way.</summary>
public sealed record PaymentSubmitted(SubmitPayment Fact) : AccountEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}

/// <summary>It failed.</summary>
public sealed record PaymentFailed(FailPayment Fact) : AccountEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}

/// <summary>A repayment was allocated.</summary>
/// <param name="Fact">The command.</param>
/// <param name="Amount">Sum of the sources.</param>
/// <param name="Allocations">In order.</param>
/// <param name="ToCredit">What was left over.</param>
/// <param name="LimitReturned">Repaid principal: how much limit came back.</param>
public sealed record RepaymentReceived(
    ReceiveRepayment Fact, Money Amount, ValueList<Allocation> Allocations, Money ToCredit, Money LimitReturned) : AccountEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}

/// <summary>A credit balance met new debt.</summary>
public sealed record CreditApplied(ValueList<Allocation> Allocations, Money Amount) : AccountEvent;

/// <summary>A credit balance went back to the customer.</summary>
/// <param name="Fact">The command.</param>
/// <param name="Uncovered">The part for which, after a correction, there was no credit balance: the customer owes it back. Zero when
/// booked on time.</param>
/// <param name="ItemId">The due item of the uncovered part; 0 when there is none.</param>
public sealed record CreditBalanceReturned(ReturnCreditBalance Fact, Money Uncovered, int ItemId) : AccountEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}
