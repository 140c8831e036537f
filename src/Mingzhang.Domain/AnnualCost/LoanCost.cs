namespace Mingzhang.Domain.AnnualCost;

/// <summary>Both annual rates of a loan from its schedule: what goes out on one day, what comes back on the due days.</summary>
public static class LoanCost
{
    private const int OnStack = 128;

    /// <summary>Due days one month apart count as months (IRR × 12). Other due days count in days over 365: the compound rate is that
    /// of the dated flows, the simple one 12 times its twelfth root less 1. Null when the flows have no rate.</summary>
    /// <param name="principalMinor">Paid out; above zero.</param>
    /// <param name="disbursedOn">The day of paying out.</param>
    /// <param name="rows">What is to be paid; a row on the day of paying out lowers what goes out.</param>
    /// <param name="later">What of the principal goes out after that day; the months of these days count, too.</param>
    /// <example>10,000.00 on 2025-01-15, 11 × 900.41 and 900.42 monthly → 14.539 % and 15.548 % (case T9).</example>
    public static AnnualRates? Of(
        long principalMinor, DateOnly disbursedOn, ReadOnlySpan<ScheduleRow> rows, ReadOnlySpan<DatedFlow> later = default) =>
        Months(disbursedOn, rows, later) is { } months
            ? Monthly(principalMinor, disbursedOn, rows, later, months)
            : Dated(principalMinor, disbursedOn, rows, later);

    // How many months the loan runs when every day is a whole number of months after paying out; else null.
    private static int? Months(DateOnly disbursedOn, ReadOnlySpan<ScheduleRow> rows, ReadOnlySpan<DatedFlow> later)
    {
        var last = 0;
        foreach (var row in rows)
        {
            if (!IsWhole(disbursedOn, row.DueOn))
            {
                return null;
            }

            last = Math.Max(last, MonthsBetween(disbursedOn, row.DueOn));
        }

        foreach (var payment in later)
        {
            if (!IsWhole(disbursedOn, payment.On))
            {
                return null;
            }

            last = Math.Max(last, MonthsBetween(disbursedOn, payment.On));
        }

        return last;
    }

    private static bool IsWhole(DateOnly from, DateOnly to) =>
        MonthsBetween(from, to) is >= 0 and <= 1200 and var months && from.AddMonths(months) == to;

    private static int MonthsBetween(DateOnly from, DateOnly to) => ((to.Year - from.Year) * 12) + to.Month - from.Month;

    private static AnnualRates? Monthly(
        long principalMinor, DateOnly disbursedOn, ReadOnlySpan<ScheduleRow> rows, ReadOnlySpan<DatedFlow> later, int months)
    {
        Span<long> flows = months < OnStack ? stackalloc long[months + 1] : new long[months + 1];
        flows.Clear();
        flows[0] = -principalMinor;
        foreach (var row in rows)
        {
            flows[MonthsBetween(disbursedOn, row.DueOn)] += row.TotalMinor;
        }

        foreach (var payment in later)
        {
            flows[0] += payment.AmountMinor;
            flows[MonthsBetween(disbursedOn, payment.On)] -= payment.AmountMinor;
        }

        return AnnualRates.OfPeriods(flows);
    }

    private static AnnualRates? Dated(
        long principalMinor, DateOnly disbursedOn, ReadOnlySpan<ScheduleRow> rows, ReadOnlySpan<DatedFlow> later)
    {
        var count = 1 + rows.Length + later.Length;
        Span<DatedFlow> flows = count <= OnStack ? stackalloc DatedFlow[count] : new DatedFlow[count];
        flows[0] = new DatedFlow(disbursedOn, -principalMinor);
        for (var i = 0; i < rows.Length; i++)
        {
            flows[i + 1] = new DatedFlow(rows[i].DueOn, rows[i].TotalMinor);
        }

        for (var i = 0; i < later.Length; i++)
        {
            flows[0] = new DatedFlow(disbursedOn, flows[0].AmountMinor + later[i].AmountMinor);
            flows[1 + rows.Length + i] = new DatedFlow(later[i].On, -later[i].AmountMinor);
        }

        return InternalRate.OfDays(flows) is { IsFound: true, Value: > -1 } year
            ? AnnualRates.Of(Math.Pow(1 + year.Value, 1 / 12.0) - 1, 12)
            : null;
    }
}
