namespace Mingzhang.Domain.Loans;

/// <summary>Figures of loans, each computed in one place.</summary>
public static class LoanFigures
{
    /// <summary>All loans with what has grown in some days: the first day counts, the last does not.</summary>
    internal static ValueList<Loan> Accrued(AccountState state, int days) => state.Loans.Map(loan =>
    {
        if (!loan.IsCash)
        {
            return loan;
        }

        var (open, overdue, charges) = Bearing(state, loan);
        return loan with
        {
            Interest = loan.Interest.Plus(open, loan.Rate, days),
            PrincipalPenalty = loan.PrincipalPenalty.Plus(overdue, loan.Penalty, days),
            ChargePenalty = loan.PenaltyOnCharges ? loan.ChargePenalty.Plus(charges, loan.Penalty, days) : loan.ChargePenalty,
        };
    });

    /// <summary>Principal not yet due, overdue principal, overdue interest and fees of a loan; disputed and written-off debt bears
    /// nothing.</summary>
    internal static (Money Open, Money Overdue, Money Charges) Bearing(AccountState state, Loan loan)
    {
        var (open, overdue, charges) = (0L, 0L, 0L);
        foreach (var item in state.Items.AsSpan())
        {
            if (item.LoanId != loan.Id || item.Disputed || item.WrittenOff)
            {
                continue;
            }

            var unpaid = item.Unpaid.MinorUnits;
            open += item.Scheduled && item.IsPrincipal ? unpaid : 0;
            overdue += item.Bearing == Accounts.Bearing.Overdue && item.IsPrincipal ? unpaid : 0;
            charges += item.Bearing == Accounts.Bearing.Overdue && item.Component is Component.Interest or Component.Fee ? unpaid : 0;
        }

        return (Money.Of(open, state.Currency), Money.Of(overdue, state.Currency), Money.Of(charges, state.Currency));
    }

    /// <summary>What was lent and is not repaid, due or not.</summary>
    public static Money PrincipalLeft(this AccountState state, string loanId) =>
        state.Items.Sum(state.Currency, item => item.LoanId == loanId && item.IsPrincipal ? item.Unpaid : Money.Zero(state.Currency));

    /// <summary>Principal that is not yet due.</summary>
    public static Money Scheduled(this AccountState state, string loanId) =>
        state.Items.Sum(state.Currency, item =>
            item.LoanId == loanId && item.Scheduled && item.IsPrincipal ? item.Unpaid : Money.Zero(state.Currency));

    /// <summary>Posted interest and charges that an agreement made due with a later row.</summary>
    public static Money Carried(this AccountState state, string loanId, int? row = null) => state.Items.Sum(state.Currency, item =>
        item.LoanId == loanId && item.Scheduled && !item.IsPrincipal && (row is null || item.Row == row)
            ? item.Unpaid : Money.Zero(state.Currency));

    /// <summary>What is due of a loan now, paid or posted up to a day: unpaid rows and the penalty grown on them.</summary>
    public static Money DueNow(this AccountState state, Loan loan, DateOnly on)
    {
        var grown = state.AccruedTo(on).Loans.Find(other => other.Id == loan.Id) ?? loan;
        return state.Items.Sum(state.Currency, item =>
                item.LoanId == loan.Id && !item.Scheduled && !item.Disputed ? item.Unpaid : Money.Zero(state.Currency))
            + Rounded(grown, grown.PrincipalPenalty, state.Currency) + Rounded(grown, grown.ChargePenalty, state.Currency);
    }

    /// <summary>Penalty on what was not paid in time, posted or grown up to a day, and not paid.</summary>
    public static Money PenaltyOf(this AccountState state, Loan loan, DateOnly on)
    {
        var grown = state.AccruedTo(on).Loans.Find(other => other.Id == loan.Id) ?? loan;
        return state.Items.Sum(state.Currency, item => item.LoanId == loan.Id && item.Component == Component.OverdueCharge && !item.Disputed
                ? item.Unpaid : Money.Zero(state.Currency))
            + Rounded(grown, grown.PrincipalPenalty, state.Currency) + Rounded(grown, grown.ChargePenalty, state.Currency);
    }

    /// <summary>What settles a loan on a day, by parts. While its rows are disputed they take no money: only what is due and undisputed
    /// can be paid.</summary>
    /// <example>Case T16: 12,000.00 in 12 rows at 8.8 %, three rows paid: principal 9,000.00; fee 792.00, 0 or 270.00 by policy.</example>
    public static Settlement SettlementOf(this AccountState state, Loan loan, DateOnly on)
    {
        var grown = state.AccruedTo(on).Loans.Find(other => other.Id == loan.Id) ?? loan;
        var scheduled = state.Scheduled(loan.Id);
        if (state.Items.Any(item => item.LoanId == loan.Id && item.Scheduled && item.Disputed))
        {
            var zero = Money.Zero(state.Currency);
            return new Settlement(zero, zero, zero, state.DueNow(loan, on)) { Carried = zero };
        }

        return new Settlement(
            scheduled, Rounded(grown, grown.Interest, state.Currency), EarlyFeeOf(loan, scheduled, scheduled), state.DueNow(loan, on))
        {
            Carried = state.Carried(loan.Id),
        };
    }

    /// <summary>Interest a loan still brings when it is repaid as its rows say: grown and not posted, and to grow.</summary>
    /// <example>1,000.00 today and 1,000.00 in row 2, rows due in 30 and 60 days, 0.05 % a day: 2,000.00 × 30 days + 1,000.00 × 30 days
    /// = 45.00.</example>
    internal static Money InterestAhead(this AccountState state, Loan loan, DateOnly on)
    {
        var grown = state.AccruedTo(on).Loans.Find(other => other.Id == loan.Id) ?? loan;
        var (interest, open, from) = (grown.Interest, Bearing(state, loan).Open, on);
        foreach (var row in loan.Rows.AsSpan())
        {
            interest = interest.Plus(open, loan.Rate, Math.Max(0, row.DueOn.DayNumber - from.DayNumber));
            from = row.DueOn > from ? row.DueOn : from;
            open = (open - state.Items.Sum(state.Currency, item => item.Id == row.ItemId && item.LoanId == loan.Id && !item.Disputed
                ? item.Unpaid : Money.Zero(state.Currency))).OrZeroIfNegative();
        }

        return Rounded(loan, interest, state.Currency);
    }

    /// <summary>The fee for repaying so much principal of what is scheduled early.</summary>
    internal static Money EarlyFeeOf(Loan loan, Money repaid, Money scheduled)
    {
        var zero = Money.Zero(loan.Principal.Currency);
        return !repaid.IsPositive ? zero : loan.Early.Fee switch
        {
            EarlyFee.None => zero,
            EarlyFee.RemainingFee => repaid == scheduled ? loan.Rows.Sum(zero.Currency, row => row.Charge) : zero,
            EarlyFee.PercentOrPeriod => Money.Max(
                Part(repaid, loan.Early.FeePpm, loan.Rounding), repaid == scheduled && loan.Rows.Count > 0 ? loan.Rows[0].Charge : zero),
        };
    }

    internal static Money Rounded(Loan loan, Accrual accrual, Currency currency) => accrual.RoundToMoney(currency, loan.Rounding);

    private static Money Part(Money amount, long ppm, Rounding rounding) =>
        Money.Of(Values.Rounded.Divide((Int128)amount.MinorUnits * ppm, 1_000_000, rounding), amount.Currency);
}

/// <summary>What settles a loan on a day.</summary>
/// <param name="Principal">Principal that is not yet due.</param>
/// <param name="Interest">Interest grown on it.</param>
/// <param name="Fee">Fee for repaying early.</param>
/// <param name="Due">What is due anyway: unpaid rows and penalties.</param>
public sealed record Settlement(Money Principal, Money Interest, Money Fee, Money Due)
{
    /// <summary>Posted interest and charges that an agreement made due later.</summary>
    public required Money Carried { get; init; }

    /// <summary>What goes beyond what is due.</summary>
    public Money Early => Principal + Interest + Fee + Carried;

    /// <summary>All of it.</summary>
    public Money Total => Early + Due;
}
