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
            if (state.Items.Any(item => Billing.BillingFold.OnBill(item, bill.IssuedOn)))
            {
                Bill(ref next, bill, terms.Overdue, state.AutoRepaySources.Count > 0);
            }
        }

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

        if (state.Lifecycle is ClosingDown { ConfirmedOn: null } closing)
        {
            next.Consider(closing.ConfirmBy.AddDays(1));
        }

        return next.Day;
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
