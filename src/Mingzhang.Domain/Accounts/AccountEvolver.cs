namespace Mingzhang.Domain.Accounts;

/// <summary>Folds events into state: mechanical and total, no rules. Each slice folds its own events.</summary>
public static class AccountEvolver
{
    /// <summary>The state after one event. Version and next date are left alone; see <see cref="After"/>.</summary>
    public static AccountState Evolve(AccountState state, AccountEvent happened)
    {
        if (happened is AccountCorrected or AccountForked)
        {
            return Fold(state, happened);
        }

        // What the commonest events fold neither reads accruals nor changes them: one copy then takes both.
        var on = happened.EffectiveOn;
        return on > state.AsOf && state.Loans.Count == 0 && LeavesAccruals(state, happened)
            ? Fold(state, happened).Standing(on, state.AccrualsTo(on))
            : Fold(state.AccruedTo(on), happened);
    }

    private static bool LeavesAccruals(AccountState state, AccountEvent happened) =>
        happened is PurchaseAuthorised or PurchaseCaptured or PurchasePosted
        || (happened is RepaymentReceived && state.Terms.Bears is not { RepaidCountsFromStatement: true });

    /// <summary>The state after a journal entry: its events, the version set to its sequence, the next date computed.</summary>
    public static AccountState After(AccountState state, ValueList<AccountEvent> events, long sequence, ProductTerms terms)
    {
        foreach (var happened in events.AsSpan())
        {
            state = Evolve(state, happened);
        }

        return state with { Version = sequence, NextDate = NextDates.Of(state, terms) };
    }

    private static AccountState Fold(AccountState state, AccountEvent happened) => happened switch
    {
        AccountOpened e => OpeningFold.Opened(state, e),
        AccountReopened e => OpeningFold.Reopened(state, e),
        DueDayChanged e => OpeningFold.DueDay(state, e),
        ConsentWithdrawn e => state with { Consents = state.Consents.Where(c => c.Code != e.Fact.Code) },
        LimitChanged e => state with { TotalLimit = e.Fact.Total },
        TemporaryLimitGranted e => state with { TemporaryLimits = state.TemporaryLimits.Add(e.Fact.Limit) },
        TemporaryLimitExpired e => state with { TemporaryLimits = state.TemporaryLimits.Where(l => l.Id != e.Limit.Id) },
        SceneLimitChanged e => LimitFold.Scene(state, e),
        Restricted e => PermissionFold.Place(state, PermissionFold.From(e)),
        RestrictedByRule e => PermissionFold.Place(state, e.Restriction),
        RestrictionLifted e => PermissionFold.End(state, e.Fact.RestrictionId),
        RestrictionEnded e => PermissionFold.End(state, e.RestrictionId),
        AutoRepaySet e => state with { AutoRepaySources = e.Fact.On ? e.Fact.Sources : [] },
        LinkedServiceSet e => PermissionFold.Link(state, e.Fact),
        SpendingCapSet e => PermissionFold.Cap(state, e),
        PurchaseAuthorised e => PurchaseFold.Authorised(state, e),
        PurchaseCaptured e => PurchaseFold.Captured(state, e),
        ReceiptConfirmed => state,
        OfflinePurchaseTaken e => PurchaseFold.Offline(state, e),
        PurchasePosted e => PurchaseFold.Posted(state, e),
        HoldReleased e => PurchaseFold.HoldGone(state, e.Fact.PurchaseId, e.Amount),
        HoldExpired e => PurchaseFold.HoldGone(state, e.PurchaseId, e.Amount),
        RefundAnnounced e => state with { PendingRefunds =
            state.PendingRefunds.Add(new(e.Fact.RefundId, e.Fact.PurchaseId, e.Fact.Amount)) },
        RefundReceived e => RefundFold.Received(state, e),
        PaymentSubmitted e => RepaymentFold.Submitted(state, e),
        PaymentFailed e => RepaymentFold.Failed(state, e),
        RepaymentReceived e => RepaymentFold.Received(state, e),
        CreditApplied e => RepaymentFold.Apply(state, e.Allocations) with { CreditBalance = state.CreditBalance - e.Amount },
        CreditBalanceReturned e => RepaymentFold.Returned(state, e),
        StatementIssued e => BillingFold.Issued(state, e),
        InterestPosted e => BillingFold.Interest(state, e),
        OverdueChargePosted e => BillingFold.Charge(state, e),
        BillRolled e => BillingFold.Rolled(state, e),
        BillOverdue e => BillingFold.Overdue(state, e),
        OverdueCured e => BillingFold.Cured(state, e),
        AutoRepayFellDue => state,
        DayPassed => state,
        DebtWrittenOff e => state with { WrittenOffOn = e.EffectiveOn, Items = state.Items.Map(item => item with { WrittenOff = true }) },
        DisputeOpened e => DisputeFold.Opened(state, e),
        DisputeResolved e => DisputeFold.Resolved(state, e),
        ClosingRequested e => ClosingFold.Requested(state, e),
        ClosingConfirmed e => ClosingFold.Confirmed(state, e),
        ClosingCancelled e => state with { Lifecycle = new Active(), TotalLimit = e.LimitRestored },
        ClosingLapsed => state with { Lifecycle = new Active() },
        ForcedClosingStarted e => ClosingFold.Forced(state, e),
        RunOffResumed e => ClosingFold.Resumed(state, e),
        AccountClosed e => ClosingFold.Closed(state, e),
        AccountCorrected e => e.After,
        AccountForked e => e.Fact.Snapshot,
        VersionMoveBooked e => state with { NextVersion = new NextVersion(e.On, e.Fact.Terms) },
        VersionMoved e => state with { Terms = e.Terms, NextVersion = null },
        LoanEvent e => Loans(state, e),
        DebtsDeclared e => DebtRules.Fold(state, e),
        PriceSet e => AccountPrices.Fold(state, e),
        ReliefEvent e => Reliefs(state, e),
    };

    private static AccountState Reliefs(AccountState state, ReliefEvent happened) => happened switch
    {
        ReliefRequested e => ReliefFold.Requested(state, e),
        ReliefOffered e => ReliefFold.Offered(state, e),
        ReliefStarted e => ReliefFold.Started(state, e),
        DebtReplanned e => ReliefFold.Replanned(state, e),
        BillsMoved e => ReliefFold.Moved(state, e),
        BillsReturned e => ReliefFold.Returned(state, e),
        ReliefEnded e => ReliefFold.Ended(state, e),
        DebtWaived e => ReliefFold.Waived(state, e),
    };

    private static AccountState Loans(AccountState state, LoanEvent happened) => happened switch
    {
        LoanRequested e => LoanFold.Requested(state, e),
        LoanDisbursed e => LoanFold.Disbursed(state, e),
        DisbursementFailed e => LoanFold.RequestGone(state, e.Fact.LoanId),
        LoanRequestLapsed e => LoanFold.RequestGone(state, e.LoanId),
        InstalmentDue e => LoanFold.Due(state, e),
        LoanOverdue e => LoanFold.Overdue(state, e),
        LoanAccrualPosted e => LoanFold.AccrualPosted(state, e),
        EarlyFeePosted e => LoanFold.FeePosted(state, e),
        LoanRescheduled e => LoanFold.Rescheduled(state, e),
        LoanSettled e => LoanFold.Settled(state, e),
        LoanDebitFellDue => state,
        PlanStarted e => InstalmentFold.Started(state, e),
    };
}
