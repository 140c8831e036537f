namespace Mingzhang.Domain.Schedules;

/// <summary>Days in a rhythm, each counted from the anchor, which is taken apart once.</summary>
internal readonly struct DayRhythm
{
    private readonly int _days;
    private readonly int _months;
    private readonly int _anchorDay;
    private readonly int _anchorMonth;
    private readonly int _dayOfMonth;

    public DayRhythm(SchedulePeriod period, DateOnly anchor, MonthEnd monthEnd)
    {
        _days = period.Unit switch
        {
            PeriodUnit.Day => period.Length,
            PeriodUnit.Week => 7 * period.Length,
            PeriodUnit.Month or PeriodUnit.Year => 0,
        };
        _months = period.Unit == PeriodUnit.Year ? 12 * period.Length : period.Length;
        _anchorDay = anchor.DayNumber;
        var (year, month, day) = anchor;
        _anchorMonth = (12 * year) + month - 1;
        _dayOfMonth = monthEnd == MonthEnd.EndOfMonth && day == MonthLength.Of(year, month) ? 31 : day;
    }

    /// <summary>The day so many periods after the anchor; before it when negative.</summary>
    public DateOnly At(int steps)
    {
        if (_days > 0)
        {
            return DateOnly.FromDayNumber(_anchorDay + (_days * steps));
        }

        var months = _anchorMonth + (_months * steps);
        var (year, month) = (months / 12, (months % 12) + 1);
        return new DateOnly(year, month, Math.Min(_dayOfMonth, MonthLength.Of(year, month)));
    }
}
