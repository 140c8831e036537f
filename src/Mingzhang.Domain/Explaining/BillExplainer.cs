namespace Mingzhang.Domain.Explaining;

/// <summary>Why each line is on a bill, and how its minimum came about.</summary>
internal static class BillExplainer
{
    public static BillExplanation? Explain(IReadOnlyList<HistoryEntry> history, TermsBook book, DateOnly issuedOn)
    {
        var versions = Refold.VersionsOf(history);
        var refold = new Refold(book).Run(Refold.FactsOf(history), issuedOn, versions, check: null);
        var lines = new List<BillLine>();
        AccountState? state = null;
        foreach (var entry in refold.Entries)
        {
            foreach (var happened in entry.Events)
            {
                if (happened is StatementIssued issued && issued.Bill.IssuedOn == issuedOn)
                {
                    return Explained(issued.Bill with { Version = versions.GetValueOrDefault(issuedOn, 1) }, lines, state!);
                }

                if (happened is StatementIssued)
                {
                    lines.Clear();
                }

                if (LineOf(happened, state) is { } line)
                {
                    lines.Add(line);
                }
            }

            state = entry.After;
        }

        return null;
    }

    /// <summary>The lines of every bill issued by some entries, by its statement day.</summary>
    /// <param name="entries">In effective order.</param>
    /// <param name="state">Where the account stood before them; null before the opening.</param>
    public static Dictionary<DateOnly, List<BillLine>> LinesByBill(IReadOnlyList<FoldedEntry> entries, AccountState? state)
    {
        var bills = new Dictionary<DateOnly, List<BillLine>>();
        var lines = new List<BillLine>();
        foreach (var entry in entries)
        {
            foreach (var happened in entry.Events)
            {
                if (happened is StatementIssued issued)
                {
                    bills[issued.Bill.IssuedOn] = lines;
                    lines = [];
                }
                else if (LineOf(happened, state) is { } line)
                {
                    lines.Add(line);
                }
            }

            state = entry.After;
        }

        return bills;
    }

    private static BillLine? LineOf(AccountEvent happened, AccountState? state)
    {
        var amount = StatementAmount(happened, state);
        return amount.IsZero ? null : new BillLine(
            happened.EffectiveOn, EventNames.Of(happened), EventNames.ReferenceOf(happened), LabelOf(happened, state), amount,
            Why(happened));
    }

    private static BillExplanation Explained(Bill bill, List<BillLine> lines, AccountState state)
    {
        var sum = bill.Opening;
        foreach (var line in lines)
        {
            sum += line.Amount;
        }

        Invariant.Holds(sum == bill.Closing, "25: the bill's lines do not lead from opening to closing");
        var steps = new List<TraceStep>();
        var trace = new RecordingTrace(steps);
        var minimum = MinimumPayment.Of(state.Terms.Minimum!, bill, ref trace);
        Invariant.Holds(minimum == bill.Minimum, "27: the minimum does not follow from its steps");
        return new BillExplanation(bill, ValueList.From(lines), ValueList.From(steps));
    }

    /// <summary>What an event adds to (debit) or takes off (credit) the running statement; the default currency-less zero means
    /// nothing.</summary>
    /// <remarks>Money for rows of a plan that are not yet due calls them in the same breath: only the rest lowers the statement.</remarks>
    private static SignedAmount StatementAmountOf(AccountEvent happened, AccountState? before) => happened switch
    {
        PurchasePosted e => new(e.Amount, 1),
        InterestPosted e => new(e.Amount, 1),
        OverdueChargePosted e => new(e.Amount, 1),
        CreditBalanceReturned e => new(e.Fact.Amount, 1),
        RepaymentReceived e => new(e.Amount - Early(before, e.Allocations, e.Amount.Currency), -1),
        RefundReceived e => new(e.Fact.Amount - e.FromHold - Early(before, e.Allocations, e.Fact.Amount.Currency), -1),
        PlanStarted e => new(e.Plan.Principal, -1),
        InstalmentDue e => new(e.Total, 1),
        DebtReplanned e => new(e.Posted, -1),
        DebtWaived e => new(e.Posted, -1),
        LoanAccrualPosted e => new(e.Amount, 1),
        EarlyFeePosted e => new(e.Amount, 1),
        DisputeResolved e => new(Cancelled(e) - Early(before, e.Cancelled, e.ToCredit.Currency), -1),
        // The rest: events that move no figure of a statement; the sum check in Explained would find a forgotten one.
        _ => default,
    };

    private static Money Early(AccountState? before, ValueList<Allocation> allocations, Currency currency) =>
        allocations.Sum(currency, allocation => before?.Items.Any(item => item.Id == allocation.ItemId && item.Scheduled) == true
            ? allocation.Amount
            : Money.Zero(currency));

    private static Money StatementAmount(AccountEvent happened, AccountState? before)
    {
        var signed = StatementAmountOf(happened, before);
        return signed.Sign < 0 ? -signed.Amount : signed.Amount;
    }

    private static Money Cancelled(DisputeResolved e)
    {
        var total = e.ToCredit;
        foreach (var allocation in e.Cancelled.Concat(e.Allocations))
        {
            total += allocation.Amount;
        }

        return total;
    }

    private static string? LabelOf(AccountEvent happened, AccountState? state) => happened switch
    {
        PurchasePosted e => state?.Purchases.Find(purchase => purchase.Id == e.PurchaseId)?.Merchant,
        RepaymentReceived e => string.Join(" + ", e.Fact.Sources.Select(source => source.Source)),
        // The rest: lines that need no name.
        _ => null,
    };

    private static string Why(AccountEvent happened) => happened switch
    {
        PurchasePosted { Forced: true } => "purchase.posted: posted without an authorisation, flagged",
        PurchasePosted e => $"purchase.posted: {e.Amount} before 00:00 of the statement day",
        InterestPosted e => $"interest.revolving: {e.Numerator} / {e.Denominator}, rounded once",
        OverdueChargePosted e => $"overdue.charge: {e.Numerator} / {e.Denominator}, rounded once",
        RepaymentReceived e => $"repayment.allocated: {e.Allocations.Count} items, {e.ToCredit} to credit",
        RefundReceived e => $"refund.applied: {e.FromHold} from the hold, {e.ToCredit} to credit",
        DisputeResolved => "dispute.upheld: cancelled in the customer's favour",
        CreditBalanceReturned => "credit-balance.returned: paid out to its source",
        PlanStarted e => $"plan.started: {e.Plan.Principal} moved to {e.Plan.Count} rows; what is owed in all stays the same",
        InstalmentDue e => $"plan.row: row {e.Number} of {e.LoanId}, principal {e.Principal}, charge {e.Charge}",
        DebtReplanned e => $"relief.replanned: {e.Posted} moved to {e.Rows.Count} rows by {e.ReliefId}; what is owed stays the same",
        DebtWaived e => $"relief.waived: {e.Fact.Reason}",
        LoanAccrualPosted e => $"loan.accrual: {e.Growth} of {e.LoanId}, rounded once",
        EarlyFeePosted e => $"loan.early-fee: {e.LoanId}",
        // The rest: no line, so no reason.
        _ => "",
    };

    private readonly record struct SignedAmount(Money Amount, int Sign);
}
