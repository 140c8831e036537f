namespace Mingzhang.Domain.Accounts;

/// <summary>Figures of a state, each computed in one place.</summary>
public static class AccountFigures
{
    /// <summary>Unpaid posted items less the credit balance; negative = the house owes the customer. Accrued interest and rows not
    /// yet due are not in it.</summary>
    public static Money PostedBalance(this AccountState state) =>
        state.Items.Sum(state.Currency, static item => item.Scheduled ? Money.Zero(item.Amount.Currency) : item.Unpaid)
        - state.CreditBalance;

    /// <summary>Unpaid items plus what accrued up to <paramref name="on"/>, rounded as it would be posted on that day.</summary>
    public static Money TotalDebt(this AccountState state, ProductTerms terms, DateOnly on) =>
        state.Items.Sum(state.Currency, static item => item.Unpaid) + state.AccruedInterest(terms, on) + state.AccruedCharge(terms, on)
        + state.GrownOnLoans(on);

    /// <summary>Interest and penalties grown on loans but not posted, as they would be posted on a day.</summary>
    public static Money GrownOnLoans(this AccountState state, DateOnly on) => state.Loans.Count == 0
        ? Money.Zero(state.Currency)
        : state.AccruedTo(on).Loans.Sum(state.Currency, loan =>
            LoanFigures.Rounded(loan, loan.Interest, state.Currency) + LoanFigures.Rounded(loan, loan.PrincipalPenalty, state.Currency)
            + LoanFigures.Rounded(loan, loan.ChargePenalty, state.Currency));

    /// <summary>Interest grown but not posted, as it would be posted on a day.</summary>
    public static Money AccruedInterest(this AccountState state, ProductTerms terms, DateOnly on) =>
        state.AccrualsTo(on).Revolving.RoundToMoney(state.Currency, terms.Revolving.Rounding);

    /// <summary>Overdue charge grown but not posted, as it would be posted on a day.</summary>
    public static Money AccruedCharge(this AccountState state, ProductTerms terms, DateOnly on) =>
        state.AccrualsTo(on).Overdue.RoundToMoney(state.Currency, terms.Overdue.Rounding);

    /// <summary>Available limit of the general pool (null) or a scene: limit + active temporary − holds − unpaid principal. May be
    /// negative.</summary>
    public static Money Available(this AccountState state, DateOnly on, string? pool)
    {
        var granted = pool is null ? state.TotalLimit : Money.Zero(state.Currency);
        foreach (var limit in state.TemporaryLimits.AsSpan())
        {
            granted = pool is null && limit.CountsOn(on) ? granted + limit.Amount : granted;
        }

        foreach (var limit in state.SceneLimits.AsSpan())
        {
            granted = limit.Scene == pool ? limit.Amount : granted;
        }

        return granted - state.Occupied(pool);
    }

    /// <summary>What holds and unpaid principal occupy of a pool.</summary>
    public static Money Occupied(this AccountState state, string? pool)
    {
        var minor = 0L;
        foreach (var purchase in state.Purchases.AsSpan())
        {
            minor += purchase.Pool == pool ? purchase.Held.MinorUnits : 0;
        }

        foreach (var item in state.Items.AsSpan())
        {
            minor += item.IsPrincipal && item.Pool == pool ? item.Unpaid.MinorUnits : 0;
        }

        foreach (var request in state.LoanRequests.AsSpan())
        {
            minor += pool is null ? request.Fact.Amount.MinorUnits : 0;
        }

        return Money.Of(minor, state.Currency);
    }

    /// <summary>Days past due: from the due day of the oldest unpaid bill that is overdue and not disputed; 0 = none.</summary>
    public static int DaysPastDue(this AccountState state, DateOnly on)
    {
        foreach (var bill in state.Bills.AsSpan())
        {
            if (bill.Stage == BillStage.Overdue && bill.Shortfall.IsPositive)
            {
                return Math.Max(LoanDays.PastDue(state, on), on.DayNumber - bill.DueOn.DayNumber);
            }
        }

        return LoanDays.PastDue(state, on);
    }

    /// <summary>The latest bill, or null before the first statement.</summary>
    public static Bill? LatestBill(this AccountState state) => state.Bills.Count == 0 ? null : state.Bills[^1];

    /// <summary>The state with both accruals brought up to a day: the first day counts, the last does not.</summary>
    public static AccountState AccruedTo(this AccountState state, DateOnly on)
    {
        var days = on.DayNumber - state.AsOf.DayNumber;
        if (days <= 0)
        {
            return state;
        }

        var (revolving, overdue) = state.AccrualsTo(on);
        return state with
        {
            AsOf = on,
            RevolvingAccrual = revolving,
            OverdueAccrual = overdue,
            Loans = state.Loans.Count == 0 ? state.Loans : LoanFigures.Accrued(state, days),
        };
    }

    // What AccruedTo puts into the state, without the state: asked several times in a decision.
    internal static (Accrual Revolving, Accrual Overdue) AccrualsTo(this AccountState state, DateOnly on)
    {
        var days = on.DayNumber - state.AsOf.DayNumber;
        if (days <= 0)
        {
            return (state.RevolvingAccrual, state.OverdueAccrual);
        }

        var (revolving, overdue) = state.BearingPrincipal();
        return (
            state.RevolvingAccrual.Plus(revolving, state.Terms.Revolving, days),
            state.OverdueAccrual.Plus(overdue, state.Terms.Overdue, days));
    }

    /// <summary>Principal that bears interest, and principal that bears the overdue charge; written-off debt bears nothing.</summary>
    public static (Money Revolving, Money Overdue) BearingPrincipal(this AccountState state)
    {
        long revolving = 0;
        long overdue = 0;
        foreach (var item in state.Items.AsSpan())
        {
            if (item.IsPrincipal && !item.Disputed && !item.WrittenOff)
            {
                revolving += item.Bearing == Bearing.Revolving ? item.Unpaid.MinorUnits : 0;
                overdue += item.Bearing == Bearing.Overdue && (item.LoanId is null || item.BilledOn is not null)
                    ? item.Unpaid.MinorUnits : 0; // a cash loan grows its own penalty
            }
        }

        return (Money.Of(revolving, state.Currency), Money.Of(overdue, state.Currency));
    }

    /// <summary>Sum of an amount over a list; zero of the currency when it is empty.</summary>
    public static Money Sum<T>(this ValueList<T> list, Currency currency, Func<T, Money> amount)
    {
        var total = Money.Zero(currency);
        foreach (var item in list.AsSpan())
        {
            total += amount(item);
        }

        return total;
    }
}
