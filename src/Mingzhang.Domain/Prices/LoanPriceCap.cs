namespace Mingzhang.Domain.Prices;

/// <summary>What is left of a loan at another price, held to every cap of its day as an offer is: IRR × 12 of all payments to come, with
/// the charges in its rows.</summary>
/// <remarks>10,000.00 left on 12 rows with a fee of 9 % in all: 0.03 % a day is 10.8 % by days, and about 27 % with the fee.</remarks>
internal static class LoanPriceCap
{
    /// <summary>The answer of the caps; null where the payments to come have no yearly cost: no principal in rows, or no rate.</summary>
    /// <param name="state">The account.</param>
    /// <param name="priced">The loan with the price asked for.</param>
    /// <param name="terms">The product with the rules that hold.</param>
    /// <param name="on">The day from which the price holds.</param>
    public static CostTableAnswer? Of(AccountState state, Loan priced, ProductTerms terms, DateOnly on)
    {
        if (!priced.IsCash || !state.Scheduled(priced.Id).IsPositive)
        {
            return null;
        }

        var rows = priced.Method == ScheduleMethod.EqualInstalment ? LoanRows.Again(state, priced, on) ?? priced.Rows : priced.Rows;
        var quote = LoanCostTables.WithTable(terms, new LoanQuote(
            LoanKind.Cash, priced.Offer, rows.Sum(state.Currency, static row => row.Principal), on, priced.Rate, priced.Penalty,
            priced.PenaltyOnCharges, priced.Rounding, priced.Early, Payments(rows, priced, on), [], null, priced.Method, priced.DueDay)
        {
            Table = LoanQuotes.NoTable,
        });
        return quote.Table is CostTableFaulty ? null : quote.Table;
    }

    // Rows of one day are one payment; interest of each from the row before it on what is left.
    private static ValueList<ScheduleRow> Payments(ValueList<LoanRow> rows, Loan priced, DateOnly on)
    {
        var payments = new List<ScheduleRow>();
        var (from, left) = (on, rows.Sum(priced.Principal.Currency, static row => row.Principal));
        foreach (var day in rows.GroupBy(row => row.DueOn))
        {
            var (principal, charge) = day.Aggregate(
                (Principal: 0L, Charge: 0L), (sum, row) => (sum.Principal + row.Principal.MinorUnits, sum.Charge + row.Charge.MinorUnits));
            var grown = default(Accrual).Plus(left, priced.Rate, Math.Max(0, day.Key.DayNumber - from.DayNumber));
            var interest = grown.RoundToMoney(left.Currency, priced.Rounding);
            left -= Money.Of(principal, left.Currency);
            payments.Add(new ScheduleRow(payments.Count + 1, from, day.Key, principal, interest.MinorUnits, charge, left.MinorUnits));
            from = day.Key;
        }

        return ValueList.From(payments);
    }
}
