namespace Mingzhang.Domain.Calendar;

/// <summary>Statement and due dates. Days of the month are 1 to 28, so every month has them.</summary>
public static class CycleDates
{
    /// <summary>The first statement day strictly after a day.</summary>
    public static DateOnly NextStatement(DateOnly after, int statementDay)
    {
        if (statementDay == 0)
        {
            return DateOnly.MaxValue;
        }

        var inMonth = new DateOnly(after.Year, after.Month, statementDay);
        return inMonth > after ? inMonth : inMonth.AddMonths(1);
    }

    /// <summary>The statement of the month after a statement; a changed statement day takes over there.</summary>
    /// <example>2026-07-01 with day 5 → 2026-08-05.</example>
    public static DateOnly StatementInNextMonth(DateOnly statementOn, int statementDay) =>
        new DateOnly(statementOn.Year, statementOn.Month, statementDay).AddMonths(1);

    /// <summary>The first due day strictly after a statement; after one that never comes, never.</summary>
    public static DateOnly DueAfter(DateOnly statementOn, int dueDay)
    {
        if (statementOn == DateOnly.MaxValue)
        {
            return DateOnly.MaxValue;
        }

        var inMonth = new DateOnly(statementOn.Year, statementOn.Month, dueDay);
        return inMonth > statementOn ? inMonth : inMonth.AddMonths(1);
    }
}
