namespace Mingzhang.Domain.Loans;

/// <summary>Money for loans and plans: what is due first, then early; interest for the actual days, fees by the product's policy.</summary>
internal static class LoanRepayment
{
    /// <summary>What a payer may pay: of a named loan all that settles it, else everything due and, on a loan line, everything.</summary>
    public static Money Payable(AccountState state, DebtName? named, DateOnly on, Money due)
    {
        if (named?.LoanId is { } id)
        {
            var chosen = state.Loans.Find(loan => loan.Id == id);
            return chosen is null ? Money.Zero(state.Currency) : state.SettlementOf(chosen, on).Total;
        }

        return due + state.Loans.Sum(state.Currency, loan => loan.IsCash
            ? state.SettlementOf(loan, on).Total - Posted(state, loan)
            : Money.Zero(state.Currency));
    }

    /// <summary>Null, or why a named loan cannot be repaid so.</summary>
    public static Refusal? Check(AccountState state, DebtName? named, Money amount, DateOnly on)
    {
        if (named?.LoanId is not { } id || state.Loans.Find(loan => loan.Id == id) is not { } loan)
        {
            return null;
        }

        var settlement = state.SettlementOf(loan, on);
        return !loan.Early.Partial && amount > settlement.Due && amount < settlement.Total
            ? new EarlyPartNotOffered(settlement.Total)
            : null;
    }

    /// <summary>Posts what has grown on every loan, each part rounded once.</summary>
    public static void PostGrown(Unfolding u)
    {
        foreach (var loan in u.State.Loans)
        {
            PostPenalties(u, loan.Id);
            Post(u, loan.Id, Growth.Interest);
        }
    }

    /// <summary>Before money is allocated: penalties are posted; interest and fee of the loans that will be repaid early, too.</summary>
    public static void Prepare(Unfolding u, Money amount, DebtName? named)
    {
        foreach (var loan in u.State.Loans)
        {
            PostPenalties(u, loan.Id);
        }

        var left = amount - (named?.LoanId is null ? Due(u.State, u.Terms, u.On) : Money.Zero(u.Currency));
        foreach (var loan in InOrder(u.State, named))
        {
            var posted = Posted(u.State, loan);
            var early = named?.LoanId is null ? left : left - posted;
            if (!early.IsPositive)
            {
                return;
            }

            left -= PrepareEarly(u, loan, early) + (named?.LoanId is null ? Money.Zero(u.Currency) : posted);
        }
    }

    /// <summary>Allocates money: a named loan first and whole, then the waterfall over what is due, then loans early, oldest
    /// first.</summary>
    public static (ValueList<Allocation> Allocations, Money Left) Allocate(
        AccountState state, Money amount, DebtName? named, ProductTerms terms)
    {
        if (state.Loans.Count == 0)
        {
            return Waterfall.Allocate(state, amount, named, terms);
        }

        var taken = new List<Allocation>();
        var left = amount;
        var rest = state;
        if (named?.LoanId is { } id)
        {
            var own = state with { Items = state.Items.Where(item => item.LoanId == id) };
            (var first, left) = Waterfall.Allocate(own, left, named, terms);
            taken.AddRange(first.AsSpan());
            left = Early(taken, state, id, left);
            rest = state with { Items = state.Items.Where(item => item.LoanId != id) };
        }

        (var due, left) = Waterfall.Allocate(rest, left, null, terms);
        taken.AddRange(due.AsSpan());
        foreach (var loan in InOrder(rest, named))
        {
            left = loan.IsCash && loan.Id != named?.LoanId ? Early(taken, rest, loan.Id, left) : left;
        }

        return (ValueList.From(taken), left);
    }

    /// <summary>After money went early to rows: the rows that are left are worked out again.</summary>
    public static void Reschedule(Unfolding u, AccountState before, EarlyMode mode)
    {
        foreach (var loan in u.State.Loans)
        {
            if (u.State.Scheduled(loan.Id) != before.Scheduled(loan.Id) && loan.Rows.Count > 0)
            {
                var rows = LoanRows.After(u.State, loan, before.Scheduled(loan.Id), mode, u.On);
                u.Emit(new LoanRescheduled(loan.Id, rows, mode) { EffectiveOn = u.On });
            }
        }
    }

    /// <summary>Loans and plans of which nothing is left end; a penalty that is left is posted.</summary>
    public static void SettleWhatIsDone(Unfolding u)
    {
        foreach (var loan in u.State.Loans)
        {
            if (loan.Rows.Count > 0 || u.State.Items.Any(item => item.LoanId == loan.Id))
            {
                continue;
            }

            PostPenalties(u, loan.Id);
            Post(u, loan.Id, Growth.Interest);
            if (!u.State.Items.Any(item => item.LoanId == loan.Id))
            {
                u.Emit(new LoanSettled(loan.Id) { EffectiveOn = u.On });
            }
        }
    }

    // Interest and fee of one loan that gets so much beyond what is due; returns what it can take of it.
    private static Money PrepareEarly(Unfolding u, Loan loan, Money early)
    {
        var settlement = u.State.SettlementOf(loan, u.On);
        var all = settlement.Principal + settlement.Interest + settlement.Fee;
        Post(u, loan.Id, Growth.Interest);
        var fee = early >= all ? settlement.Fee : PartFee(loan, early - settlement.Interest);
        if (fee.IsPositive)
        {
            u.Emit(new EarlyFeePosted(loan.Id, u.State.NextItemId, fee) { EffectiveOn = u.On });
        }

        return Money.Min(early, all);
    }

    // Of money m for principal and its fee f(p) = p × ppm: p = m × 1,000,000 / (1,000,000 + ppm), the fee is the rest.
    private static Money PartFee(Loan loan, Money money)
    {
        if (loan.Early.Fee != EarlyFee.PercentOrPeriod || !money.IsPositive)
        {
            return Money.Zero(money.Currency);
        }

        var principal = Rounded.Divide((Int128)money.MinorUnits * 1_000_000, 1_000_000 + loan.Early.FeePpm, Rounding.HalfUp);
        return money - Money.Of(principal, money.Currency);
    }

    private static Money Early(List<Allocation> taken, AccountState state, string loanId, Money left)
    {
        for (var i = state.Items.Count - 1; i >= 0 && left.IsPositive; i--)
        {
            var item = state.Items[i];
            if (item.LoanId == loanId && item.Scheduled && !item.Disputed)
            {
                var part = Money.Min(left, item.Unpaid);
                taken.Add(new Allocation(item.Id, item.Component, null, part, item.WrittenOff));
                left -= part;
            }
        }

        return left;
    }

    private static void PostPenalties(Unfolding u, string loanId)
    {
        Post(u, loanId, Growth.PrincipalPenalty);
        Post(u, loanId, Growth.ChargePenalty);
    }

    private static void Post(Unfolding u, string loanId, Growth growth)
    {
        var loan = u.State.AccruedTo(u.On).Loans.Find(other => other.Id == loanId)!;
        var accrued = growth switch
        {
            Growth.Interest => loan.Interest,
            Growth.PrincipalPenalty => loan.PrincipalPenalty,
            Growth.ChargePenalty => loan.ChargePenalty,
        };
        var amount = LoanFigures.Rounded(loan, accrued, u.Currency);
        if (amount.IsPositive)
        {
            u.Emit(new LoanAccrualPosted(loanId, growth, u.State.NextItemId, amount, accrued) { EffectiveOn = u.On });
        }
    }

    private static IEnumerable<Loan> InOrder(AccountState state, DebtName? named) =>
        named?.LoanId is { } id ? state.Loans.Where(loan => loan.Id == id) : state.Loans.Where(loan => loan.IsCash);

    private static Money Posted(AccountState state, Loan loan) => state.Items.Sum(state.Currency, item =>
        item.LoanId == loan.Id && !item.Scheduled && !item.Disputed ? item.Unpaid : Money.Zero(state.Currency));

    private static Money Due(AccountState state, ProductTerms terms, DateOnly on) =>
        state.Items.Sum(state.Currency, item => item.Disputed || item.Scheduled ? Money.Zero(state.Currency) : item.Unpaid)
        + state.AccruedInterest(terms, on) + state.AccruedCharge(terms, on);
}
