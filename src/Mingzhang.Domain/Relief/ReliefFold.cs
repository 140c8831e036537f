namespace Mingzhang.Domain.Relief;

/// <summary>Folds agreements, and what they do to due items.</summary>
internal static class ReliefFold
{
    public static AccountState Requested(AccountState state, ReliefRequested e) => Put(state, new ReliefAgreement(
        e.Fact.ReliefId, ReliefStage.Asked, new ReliefPlan(e.Fact.Wish, e.Fact.LoanId, 0, InterestOnly: false, 0, null, null),
        e.EffectiveOn, e.ExpiresOn, null, 0, null, [], Rate.PerDay(0), "", []));

    public static AccountState Offered(AccountState state, ReliefOffered e) => Put(state, new ReliefAgreement(
        e.Fact.ReliefId, ReliefStage.Offered, e.Fact.Plan, e.EffectiveOn, e.ExpiresOn, null, 0, null, [], Rate.PerDay(0), "", []));

    public static AccountState Started(AccountState state, ReliefStarted e) => Put(state, e.Agreement) with
    {
        PastReliefs = state.PastReliefs.Where(past => past.StartedOn > e.EffectiveOn.AddDays(-ReliefRules.Year))
            .Add(new PastRelief(e.Agreement.Plan.Kind, e.EffectiveOn)),
    };

    public static AccountState Ended(AccountState state, ReliefEnded e) => state with
    {
        Reliefs = state.Reliefs.Where(relief => relief.Id != e.ReliefId),
        RecentReferences = state.RecentReferences.Add(new RecentReference(e.ReliefId, e.EffectiveOn)),
    };

    /// <summary>Old due items leave as if credited, new ones come: nothing is owed more or less.</summary>
    public static AccountState Replanned(AccountState state, DebtReplanned e)
    {
        var cleared = StatementTotals.Credit(RepaymentFold.Apply(state, e.Replaced, credited: true), e.Posted);
        var (items, next, zero) = (cleared.Items, cleared.NextItemId, Money.Zero(state.Currency));
        foreach (var row in e.Rows.AsSpan())
        {
            if (row.ItemId > 0)
            {
                items = items.Add(New(row.ItemId, Component.Principal, row.Principal, row));
                next = Math.Max(next, row.ItemId + 1);
            }

            foreach (var carried in row.Carried.AsSpan())
            {
                items = items.Add(New(carried.ItemId, carried.Component, carried.Amount, row));
                next = Math.Max(next, carried.ItemId + 1);
            }
        }

        var loan = e.Loan with
        {
            Rows = e.Rows.Map(row => new LoanRow(row.Number, row.DueOn, row.ItemId, row.Principal, row.Charge)),
        };
        return cleared with
        {
            Items = items,
            NextItemId = next,
            Loans = cleared.Loans.Any(other => other.Id == loan.Id)
                ? cleared.Loans.Change(other => other.Id == loan.Id, other => loan with
                {
                    Interest = other.Interest, PrincipalPenalty = other.PrincipalPenalty, ChargePenalty = other.ChargePenalty,
                })
                : cleared.Loans.Add(loan),
        };

        DueItem New(int id, Component component, Money amount, ReplannedRow row) => new(
            id, e.Loan.PurchaseId, component, component == Component.Principal ? e.Loan.Pool : null, Cyclable: false, e.EffectiveOn, null,
            row.DueOn, amount, zero, zero, Bearing.None, Disputed: false, WrittenOff: false)
        {
            LoanId = e.Loan.Id, Row = row.Number, Scheduled = true,
        };
    }

    /// <summary>The items wait for the next statement; the bills they stood on ask for no more than was paid.</summary>
    public static AccountState Moved(AccountState state, BillsMoved e) => state with
    {
        // What is disputed stays on its bill, which asks for nothing: it is not overdue any more either, and rolls like any
        // principal that is disputed over a due day.
        Items = state.Items.Map(item => !e.ItemIds.Any(id => id == item.Id) ? LeftBehind(Relieved(item), state) : Relieved(item) with
        {
            BilledOn = null,
            MovedFrom = item.BilledOn,
            DueOn = null,
            Cyclable = item.Cyclable && !e.Revolves,
            MissedOn = item.Cyclable && !e.Revolves ? item.MissedOn : item.MissedOn ?? state.LatestBill()?.IssuedOn,
        }),
        Bills = state.Bills.Map(bill => bill with
        {
            Stage = BillStage.Revolving, Minimum = Money.Min(bill.Minimum, bill.PaidSince), MovedOn = e.EffectiveOn,
        }),
    };

    private static DueItem LeftBehind(DueItem item, AccountState state) => item is { Cyclable: true, BilledOn: not null }
        ? item with { Cyclable = state.Terms.Bears is { RolledStaysCyclable: true } }
        : item;

    private static DueItem Relieved(DueItem item) => item is { Bearing: Bearing.Overdue, BilledOn: not null, WrittenOff: false }
        ? item with { Bearing = item.IsPrincipal ? Bearing.Revolving : Bearing.None }
        : item;

    /// <summary>Back on the bills they stood on, of which the latest asks again; what was paid or disputed while they waited
    /// counts.</summary>
    public static AccountState Returned(AccountState state, BillsReturned e)
    {
        var back = state with
        {
            Items = state.Items.Map(item => !e.ItemIds.Any(id => id == item.Id)
                ? item : item with { BilledOn = item.MovedFrom ?? e.BillIssuedOn, MovedFrom = null, DueOn = e.DueOn }),
        };
        return back with
        {
            Bills = back.Bills.Map(bill => bill.IssuedOn != e.BillIssuedOn ? bill : MinimumPayment.Reckoned(
                bill with { Stage = BillStage.Open, DueOn = e.DueOn, MovedOn = null }, back)),
        };
    }

    public static AccountState Waived(AccountState state, DebtWaived e) =>
        StatementTotals.Credit(RepaymentFold.Apply(state, e.Allocations, credited: true), e.Posted) with
        {
            RecentReferences = state.RecentReferences.Add(new RecentReference(e.Fact.WaiverId, e.EffectiveOn)),
        };

    private static AccountState Put(AccountState state, ReliefAgreement relief) => state with
    {
        Reliefs = state.Reliefs.Where(other => other.Id != relief.Id).Add(relief),
    };
}
