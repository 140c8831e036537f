namespace Mingzhang.Domain.Loans;

/// <summary>Money for loans and plans: what is due first, then early; interest for the actual days, fees by the product's policy.</summary>
internal static class LoanRepayment
{
    /// <summary>What a payer may pay: everything due, what settles the cash loans, and what settles a plan that is named.</summary>
    public static Money Payable(AccountState state, DebtName? named, DateOnly on, Money due)
    {
        foreach (var loan in state.Loans)
        {
            due += loan.IsCash || loan.Id == named?.LoanId
                ? state.SettlementOf(loan, on).Total - Posted(state, loan)
                : Money.Zero(state.Currency);
        }

        return due;
    }

    /// <summary>Null, or why money would repay a part of a loan that takes early repayment whole only.</summary>
    public static Refusal? Check(AccountState state, ReceiveRepayment command, Money amount, DateOnly on, Money due)
    {
        var left = amount - due - PenaltiesGrown(state, on);
        if (command.Named?.LoanId is { } id && state.Loans.Find(loan => loan.Id == id) is { } named)
        {
            var settlement = state.SettlementOf(named, on);
            if (!named.Early.Partial && amount > settlement.Due && amount < settlement.Total)
            {
                return new EarlyPartNotOffered(settlement.Total);
            }

            left -= Money.Min((amount - settlement.Due).OrZeroIfNegative(), settlement.Total - settlement.Due);
        }

        return command.By == Actor.Borrower && left.IsPositive ? PartOf(state, InOrder(state, command.Named), left, on) : null;
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

        var left = amount;
        if (u.State.Loans.Find(loan => loan.Id == named?.LoanId) is { } chosen)
        {
            left -= Posted(u.State, chosen);
            left -= left.IsPositive && Takes(u.State, chosen, left, u.On) ? PrepareEarly(u, chosen, left) : Money.Zero(u.Currency);
        }

        left -= Due(u.State, u.Terms, u.On, named?.LoanId);
        foreach (var loan in InOrder(u.State, named))
        {
            if (left.IsPositive && Takes(u.State, loan, left, u.On))
            {
                left -= PrepareEarly(u, loan, left);
            }
        }
    }

    /// <summary>Allocates money: a named loan first and whole, then the waterfall over what is due, then loans early, oldest
    /// first.</summary>
    /// <param name="state">After <see cref="Prepare"/>.</param>
    /// <param name="amount">The money.</param>
    /// <param name="named">The debt the payer named, or null.</param>
    /// <param name="terms">The terms that hold.</param>
    /// <param name="on">The day.</param>
    /// <param name="first">The first item id that <see cref="Prepare"/> could give.</param>
    public static (ValueList<Allocation> Allocations, Money Left) Allocate(
        AccountState state, Money amount, DebtName? named, ProductTerms terms, DateOnly on, int first)
    {
        var taken = new List<Allocation>();
        var left = amount;
        if (named?.LoanId is { } id)
        {
            left = Some(taken, state, item => item.LoanId == id && !IsEarly(item, first), left, named, terms);
            left = Early(taken, state, id, left, terms, on, first);
        }

        left = Some(
            taken, state, item => (named?.LoanId is null || item.LoanId != named.LoanId) && !IsEarly(item, first), left, named, terms);
        foreach (var loan in InOrder(state, named))
        {
            left = Early(taken, state, loan.Id, left, terms, on, first);
        }

        return (ValueList.From(taken), left);
    }

    /// <summary>After money went early to rows: the rows that are left are worked out again.</summary>
    public static void Reschedule(Unfolding u, AccountState before, EarlyMode mode)
    {
        foreach (var loan in u.State.Loans)
        {
            var left = u.State.Scheduled(loan.Id);
            var changed = left != before.Scheduled(loan.Id) || (left.IsZero && u.State.Carried(loan.Id) != before.Carried(loan.Id));
            if (changed && loan.Rows.Count > 0)
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
        var all = settlement.Early;
        Post(u, loan.Id, Growth.Interest);
        var fee = early >= all ? settlement.Fee : PartFee(loan, early - settlement.Interest - settlement.Carried);
        if (fee.IsPositive)
        {
            u.Emit(new EarlyFeePosted(loan.Id, u.State.NextItemId, fee) { EffectiveOn = u.On });
        }

        // The fee of a part may fall short of the whole one's, and then what is left of the money goes on to the next loan.
        return Money.Min(early, all - settlement.Fee + fee);
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

    // What was posted today for early repayment of one loan, then its rows, the last first.
    private static Money Early(
        List<Allocation> taken, AccountState state, string loanId, Money left, ProductTerms terms, DateOnly on, int first)
    {
        var loan = state.Loans.Find(other => other.Id == loanId);
        if (loan is null || !left.IsPositive || (!loan.Early.Partial && left < WholeOf(state, loan, on, first)))
        {
            return left;
        }

        left = Some(taken, state, item => item.LoanId == loanId && IsEarly(item, first), left, null, terms);

        foreach (var item in LastRowFirst(state, loanId))
        {
            var part = Money.Min(left, item.Unpaid);
            if (part.IsPositive)
            {
                taken.Add(new Allocation(item.Id, item.Component, null, part, item.WrittenOff));
                left -= part;
            }
        }

        return left;
    }

    // What an agreement carried comes before principal. Rows that got principal again after it had gone have younger items than the rows
    // behind them: the number decides.
    private static IEnumerable<DueItem> LastRowFirst(AccountState state, string loanId) => state.Items
        .Where(item => item.LoanId == loanId && item.Scheduled && !item.Disputed)
        .OrderBy(item => item.IsPrincipal).ThenByDescending(item => item.Row).ThenByDescending(item => item.Id);

    // What repays a loan early and whole, whether its interest and fee are posted yet or not.
    private static Money WholeOf(AccountState state, Loan loan, DateOnly on, int first)
    {
        var settlement = state.SettlementOf(loan, on);
        var zero = Money.Zero(state.Currency);
        var early = state.Items.Where(item => item.LoanId == loan.Id && IsEarly(item, first));
        var fee = early.Sum(state.Currency, item => item.Component == Component.Fee ? item.Unpaid : zero);
        return settlement.Principal + settlement.Carried + settlement.Interest + Money.Max(settlement.Fee, fee)
            + early.Sum(state.Currency, item => item.Component == Component.Fee ? zero : item.Unpaid);
    }

    private static Money Some(
        List<Allocation> taken, AccountState state, Func<DueItem, bool> which, Money left, DebtName? named, ProductTerms terms)
    {
        if (!left.IsPositive)
        {
            return left;
        }

        var (allocations, rest) = Waterfall.Allocate(state with { Items = state.Items.Where(which) }, left, named, terms);
        taken.AddRange(allocations.AsSpan());
        return rest;
    }

    // Interest and fee posted for this very payment, so that a loan can be repaid early: no row, no bill. What an earlier payment of the
    // day left unpaid is due like anything else.
    private static bool IsEarly(DueItem item, int first) => item is { LoanId: not null, Row: 0, BilledOn: null, Scheduled: false }
        && item.Id >= first && item.Component is Component.Interest or Component.Fee;

    private static bool Takes(AccountState state, Loan loan, Money left, DateOnly on)
    {
        var settlement = state.SettlementOf(loan, on);
        return settlement.Early.IsPositive && (loan.Early.Partial || left >= settlement.Early);
    }

    private static EarlyPartNotOffered? PartOf(AccountState state, IEnumerable<Loan> loans, Money left, DateOnly on)
    {
        foreach (var loan in loans)
        {
            var settlement = state.SettlementOf(loan, on);
            var whole = settlement.Early;
            if (!loan.Early.Partial && left < whole)
            {
                return new EarlyPartNotOffered(settlement.Total);
            }

            left -= Money.Min(left, whole);
            if (!left.IsPositive)
            {
                return null;
            }
        }

        return null;
    }

    private static Money PenaltiesGrown(AccountState state, DateOnly on) => state.AccruedTo(on).Loans.Sum(state.Currency, loan =>
        LoanFigures.Rounded(loan, loan.PrincipalPenalty, state.Currency) + LoanFigures.Rounded(loan, loan.ChargePenalty, state.Currency));

    /// <summary>Posts the penalties grown on one loan.</summary>
    public static void PostPenalties(Unfolding u, string loanId)
    {
        Post(u, loanId, Growth.PrincipalPenalty);
        Post(u, loanId, Growth.ChargePenalty);
    }

    /// <summary>Posts the interest grown on one loan.</summary>
    public static void PostInterest(Unfolding u, string loanId) => Post(u, loanId, Growth.Interest);

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

    // Cash loans other than a named one, oldest first.
    private static IEnumerable<Loan> InOrder(AccountState state, DebtName? named) =>
        state.Loans.Where(loan => loan.IsCash && loan.Id != named?.LoanId);

    private static Money Posted(AccountState state, Loan loan) => state.Items.Sum(state.Currency, item =>
        item.LoanId == loan.Id && !item.Scheduled && !item.Disputed ? item.Unpaid : Money.Zero(state.Currency));

    private static Money Due(AccountState state, ProductTerms terms, DateOnly on, string? besides) =>
        state.Items.Sum(state.Currency, item => item.Disputed || item.Scheduled || (besides is not null && item.LoanId == besides)
            ? Money.Zero(state.Currency) : item.Unpaid)
        + state.AccruedInterest(terms, on) + state.AccruedCharge(terms, on);
}
