using System.Text.Json;

namespace Mingzhang.Domain.Tests.Calendar;

public sealed class WorkingCalendarTests
{
    private static readonly WorkingCalendar Shipped = Assert.IsType<CalendarRead>(WorkingCalendar.Parse(
        Directory.GetFiles(Path.Combine(RepoFiles.Root, "data", "calendar"), "*.json").Select(path => (path,
            File.ReadAllText(path))))).Calendar;

    public static TheoryData<string, string, string> Broken { get; } = new()
    {
        { """{"year":2026,"papers":["n"],"days":[{"name":"x","date":"2026-13-01","isOffDay":true}]}""", "days[0].date", "2026-11-22" },
        { """{"year":2026,"papers":["n"],"days":[{"name":"x","date":"2025-11-30","isOffDay":true}]}""", "days[0].date", "December before" },
        { """{"year":2026,"papers":[],"days":[{"name":"x","date":"2026-01-01","isOffDay":true}]}""", "papers", "notice" },
        { """{"year":2026,"papers":["n"],"days":[{"name":"x","date":"2026-01-01"}]}""", "days[0].isOffDay", "missing" },
        { """{"year":2026,"papers":["n"],"days":[],"weeks":[]}""", "weeks", "no field" },
        { """{"year":"2026","papers":["n"],"days":[]}""", "year", "whole number" },
        { "not json", "$", "valid JSON" },
    };

    [Fact]
    public void Every_published_deadline_is_met_to_the_day()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(RepoFiles.SharedData("calendar/working-day-deadlines.json")));
        foreach (var row in file.RootElement.GetProperty("cases").EnumerateArray())
        {
            var from = DateOnly.ParseExact(row.GetProperty("from_date").GetString()!, "yyyy-MM-dd");
            var deadline = DateOnly.ParseExact(row.GetProperty("deadline").GetString()!, "yyyy-MM-dd");

            Assert.Equal(new KnownDay(deadline), Shipped.AddWorkingDays(from, row.GetProperty("working_days").GetInt32()));
        }

        foreach (var row in file.RootElement.GetProperty("working_days_per_year").EnumerateArray())
        {
            var first = new DateOnly(row.GetProperty("year").GetInt32(), 1, 1);
            Assert.Equal(row.GetProperty("working_days").GetInt32(), WorkingDays(first, first.AddYears(1)));
        }

        foreach (var row in file.RootElement.GetProperty("working_days_per_month").EnumerateArray())
        {
            var first = DateOnly.ParseExact(row.GetProperty("month").GetString()! + "-01", "yyyy-MM-dd");
            Assert.Equal(row.GetProperty("working_days").GetInt32(), WorkingDays(first, first.AddMonths(1)));
        }
    }

    [Fact]
    public void A_year_without_a_notice_is_unknown()
    {
        Assert.Equal(new UnknownYear(2027), Shipped.AddWorkingDays(new DateOnly(2026, 12, 31), 1));
        Assert.Equal(new KnownDay(new DateOnly(2026, 12, 31)), Shipped.AddWorkingDays(new DateOnly(2026, 12, 31), 0));
        Assert.Equal(DayKind.Unknown, Shipped.IsWorkingDay(new DateOnly(2027, 1, 4)));
        Assert.Equal(new UnknownYear(2018), Shipped.AddWorkingDays(new DateOnly(2018, 12, 3), 1));
    }

    [Fact]
    public void An_empty_file_of_a_year_is_no_announcement()
    {
        var calendar = Assert.IsType<CalendarRead>(WorkingCalendar.Parse([("2027.json",
            """{"year":2027,"papers":[],"days":[]}""")])).Calendar;

        Assert.Empty(calendar.AnnouncedYears);
        Assert.Equal(DayKind.Unknown, calendar.IsWorkingDay(new DateOnly(2027, 1, 4)));
    }

    [Theory]
    [InlineData("2026-01-01", DayKind.DayOff)]
    [InlineData("2026-01-04", DayKind.WorkingDay)] // a Sunday, make-up day
    [InlineData("2026-01-05", DayKind.WorkingDay)]
    [InlineData("2026-01-10", DayKind.DayOff)]
    [InlineData("2022-12-31", DayKind.DayOff)] // by the notice for 2023
    public void Days_are_what_the_notices_say(string day, DayKind kind) =>
        Assert.Equal(kind, Shipped.IsWorkingDay(DateOnly.ParseExact(day, "yyyy-MM-dd")));

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_file_is_refused_by_field_and_rule(string json, string field, string says)
    {
        var rejected = Assert.IsType<CalendarRejected>(WorkingCalendar.Parse([("2026.json", json)]));

        Assert.Contains(rejected.Errors, e => e.Field == field && e.Rule.Contains(says));
    }

    [Fact]
    public void A_year_has_one_file()
    {
        const string Year = """{"year":2026,"papers":["n"],"days":[]}""";

        var rejected = Assert.IsType<CalendarRejected>(WorkingCalendar.Parse([("a", Year), ("b", Year)]));

        Assert.Equal(("b", "year"), (rejected.Errors[0].File, rejected.Errors[0].Field));
    }

    private static int WorkingDays(DateOnly from, DateOnly until) => Enumerable.Range(0, until.DayNumber - from.DayNumber)
        .Count(i => Shipped.IsWorkingDay(from.AddDays(i)) == DayKind.WorkingDay);
}
