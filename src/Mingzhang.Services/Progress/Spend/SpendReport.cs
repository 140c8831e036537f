namespace Mingzhang.Services.Progress.Spend;

/// <summary>A line with the type of its merchant.</summary>
/// <param name="Line">The line.</param>
/// <param name="Type">The merchant's type.</param>
public sealed record TypedLine(SpendLine Line, MerchantType Type);

/// <summary>A sum of lines. Amounts in minor units.</summary>
/// <param name="Key">Month (2026-07), type or merchant.</param>
/// <param name="Amount">Spent, less what was given back.</param>
/// <param name="Purchases">How many purchases are in it.</param>
/// <param name="Back">Given back: refunds and disputes, as a positive amount.</param>
public sealed record SpendSum(string Key, long Amount, int Purchases, long Back);

/// <summary>This month beside the last one.</summary>
/// <param name="Month">First day of the month.</param>
/// <param name="Amount">Spent in it so far, minor units.</param>
/// <param name="Before">Spent in the whole month before.</param>
/// <param name="BeforeSoFar">Spent in the month before up to the same day of the month.</param>
public sealed record MonthBeside(DateOnly Month, long Amount, long Before, long BeforeSoFar);

/// <summary>An account's spending, summed by month, merchant type and merchant.</summary>
/// <param name="Lines">Latest first.</param>
/// <param name="Today">Business date, or the day on which the view was frozen.</param>
public sealed record SpendReport(IReadOnlyList<TypedLine> Lines, DateOnly Today)
{
    /// <summary>The day it stands still at; null while progress management is open.</summary>
    public DateOnly? FrozenOn { get; init; }

    /// <summary>Times that are left out, first and last day.</summary>
    public IReadOnlyList<(DateOnly From, DateOnly Until)> Gaps { get; init; } = [];

    /// <summary>The first day of a day's month.</summary>
    public static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);

    /// <summary>Months up to a month, oldest first; a month without spending is a sum of nothing.</summary>
    public IReadOnlyList<(DateOnly Month, SpendSum Sum)> Months(DateOnly last, int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => MonthOf(last).AddMonths(i + 1 - count))
            .Select(month => (month, Sum(Typed.Month(month), Of(month)))),
    ];

    /// <summary>Merchant types of a month, the largest first.</summary>
    public IReadOnlyList<(MerchantType Type, SpendSum Sum)> Types(DateOnly month) =>
    [
        .. Of(month).GroupBy(one => one.Type).Select(group => (group.Key, Sum(group.Key.Code, group)))
            .OrderByDescending(one => one.Item2.Amount).ThenBy(one => one.Key.Number),
    ];

    /// <summary>Merchants of a month, the largest first.</summary>
    public IReadOnlyList<SpendSum> Merchants(DateOnly month, string? type = null) =>
    [
        .. Of(month).Where(one => type is null || one.Type.Code == type).GroupBy(one => one.Line.Merchant, StringComparer.Ordinal)
            .Select(group => Sum(group.Key, group)).OrderByDescending(one => one.Amount).ThenBy(one => one.Key, StringComparer.Ordinal),
    ];

    /// <summary>What was spent on each day of a month.</summary>
    public IReadOnlyDictionary<DateOnly, SpendSum> Days(DateOnly month) => Of(month).GroupBy(one => one.Line.On)
        .ToDictionary(group => group.Key, group => Sum(Typed.Day(group.Key), group));

    /// <summary>A month's sum.</summary>
    public SpendSum Month(DateOnly month) => Sum(Typed.Month(month), Of(month));

    /// <summary>A month beside the one before; the month before also up to the same day, so that half a month is not held against a
    /// whole one.</summary>
    public MonthBeside Beside(DateOnly month)
    {
        var (first, before) = (MonthOf(month), MonthOf(month).AddMonths(-1));
        var isNow = first == MonthOf(Today);
        var until = isNow ? Math.Min(Today.Day, DateTime.DaysInMonth(before.Year, before.Month)) : 31;
        return new MonthBeside(
            first, Month(first).Amount, Month(before).Amount,
            Of(before).Where(one => one.Line.On.Day <= until).Sum(one => one.Line.Amount));
    }

    private static SpendSum Sum(string key, IEnumerable<TypedLine> lines)
    {
        var (amount, purchases, back) = (0L, 0, 0L);
        foreach (var one in lines)
        {
            amount += one.Line.Amount;
            purchases += one.Line.Kind == SpendKind.Purchase ? 1 : 0;
            back -= one.Line.Kind == SpendKind.Purchase ? 0 : one.Line.Amount;
        }

        return new SpendSum(key, amount, purchases, back);
    }

    private IEnumerable<TypedLine> Of(DateOnly month) => Lines.Where(one => MonthOf(one.Line.On) == MonthOf(month));

    private static class Typed
    {
        public static string Month(DateOnly day) => day.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);

        public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    }
}
