namespace Mingzhang.Domain.Loans;

/// <summary>Folds loans and plans.</summary>
internal static class LoanFold
{
    public static AccountState Requested(AccountState state, LoanRequested e) =>
        state with { LoanRequests = state.LoanRequests.Add(new LoanRequest(e.Fact, e.EffectiveOn, e.ExpiresOn)) };

    public static AccountState RequestGone(AccountState state, string loanId) =>
        state with { LoanRequests = state.LoanRequests.Where(request => request.Fact.LoanId != loanId) };

    public static AccountState Disbursed(AccountState state, LoanDisbursed e)
    {
        var month = new DateOnly(e.EffectiveOn.Year, e.EffectiveOn.Month, 1);
        return RequestGone(Scheduled(state, e.Loan, e.EffectiveOn), e.Loan.Id) with
        {
            LoanMonth = month,
            LoansInMonth = state.LoanMonth == month ? state.LoansInMonth + 1 : 1,
        };
    }

    /// <summary>A loan and the due items of its rows.</summary>
    public static AccountState Scheduled(AccountState state, Loan loan, DateOnly on) =>
        WithRows(state with { Loans = state.Loans.Add(loan) }, loan, loan.Rows, on);

    /// <summary>A row falls due; one that joins a statement has no due day of its own any more, it gets the bill's.</summary>
    public static AccountState Due(AccountState state, InstalmentDue e)
    {
        var cash = state.Loans.Find(loan => loan.Id == e.LoanId) is { IsCash: true };
        var called = state with
        {
            Items = state.Items.Change(
                item => item.LoanId == e.LoanId && item.Row == e.Number && item.Scheduled,
                item => item with { Scheduled = false, DueOn = cash ? item.DueOn : null }),
            Loans = state.Loans.Change(loan => loan.Id == e.LoanId, loan => loan with
            {
                Rows = loan.Rows.Where(row => row.Number != e.Number),
                Interest = e.Accrued.IsZero ? loan.Interest : default,
            }),
        };
        var charged = Charged(called, e.LoanId, e.ItemId, Component.Interest, e.Charge, e.EffectiveOn, e.DueOn, e.Number);
        return StatementTotals.Debit(e.DisputeId is { } id ? Joined(charged, id, e.ItemId) : charged, e.Total - e.Charge);
    }

    private static AccountState Joined(AccountState state, string disputeId, int itemId) => itemId == 0 ? state : state with
    {
        Items = state.Items.Change(item => item.Id == itemId, item => item with { Disputed = true }),
        Disputes = state.Disputes.Change(
            dispute => dispute.DisputeId == disputeId, dispute => dispute with { ItemIds = dispute.ItemIds.Add(itemId) }),
    };

    public static AccountState Overdue(AccountState state, LoanOverdue e)
    {
        var days = e.EffectiveOn.DayNumber - e.DueOn.DayNumber;
        var items = state.Items.Change(item => Falls(item, e), item => item with { Bearing = Bearing.Overdue });
        var (principal, charges) = (Money.Zero(state.Currency), Money.Zero(state.Currency));
        foreach (var item in state.Items.AsSpan())
        {
            principal += Falls(item, e) && item.IsPrincipal ? item.Unpaid : Money.Zero(state.Currency);
            charges += Falls(item, e) && item.Component is Component.Interest or Component.Fee ? item.Unpaid : Money.Zero(state.Currency);
        }

        return state with
        {
            Items = items,
            Loans = state.Loans.Change(loan => loan.Id == e.LoanId, loan => loan with
            {
                PrincipalPenalty = loan.PrincipalPenalty.Plus(principal, loan.Penalty, days),
                ChargePenalty = loan.PenaltyOnCharges ? loan.ChargePenalty.Plus(charges, loan.Penalty, days) : loan.ChargePenalty,
            }),
        };
    }

    public static AccountState AccrualPosted(AccountState state, LoanAccrualPosted e)
    {
        var component = e.Growth == Growth.Interest ? Component.Interest : Component.OverdueCharge;
        var dueOn = e.Growth == Growth.Interest && state.Loans.Find(loan => loan.Id == e.LoanId) is { Rows: { Count: > 0 } rows }
            ? rows[0].DueOn
            : e.EffectiveOn;
        var posted = Charged(state, e.LoanId, e.ItemId, component, e.Amount, e.EffectiveOn, dueOn);
        return posted with
        {
            Loans = posted.Loans.Change(loan => loan.Id == e.LoanId, loan => e.Growth switch
            {
                Growth.Interest => loan with { Interest = default },
                Growth.PrincipalPenalty => loan with { PrincipalPenalty = default },
                Growth.ChargePenalty => loan with { ChargePenalty = default },
            }),
        };
    }

    public static AccountState FeePosted(AccountState state, EarlyFeePosted e) =>
        Charged(state, e.LoanId, e.ItemId, Component.Fee, e.Amount, e.EffectiveOn, e.EffectiveOn);

    /// <summary>Rows that stay keep their due items, with what is left of them; a row that had none gets one. Items stay in the order of
    /// their age.</summary>
    public static AccountState Rescheduled(AccountState state, LoanRescheduled e)
    {
        var loan = state.Loans.Find(other => other.Id == e.LoanId)!;
        var zero = Money.Zero(state.Currency);
        var anew = e.Mode == EarlyMode.Lower;
        var kept = state.Items.Where(item =>
            item.LoanId != e.LoanId || !item.Scheduled || !item.IsPrincipal || e.Rows.Any(row => row.ItemId == item.Id));
        var items = kept.Map(item => e.Rows.Find(row => row.ItemId == item.Id && (anew || row.Principal != item.Unpaid)) is { } row
            ? item with { Amount = row.Principal, Paid = zero, Credited = zero }
            : item);
        var changed = state with
        {
            Items = items,
            Loans = state.Loans.Change(other => other.Id == e.LoanId, other => other with { Rows = e.Rows }),
        };
        var writtenOff = state.Items.Any(item => item.LoanId == e.LoanId && item.Scheduled && item.WrittenOff);
        var filled = WithRows(changed, loan, e.Rows.Where(row => !items.Any(item => item.Id == row.ItemId)), e.EffectiveOn, writtenOff);
        return filled with { Items = [.. filled.Items.OrderBy(item => item.Id)] };
    }

    public static AccountState Settled(AccountState state, LoanSettled e) => state with
    {
        Loans = state.Loans.Where(loan => loan.Id != e.LoanId),
        RecentReferences = state.RecentReferences.Add(new RecentReference(e.LoanId, e.EffectiveOn)),
    };

    private static bool Falls(DueItem item, LoanOverdue e) => item.LoanId == e.LoanId && !item.Scheduled && !item.Disputed
        && !item.WrittenOff && item.Bearing == Bearing.None && item.DueOn <= e.DueOn;

    private static AccountState WithRows(AccountState state, Loan loan, ValueList<LoanRow> rows, DateOnly on, bool writtenOff = false)
    {
        var next = state.NextItemId;
        var items = state.Items;
        foreach (var row in rows.AsSpan())
        {
            if (row.ItemId > 0)
            {
                items = items.Add(new DueItem(
                    row.ItemId, loan.PurchaseId, Component.Principal, loan.Pool, Cyclable: false, on, null, row.DueOn, row.Principal,
                    Money.Zero(state.Currency), Money.Zero(state.Currency), Bearing.None, Disputed: false, writtenOff)
                {
                    LoanId = loan.Id, Row = row.Number, Scheduled = true,
                });
                next = Math.Max(next, row.ItemId + 1);
            }
        }

        return state with { Items = items, NextItemId = next };
    }

    private static AccountState Charged(
        AccountState state, string loanId, int itemId, Component component, Money amount, DateOnly on, DateOnly dueOn, int row = 0)
    {
        if (itemId == 0)
        {
            return state;
        }

        var cash = state.Loans.Find(loan => loan.Id == loanId) is { IsCash: true };
        var item = new DueItem(
            itemId, null, component, null, Cyclable: false, on, null, cash ? dueOn : null, amount, Money.Zero(state.Currency),
            Money.Zero(state.Currency), component == Component.OverdueCharge ? Bearing.Overdue : Bearing.None, Disputed: false,
            WrittenOff: false)
        {
            LoanId = loanId, Row = row,
        };
        return StatementTotals.Debit(state, amount) with { Items = state.Items.Add(item), NextItemId = itemId + 1 };
    }
}
