namespace Mingzhang.Domain.Repayment;

/// <summary>Folds repayments.</summary>
internal static class RepaymentFold
{
    public static AccountState Submitted(AccountState state, PaymentSubmitted e) => state with
    {
        PendingPayments = state.PendingPayments.Where(p => p.RepaymentId != e.Fact.RepaymentId)
            .Add(new PendingPayment(e.Fact.RepaymentId, e.Fact.Amount, e.EffectiveOn, null)),
    };

    public static AccountState Failed(AccountState state, PaymentFailed e) => state with
    {
        PendingPayments = state.PendingPayments.Map(p =>
            p.RepaymentId == e.Fact.RepaymentId ? p with { FailedBecause = e.Fact.Reason } : p),
    };

    public static AccountState Received(AccountState state, RepaymentReceived e)
    {
        var counted = state.Terms.Bears is { RepaidCountsFromStatement: true } && state.Cycle.LastStatementOn is { } statementOn
            ? SinceStatement(state, e, statementOn) : state;
        var before = state.Loans.Count == 0 ? counted : Early(counted, e.Allocations);
        var (items, bills) = Pay(before, e.Allocations, credited: false);
        return before with
        {
            Items = items,
            Bills = bills,
            Cycle = before.Cycle with { CreditsMinor = checked(before.Cycle.CreditsMinor + e.Amount.MinorUnits) },
            CreditBalance = state.CreditBalance + e.ToCredit,
            PendingPayments = state.PendingPayments.Count == 0 ? default : StillPending(state, e.Fact.RepaymentId),
            RecentReferences = state.RecentReferences.Add(new RecentReference(e.Fact.RepaymentId, e.EffectiveOn)),
        };
    }

    private static ValueList<PendingPayment> StillPending(AccountState state, string arrived) =>
        state.PendingPayments.Where(p => p.RepaymentId != arrived && p.FailedBecause is null);

    // The simplified monthly rule: what is repaid of a bill by its due day bears nothing from the statement on.
    private static AccountState SinceStatement(AccountState state, RepaymentReceived e, DateOnly statementOn)
    {
        var repaid = e.Allocations.Sum(state.Currency, allocation => state.Items.Any(item => item.Id == allocation.ItemId
            && item.IsPrincipal && item.Bearing == Bearing.Revolving && item.BilledOn is not null && item.DueOn >= e.EffectiveOn)
                ? allocation.Amount : Money.Zero(state.Currency));
        return state with
        {
            RevolvingAccrual = Less(state, repaid, statementOn, e.EffectiveOn),
        };
    }

    // Each price takes back its own days.
    private static Accrual Less(AccountState state, Money repaid, DateOnly from, DateOnly until)
    {
        var accrual = state.RevolvingAccrual;
        foreach (var price in state.Terms.Earlier ?? [])
        {
            if (price.Until > from)
            {
                var end = price.Until < until ? price.Until : until;
                accrual = accrual.Less(repaid, price.Revolving, end.DayNumber - from.DayNumber);
                from = end;
            }
        }

        return accrual.Less(repaid, state.Terms.Revolving, until.DayNumber - from.DayNumber);
    }

    /// <summary>Money for rows not yet due calls them: they enter the running statement as they are paid.</summary>
    public static AccountState Early(AccountState state, ValueList<Allocation> allocations)
    {
        if (state.Loans.Count == 0)
        {
            return state;
        }

        var early = allocations.Sum(state.Currency, allocation =>
            state.Items.Any(item => item.Id == allocation.ItemId && item.Scheduled) ? allocation.Amount : Money.Zero(state.Currency));
        return StatementTotals.Debit(state, early);
    }

    public static AccountState Returned(AccountState state, CreditBalanceReturned e)
    {
        var paidOut = StatementTotals.Debit(state, e.Fact.Amount)
            with { CreditBalance = state.CreditBalance - (e.Fact.Amount - e.Uncovered) };
        var zero = Money.Zero(state.Currency);
        return e.ItemId == 0 ? paidOut : paidOut with
        {
            Items = state.Items.Add(new DueItem(
                e.ItemId, null, Component.Principal, null, Cyclable: false, e.EffectiveOn, null, null, e.Uncovered, zero, zero,
                    Bearing.None,
                Disputed: false, WrittenOff: false)),
            NextItemId = e.ItemId + 1,
        };
    }

    /// <summary>Takes allocations off the items, drops what is paid, and counts them towards every bill the item stands on.</summary>
    public static AccountState Apply(AccountState state, ValueList<Allocation> allocations, bool credited = false)
    {
        var (items, bills) = Pay(state, allocations, credited);
        return allocations.Count == 0 ? state : state with { Items = items, Bills = bills };
    }

    private static (ValueList<DueItem> Items, ValueList<Bill> Bills) Pay(
        AccountState state, ValueList<Allocation> allocations, bool credited)
    {
        if (allocations.Count == 0)
        {
            return (state.Items, state.Bills);
        }

        var kept = 0;
        var counts = false;
        foreach (var item in state.Items.AsSpan())
        {
            var paid = PaidOn(item, allocations);
            kept += item.Unpaid != paid ? 1 : 0;
            counts |= !paid.IsZero && !item.Disputed && item.CountsFrom is not null;
        }

        var bills = counts ? state.Bills.AsSpan().ToArray() : null;
        var (items, at) = (new DueItem[kept], 0);
        foreach (var item in state.Items.AsSpan())
        {
            var paid = PaidOn(item, allocations);
            if (!paid.IsZero && bills is not null)
            {
                Count(bills, item, paid);
            }

            if (item.Unpaid != paid)
            {
                items[at++] = paid.IsZero ? item : Settled(item, paid, credited);
            }
        }

        return (ValueList.Of(items, kept), bills is null ? state.Bills : ValueList.Of(bills, bills.Length));
    }

    private static DueItem Settled(DueItem item, Money paid, bool credited) => credited
        ? item with { Paid = item.Paid + paid, Credited = item.Credited + paid }
        : item with { Paid = item.Paid + paid };

    private static Money PaidOn(DueItem item, ValueList<Allocation> allocations)
    {
        var paid = Money.Zero(item.Amount.Currency);
        foreach (var allocation in allocations.AsSpan())
        {
            paid = allocation.ItemId == item.Id ? paid + allocation.Amount : paid;
        }

        return paid;
    }

    private static void Count(Bill[] bills, DueItem item, Money paid)
    {
        for (var i = 0; i < bills.Length; i++)
        {
            if (!item.Disputed && item.CountsFrom is { } billedOn && bills[i].IssuedOn >= billedOn)
            {
                bills[i] = bills[i] with { PaidSince = bills[i].PaidSince + paid };
            }
        }
    }
}
