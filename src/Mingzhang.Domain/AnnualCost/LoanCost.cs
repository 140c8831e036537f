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
    /// <example>10,000.00 on 2025-01-15, 11 × 900.41 and 900.42 monthly → 14.539 % and 15.548 % (case T9).</example>
    public static AnnualRates? Of(long principalMinor, DateOnly disbursedOn, ReadOnlySpan<ScheduleRow> rows) =>
        Months(disbursedOn, rows) is { } months
            ? Monthly(principalMinor, disbursedOn, rows, months)
            : Dated(principalMinor, disbursedOn, rows);

    // How many months the loan runs when every due day is a whole number of months after paying out; else null.
    private static int? Months(DateOnly disbursedOn, ReadOnlySpan<ScheduleRow> rows)
    {
        var last = 0;
        foreach (var row in rows)
        {
            last = MonthsBetween(disbursedOn, row.DueOn);
            if (last < 0 || last > 1200 || disbursedOn.AddMonths(last) != row.DueOn)
            {
                return null;
            }
        }

        return last;
    }

    private static int MonthsBetween(DateOnly from, DateOnly to) => ((to.Year - from.Year) * 12) + to.Month - from.Month;

    private static AnnualRates? Monthly(long principalMinor, DateOnly disbursedOn, ReadOnlySpan<ScheduleRow> rows, int months)
    {
        Span<long> flows = months < OnStack ? stackalloc long[months + 1] : new long[months + 1];
        flows.Clear();
        flows[0] = -principalMinor;
        foreach (var row in rows)
        {
            flows[MonthsBetween(disbursedOn, row.DueOn)] += row.TotalMinor;
        }

        return AnnualRates.OfPeriods(flows);
    }

    private static AnnualRates? Dated(long principalMinor, DateOnly disbursedOn, ReadOnlySpan<ScheduleRow> rows)
    {
        Span<DatedFlow> flows = rows.Length < OnStack ? stackalloc DatedFlow[rows.Length + 1] : new DatedFlow[rows.Length + 1];
        flows[0] = new DatedFlow(disbursedOn, -principalMinor);
        for (var i = 0; i < rows.Length; i++)
        {
            flows[i + 1] = new DatedFlow(rows[i].DueOn, rows[i].TotalMinor);
        }

        return InternalRate.OfDays(flows) is { IsFound: true, Value: > -1 } year
            ? AnnualRates.Of(Math.Pow(1 + year.Value, 1 / 12.0) - 1, 12)
            : null;
    }
}
