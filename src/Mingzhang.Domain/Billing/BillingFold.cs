namespace Mingzhang.Domain.Billing;

/// <summary>Folds statements and what follows from their due days.</summary>
internal static class BillingFold
{
    /// <summary>A statement: unbilled items join it, rolled items move to its due day, overdue items keep theirs.</summary>
    public static AccountState Issued(AccountState state, StatementIssued e)
    {
        var bill = e.Bill;
        var keepFrom = bill.IssuedOn.AddDays(-state.Terms.RefundWindowDays);
        return state with
        {
            Items = state.Items.Map(item => Join(item, bill)),
            Bills = state.Bills.Where(older => HasUnpaid(state, older)).Add(bill),
            Purchases = state.Purchases.Where(p => PurchaseRules.Answers(state, p, bill.IssuedOn)),
            RecentReferences = state.RecentReferences.Where(reference => reference.On >= keepFrom),
            Cycle = state.Cycle with
            {
                StatementDay = e.StatementDay,
                DueDay = e.DueDay,
                LastStatementOn = bill.IssuedOn,
                BookedDueDay = e.NextStatementOn == DateOnly.MaxValue ? state.Cycle.BookedDueDay : 0,
                NextStatementOn = e.NextStatementOn,
                OpeningMinor = bill.Closing.MinorUnits,
                DebitsMinor = 0,
                CreditsMinor = 0,
            },
        };
    }

    public static AccountState Interest(AccountState state, InterestPosted e) =>
        Charged(state, e.ItemId, Component.Interest, e.Amount, e.EffectiveOn) with { RevolvingAccrual = default };

    public static AccountState Charge(AccountState state, OverdueChargePosted e) =>
        Charged(state, e.ItemId, Component.OverdueCharge, e.Amount, e.EffectiveOn) with { OverdueAccrual = default };

    public static AccountState Rolled(AccountState state, BillRolled e) => state with
    {
        Items = state.Items.Map(item => OnBill(item, e.BillIssuedOn) && item.Bearing != Bearing.Overdue
            ? item with { Bearing = Bearing.Revolving, Cyclable = item.Cyclable && state.Terms.Bears is { RolledStaysCyclable: true } }
            : item),
        Bills = Staged(state, e.BillIssuedOn, BillStage.Revolving),
    };

    public static AccountState Overdue(AccountState state, BillOverdue e) => state with
    {
        Items = state.Items.Map(item => OnBill(item, e.BillIssuedOn)
            ? item with
            {
                Bearing = Bearing.Overdue, Cyclable = false,
                MissedOn = item.Cyclable && state.Terms.Bears is { RolledStaysCyclable: true }
                    ? state.LatestBill()?.IssuedOn : item.MissedOn,
            }
            : item),
        Bills = Staged(state, e.BillIssuedOn, BillStage.Overdue),
    };

    public static AccountState Cured(AccountState state, OverdueCured e)
    {
        var staged = state with { Bills = Staged(state, e.BillIssuedOn, BillStage.Revolving) };
        return staged with
        {
            Items = staged.Items.Map(item => item.Bearing == Bearing.Overdue && OnBill(item, e.BillIssuedOn) && !StillOverdue(staged, item)
                ? item with { Bearing = Bearing.Revolving } : item),
        };
    }

    /// <summary>Whether an item stood on the bill issued on a day.</summary>
    public static bool OnBill(DueItem item, DateOnly issuedOn) => item.BilledOn is { } billedOn && billedOn <= issuedOn;

    private static bool StillOverdue(AccountState state, DueItem item) =>
        state.Bills.Any(bill => bill.Stage == BillStage.Overdue && bill.Shortfall.IsPositive && OnBill(item, bill.IssuedOn));

    private static DueItem Join(DueItem item, Bill bill) => item switch
    {
        { Scheduled: true } => item,
        { BilledOn: null } => item with { BilledOn = bill.IssuedOn, DueOn = bill.DueOn, MovedFrom = null },
        { Bearing: Bearing.Overdue } => item,
        _ => item with { DueOn = bill.DueOn },
    };

    /// <summary>Whether anything that stood on a bill is left.</summary>
    public static bool HasUnpaid(AccountState state, Bill bill)
    {
        foreach (var item in state.Items.AsSpan())
        {
            if (OnBill(item, bill.IssuedOn))
            {
                return true;
            }
        }

        return false;
    }

    private static AccountState Charged(AccountState state, int itemId, Component component, Money amount, DateOnly on)
    {
        var item = new DueItem(
            itemId, null, component, null, Cyclable: false, on, null, null, amount, Money.Zero(state.Currency),
                Money.Zero(state.Currency), Bearing.None,
            Disputed: false, WrittenOff: false);
        return StatementTotals.Debit(state, amount) with { Items = state.Items.Add(item), NextItemId = itemId + 1 };
    }

    private static ValueList<Bill> Staged(AccountState state, DateOnly issuedOn, BillStage stage) =>
        state.Bills.Map(bill => bill.IssuedOn == issuedOn ? bill with { Stage = stage } : bill);
}
