using System.Collections.Frozen;
using System.Globalization;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Billing;
using Mingzhang.Domain.Closing;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Delinquency;
using Mingzhang.Domain.Disputes;
using Mingzhang.Domain.Instalments;
using Mingzhang.Domain.Limits;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Permissions;
using Mingzhang.Domain.Prices;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Relief;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Domain.Versions;
using Mingzhang.Engine.Encoding;
using Mingzhang.Engine.Followers;
using Mingzhang.Store;

namespace Mingzhang.Services.Notifications;

/// <summary>What people are told of events, and on which days it will fall due.</summary>
public static class NoticeFacts
{
    private const string Corrected = "account-corrected";
    private const int MonthsBetweenSummaries = 3;

    private static readonly FrozenSet<string> Told = FrozenSet.Create(
        StringComparer.Ordinal,
        Corrected, "account-opened", "account-reopened", "account-closed", "auto-repay-fell-due", "bill-overdue", "bill-rolled",
        "bills-returned", "closing-cancelled", "closing-confirmed", "closing-lapsed", "closing-requested", "credit-balance-returned",
        "debt-replanned", "debt-waived", "dispute-opened", "dispute-resolved", "due-day-changed", "forced-closing-started",
        "limit-changed", "overdue-cured", "payment-failed", "refund-received", "repayment-received", "run-off-resumed", "restricted",
        "restricted-by-rule", "restriction-ended", "restriction-lifted", "statement-issued", "temporary-limit-expired",
        "temporary-limit-granted", "loan-disbursed", "disbursement-failed", "loan-request-lapsed", "loan-overdue", "loan-rescheduled",
        "loan-settled", "loan-debit-fell-due", "plan-started", "price-set", "relief-ended", "relief-offered", "relief-requested",
        "relief-started", "version-move-booked", "version-moved");

    /// <summary>The notices and due days of a journal row; none of a refusal.</summary>
    public static (List<Notice> Notices, List<DateOnly> DueDays) Of(FollowedRow followed)
    {
        List<Notice> notices = [];
        List<DateOnly> due = [];
        var row = followed.Row;
        foreach (var slice in followed.Events)
        {
            var name = slice.Type[..slice.Type.LastIndexOf('.')];
            if (!Told.Contains(name))
            {
                continue;
            }

            var happened = name == Corrected ? CorrectionFacts.Read(slice) : DomainJson.ReadEvent(slice.Json.Span);
            due.AddRange(DueDays(happened));
            foreach (var told in new[] { Tell(happened, row), Summary(happened) }.OfType<Draft>())
            {
                notices.Add(new Notice
                {
                    Id = string.Create(CultureInfo.InvariantCulture, $"{row.Position}-{slice.Part}-{told.Kind}"),
                    Customer = row.Account.Customer, Account = row.Account, Kind = told.Kind, HappenedOn = row.BookedOn,
                    Place = row.Position, MadeAt = row.RecordedAt, Fields = told.Fields,
                });
            }
        }

        return (notices, due);
    }

    private static IEnumerable<DateOnly> DueDays(AccountEvent happened) => happened switch
    {
        StatementIssued { Bill.Closing.IsPositive: true } e => [e.Bill.DueOn],
        LoanDisbursed e => e.Loan.Rows.Select(row => row.DueOn),
        LoanRescheduled e => e.Rows.Select(row => row.DueOn),
        DebtReplanned e => e.Rows.Select(row => row.DueOn),
        BillsReturned e => [e.DueOn],
        AccountCorrected e => e.Statements.Where(one => one.After.Closing.IsPositive).Select(one => one.After.DueOn),
        // The rest: nothing new falls due by itself; rows of plans come with their bills.
        _ => [],
    };

    private static Draft? Tell(AccountEvent happened, JournalRow row) => Money(happened) ?? Loan(happened) ?? Standing(happened, row);

    /// <summary>Four times a year a summary of one's own credit, and a month later a word on borrowing (R101, R131).</summary>
    private static Draft? Summary(AccountEvent happened) => happened is not StatementIssued { Bill: var bill } ? null
        : (bill.IssuedOn.Month % MonthsBetweenSummaries) switch
        {
            1 => new Draft("credit-summary", ("owed", bill.Closing), ("month", MonthOf(bill.IssuedOn))),
            2 => new Draft("borrowing-sense", ("month", MonthOf(bill.IssuedOn))),
            // The rest: no summary that month.
            _ => null,
        };

    private static string MonthOf(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static Draft? Money(AccountEvent happened) => happened switch
    {
        StatementIssued { Bill.Closing.IsPositive: true } e => new(
            "statement-issued",
            ("amount", e.Bill.Closing), ("minimum", e.Bill.Minimum), ("due", e.Bill.DueOn), ("issued", e.Bill.IssuedOn)),
        StatementIssued e => new("statement-nothing-due", ("issued", e.Bill.IssuedOn)),
        AutoRepayFellDue e => new("auto-repay-due", ("amount", e.Amount)),
        LoanDebitFellDue e => new("auto-repay-due", ("amount", e.Amount)),
        BillRolled e => new("bill-rolled", ("issued", e.BillIssuedOn), ("from", e.BearingFrom)),
        BillOverdue e => new("payment-overdue", ("amount", e.Shortfall)),
        LoanOverdue e => new("payment-overdue", ("amount", e.Amount)),
        OverdueCured e => new("overdue-cured", ("days", e.DaysPastDue)),
        RepaymentReceived e => new("payment-received", ("amount", e.Amount), ("restored", e.LimitReturned)),
        PaymentFailed e => new("payment-failed", ("reason", e.Fact.Reason)),
        RefundReceived e => new("refund-received", ("amount", e.Fact.Amount)),
        CreditBalanceReturned e => new("credit-returned", ("amount", e.Fact.Amount)),
        DebtWaived e => new("debt-waived", ("amount", e.Fact.Parts.Sum(e.Fact.Parts[0].Amount.Currency, part => part.Amount))),
        // The rest: told elsewhere, or not at all.
        _ => null,
    };

    private static Draft? Loan(AccountEvent happened) => happened switch
    {
        LoanDisbursed e => new(
            "loan-paid-out",
            ("amount", e.Loan.Principal), ("count", e.Loan.Count), ("first", e.Loan.Rows[0].DueOn), ("loan", e.Loan.Id)),
        DisbursementFailed e => new("loan-not-paid-out", ("amount", e.Amount)),
        LoanRequestLapsed e => new("loan-not-paid-out", ("amount", e.Amount)),
        LoanSettled e => new("loan-settled", ("loan", e.LoanId)),
        LoanRescheduled { Rows.Count: > 0 } e => new(
            "schedule-changed", ("count", e.Rows.Count), ("first", e.Rows[0].DueOn), ("loan", e.LoanId)),
        PlanStarted e => new("plan-made", ("amount", e.Plan.Principal), ("count", e.Plan.Count), ("loan", e.Plan.Id)),
        ReliefRequested => new("relief-step", ("step", "requested")),
        ReliefOffered => new("relief-step", ("step", "offered")),
        ReliefStarted => new("relief-step", ("step", "started")),
        ReliefEnded e => new("relief-step", ("step", e.How.ToString())),
        // The rest: told elsewhere, or not at all.
        _ => null,
    };

    private static Draft? Standing(AccountEvent happened, JournalRow row) => happened switch
    {
        LimitChanged e => new("limit-changed", ("before", e.Before), ("after", e.Fact.Total)),
        TemporaryLimitGranted e => new(
            "temporary-limit-granted", ("amount", e.Fact.Limit.Amount), ("from", e.Fact.Limit.From), ("until", e.Fact.Limit.Until)),
        TemporaryLimitExpired e => new("temporary-limit-ended", ("amount", e.Limit.Amount)),
        Restricted e => new("use-stopped", ("reason", e.Fact.Reason.ToString())),
        RestrictedByRule e => new("use-stopped", ("reason", e.Restriction.Reason.ToString())),
        RestrictionLifted or RestrictionEnded => new("use-restored"),
        AccountCorrected { Request: ReturnRepayment } => new("payment-returned", ("sequence", row.Sequence)),
        AccountCorrected => new("correction-letter", ("sequence", row.Sequence)),
        DisputeOpened => new("dispute-step", ("step", "opened")),
        DisputeResolved e => new("dispute-step", ("step", e.Fact.Outcome == DisputeOutcome.Upheld ? "upheld" : "rejected")),
        ClosingRequested => new("closing-step", ("step", "requested")),
        ClosingConfirmed => new("closing-step", ("step", "confirmed")),
        ClosingCancelled => new("closing-step", ("step", "cancelled")),
        ClosingLapsed => new("closing-step", ("step", "lapsed")),
        ForcedClosingStarted => new("closing-step", ("step", "forced")),
        RunOffResumed => new("closing-step", ("step", "resumed")),
        AccountClosed => new("closing-step", ("step", "closed")),
        AccountOpened or AccountReopened => new("account-opened"),
        DueDayChanged e => new("due-day-changed", ("day", e.Fact.DueDay)),
        VersionMoveBooked e => new("terms-change", ("from", e.On), ("version", e.Fact.Version)),
        VersionMoved e => new("terms-changed", ("version", e.Terms.Version)),
        PriceSet e => new("price-set", ("before", e.ContractBefore.Ppm), ("after", e.Fact.ContractPpm)),
        // The rest: not told.
        _ => null,
    };

    private sealed record Draft(string Kind, params (string Name, object Value)[] Values)
    {
        public Dictionary<string, string> Fields => Values.ToDictionary(
            one => one.Name,
            one => one.Value switch
            {
                DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
                _ => one.Value.ToString()!,
            });
    }
}
