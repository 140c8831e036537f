using System.Globalization;
using Mingzhang.Domain.Calendar;
using Mingzhang.Services.Reading;

namespace Mingzhang.Cli.Parity.Families;

/// <summary>Working-day deadlines, and working days of years and months, by the calendar that is shipped.</summary>
/// <remarks>Format: <c>cases</c> of <c>from_date</c>, <c>working_days</c>, <c>deadline</c> (null: not known yet), and optional
/// <c>working_days_per_year</c> and <c>working_days_per_month</c>.</remarks>
internal sealed class Workdays : IParityFamily
{
    private readonly Lazy<WorkingCalendar> _calendar = new(ShippedCalendar.Read);

    public string Name => "workdays";

    public IReadOnlyList<ParityCase> Read(ParityFile file)
    {
        var root = file.Json();
        return
        [
            .. root.Get("cases").Items().Select(Deadline),
            .. (root.Find("working_days_per_year")?.Items() ?? []).Select(Year),
            .. (root.Find("working_days_per_month")?.Items() ?? []).Select(Month),
        ];
    }

    private ParityCase Deadline(ParityNode node)
    {
        var (from, days) = (node.Get("from_date").Day(), (int)Math.Clamp(node.Get("working_days").Whole(), -1, 100_000));
        var expected = node.Get("deadline").Kind == System.Text.Json.JsonValueKind.Null ? (DateOnly?)null : node.Get("deadline").Day();
        return new ParityCase($"{node.Place} {Shown(from)} + {Shown(days)}", () => new Comparison()
            .Same("deadline", expected, (_calendar.Value.AddWorkingDays(from, days) as KnownDay)?.Day).Outcome);
    }

    private ParityCase Year(ParityNode node)
    {
        var year = (int)Math.Clamp(node.Get("year").Whole(), 1, 9998);
        return Count(node, Shown(year), new DateOnly(year, 1, 1), new DateOnly(year + 1, 1, 1));
    }

    private ParityCase Month(ParityNode node)
    {
        var month = node.Get("month").Text();
        return DateOnly.TryParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
            ? Count(node, month, first, first.AddMonths(1))
            : throw node.Get("month").Bad(("is not a month such as 2026-11", "Correct it."), ("应为 2026-11 形式的月份", "请改正。"));
    }

    private ParityCase Count(ParityNode node, string period, DateOnly first, DateOnly after)
    {
        var expected = node.Find("working_days")?.Whole();
        return new ParityCase(
            $"{node.Place} {period}", () => new Comparison().Same("working days", expected, WorkingDays(first, after)).Outcome);
    }

    // Nothing when a day of the period is not announced.
    private long? WorkingDays(DateOnly first, DateOnly after)
    {
        var days = Enumerable.Range(first.DayNumber, after.DayNumber - first.DayNumber).Select(DateOnly.FromDayNumber);
        var kinds = days.Select(_calendar.Value.IsWorkingDay).ToList();
        return kinds.Contains(DayKind.Unknown) ? null : kinds.Count(kind => kind == DayKind.WorkingDay);
    }

    private static string Shown(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Shown(int number) => number.ToString(CultureInfo.InvariantCulture);
}
