using System.Text.Json.Serialization;

namespace Mingzhang.Domain.Accounts;

/// <summary>A stable reason code: numbers are never reused, and stand in order of precedence.</summary>
public readonly record struct ReasonCode(int Number, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A business "no": a code and its facts, no sentences. Closed; the cases stand in <c>Refusals.cs</c> of each slice.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "code")]
[JsonDerivedType(typeof(InvalidCommand), "INVALID_COMMAND")]
[JsonDerivedType(typeof(AmountNotPositive), "AMOUNT_NOT_POSITIVE")]
[JsonDerivedType(typeof(CurrencyMismatch), "CURRENCY_MISMATCH")]
[JsonDerivedType(typeof(AmountTooLarge), "AMOUNT_TOO_LARGE")]
[JsonDerivedType(typeof(EffectiveDateOutOfRange), "EFFECTIVE_DATE_OUT_OF_RANGE")]
[JsonDerivedType(typeof(AccountNotOpen), "ACCOUNT_NOT_OPEN")]
[JsonDerivedType(typeof(AccountAlreadyOpen), "ACCOUNT_ALREADY_OPEN")]
[JsonDerivedType(typeof(AccountIsClosed), "ACCOUNT_IS_CLOSED")]
[JsonDerivedType(typeof(ClosingInProgress), "CLOSING_IN_PROGRESS")]
[JsonDerivedType(typeof(TermsNotEffective), "TERMS_NOT_EFFECTIVE")]
[JsonDerivedType(typeof(ConsentMissing), "CONSENT_MISSING")]
[JsonDerivedType(typeof(BankCardMissing), "BANK_CARD_MISSING")]
[JsonDerivedType(typeof(AssessmentDeclined), "ASSESSMENT_DECLINED")]
[JsonDerivedType(typeof(LimitOutOfBounds), "LIMIT_OUT_OF_BOUNDS")]
[JsonDerivedType(typeof(DueDayNotOffered), "DUE_DAY_NOT_OFFERED")]
[JsonDerivedType(typeof(DueDayChangedRecently), "DUE_DAY_CHANGED_RECENTLY")]
[JsonDerivedType(typeof(ReopeningNotAllowed), "REOPENING_NOT_ALLOWED")]
[JsonDerivedType(typeof(ReopeningTooEarly), "REOPENING_TOO_EARLY")]
[JsonDerivedType(typeof(PermissionAway), "PERMISSION_AWAY")]
[JsonDerivedType(typeof(SceneNotEligible), "SCENE_NOT_ELIGIBLE")]
[JsonDerivedType(typeof(AboveSinglePurchaseCap), "ABOVE_SINGLE_PURCHASE_CAP")]
[JsonDerivedType(typeof(AboveDailyCap), "ABOVE_DAILY_CAP")]
[JsonDerivedType(typeof(LimitExceeded), "LIMIT_EXCEEDED")]
[JsonDerivedType(typeof(PurchaseExists), "PURCHASE_EXISTS")]
[JsonDerivedType(typeof(PurchaseUnknown), "PURCHASE_UNKNOWN")]
[JsonDerivedType(typeof(PurchaseInOtherStage), "PURCHASE_IN_OTHER_STAGE")]
[JsonDerivedType(typeof(CaptureAboveHold), "CAPTURE_ABOVE_HOLD")]
[JsonDerivedType(typeof(RefundAbovePurchase), "REFUND_ABOVE_PURCHASE")]
[JsonDerivedType(typeof(RefundExists), "REFUND_EXISTS")]
[JsonDerivedType(typeof(BorrowerMayOnlyLower), "BORROWER_MAY_ONLY_LOWER")]
[JsonDerivedType(typeof(WindowInvalid), "WINDOW_INVALID")]
[JsonDerivedType(typeof(TemporaryLimitExists), "TEMPORARY_LIMIT_EXISTS")]
[JsonDerivedType(typeof(RestrictionExists), "RESTRICTION_EXISTS")]
[JsonDerivedType(typeof(RestrictionUnknown), "RESTRICTION_UNKNOWN")]
[JsonDerivedType(typeof(RestrictionNotYours), "RESTRICTION_NOT_YOURS")]
[JsonDerivedType(typeof(LoansNotOffered), "LOANS_NOT_OFFERED")]
[JsonDerivedType(typeof(OfferUnknown), "OFFER_UNKNOWN")]
[JsonDerivedType(typeof(LoanAmountNotOffered), "LOAN_AMOUNT_NOT_OFFERED")]
[JsonDerivedType(typeof(LoanExists), "LOAN_EXISTS")]
[JsonDerivedType(typeof(LoanUnknown), "LOAN_UNKNOWN")]
[JsonDerivedType(typeof(TooManyLoans), "TOO_MANY_LOANS")]
[JsonDerivedType(typeof(DisclosureMissing), "DISCLOSURE_MISSING")]
[JsonDerivedType(typeof(DisclosureOutdated), "DISCLOSURE_OUTDATED")]
[JsonDerivedType(typeof(ReadTooFast), "READ_TOO_FAST")]
[JsonDerivedType(typeof(AboveCostCap), "ABOVE_COST_CAP")]
[JsonDerivedType(typeof(BillNotConvertible), "BILL_NOT_CONVERTIBLE")]
[JsonDerivedType(typeof(EarlyPartNotOffered), "EARLY_PART_NOT_OFFERED")]
[JsonDerivedType(typeof(DisclosureLapsed), "DISCLOSURE_LAPSED")]
[JsonDerivedType(typeof(AbovePersonCap), "ABOVE_PERSON_CAP")]
[JsonDerivedType(typeof(OverIndebted), "OVER_INDEBTED")]
[JsonDerivedType(typeof(IncomeUnknown), "INCOME_UNKNOWN")]
[JsonDerivedType(typeof(NoPersonRule), "NO_PERSON_RULE")]
[JsonDerivedType(typeof(TooManyLenders), "TOO_MANY_LENDERS")]
[JsonDerivedType(typeof(TwoPeopleNeeded), "TWO_PEOPLE_NEEDED")]
[JsonDerivedType(typeof(ProposalUnknown), "PROPOSAL_UNKNOWN")]
[JsonDerivedType(typeof(ProposalDecided), "PROPOSAL_DECIDED")]
[JsonDerivedType(typeof(ProposalExpired), "PROPOSAL_EXPIRED")]
[JsonDerivedType(typeof(OwnProposal), "OWN_PROPOSAL")]
[JsonDerivedType(typeof(SignerUnnamed), "SIGNER_UNNAMED")]
[JsonDerivedType(typeof(ChangedSince), "CHANGED_SINCE")]
[JsonDerivedType(typeof(VersionExists), "VERSION_EXISTS")]
[JsonDerivedType(typeof(VersionTooEarly), "VERSION_TOO_EARLY")]
[JsonDerivedType(typeof(RepaymentExists), "REPAYMENT_EXISTS")]
[JsonDerivedType(typeof(RepaymentAboveDebt), "REPAYMENT_ABOVE_DEBT")]
[JsonDerivedType(typeof(DebtUnknown), "DEBT_UNKNOWN")]
[JsonDerivedType(typeof(RepaymentUnknown), "REPAYMENT_UNKNOWN")]
[JsonDerivedType(typeof(CreditBalanceTooSmall), "CREDIT_BALANCE_TOO_SMALL")]
[JsonDerivedType(typeof(ClosingBlocked), "CLOSING_BLOCKED")]
[JsonDerivedType(typeof(NoticeOutdated), "NOTICE_OUTDATED")]
[JsonDerivedType(typeof(NotClosing), "NOT_CLOSING")]
[JsonDerivedType(typeof(VerificationFailed), "VERIFICATION_FAILED")]
[JsonDerivedType(typeof(VideoInterviewRequired), "VIDEO_INTERVIEW_REQUIRED")]
[JsonDerivedType(typeof(ClosingAlreadyConfirmed), "CLOSING_ALREADY_CONFIRMED")]
[JsonDerivedType(typeof(ForcedClosingCannotBeCancelled), "FORCED_CLOSING_CANNOT_BE_CANCELLED")]
[JsonDerivedType(typeof(NothingToDispute), "NOTHING_TO_DISPUTE")]
[JsonDerivedType(typeof(DisputeExists), "DISPUTE_EXISTS")]
[JsonDerivedType(typeof(DisputeUnknown), "DISPUTE_UNKNOWN")]
[JsonDerivedType(typeof(NothingToWriteOff), "NOTHING_TO_WRITE_OFF")]
[JsonDerivedType(typeof(FactUnknown), "FACT_UNKNOWN")]
[JsonDerivedType(typeof(FactNotReversible), "FACT_NOT_REVERSIBLE")]
[JsonDerivedType(typeof(FactAlreadyReversed), "FACT_ALREADY_REVERSED")]
[JsonDerivedType(typeof(LateFactNotAccepted), "LATE_FACT_NOT_ACCEPTED")]
[JsonDerivedType(typeof(KeyReusedWithOtherContent), "KEY_REUSED_WITH_OTHER_CONTENT")]
[JsonDerivedType(typeof(SandboxOnly), "SANDBOX_ONLY")]
public /*closed*/ abstract record Refusal
{
    private protected Refusal()
    {
    }

    /// <summary>The stable code.</summary>
    [JsonIgnore]
    public abstract ReasonCode Code { get; }
}
