using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mingzhang.Domain.Schedules;

namespace Mingzhang.Cli.Parity.Families.Loans;

/// <summary>Days, numbers and cycles as ACTUS writes them.</summary>
internal static partial class ActusText
{
    private const string EndOfDay = "T23:59:59";

    /// <summary>The day of a time such as <c>2013-01-01T00:00</c>; the last second of a day is the next day.</summary>
    public static DateOnly Day(ParityNode node) => IsEndOfDay(node) ? Written(node).AddDays(1) : Written(node);

    /// <summary>The day as it is written.</summary>
    public static DateOnly Written(ParityNode node) =>
        DateOnly.TryParseExact(node.Text().Split('T')[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.Year is >= 1900 and < 3000
            ? day
            : throw node.Bad(("is not a time such as 2013-01-01T00:00", "Correct it."), ("应为 2013-01-01T00:00 形式的时间", "请改正。"));

    /// <summary>Whether the time is the last second of a day.</summary>
    public static bool IsEndOfDay(ParityNode node) => node.Text().EndsWith(EndOfDay, StringComparison.Ordinal);

    /// <summary>The first day of a rhythm: its anchor, or one period after the start.</summary>
    public static DateOnly Anchor(ParityNode terms, string rhythm) =>
        terms.Find("cycleAnchorDateOf" + rhythm) is { } anchor ? Day(anchor)
        : terms.Find("cycleOf" + rhythm) is { } cycle ? Cycle(cycle).Period.After(Day(terms.Get("initialExchangeDate")), 1, default)
        : Day(terms.Get("initialExchangeDate"));

    /// <summary>A number, also when it is written as text.</summary>
    public static double Number(ParityNode node) => (double)Exact(node);

    /// <summary>A number with all its decimals.</summary>
    public static decimal Exact(ParityNode node) =>
        decimal.TryParse(
            node.Kind == JsonValueKind.String ? node.Text() : node.Raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw node.Bad(("is not a number", "Correct it."), ("应为数字", "请改正。"));

    /// <summary>A cycle such as <c>P1ML0</c>: every month, the last period long.</summary>
    public static (SchedulePeriod Period, LastPeriod Last) Cycle(ParityNode node)
    {
        var match = CyclePattern().Match(node.Text());
        if (!match.Success)
        {
            throw node.Bad(("is not a cycle such as P1ML0", "Correct it."), ("应为 P1ML0 形式的周期", "请改正。"));
        }

        var length = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        var period = match.Groups[2].Value switch
        {
            "D" => new SchedulePeriod(PeriodUnit.Day, length),
            "W" => new SchedulePeriod(PeriodUnit.Week, length),
            "Q" => new SchedulePeriod(PeriodUnit.Month, 3 * length),
            "Y" => new SchedulePeriod(PeriodUnit.Year, length),
            _ => new SchedulePeriod(PeriodUnit.Month, length),
        };
        return (period, match.Groups[3].Value == "0" ? LastPeriod.Long : LastPeriod.Short);
    }

    [GeneratedRegex("^P([0-9]{1,4})([DWMQY])L([01])$")]
    private static partial Regex CyclePattern();
}
