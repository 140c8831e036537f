namespace Mingzhang.Store;

/// <summary>Days in SQL: integers yyyymmdd, which sort as days do and read as days.</summary>
public static class StoreDates
{
    /// <summary>2026-01-05 → 20260105.</summary>
    public static int ToStored(this DateOnly day) => (day.Year * 10000) + (day.Month * 100) + day.Day;

    /// <summary>20260105 → 2026-01-05. Throws <see cref="FormatException"/> for a number that is no day.</summary>
    public static DateOnly FromStored(long stored)
    {
        var (year, month, day) = (stored / 10000, stored / 100 % 100, stored % 100);
        return year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth((int)year, (int)month)
            ? new DateOnly((int)year, (int)month, (int)day)
            : throw new FormatException($"{stored} is not a day written yyyymmdd.");
    }
}
