namespace Mingzhang.Domain.Billing;

/// <summary>The statement day: accruals are posted, rounded once, and what is unbilled becomes a bill.</summary>
internal static class BillingRules
{
    /// <summary>Issues the statement when its day has come.</summary>
    public static void PassStatementDay<TTrace>(Unfolding u, ref TTrace trace)
        where TTrace : struct, ITrace
    {
        if (u.State.Cycle.NextStatementOn != u.On)
        {
            return;
        }

        PostAccruals(u);
        LoanDays.JoinStatement(u, Calendar.CycleDates.DueAfter(u.On, u.State.Cycle.DueDay));
        var cycle = u.State.Cycle;
        var dueDay = cycle.BookedDueDay == 0 ? cycle.DueDay : cycle.BookedDueDay;
        var statementDay = u.Terms.StatementDayFor(dueDay) ?? cycle.StatementDay;
        u.Emit(new StatementIssued(
            Drawn(u, ref trace), Calendar.CycleDates.StatementInNextMonth(u.On, statementDay), statementDay, dueDay)
        {
            EffectiveOn = u.On,
        });
    }

    /// <summary>The last statement of an account about to close, so that every movement is on one; its closing is zero. One statement a
    /// day at most.</summary>
    public static void IssueFinal(Unfolding u)
    {
        var cycle = u.State.Cycle;
        if (cycle.StatementDay != 0 && cycle.LastStatementOn != u.On
            && (cycle.OpeningMinor != 0 || cycle.DebitsMinor != 0 || cycle.CreditsMinor != 0))
        {
            var trace = default(NoTrace);
            u.Emit(new StatementIssued(Drawn(u, ref trace), DateOnly.MaxValue, cycle.StatementDay, cycle.DueDay) { EffectiveOn = u.On });
        }
    }

    /// <summary>Posts what has accrued up to the day, each rounded once; nothing when it rounds to zero.</summary>
    public static void PostAccruals(Unfolding u)
    {
        var state = u.State.AccruedTo(u.On);
        var interest = state.RevolvingAccrual.RoundToMoney(u.Currency, u.Terms.Revolving.Rounding);
        if (interest.IsPositive)
        {
            u.Emit(new InterestPosted(u.State.NextItemId, interest, state.RevolvingAccrual.Numerator, state.RevolvingAccrual.Denominator)
            {
                EffectiveOn = u.On,
            });
        }

        var charge = state.OverdueAccrual.RoundToMoney(u.Currency, u.Terms.Overdue.Rounding);
        if (charge.IsPositive)
        {
            u.Emit(new OverdueChargePosted(u.State.NextItemId, charge, state.OverdueAccrual.Numerator, state.OverdueAccrual.Denominator)
            {
                EffectiveOn = u.On,
            });
        }
    }

    /// <summary>The amount to debit automatically falls due on the due day.</summary>
    public static void PassAutoRepay(Unfolding u)
    {
        if (u.State.AutoRepaySources.Count == 0 || Guards.May(u.State, Permission.AutoRepay, u.On) is not null)
        {
            return;
        }

        foreach (var bill in u.State.Bills)
        {
            var owed = u.State.Items.Sum(u.Currency, item =>
                !item.Disputed && BillingFold.OnBill(item, bill.IssuedOn) ? item.Unpaid : Money.Zero(u.Currency));
            if (bill.DueOn == u.On && owed.IsPositive)
            {
                u.Emit(new AutoRepayFellDue(bill.IssuedOn, owed) { EffectiveOn = u.On });
            }
        }
    }

    private static Bill Drawn<TTrace>(Unfolding u, ref TTrace trace)
        where TTrace : struct, ITrace
    {
        var cycle = u.State.Cycle;
        var opening = Money.Of(cycle.OpeningMinor, u.Currency);
        var debits = Money.Of(cycle.DebitsMinor, u.Currency);
        var credits = Money.Of(cycle.CreditsMinor, u.Currency);
        var closing = opening + debits - credits;
        Invariant.Holds(closing == u.State.PostedBalance(), "25: the statement differs from the items");
        var (cyclable, full) = MinimumPayment.Billed(u.State);
        var terms = u.State.Terms.Minimum!;
        var zero = Money.Zero(u.Currency);
        var bill = new Bill(
            u.On, Calendar.CycleDates.DueAfter(u.On, cycle.DueDay), opening, debits, credits, closing, cyclable, full, zero, zero,
            BillStage.Open, Version: 1)
        {
            AllDue = MinimumPayment.AllDue(terms, u.State),
        };
        return bill with { Minimum = MinimumPayment.Of(terms, bill, ref trace) };
    }
}
