using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Billing;
using Mingzhang.Domain.Closing;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Delinquency;
using Mingzhang.Domain.Disclosure;
using Mingzhang.Domain.Instalments;
using Mingzhang.Domain.Limits;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Permissions;
using Mingzhang.Domain.Prices;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Relief;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Versions;

namespace Mingzhang.Web.Texts;

/// <summary>The facts of an event in few words, beside its name.</summary>
public static class EventWords
{
    /// <summary>Figures and names; empty when the name says it all.</summary>
    public static string Detail(Speech say, AccountEvent happened) => happened switch
    {
        PurchaseAuthorised e => $"{e.Fact.Merchant} {say.Money(e.Fact.Amount)}",
        PurchaseCaptured e => $"{e.Fact.PurchaseId} {say.Money(e.Fact.Amount)}",
        PurchasePosted e => $"{e.PurchaseId} {say.Money(e.Amount)}",
        HoldReleased e => say.Money(e.Amount),
        HoldExpired e => say.Money(e.Amount),
        RefundReceived e => say.Money(e.Fact.Amount),
        RepaymentReceived e => say.Say("detail.repayment", say.Money(e.Amount), say.Money(e.LimitReturned)),
        PaymentSubmitted e => say.Money(e.Fact.Amount),
        StatementIssued e => say.Say("detail.statement", say.Money(e.Bill.Closing), say.Day(e.Bill.DueOn)),
        InterestPosted e => say.Money(e.Amount),
        OverdueChargePosted e => say.Money(e.Amount),
        BillOverdue e => say.Say("detail.shortfall", say.Money(e.Shortfall)),
        OverdueCured e => say.Say("detail.cured", e.DaysPastDue),
        AutoRepayFellDue e => say.Money(e.Amount),
        LimitChanged e => $"{say.Money(e.Before)} → {say.Money(e.Fact.Total)}",
        TemporaryLimitGranted e => $"{say.Money(e.Fact.Limit.Amount)} · {say.Day(e.Fact.Limit.From)}–{say.Day(e.Fact.Limit.Until)}",
        TemporaryLimitExpired e => say.Money(e.Limit.Amount),
        Restricted e => say["restriction." + e.Fact.Reason],
        RestrictedByRule e => say["restriction." + e.Restriction.Reason],
        ClosingRequested e => say["closing-mode." + e.Fact.Mode],
        ClosingCancelled e => say.Money(e.LimitRestored),
        LoanRequested e => say.Say("detail.loan-requested", say.Money(e.Fact.Amount), say.Day(e.ExpiresOn)),
        LoanDisbursed e => say.Say("detail.loan-disbursed", say.Money(e.Loan.Principal), e.Loan.Count, say.Day(e.Loan.Rows[0].DueOn)),
        DisbursementFailed e => say.Say("detail.loan-failed", say.Money(e.Amount), e.Fact.Reason),
        LoanRequestLapsed e => say.Money(e.Amount),
        InstalmentDue e => say.Say(
            "detail.instalment-due", e.Number, say.Money(e.Principal + e.Charge), say.Money(e.Principal), say.Money(e.Charge),
            say.Day(e.DueOn)),
        LoanOverdue e => say.Say("detail.loan-overdue", say.Money(e.Amount), say.Day(e.DueOn)),
        LoanAccrualPosted e => $"{say["growth." + e.Growth]} {say.Money(e.Amount)}",
        EarlyFeePosted e => say.Money(e.Amount),
        LoanRescheduled e => say.Say("detail.loan-rescheduled", say["early-mode." + e.Mode], e.Rows.Count),
        LoanSettled e => e.LoanId,
        LoanDebitFellDue e => say.Money(e.Amount),
        PlanStarted e => say.Say("detail.plan-started", say.Money(e.Plan.Principal), e.Plan.Count),
        ReliefRequested e => say["relief-kind." + e.Fact.Wish],
        ReliefOffered e => say.Say("detail.relief-offered", say["relief-kind." + e.Fact.Plan.Kind], say.Day(e.ExpiresOn)),
        ReliefStarted e => say["relief-kind." + e.Agreement.Plan.Kind],
        DebtReplanned e => say.Say("detail.debt-replanned", e.Rows.Count, say.Day(e.Rows[0].DueOn)),
        BillsMoved e => say.Money(e.Amount),
        BillsReturned e => say.Day(e.DueOn),
        ReliefEnded e => say["relief-ending." + e.How],
        DebtWaived e => say.Money(e.Fact.Parts.Sum(e.Fact.Parts[0].Amount.Currency, part => part.Amount)),
        CreditBalanceReturned e => say.Money(e.Fact.Amount),
        DebtsDeclared e => say.Say("detail.debts", say.Money(e.Fact.Owed), e.Fact.Institutions, say.Money(e.Fact.MonthlyIncome)),
        DebtWrittenOff e => say.Money(e.Principal + e.Interest + e.OverdueCharge),
        PriceSet e => $"{say.Price(e.ContractBefore.Ppm)} → {say.Price(e.Fact.ContractPpm)}",
        AccountCorrected e => say.Say("detail.corrected", e.Lines.Count, e.Statements.Count),
        VersionMoveBooked e => say.Say("detail.version-move-booked", e.Fact.Version, say.Day(e.On), e.Fact.Reason),
        VersionMoved e => say.Say("detail.version-moved", e.Before, e.Terms.Version),
        // The rest: events whose name says it.
        _ => "",
    };
}
