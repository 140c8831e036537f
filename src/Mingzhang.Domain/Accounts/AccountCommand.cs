using System.Text.Json.Serialization;

namespace Mingzhang.Domain.Accounts;

/// <summary>Something the world did or asks for. Accepted, it is a fact of the account; refused, it changes nothing.</summary>
/// <remarks>Closed: the cases are sealed records in the slices' folders. Ids inside are given by the caller.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(AmendFact), "amend-fact.v1")]
[JsonDerivedType(typeof(AcceptRelief), "accept-relief.v1")]
[JsonDerivedType(typeof(AnnounceRefund), "announce-refund.v1")]
[JsonDerivedType(typeof(AuthorisePurchase), "authorise-purchase.v1")]
[JsonDerivedType(typeof(CancelClosing), "cancel-closing.v1")]
[JsonDerivedType(typeof(CapturePurchase), "capture-purchase.v1")]
[JsonDerivedType(typeof(ChangeDueDay), "change-due-day.v1")]
[JsonDerivedType(typeof(ConfirmClosing), "confirm-closing.v1")]
[JsonDerivedType(typeof(ConfirmDisbursement), "confirm-disbursement.v1")]
[JsonDerivedType(typeof(ConfirmReceipt), "confirm-receipt.v1")]
[JsonDerivedType(typeof(DeclareDebts), "declare-debts.v1")]
[JsonDerivedType(typeof(EndRelief), "end-relief.v1")]
[JsonDerivedType(typeof(FailDisbursement), "fail-disbursement.v1")]
[JsonDerivedType(typeof(FailPayment), "fail-payment.v1")]
[JsonDerivedType(typeof(ForceClosing), "force-closing.v1")]
[JsonDerivedType(typeof(ForkAccount), "fork-account.v1")]
[JsonDerivedType(typeof(GrantTemporaryLimit), "grant-temporary-limit.v1")]
[JsonDerivedType(typeof(LiftRestriction), "lift-restriction.v1")]
[JsonDerivedType(typeof(OfferRelief), "offer-relief.v1")]
[JsonDerivedType(typeof(MoveToVersion), "move-to-version.v1")]
[JsonDerivedType(typeof(OpenAccount), "open-account.v1")]
[JsonDerivedType(typeof(OpenDispute), "open-dispute.v1")]
[JsonDerivedType(typeof(PassDay), "pass-day.v1")]
[JsonDerivedType(typeof(PostOfflinePurchase), "post-offline-purchase.v1")]
[JsonDerivedType(typeof(ReceiveRefund), "receive-refund.v1")]
[JsonDerivedType(typeof(ReceiveRepayment), "receive-repayment.v1")]
[JsonDerivedType(typeof(ReleaseHold), "release-hold.v1")]
[JsonDerivedType(typeof(ReopenAccount), "reopen-account.v1")]
[JsonDerivedType(typeof(RequestClosing), "request-closing.v1")]
[JsonDerivedType(typeof(RequestLoan), "request-loan.v1")]
[JsonDerivedType(typeof(RequestRelief), "request-relief.v1")]
[JsonDerivedType(typeof(ResolveDispute), "resolve-dispute.v1")]
[JsonDerivedType(typeof(Restrict), "restrict.v1")]
[JsonDerivedType(typeof(ReturnCreditBalance), "return-credit-balance.v1")]
[JsonDerivedType(typeof(ReturnRepayment), "return-repayment.v1")]
[JsonDerivedType(typeof(ReverseFact), "reverse-fact.v1")]
[JsonDerivedType(typeof(SetAutoRepay), "set-auto-repay.v1")]
[JsonDerivedType(typeof(SetLimit), "set-limit.v1")]
[JsonDerivedType(typeof(SetLinkedService), "set-linked-service.v1")]
[JsonDerivedType(typeof(SetSpendingCap), "set-spending-cap.v1")]
[JsonDerivedType(typeof(SetPrice), "set-price.v1")]
[JsonDerivedType(typeof(SetSceneLimit), "set-scene-limit.v1")]
[JsonDerivedType(typeof(StartPlan), "start-plan.v1")]
[JsonDerivedType(typeof(SubmitPayment), "submit-payment.v1")]
[JsonDerivedType(typeof(WaiveDebt), "waive-debt.v1")]
[JsonDerivedType(typeof(WithdrawConsent), "withdraw-consent.v1")]
[JsonDerivedType(typeof(WriteOffDebt), "write-off-debt.v1")]
public /*closed*/ abstract record AccountCommand
{
    private protected AccountCommand()
    {
    }

    /// <summary>The economic date (起息日/交易日). Before the booked date it is a late fact and refolds the account.</summary>
    public required DateOnly EffectiveOn { get; init; }
}

/// <summary>Who asks.</summary>
public enum Actor
{
    /// <summary>The account's owner.</summary>
    Borrower,

    /// <summary>Staff under their own name.</summary>
    Staff,

    /// <summary>A payment channel or merchant that reports what already happened.</summary>
    Channel,

    /// <summary>The system by a dated rule.</summary>
    System,
}
