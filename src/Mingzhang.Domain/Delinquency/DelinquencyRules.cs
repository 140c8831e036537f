namespace Mingzhang.Domain.Delinquency;

/// <summary>What a missed minimum leads to: overdue, suspended, cured, ended; and the write-off.</summary>
internal static class DelinquencyRules
{
    private const string OverdueId = "overdue";
    private const string CoolingId = "overdue-cooling";
    private const string TerminatedId = "overdue-terminated";

    private static ValueList<Permission> Use { get; } =
        [Permission.Spend, Permission.Borrow, Permission.Convert, Permission.TemporaryLimit];

    /// <summary>The day after a due day: what is left revolves, or the bill is overdue.</summary>
    public static void PassDueDays(Unfolding u)
    {
        foreach (var bill in u.State.Bills)
        {
            if (bill.Stage != BillStage.Open || bill.DueOn >= u.On)
            {
                continue;
            }

            if (bill.Shortfall.IsPositive)
            {
                u.Emit(new BillOverdue(bill.IssuedOn, bill.DueOn.AddDays(1), bill.Shortfall) { EffectiveOn = u.On });
            }
            else if (u.State.Items.Any(item => BillingFold.OnBill(item, bill.IssuedOn)))
            {
                u.Emit(new BillRolled(bill.IssuedOn, bill.DueOn.AddDays(1)) { EffectiveOn = u.On });
            }
        }
    }

    /// <summary>Bills whose due day passed while a dispute kept the minimum away, and whose minimum is missing now that the debt is
    /// back.</summary>
    public static void PassMissedWhileDisputed(Unfolding u)
    {
        foreach (var bill in u.State.Bills)
        {
            if (bill.Stage == BillStage.Revolving && bill.DueOn < u.On && bill.Shortfall.IsPositive)
            {
                u.Emit(new BillOverdue(bill.IssuedOn, u.On, bill.Shortfall) { EffectiveOn = u.On });
            }
        }
    }

    /// <summary>Suspension after the grace days, the end of use after too many.</summary>
    public static void PassStages(Unfolding u)
    {
        var days = u.State.DaysPastDue(u.On);
        Suspend(u, days);
        if (days > u.Terms.Overdue.TerminateAfterDays && !Has(u.State, TerminatedId))
        {
            Place(u, TerminatedId, RestrictionReason.OverdueTerminated, null);
        }
    }

    /// <summary>After money came or a dispute took debt away: bills whose missing part is met are cured, and use comes back when none is
    /// left overdue.</summary>
    /// <param name="u">The decision.</param>
    /// <param name="daysBefore">Days past due before the money came; a long overdue is followed by the observation period.</param>
    public static void CureWhatIsMet(Unfolding u, int daysBefore)
    {
        foreach (var bill in u.State.Bills)
        {
            if (bill.Stage == BillStage.Overdue && !bill.Shortfall.IsPositive)
            {
                u.Emit(new OverdueCured(bill.IssuedOn, u.On.DayNumber - bill.DueOn.DayNumber) { EffectiveOn = u.On });
            }
        }

        Restore(u, daysBefore);
    }

    /// <summary>Ends the suspension when nothing is past due; after a long overdue an observation period follows (C02).</summary>
    private static void Restore(Unfolding u, int daysBefore)
    {
        if (u.State.DaysPastDue(u.On) > 0 || !Has(u.State, OverdueId))
        {
            return;
        }

        u.Emit(new RestrictionEnded(OverdueId) { EffectiveOn = u.On });
        var terms = u.Terms.Overdue;
        if (daysBefore > terms.CoolingAfterDays && terms.CoolingDays > 0)
        {
            Place(u, CoolingId, RestrictionReason.OverdueCooling, u.On.AddDays(terms.CoolingDays));
        }
    }

    /// <summary>Suspends use when the days past due are beyond the grace days.</summary>
    private static void Suspend(Unfolding u, int days)
    {
        if (days > u.Terms.Overdue.GraceDays && !Has(u.State, OverdueId))
        {
            Place(u, OverdueId, RestrictionReason.Overdue, null);
        }
    }

    public static Refusal? Check(AccountState state) => Guards.IsOpen(state)
        ?? (state.Items.Any(item => !item.WrittenOff) ? null : new NothingToWriteOff());

    public static void Unfold(Unfolding u, WriteOffDebt command)
    {
        BillingRules.PostAccruals(u);
        LoanRepayment.PostGrown(u);
        u.Emit(new DebtWrittenOff(
            command, Of(u, Component.Principal), Of(u, Component.Interest), Of(u, Component.OverdueCharge), Of(u, Component.Fee))
        {
            EffectiveOn = u.On,
        });
        if (!Has(u.State, TerminatedId))
        {
            Place(u, TerminatedId, RestrictionReason.OverdueTerminated, null);
        }
    }

    private static Money Of(Unfolding u, Component component) =>
        u.State.Items.Sum(u.Currency, item => item.Component == component && !item.WrittenOff ? item.Unpaid : Money.Zero(u.Currency));

    private static bool Has(AccountState state, string id)
    {
        foreach (var restriction in state.Restrictions.AsSpan())
        {
            if (restriction.Id == id)
            {
                return true;
            }
        }

        return false;
    }

    private static void Place(Unfolding u, string id, RestrictionReason reason, DateOnly? until) =>
        u.Emit(new RestrictedByRule(new Restriction(id, Use, reason, u.On, until, null)) { EffectiveOn = u.On });
}
