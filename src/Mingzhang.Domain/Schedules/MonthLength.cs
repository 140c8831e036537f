namespace Mingzhang.Domain.Schedules;

/// <summary>Lengths of months and years of the Gregorian calendar.</summary>
internal static class MonthLength
{
    /// <summary>The days of the month a day lies in: 29 for 2024-02-10.</summary>
    public static int Of(DateOnly day) => Of(day.Year, day.Month);

    /// <summary>The days of a month.</summary>
    public static int Of(int year, int month) => month switch
    {
        2 => IsLeap(year) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    /// <summary>A day of a month, clipped to short ones: day 31 of 2026-02 is the 28th.</summary>
    public static DateOnly Day(DateOnly first, int day) => first.AddDays(Math.Min(day, Of(first)) - 1);

    /// <summary>366 or 365.</summary>
    public static int OfYear(int year) => IsLeap(year) ? 366 : 365;

    /// <summary>True in years with a 29 February.</summary>
    public static bool IsLeap(int year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}
