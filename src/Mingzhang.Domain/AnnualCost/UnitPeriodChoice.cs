namespace Mingzhang.Domain.AnnualCost;

/// <summary>Which unit period a transaction has: Appendix J (b)(4).</summary>
internal static class UnitPeriodChoice
{
    private const int DaysInYear = 365;

    /// <summary>The interval that occurs most often, of two equally frequent the shorter; without a repeated interval the standard
    /// interval nearest to the average; never more than a year.</summary>
    /// <param name="days">All days of advances and payments, rising, each once, at least two.</param>
    public static UnitPeriod Of(IReadOnlyList<DateOnly> days)
    {
        var counts = new Dictionary<UnitPeriod, int>();
        for (var i = 1; i < days.Count; i++)
        {
            foreach (var interval in Intervals(days, i))
            {
                counts[interval] = counts.GetValueOrDefault(interval) + 1;
            }
        }

        var common = counts.Where(one => one.Value > 1).OrderByDescending(one => one.Value).ThenBy(one => one.Key.Days).ToList();
        return common.Count > 0 ? Capped(common[0].Key) : Average(days);
    }

    // What the interval that ends with day i may be called. 28 days in February are four weeks and a month; frequency decides.
    private static IEnumerable<UnitPeriod> Intervals(IReadOnlyList<DateOnly> days, int i)
    {
        var (from, to) = (days[i - 1], days[i]);
        var length = to.DayNumber - from.DayNumber;
        yield return length % 7 == 0 ? new UnitPeriod(UnitKind.Week, length / 7) : new UnitPeriod(UnitKind.Day, length);
        var (months, _) = UnitPeriod.MonthsAndDays(from, to);
        if (months > 0 && IsWholeMonths(from, to, months))
        {
            yield return new UnitPeriod(UnitKind.Month, months);
        }

        var isHalf = (i >= 2 && IsWholeMonths(days[i - 2], to, 1)) || (i + 1 < days.Count && IsWholeMonths(from, days[i + 1], 1));
        if (isHalf && length is >= 13 and <= 18)
        {
            yield return new UnitPeriod(UnitKind.HalfMonth, 1);
        }
    }

    // 31 January to 28 February and 28 February to 31 March are months: the last day stands for days that a month lacks.
    private static bool IsWholeMonths(DateOnly from, DateOnly to, int months) =>
        to.AddMonths(-months) == from || from.AddMonths(months) == to
        || (IsLast(from) && IsLast(to) && (((to.Year - from.Year) * 12) + to.Month - from.Month) == months);

    private static bool IsLast(DateOnly day) => day == DateOnly.MaxValue || day.AddDays(1).Day == 1;

    private static UnitPeriod Average(IReadOnlyList<DateOnly> days)
    {
        var average = (days[^1].DayNumber - days[0].DayNumber) / (double)(days.Count - 1);
        UnitPeriod[] standard =
        [
            new(UnitKind.Day, 1),
            .. Enumerable.Range(1, 51).Select(weeks => new UnitPeriod(UnitKind.Week, weeks)),
            new(UnitKind.HalfMonth, 1),
            .. Enumerable.Range(1, 11).Select(months => new UnitPeriod(UnitKind.Month, months)),
            UnitPeriod.Year,
        ];
        return standard.OrderBy(unit => Math.Abs(unit.Days - average)).ThenBy(unit => unit.Days).First();
    }

    // Twelve months are a year; days that repeat, such as 10, are a multiple of the day.
    private static UnitPeriod Capped(UnitPeriod unit) =>
        unit is { Kind: UnitKind.Month, Count: >= 12 } || unit.Days >= DaysInYear ? UnitPeriod.Year : unit;
}
