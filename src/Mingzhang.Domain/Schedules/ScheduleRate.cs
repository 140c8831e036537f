namespace Mingzhang.Domain.Schedules;

/// <summary>How the days of an interest period are counted. The first day counts, the last does not (算头不算尾).</summary>
public enum DayRule
{
    /// <summary>The days of the calendar.</summary>
    Actual,

    /// <summary>30E/360: a month has 30 days and the 31st is the 30th.</summary>
    ThirtyEuropean,

    /// <summary>A whole period counts 30 days for each of its months (7 for each week), a part of it in proportion to its days.</summary>
    NominalThirty,

    /// <summary>A whole period counts as often as it has months the length of the month it starts in; a part in proportion.</summary>
    NominalMonth,

    /// <summary>A whole period counts once; a part in proportion to its days. For a price per period.</summary>
    WholePeriod,
}

/// <summary>How many days the year of a yearly price has.</summary>
public enum YearRule
{
    /// <summary>The price is not yearly: per day, or per period.</summary>
    None,

    /// <summary>360 days.</summary>
    Days360,

    /// <summary>364 days: 52 weeks.</summary>
    Days364,

    /// <summary>365 days, also in a leap year.</summary>
    Days365,

    /// <summary>Each day by the length of its own year (ACT/ACT ISDA).</summary>
    Actual,

    /// <summary>As <see cref="Actual"/>, but the day from 31 December on counts to the new year.</summary>
    ActualFromYearEnd,
}

/// <summary>The price of a schedule's money: parts per million, and what they are per.</summary>
/// <remarks><c>default</c> is 0 ppm: money that costs nothing.</remarks>
/// <param name="Ppm">0 to <see cref="MostPpm"/>; 500 a day is 0.05 %, 182,500 a year is 18.25 %.</param>
/// <param name="Days">How days are counted.</param>
/// <param name="Year">How long the year is.</param>
public readonly record struct ScheduleRate(long Ppm, DayRule Days, YearRule Year)
{
    /// <summary>The highest rate that is taken: 10,000 %.</summary>
    public const long MostPpm = 100_000_000;

    /// <summary>A price per calendar day: 400 is 0.04 % a day.</summary>
    public static ScheduleRate PerDay(long ppm) => new(ppm, DayRule.Actual, YearRule.None);

    /// <summary>A price per whole period: 6,500 with monthly rows is 0.65 % a month.</summary>
    public static ScheduleRate PerPeriod(long ppm) => new(ppm, DayRule.WholePeriod, YearRule.None);

    /// <summary>A yearly price of which each month is a twelfth: 60,000 is 0.5 % a month.</summary>
    public static ScheduleRate Monthly(long ppm) => new(ppm, DayRule.NominalThirty, YearRule.Days360);

    /// <summary>A yearly price by actual days over 360.</summary>
    public static ScheduleRate Actual360(long ppm) => new(ppm, DayRule.Actual, YearRule.Days360);

    /// <summary>A yearly price by actual days over 365.</summary>
    public static ScheduleRate Actual365(long ppm) => new(ppm, DayRule.Actual, YearRule.Days365);

    /// <summary>A yearly price by actual days, each over the length of its year.</summary>
    public static ScheduleRate ActualActual(long ppm) => new(ppm, DayRule.Actual, YearRule.Actual);

    /// <summary>A yearly price by 30E/360.</summary>
    public static ScheduleRate Thirty360(long ppm) => new(ppm, DayRule.ThirtyEuropean, YearRule.Days360);

    /// <summary>The price an account's terms state.</summary>
    public static ScheduleRate From(Rate rate) => rate.DayCount switch
    {
        DayCount.PerDay => PerDay(rate.Ppm),
        DayCount.Actual360 => Actual360(rate.Ppm),
        DayCount.Actual365 => Actual365(rate.Ppm),
    };
}
