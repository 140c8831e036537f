namespace Mingzhang.Domain.Corrections;

/// <summary>Which kinds of facts may arrive late, be taken back or be replaced (docs/rules/corrections.md has the reasons).</summary>
public static class FactKinds
{
    /// <summary>Whether a command may be effective before the day it is booked on.</summary>
    /// <remarks>Not: what asks the house for an answer of that moment (authorisations, loans, opening), what the customer confirmed on a
    /// day with its notice (closing), the due day, because statements that were sent keep their days, and what a customer
    /// bound themselves to: a cooling-off, an own cap.</remarks>
    public static bool MayBeLate(AccountCommand command) => command is CapturePurchase or ConfirmReceipt or ReleaseHold
        or PostOfflinePurchase or AnnounceRefund or ReceiveRefund or SubmitPayment or FailPayment or ReceiveRepayment
        or ReturnCreditBalance or SetLimit or GrantTemporaryLimit or SetSceneLimit or OpenDispute or ResolveDispute
        or ConfirmDisbursement or FailDisbursement or StartPlan or SetPrice or WriteOffDebt
        or Restrict { Reason: not RestrictionReason.CoolingOff } or LiftRestriction or WithdrawConsent or SetAutoRepay
        or SetLinkedService or AcceptRelief or EndRelief or WaiveDebt;

    /// <summary>Whether an accepted fact may be taken back or replaced, as long as no later fact rests on it.</summary>
    public static bool MayBeReversed(AccountCommand command) => command is AuthorisePurchase or RequestLoan || MayBeLate(command);

    /// <summary>Whether a closed account still takes it late: money that came, and prices that were wrong.</summary>
    public static bool ReachesClosed(AccountCommand command) =>
        command is ReceiveRefund or ReceiveRepayment { By: not Actor.Borrower } or SetPrice;

    /// <summary>Whether one command can stand in the place of another: same kind, same id.</summary>
    public static bool Replaces(AccountCommand replacement, AccountCommand fact) =>
        replacement.GetType() == fact.GetType() && IdOf(replacement) == IdOf(fact);

    /// <summary>The id that names what a fact is about; null for facts about the account as a whole.</summary>
    public static string? IdOf(AccountCommand command) => command switch
    {
        AuthorisePurchase c => c.PurchaseId,
        CapturePurchase c => c.PurchaseId,
        ConfirmReceipt c => c.PurchaseId,
        ReleaseHold c => c.PurchaseId,
        PostOfflinePurchase c => c.PurchaseId,
        AnnounceRefund c => c.RefundId,
        ReceiveRefund c => c.RefundId,
        SubmitPayment c => c.RepaymentId,
        FailPayment c => c.RepaymentId,
        ReceiveRepayment c => c.RepaymentId,
        ReturnCreditBalance c => c.PayoutId,
        GrantTemporaryLimit c => c.Limit.Id,
        SetSceneLimit c => c.Limit.Scene,
        OpenDispute c => c.DisputeId,
        ResolveDispute c => c.DisputeId,
        RequestLoan c => c.LoanId,
        ConfirmDisbursement c => c.LoanId,
        FailDisbursement c => c.LoanId,
        StartPlan c => c.PlanId,
        SetPrice c => c.LoanId,
        AcceptRelief c => c.ReliefId,
        EndRelief c => c.ReliefId,
        WaiveDebt c => c.WaiverId,
        Restrict c => c.RestrictionId,
        LiftRestriction c => c.RestrictionId,
        WithdrawConsent c => c.Code,
        SetLinkedService c => c.Service,
        // The rest: about the account as a whole.
        _ => null,
    };
}
