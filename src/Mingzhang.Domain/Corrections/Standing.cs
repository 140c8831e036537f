namespace Mingzhang.Domain.Corrections;

/// <summary>Whether a later fact still stands when an earlier one changes: what it names must still be there.</summary>
/// <remarks>A refold does not ask again whether the house would have agreed; what happened has happened. But a capture without its
/// authorisation, or a refund above what was bought, cannot be.</remarks>
internal static class Standing
{
    /// <summary>Null when it stands, or what is missing.</summary>
    public static Refusal? Of(AccountState state, AccountCommand fact)
    {
        var refusal = fact switch
        {
            CapturePurchase c => PurchaseRules.Check(state, c),
            ConfirmReceipt c => PurchaseRules.Check(state, c),
            ReleaseHold c => PurchaseRules.Check(state, c),
            AnnounceRefund c => RefundRules.Check(state, c),
            ReceiveRefund c => RefundRules.Check(state, c),
            ResolveDispute c => DisputeRules.Check(state, c),
            ConfirmDisbursement c => Requested(state, c.LoanId),
            FailDisbursement c => Requested(state, c.LoanId),
            LiftRestriction c => PermissionRules.Check(state, c),
            RequestLoan c => Free(state, c.LoanId),
            StartPlan c => Free(state, c.PlanId),
            SetPrice { LoanId: { } id } => state.Loans.Any(loan => loan.Id == id) ? null : new LoanUnknown(id),
            // The rest: facts that rest on no other, or that follow what is there.
            _ => null,
        };
        return refusal is PurchaseUnknown or PurchaseInOtherStage or CaptureAboveHold or RefundAbovePurchase or DisputeUnknown
            or LoanUnknown or LoanExists or RestrictionUnknown ? refusal : null;
    }

    // An id may be used again when its loan is settled long ago; two open loans cannot have it.
    private static LoanExists? Free(AccountState state, string id) =>
        state.Loans.Any(loan => loan.Id == id) || state.LoanRequests.Any(request => request.Fact.LoanId == id) ? new LoanExists(id) : null;

    private static LoanUnknown? Requested(AccountState state, string loanId) =>
        state.LoanRequests.Any(request => request.Fact.LoanId == loanId) ? null : new LoanUnknown(loanId);
}
