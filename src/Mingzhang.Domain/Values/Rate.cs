namespace Mingzhang.Domain.Values;

/// <summary>What a rate counts: one day, or a year of so many days.</summary>
public enum DayCount
{
    /// <summary>The contract states a price per day; accrual needs no year. 0.05 % a day = 500 ppm.</summary>
    PerDay,

    /// <summary>A yearly price, actual days over 360.</summary>
    Actual360,

    /// <summary>A yearly price, actual days over 365.</summary>
    Actual365,
}

/// <summary>A price of money in whole parts per million, per day or per year.</summary>
/// <remarks><c>default</c> is 0 ppm per day: money that costs nothing.</remarks>
/// <param name="Ppm">Parts per million of the principal; 500 per day is 0.05 %.</param>
/// <param name="DayCount">What the parts are per.</param>
public readonly record struct Rate(long Ppm, DayCount DayCount)
{
    /// <summary>A price per day.</summary>
    public static Rate PerDay(long ppm) => new(ppm, DayCount.PerDay);

    /// <summary>The denominator of an accrual at this rate: parts per million times the days of the year it counts by.</summary>
    public long Denominator => DayCount switch
    {
        DayCount.PerDay => 1_000_000L,
        DayCount.Actual360 => 360_000_000L,
        DayCount.Actual365 => 365_000_000L,
    };

    /// <summary>The yearly price in ppm for display and caps: a daily price times <paramref name="daysInYear"/> (360 or 365).</summary>
    /// <example>500 ppm a day → 182,500 ppm = 18.25 % (365) or 180,000 ppm = 18.00 % (360); domain case T17.</example>
    public long AnnualPpm(int daysInYear) => DayCount == DayCount.PerDay ? checked(Ppm * daysInYear) : Ppm;
}
