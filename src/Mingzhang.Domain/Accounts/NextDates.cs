namespace Mingzhang.Domain.Accounts;

/// <summary>When something next happens to an account by itself (design idea 7).</summary>
internal static class NextDates
{
    /// <summary>The first such day after <see cref="AccountState.AsOf"/>; <c>MaxValue</c> when there is none.</summary>
    public static DateOnly Of(AccountState state, ProductTerms terms)
    {
        var next = new Earliest(state.AsOf);
        next.Consider(state.Cycle.NextStatementOn);
        foreach (var bill in state.Bills.AsSpan())
        {
            if (BillingFold.HasUnpaid(state, bill))
            {
                Bill(ref next, bill, terms.Overdue, state.AutoRepaySources.Count > 0);
            }
        }

        Loans(ref next, state, terms.Overdue);
        foreach (var purchase in state.Purchases.AsSpan())
        {
            next.Consider(purchase.StageEndsOn);
        }

        foreach (var limit in state.TemporaryLimits.AsSpan())
        {
            next.Consider(limit.Until);
        }

        foreach (var restriction in state.Restrictions.AsSpan())
        {
            next.Consider(restriction.Until);
        }

        Reliefs(ref next, state, terms);
        if (state.Lifecycle is ClosingDown { ConfirmedOn: null } closing)
        {
            next.Consider(closing.ConfirmBy.AddDays(1));
        }

        next.Consider(state.NextVersion?.On);

        // The version changed just now: the next day looks at its dates by the new one.
        next.Consider(state.Terms.Version == terms.Version ? null : state.AsOf.AddDays(1));
        return next.Day;
    }

    private static void Loans(ref Earliest next, AccountState state, OverdueTerms overdue)
    {
        foreach (var request in state.LoanRequests.AsSpan())
        {
            next.Consider(request.ExpiresOn);
        }

        if (state.Loans.Count == 0)
        {
            return;
        }

        foreach (var loan in state.Loans.AsSpan())
        {
            next.Consider(loan.IsCash && loan.Rows.Count > 0 ? loan.Rows[0].DueOn : null);
        }

        foreach (var item in state.Items.AsSpan())
        {
            if (item is { LoanId: not null, BilledOn: null, Scheduled: false, DueOn: { } due })
            {
                next.Consider(due.AddDays(1));
                next.Consider(due.AddDays(overdue.GraceDays + 1));
                next.Consider(due.AddDays(overdue.TerminateAfterDays + 1));
            }
        }
    }

    private static void Reliefs(ref Earliest next, AccountState state, ProductTerms terms)
    {
        foreach (var relief in state.Reliefs.AsSpan())
        {
            next.Consider(relief.ExpiresOn);
            next.Consider(relief.EndsOn);
            if (relief.DebtId is { } debt && terms.Relief is { BreakAfterDays: > 0 } rule)
            {
                // A dispute that ended may have made it late at once.
                next.Consider(ReliefRules.DaysLate(state, debt, state.AsOf) > rule.BreakAfterDays ? state.AsOf.AddDays(1) : null);
                foreach (var bill in state.Bills.AsSpan())
                {
                    next.Consider(bill.Stage == BillStage.Overdue ? bill.DueOn.AddDays(rule.BreakAfterDays + 1) : null);
                }

                foreach (var item in state.Items.AsSpan())
                {
                    var counts = item.LoanId == debt && !item.Scheduled && item.DueOn is not null;
                    next.Consider(counts ? item.DueOn!.Value.AddDays(rule.BreakAfterDays + 1) : null);
                }
            }
        }
    }

    private static void Bill(ref Earliest next, Bill bill, OverdueTerms overdue, bool autoRepay)
    {
        if (bill.Stage == BillStage.Open)
        {
            next.Consider(autoRepay ? bill.DueOn : null);
            next.Consider(bill.DueOn.AddDays(1));
        }
        else if (bill.Stage == BillStage.Overdue)
        {
            next.Consider(bill.DueOn.AddDays(overdue.GraceDays + 1));
            next.Consider(bill.DueOn.AddDays(overdue.TerminateAfterDays + 1));
        }
    }

    private struct Earliest(DateOnly after)
    {
        public DateOnly Day { get; private set; } = DateOnly.MaxValue;

        public void Consider(DateOnly? candidate)
        {
            if (candidate is { } day && day > after && day < Day)
            {
                Day = day;
            }
        }
    }
}
