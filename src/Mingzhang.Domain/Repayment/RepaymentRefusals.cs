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
