using System.Text.Json.Serialization;

namespace Mingzhang.Domain.Accounts;

/// <summary>What happened to an account. Public API: stable names, additive change only.</summary>
/// <remarks>Closed: a fact event carries the accepted command as <c>Fact</c> and what followed; a day event follows from a day that
/// passed.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(AccountClosed), "account-closed.v1")]
[JsonDerivedType(typeof(AccountCorrected), "account-corrected.v1")]
[JsonDerivedType(typeof(AccountForked), "account-forked.v1")]
[JsonDerivedType(typeof(AccountOpened), "account-opened.v1")]
[JsonDerivedType(typeof(AccountReopened), "account-reopened.v1")]
[JsonDerivedType(typeof(AutoRepayFellDue), "auto-repay-fell-due.v1")]
[JsonDerivedType(typeof(AutoRepaySet), "auto-repay-set.v1")]
[JsonDerivedType(typeof(BillOverdue), "bill-overdue.v1")]
[JsonDerivedType(typeof(BillRolled), "bill-rolled.v1")]
[JsonDerivedType(typeof(BillsMoved), "bills-moved.v1")]
[JsonDerivedType(typeof(BillsReturned), "bills-returned.v1")]
[JsonDerivedType(typeof(ClosingCancelled), "closing-cancelled.v1")]
[JsonDerivedType(typeof(ClosingConfirmed), "closing-confirmed.v1")]
[JsonDerivedType(typeof(ClosingLapsed), "closing-lapsed.v1")]
[JsonDerivedType(typeof(ClosingRequested), "closing-requested.v1")]
[JsonDerivedType(typeof(ConsentWithdrawn), "consent-withdrawn.v1")]
[JsonDerivedType(typeof(CreditApplied), "credit-applied.v1")]
[JsonDerivedType(typeof(CreditBalanceReturned), "credit-balance-returned.v1")]
[JsonDerivedType(typeof(DayPassed), "day-passed.v1")]
[JsonDerivedType(typeof(DebtReplanned), "debt-replanned.v1")]
[JsonDerivedType(typeof(DebtWaived), "debt-waived.v1")]
[JsonDerivedType(typeof(DebtWrittenOff), "debt-written-off.v1")]
[JsonDerivedType(typeof(DebtsDeclared), "debts-declared.v1")]
[JsonDerivedType(typeof(DisbursementFailed), "disbursement-failed.v1")]
[JsonDerivedType(typeof(DisputeOpened), "dispute-opened.v1")]
[JsonDerivedType(typeof(DisputeResolved), "dispute-resolved.v1")]
[JsonDerivedType(typeof(DueDayChanged), "due-day-changed.v1")]
[JsonDerivedType(typeof(EarlyFeePosted), "early-fee-posted.v1")]
[JsonDerivedType(typeof(ForcedClosingStarted), "forced-closing-started.v1")]
[JsonDerivedType(typeof(HoldExpired), "hold-expired.v1")]
[JsonDerivedType(typeof(HoldReleased), "hold-released.v1")]
[JsonDerivedType(typeof(InstalmentDue), "instalment-due.v1")]
[JsonDerivedType(typeof(InterestPosted), "interest-posted.v1")]
[JsonDerivedType(typeof(LimitChanged), "limit-changed.v1")]
[JsonDerivedType(typeof(LinkedServiceSet), "linked-service-set.v1")]
[JsonDerivedType(typeof(SpendingCapSet), "spending-cap-set.v1")]
[JsonDerivedType(typeof(LoanAccrualPosted), "loan-accrual-posted.v1")]
[JsonDerivedType(typeof(LoanDebitFellDue), "loan-debit-fell-due.v1")]
[JsonDerivedType(typeof(LoanDisbursed), "loan-disbursed.v1")]
[JsonDerivedType(typeof(LoanOverdue), "loan-overdue.v1")]
[JsonDerivedType(typeof(LoanRequestLapsed), "loan-request-lapsed.v1")]
[JsonDerivedType(typeof(LoanRequested), "loan-requested.v1")]
[JsonDerivedType(typeof(LoanRescheduled), "loan-rescheduled.v1")]
[JsonDerivedType(typeof(LoanSettled), "loan-settled.v1")]
[JsonDerivedType(typeof(OfflinePurchaseTaken), "offline-purchase-taken.v1")]
[JsonDerivedType(typeof(OverdueChargePosted), "overdue-charge-posted.v1")]
[JsonDerivedType(typeof(OverdueCured), "overdue-cured.v1")]
[JsonDerivedType(typeof(PaymentFailed), "payment-failed.v1")]
[JsonDerivedType(typeof(PaymentSubmitted), "payment-submitted.v1")]
[JsonDerivedType(typeof(PlanStarted), "plan-started.v1")]
[JsonDerivedType(typeof(PriceSet), "price-set.v1")]
[JsonDerivedType(typeof(PurchaseAuthorised), "purchase-authorised.v1")]
[JsonDerivedType(typeof(PurchaseCaptured), "purchase-captured.v1")]
[JsonDerivedType(typeof(PurchasePosted), "purchase-posted.v1")]
[JsonDerivedType(typeof(ReceiptConfirmed), "receipt-confirmed.v1")]
[JsonDerivedType(typeof(RefundAnnounced), "refund-announced.v1")]
[JsonDerivedType(typeof(RefundReceived), "refund-received.v1")]
[JsonDerivedType(typeof(ReliefEnded), "relief-ended.v1")]
[JsonDerivedType(typeof(ReliefOffered), "relief-offered.v1")]
[JsonDerivedType(typeof(ReliefRequested), "relief-requested.v1")]
[JsonDerivedType(typeof(ReliefStarted), "relief-started.v1")]
[JsonDerivedType(typeof(RepaymentReceived), "repayment-received.v1")]
[JsonDerivedType(typeof(Restricted), "restricted.v1")]
[JsonDerivedType(typeof(RestrictedByRule), "restricted-by-rule.v1")]
[JsonDerivedType(typeof(RestrictionEnded), "restriction-ended.v1")]
[JsonDerivedType(typeof(RestrictionLifted), "restriction-lifted.v1")]
[JsonDerivedType(typeof(RunOffResumed), "run-off-resumed.v1")]
[JsonDerivedType(typeof(SceneLimitChanged), "scene-limit-changed.v1")]
[JsonDerivedType(typeof(StatementIssued), "statement-issued.v1")]
[JsonDerivedType(typeof(TemporaryLimitExpired), "temporary-limit-expired.v1")]
[JsonDerivedType(typeof(TemporaryLimitGranted), "temporary-limit-granted.v1")]
[JsonDerivedType(typeof(VersionMoveBooked), "version-move-booked.v1")]
[JsonDerivedType(typeof(VersionMoved), "version-moved.v1")]
public /*closed*/ abstract record AccountEvent
{
    private protected AccountEvent()
    {
    }

    /// <summary>The economic date.</summary>
    public required DateOnly EffectiveOn { get; init; }

    /// <summary>The command this event records, or null for what follows from terms and days.</summary>
    [JsonIgnore]
    public virtual AccountCommand? Recorded => null;
}
