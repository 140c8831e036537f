namespace Mingzhang.Domain.Tests.Schedules;

/// <summary>Random terms, amounts and days from a seed; some of them refused, most not.</summary>
internal static class ScheduleTrials
{
    public static (ScheduleTerms Terms, Money Principal, DateOnly On) Next(Random chance)
    {
        var count = chance.Next(4) == 0 ? chance.Next(1, 361) : chance.Next(1, 37);
        var method = (ScheduleMethod)chance.Next(5);
        var principal = chance.NextInt64(1, 1L << chance.Next(1, 45));
        var on = new DateOnly(2019, 1, 1).AddDays(chance.Next(3_000));
        var terms = new ScheduleTerms
        {
            Method = method,
            Count = method == ScheduleMethod.Bullet ? 1 : count,
            Period = chance.Next(3) == 0 ? new SchedulePeriod((PeriodUnit)chance.Next(3), chance.Next(1, 31)) : SchedulePeriod.Monthly,
            Rate = Price(chance),
            Rounding = (Rounding)chance.Next(4),
            PartRounding = (Rounding)chance.Next(4),
            Remainder = (Remainder)chance.Next(2),
            MultipleMinor = chance.Next(4) == 0 ? 100 : 1,
            Smooth = chance.Next(3) == 0,
            MonthEnd = (MonthEnd)chance.Next(2),
            Shift = (DayShift)Math.Max(0, chance.Next(12) - 7),
            InterestToPlannedDay = chance.Next(2) == 0,
            PrincipalGraceRows = chance.Next(6) == 0 ? chance.Next(count) : 0,
            InterestGraceRows = chance.Next(6) == 0 ? chance.Next(count) : 0,
            InterestFreeRows = chance.Next(6) == 0 ? chance.Next(count) : 0,
            DownPaymentPpm = chance.Next(4) == 0 ? chance.Next(1_000_000) : 0,
            Fee = chance.Next(3) == 0 ? new FlatFee(chance.Next(200_000), (FeeSpread)chance.Next(3)) : default,
            FirstDueOn = chance.Next(5) == 0 ? on.AddDays(chance.Next(1, 60)) : null,
        };
        return (terms, Money.Of(principal, Currency.Cny), on);
    }

    public static ScheduleRate Price(Random chance) => chance.Next(8) switch
    {
        0 => ScheduleRate.PerDay(chance.Next(1_000)),
        1 => ScheduleRate.PerPeriod(chance.Next(50_000)),
        2 => ScheduleRate.Monthly(chance.Next(360_000)),
        3 => ScheduleRate.Actual360(chance.Next(360_000)),
        4 => ScheduleRate.Actual365(chance.Next(360_000)),
        5 => ScheduleRate.ActualActual(chance.Next(360_000)),
        6 => ScheduleRate.Thirty360(chance.Next(360_000)),
        _ => new ScheduleRate(chance.Next(360_000), DayRule.NominalMonth, YearRule.ActualFromYearEnd),
    };
}
