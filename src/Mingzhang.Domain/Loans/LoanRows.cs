namespace Mingzhang.Domain.Loans;

/// <summary>The rows of a loan after a part of its scheduled principal went early.</summary>
internal static class LoanRows
{
    /// <summary>The rows that are left; those that stay keep their due items and so their age, also when the money had emptied
    /// them. The last one has principal, or charges that an agreement carried.</summary>
    /// <param name="state">After the money: the scheduled items hold what is left.</param>
    /// <param name="loan">The loan with its rows before.</param>
    /// <param name="before">Scheduled principal before.</param>
    /// <param name="mode">Fewer rows, or lower ones.</param>
    /// <param name="on">The day; interest is paid up to it.</param>
    public static ValueList<LoanRow> After(AccountState state, Loan loan, Money before, EarlyMode mode, DateOnly on)
    {
        var left = state.Scheduled(loan.Id);
        if (left.IsZero && state.Carried(loan.Id).IsZero)
        {
            return [];
        }

        var principals = mode == EarlyMode.Lower && left.IsPositive ? Lowered(loan, left, on) : Kept(state, loan);
        var last = loan.Rows.Count - 1;
        while (principals[last].IsZero && state.Carried(loan.Id, loan.Rows[last].Number).IsZero)
        {
            last--;
        }

        var next = state.NextItemId;
        var rows = new List<LoanRow>();
        for (var i = 0; i <= last; i++)
        {
            var (row, principal) = (loan.Rows[i], principals[i]);
            var charge = mode == EarlyMode.Lower
                ? Share(row.Charge, left, before, loan)
                : Share(row.Charge, principal, row.Principal, loan);
            var itemId = !principal.IsPositive ? 0 : row.ItemId > 0 ? row.ItemId : next++;
            rows.Add(row with { ItemId = itemId, Principal = principal, Charge = charge });
        }

        return ValueList.From(rows);
    }

    /// <summary>The rows of a loan worked out again from a day at the price it has now; null when that cannot be.</summary>
    public static ValueList<LoanRow>? Again(AccountState state, Loan loan, DateOnly on) =>
        RepaymentSchedule.Of(ScheduleOf(loan, on), state.Scheduled(loan.Id), on) is Scheduled
            ? After(state, loan, state.Scheduled(loan.Id), EarlyMode.Lower, on)
            : null;

    // The last rows were paid first: what is left of each item is its row.
    private static Money[] Kept(AccountState state, Loan loan) => [.. loan.Rows.Select(row =>
        state.Items.Find(item => item.LoanId == loan.Id && item.Scheduled && item.IsPrincipal && item.Row == row.Number)?.Unpaid
        ?? Money.Zero(state.Currency))];

    // The same rows from what is left: equal instalments at the loan's own price, or equal parts where the charge is fixed.
    private static Money[] Lowered(Loan loan, Money left, DateOnly on) =>
        RepaymentSchedule.Of(ScheduleOf(loan, on), left, on) is Scheduled made
            ? [.. made.Rows.Select(row => Money.Of(row.PrincipalMinor, left.Currency))]
            : throw new BrokenInvariantException($"the rows of {loan.Id} cannot be worked out again");

    // Rows of a plan fall due with their statement, which may be after the day that was planned for them; in equal parts days do not count.
    private static ScheduleTerms ScheduleOf(Loan loan, DateOnly on) => new()
    {
        Method = loan.Method == ScheduleMethod.Bullet ? ScheduleMethod.InterestFirst : loan.Method,
        Count = loan.Rows.Count,
        SharedDueDates = true, // days that had passed when an agreement ended are all due tomorrow
        DueDates = loan.IsCash ? loan.Rows.Map(row => row.DueOn) : [.. Enumerable.Range(1, loan.Rows.Count).Select(on.AddDays)],
        Rate = ScheduleRate.From(loan.Rate),
        Rounding = loan.Rounding,
    };

    private static Money Share(Money charge, Money part, Money whole, Loan loan) => whole.IsZero
        ? charge
        : Money.Of(Rounded.Divide((Int128)charge.MinorUnits * part.MinorUnits, whole.MinorUnits, loan.Rounding), charge.Currency);
}
