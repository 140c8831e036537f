namespace Mingzhang.Domain.AnnualCost;

/// <summary>A standard interval of time of 12 CFR 1026, Appendix J (b)(4): days, weeks, half months, months or a year.</summary>
/// <remarks><c>default</c> is no interval.</remarks>
/// <param name="Kind">What is counted.</param>
/// <param name="Count">How many make one unit period: 2 weeks, 3 months.</param>
public readonly record struct UnitPeriod(UnitKind Kind, int Count)
{
    /// <summary>One year, the longest.</summary>
    public static UnitPeriod Year { get; } = new(UnitKind.Year, 1);

    /// <summary>Unit periods in a year: 365 days, 52 weeks, 24 half months, 12 months, divided by <see cref="Count"/>.</summary>
    public double PerYear => (double)(Kind switch
    {
        UnitKind.Day => 365,
        UnitKind.Week => 52,
        UnitKind.HalfMonth => 24,
        UnitKind.Month => 12,
        UnitKind.Year => 1,
    }) / Count;

    /// <summary>Its length in days, months of 30, to put unit periods in order.</summary>
    public int Days => Count * Kind switch
    {
        UnitKind.Day => 1,
        UnitKind.Week => 7,
        UnitKind.HalfMonth => 15,
        UnitKind.Month => 30,
        UnitKind.Year => 365,
    };

    /// <summary>Unit periods between two days, whole ones and the rest (b)(5). Whole months are counted back from the later day.</summary>
    /// <example>Month: 1978-02-10 to 1978-05-10 → 3 and 0. Half month: 1978-02-23 to 1978-03-01 → 0 and 6/15.</example>
    public (int Whole, double Part) Between(DateOnly from, DateOnly to)
    {
        if (Kind is UnitKind.Day or UnitKind.Week)
        {
            return Of(to.DayNumber - from.DayNumber, Days);
        }

        var (months, rest) = MonthsAndDays(from, to);
        return (Kind, Count) switch
        {
            (UnitKind.Year, _) => (months / 12, rest == 0 ? months % 12 / 12.0 : YearRest(from, to, months / 12) / 365.0),
            (UnitKind.Month, 1) => (months, rest / 30.0),
            _ => Of((30 * months) + rest, Days),
        };
    }

    /// <summary>Whole months between two days, counted back from the later one, and the days that are left at the beginning. The last
    /// day of a month stands for a day that it lacks.</summary>
    /// <example>1979-01-31 to 1979-02-28 → 1 and 0; 1978-02-10 to 1978-04-01 → 1 and 19.</example>
    internal static (int Months, int Days) MonthsAndDays(DateOnly from, DateOnly to)
    {
        var months = ((to.Year - from.Year) * 12) + to.Month - from.Month;
        months -= to.AddMonths(-months) < from && from.AddMonths(months) > to ? 1 : 0;
        return (months, Math.Max(0, to.AddMonths(-months).DayNumber - from.DayNumber));
    }

    private static int YearRest(DateOnly from, DateOnly to, int years) => to.AddYears(-years).DayNumber - from.DayNumber;

    private static (int Whole, double Part) Of(int days, int unit) => (days / unit, days % unit / (double)unit);
}

/// <summary>What a unit period counts.</summary>
public enum UnitKind
{
    /// <summary>Days.</summary>
    Day,

    /// <summary>Weeks of seven days.</summary>
    Week,

    /// <summary>Half months: two days of each month.</summary>
    HalfMonth,

    /// <summary>Months.</summary>
    Month,

    /// <summary>Years.</summary>
    Year,
}
