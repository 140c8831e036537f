namespace Mingzhang.Domain.Repayment;

/// <summary>300 REPAYMENT_EXISTS: Another repayment has the id.</summary>
public sealed record RepaymentExists(string RepaymentId) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.RepaymentExists;
}

/// <summary>301 REPAYMENT_ABOVE_DEBT: A borrower pays at most what is owed, accrued interest included.</summary>
public sealed record RepaymentAboveDebt(Money TotalDebt) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.RepaymentAboveDebt;
}

/// <summary>302 DEBT_UNKNOWN: The named purchase or bill owes nothing.</summary>
public sealed record DebtUnknown(string Name) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.DebtUnknown;
}

/// <summary>303 REPAYMENT_UNKNOWN: Unknown, or already returned.</summary>
public sealed record RepaymentUnknown(string RepaymentId) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.RepaymentUnknown;
}

/// <summary>306 PLANNED_DAY: A payment is planned for a day from the next one on, at most 60 days ahead.</summary>
/// <param name="First">The earliest day.</param>
/// <param name="Last">The latest day.</param>
public sealed record PlannedDayWrong(DateOnly First, DateOnly Last) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.PlannedDay;
}

/// <summary>307 PLANNED_UNKNOWN: There is no planned payment of that name that still waits.</summary>
public sealed record PlannedUnknown(string Name) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.PlannedUnknown;
}

/// <summary>308 PAY_REQUEST_OVER: The request to pay for somebody was used, withdrawn or has expired.</summary>
public sealed record PayRequestOver : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.PayRequestOver;
}

/// <summary>305 NO_PAYMENT_CHANNEL: No bank is set up here that could move money; nothing was booked.</summary>
public sealed record NoPaymentChannel : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.NoPaymentChannel;
}

/// <summary>304 CREDIT_BALANCE_TOO_SMALL: A payout is at most the credit balance.</summary>
public sealed record CreditBalanceTooSmall(Money CreditBalance) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.CreditBalanceTooSmall;
}
