namespace Mingzhang.Domain.Schedules;

/// <summary>The exact share of a principal that one period costs, as a fraction of whole numbers.</summary>
/// <remarks>0.04 % a day for 31 days is 12,400 / 1,000,000. <c>default</c> costs nothing.</remarks>
/// <param name="Numerator">Parts per million × days.</param>
/// <param name="Denominator">A million × days of the year; 0 in <c>default</c>.</param>
public readonly record struct InterestFactor(long Numerator, long Denominator)
{
    private const long Million = 1_000_000;
    private const long BothYears = 365 * 366;

    /// <summary>Interest on a principal in minor units, rounded once.</summary>
    /// <example>1,000,000 fen × 12,400 / 1,000,000 = 12,400 fen: 124.00 on 10,000.00 for January at 0.04 % a day (case T9).</example>
    public long On(long principalMinor, Rounding rounding)
    {
        if (Numerator == 0 || principalMinor == 0)
        {
            return 0;
        }

        var product = Math.BigMul(principalMinor, Numerator, out var low);
        return product == 0 && low >= 0 && principalMinor > 0
            ? RoundedLong(low, Denominator, rounding)
            : Rounded.Divide((Int128)principalMinor * Numerator, Denominator, rounding);
    }

    /// <summary>The factor of a part of a period.</summary>
    /// <param name="rate">The price.</param>
    /// <param name="from">First day of the part; it bears interest.</param>
    /// <param name="to">The day the part ends; it bears none.</param>
    /// <param name="whole">The period the part belongs to.</param>
    public static InterestFactor Of(ScheduleRate rate, DateOnly from, DateOnly to, in PeriodSpan whole)
    {
        var days = to.DayNumber - from.DayNumber;
        if (rate.Ppm == 0 || days <= 0)
        {
            return default;
        }

        return rate.Days switch
        {
            DayRule.Actual => InYear(rate, from, to, days, 1),
            DayRule.ThirtyEuropean => InYear(rate, from, to, ThirtyDays(from, to), 1),
            DayRule.NominalThirty => InYear(rate, from, to, (long)whole.Nominal.NominalDays(30) * days, whole.Days),
            DayRule.NominalMonth => rate.Year is YearRule.Actual or YearRule.ActualFromYearEnd && from.Year != to.Year
                ? InYear(rate, from, to, days, 1)
                : InYear(rate, from, to, (long)whole.Nominal.NominalDays(MonthLength.Of(from)) * days, whole.Days),
            DayRule.WholePeriod => new InterestFactor(checked(rate.Ppm * days), Million * whole.Days),
        };
    }

    private static InterestFactor InYear(ScheduleRate rate, DateOnly from, DateOnly to, long days, int per) => rate.Year switch
    {
        YearRule.None => new InterestFactor(checked(rate.Ppm * days), Million * per),
        YearRule.Days360 => new InterestFactor(checked(rate.Ppm * days), Million * 360 * per),
        YearRule.Days364 => new InterestFactor(checked(rate.Ppm * days), Million * 364 * per),
        YearRule.Days365 => new InterestFactor(checked(rate.Ppm * days), Million * 365 * per),
        YearRule.Actual => OverYears(rate, from, to, days, per, 0),
        YearRule.ActualFromYearEnd => OverYears(rate, from, to, days, per, 1),
    };

    /// <summary>Each day over the length of its year; with <paramref name="shift"/> 1 a year begins on 31 December.</summary>
    private static InterestFactor OverYears(ScheduleRate rate, DateOnly from, DateOnly to, long days, int per, int shift)
    {
        if (from.Year == to.Year)
        {
            return new InterestFactor(checked(rate.Ppm * days), Million * MonthLength.OfYear(from.Year) * per);
        }

        long common = 0, leap = 0;
        for (var at = from; at < to;)
        {
            var turn = new DateOnly(at.Year + 1, 1, 1).AddDays(-shift);
            var year = at.Year;
            if (turn <= at)
            {
                turn = new DateOnly(at.Year + 2, 1, 1).AddDays(-shift);
                year++;
            }

            var until = turn < to ? turn : to;
            var part = until.DayNumber - at.DayNumber;
            (common, leap) = MonthLength.IsLeap(year) ? (common, leap + part) : (common + part, leap);
            at = until;
        }

        return new InterestFactor(checked(rate.Ppm * ((common * 366) + (leap * 365))), Million * BothYears);
    }

    private static int ThirtyDays(DateOnly from, DateOnly to) =>
        (360 * (to.Year - from.Year)) + (30 * (to.Month - from.Month)) + Math.Min(to.Day, 30) - Math.Min(from.Day, 30);

    private static long RoundedLong(long numerator, long denominator, Rounding rounding)
    {
        var (quotient, remainder) = Math.DivRem(numerator, denominator);
        var step = rounding switch
        {
            Rounding.HalfUp => remainder >= denominator - remainder,
            Rounding.HalfEven => remainder > denominator - remainder
                || (remainder == denominator - remainder && long.IsOddInteger(quotient)),
            Rounding.Down => false,
            Rounding.Up => remainder != 0,
        };
        return step ? quotient + 1 : quotient;
    }
}

/// <summary>One period as a whole: what a part of it is measured against.</summary>
/// <param name="FromOn">Its first day.</param>
/// <param name="ToOn">The day it ends.</param>
/// <param name="Nominal">How long it nominally is.</param>
public readonly record struct PeriodSpan(DateOnly FromOn, DateOnly ToOn, SchedulePeriod Nominal)
{
    /// <summary>Calendar days.</summary>
    public int Days => ToOn.DayNumber - FromOn.DayNumber;
}
