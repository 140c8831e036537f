namespace Mingzhang.Domain.Ledger;

/// <summary>The one table from events to double entry: each event is one balanced entry, or none.</summary>
public static class PostingRules
{
    /// <summary>The postings of an event; their sum is zero per currency. Empty for events that move no figure.</summary>
    public static ValueList<Posting> For(AccountEvent happened)
    {
        var entry = default(Entry);
        Book(ref entry, happened);
        return entry.Balanced();
    }

    private static void Book(ref Entry entry, AccountEvent happened)
    {
        switch (happened)
        {
            case AccountOpened e: entry.Pair(LedgerAccount.LimitGranted, LedgerAccount.LimitGrantedContra, e.Fact.Assessment.Limit); break;
            case AccountReopened e: entry.Pair(LedgerAccount.LimitGranted, LedgerAccount.LimitGrantedContra,
                e.Fact.Assessment.Limit); break;
            case LimitChanged e: entry.Pair(LedgerAccount.LimitGranted, LedgerAccount.LimitGrantedContra, e.Fact.Total - e.Before); break;
            case ClosingConfirmed e: entry.Pair(LedgerAccount.LimitGranted, LedgerAccount.LimitGrantedContra, -e.LimitBefore); break;
            case ForcedClosingStarted e: entry.Pair(LedgerAccount.LimitGranted, LedgerAccount.LimitGrantedContra, -e.LimitBefore); break;
            case ClosingCancelled e: entry.Pair(LedgerAccount.LimitGranted, LedgerAccount.LimitGrantedContra, e.LimitTaken()); break;
            case PurchaseAuthorised e: entry.Pair(LedgerAccount.Holds, LedgerAccount.HoldsContra, e.Fact.Amount); break;
            case PurchaseCaptured e: entry.Pair(LedgerAccount.Holds, LedgerAccount.HoldsContra, -e.Released); break;
            case HoldReleased e: entry.Pair(LedgerAccount.Holds, LedgerAccount.HoldsContra, -e.Amount); break;
            case HoldExpired e: entry.Pair(LedgerAccount.Holds, LedgerAccount.HoldsContra, -e.Amount); break;
            case PurchasePosted e: Posted(ref entry, e); break;
            case RefundReceived e: Refunded(ref entry, e); break;
            case RepaymentReceived e: Repaid(ref entry, e); break;
            case CreditApplied e: entry.Debit(LedgerAccount.CustomerCreditBalance, e.Amount).Settle(e.Allocations); break;
            case CreditBalanceReturned e: PaidOut(ref entry, e); break;
            case InterestPosted e: entry.Pair(LedgerAccount.InterestReceivable, LedgerAccount.InterestIncome, e.Amount); break;
            case OverdueChargePosted e: entry.Pair(LedgerAccount.OverdueChargeReceivable, LedgerAccount.OverdueChargeIncome,
                e.Amount); break;
            case LoanRequested e: entry.Pair(LedgerAccount.Holds, LedgerAccount.HoldsContra, e.Fact.Amount); break;
            case DisbursementFailed e: entry.Pair(LedgerAccount.Holds, LedgerAccount.HoldsContra, -e.Amount); break;
            case LoanRequestLapsed e: entry.Pair(LedgerAccount.Holds, LedgerAccount.HoldsContra, -e.Amount); break;
            case LoanDisbursed e: Lent(ref entry, e); break;
            case InstalmentDue e: entry.Pair(LedgerAccount.InterestReceivable, LedgerAccount.InterestIncome, e.Charge); break;
            case LoanAccrualPosted e: Grown(ref entry, e); break;
            case EarlyFeePosted e: entry.Pair(LedgerAccount.FeeReceivable, LedgerAccount.FeeIncome, e.Amount); break;
            case PlanStarted e: entry.Pair(LedgerAccount.MerchantPayable, LedgerAccount.MerchantFeeIncome, e.MerchantFee); break;
            case DebtWaived e: Waived(ref entry, e); break;
            case DebtWrittenOff e: WrittenOff(ref entry, e); break;
            case DisputeResolved e: Disputed(ref entry, e); break;
            case AccountCorrected e: entry.Lines(e.Lines); break;
            case AccountForked e: ForkPostings.Book(ref entry, e.Fact.Snapshot); break;
            // The rest: moves no figure; LedgerProof would find a forgotten one.
            default: break;
        }
    }

    private static void Posted(ref Entry entry, PurchasePosted e) => entry
        .Pair(LedgerAccount.Holds, LedgerAccount.HoldsContra, -e.FromHold)
        .Pair(LedgerAccount.PrincipalReceivable, LedgerAccount.MerchantPayable, e.Amount);

    private static void Refunded(ref Entry entry, RefundReceived e) => entry
        .Pair(LedgerAccount.Holds, LedgerAccount.HoldsContra, -e.FromHold)
        .Debit(LedgerAccount.MerchantPayable, e.Fact.Amount - e.FromHold)
        .Settle(e.Allocations)
        .Credit(LedgerAccount.CustomerCreditBalance, e.ToCredit);

    private static void Repaid(ref Entry entry, RepaymentReceived e) => entry
        .Debit(LedgerAccount.SettlementCash, e.Amount)
        .Settle(e.Allocations)
        .Credit(LedgerAccount.CustomerCreditBalance, e.ToCredit);

    private static void Lent(ref Entry entry, LoanDisbursed e) => entry
        .Pair(LedgerAccount.Holds, LedgerAccount.HoldsContra, -e.Loan.Principal)
        .Pair(LedgerAccount.PrincipalReceivable, LedgerAccount.SettlementCash, e.Loan.Principal);

    private static void Grown(ref Entry entry, LoanAccrualPosted e)
    {
        if (e.Growth == Growth.Interest)
        {
            entry.Pair(LedgerAccount.InterestReceivable, LedgerAccount.InterestIncome, e.Amount);
        }
        else
        {
            entry.Pair(LedgerAccount.OverdueChargeReceivable, LedgerAccount.OverdueChargeIncome, e.Amount);
        }
    }

    private static void PaidOut(ref Entry entry, CreditBalanceReturned e) => entry
        .Debit(LedgerAccount.CustomerCreditBalance, e.Fact.Amount - e.Uncovered)
        .Debit(LedgerAccount.PrincipalReceivable, e.Uncovered)
        .Credit(LedgerAccount.SettlementCash, e.Fact.Amount);

    private static void Waived(ref Entry entry, DebtWaived e)
    {
        foreach (var allocation in e.Allocations.AsSpan())
        {
            entry.Debit(LedgerAccount.WaiverLoss, allocation.Amount);
        }

        entry.Settle(e.Allocations);
    }

    private static void WrittenOff(ref Entry entry, DebtWrittenOff e) => entry
        .Debit(LedgerAccount.WriteOffLoss, e.Principal + e.Interest + e.OverdueCharge + e.Fee)
        .Credit(LedgerAccount.PrincipalReceivable, e.Principal)
        .Credit(LedgerAccount.InterestReceivable, e.Interest)
        .Credit(LedgerAccount.OverdueChargeReceivable, e.OverdueCharge)
        .Credit(LedgerAccount.FeeReceivable, e.Fee)
        .Pair(LedgerAccount.WrittenOffDebt, LedgerAccount.WrittenOffDebtContra, e.Principal + e.Interest + e.OverdueCharge + e.Fee);

    private static void Disputed(ref Entry entry, DisputeResolved e)
    {
        foreach (var part in new[] { e.Cancelled, e.Allocations })
        {
            foreach (var allocation in part.AsSpan())
            {
                entry.Debit(LedgerAccount.DisputeLoss, allocation.Amount);
            }

            entry.Settle(part);
        }

        entry.Pair(LedgerAccount.DisputeLoss, LedgerAccount.CustomerCreditBalance, e.ToCredit);
    }
}
