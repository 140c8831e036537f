using Mingzhang.Domain.Calendar;
using Mingzhang.Services.Tickets.Clocks;

namespace Mingzhang.Tickets;

/// <summary>The golden table of docs/rules/clocks.md, and faults it would notice.</summary>
public sealed class ClockTests
{
    private static readonly WorkingCalendar Shipped = TicketHouse.Calendar;

    /// <summary>Start, how many, unit, last day in time. The working days were counted by a program of its own from the notices.</summary>
    public static TheoryData<string, int, ClockUnit, string> Golden { get; } = new()
    {
        // National Day and Mid-Autumn 2025: off 1 to 8 October, made up on 28 September and 11 October.
        { "2025-09-26", 15, ClockUnit.WorkingDays, "2025-10-23" },
        { "2025-09-28", 15, ClockUnit.WorkingDays, "2025-10-24" },
        { "2025-09-30", 1, ClockUnit.WorkingDays, "2025-10-09" },
        { "2025-09-30", 15, ClockUnit.WorkingDays, "2025-10-28" },
        { "2025-10-08", 15, ClockUnit.WorkingDays, "2025-10-28" },
        { "2025-09-26", 30, ClockUnit.WorkingDays, "2025-11-13" },
        // Spring Festival 2025: off 28 January to 4 February, made up on 26 January and 8 February.
        { "2025-01-20", 15, ClockUnit.WorkingDays, "2025-02-14" },
        { "2025-01-24", 1, ClockUnit.WorkingDays, "2025-01-26" },
        { "2025-01-26", 30, ClockUnit.WorkingDays, "2025-03-14" },
        { "2025-02-08", 1, ClockUnit.WorkingDays, "2025-02-10" },
        // Labour Day 2025, made up on 27 April.
        { "2025-04-25", 15, ClockUnit.WorkingDays, "2025-05-20" },
        // Spring Festival 2026: off 15 to 23 February, made up on 14 and 28 February.
        { "2026-02-06", 15, ClockUnit.WorkingDays, "2026-03-05" },
        { "2026-02-13", 1, ClockUnit.WorkingDays, "2026-02-14" },
        { "2026-02-14", 1, ClockUnit.WorkingDays, "2026-02-24" },
        { "2026-02-14", 30, ClockUnit.WorkingDays, "2026-04-03" },
        { "2026-02-28", 30, ClockUnit.WorkingDays, "2026-04-13" },
        // National Day 2026: off 1 to 7 October, made up on 20 September and 10 October.
        { "2026-09-18", 1, ClockUnit.WorkingDays, "2026-09-20" },
        { "2026-09-21", 15, ClockUnit.WorkingDays, "2026-10-19" },
        { "2026-09-30", 1, ClockUnit.WorkingDays, "2026-10-08" },
        { "2026-09-30", 15, ClockUnit.WorkingDays, "2026-10-27" },
        { "2026-09-30", 30, ClockUnit.WorkingDays, "2026-11-17" },
        // Calendar days do not ask the calendar.
        { "2026-09-20", 15, ClockUnit.Days, "2026-10-05" },
        { "2026-09-20", 20, ClockUnit.Days, "2026-10-10" },
        { "2026-09-20", 30, ClockUnit.Days, "2026-10-20" },
        { "2026-12-20", 15, ClockUnit.Days, "2027-01-04" },
        { "2028-02-14", 15, ClockUnit.Days, "2028-02-29" },
    };

    [Theory]
    [MemberData(nameof(Golden))]
    public void A_deadline_is_the_end_of_the_day_in_the_golden_table(string start, int amount, ClockUnit unit, string lastOn)
    {
        foreach (var hour in (string[])["00:00", "09:30", "23:59"])
        {
            var due = Assert.IsType<KnownDeadline>(Deadlines.Of(TicketHouse.At($"{start} {hour}"), amount, unit, default, Shipped));
            Assert.Equal(lastOn, due.LastOn.ToString("yyyy-MM-dd"));
            Assert.Equal(TicketHouse.At(lastOn + " 00:00").AddDays(1), due.At);
        }
    }

    [Theory]
    [InlineData("weekends count")]
    [InlineData("make-up days ignored")]
    [InlineData("holidays ignored")]
    [InlineData("the first day counts")]
    [InlineData("one day late")]
    public void The_golden_table_notices(string fault)
    {
        var wrong = Golden.Count(row =>
        {
            var (start, amount, unit, lastOn) = (row.Data.Item1, row.Data.Item2, row.Data.Item3, row.Data.Item4);
            var from = DateOnly.ParseExact(start, "yyyy-MM-dd");
            return Faulty(fault, from, amount, unit) != DateOnly.ParseExact(lastOn, "yyyy-MM-dd");
        });
        Assert.True(wrong >= 6, $"{fault}: {wrong} rows differ");
    }

    [Fact]
    public void Hours_count_exactly_and_go_on_after_standing_still()
    {
        var start = TicketHouse.At("2026-10-01 09:30");
        Assert.Equal(
            new KnownDeadline(TicketHouse.At("2026-10-03 09:30")), Deadlines.Of(start, 48, ClockUnit.Hours, default, Shipped));
        Assert.Equal(
            new KnownDeadline(TicketHouse.At("2026-10-03 14:30")),
            Deadlines.Of(start, 48, ClockUnit.Hours, TimeSpan.FromHours(5), Shipped));
    }

    [Fact]
    public void A_year_that_is_not_announced_is_unknown_with_its_bounds()
    {
        var due = Assert.IsType<UnknownDeadline>(
            Deadlines.Of(TicketHouse.At("2026-12-11 10:00"), 15, ClockUnit.WorkingDays, default, Shipped));
        // 14 working days are in December 2026; the 15th is the first of 2027: at the earliest a Friday, 1 January.
        Assert.Equal((2027, new DateOnly(2027, 1, 1), new DateOnly(2027, 1, 28)), (due.Year, due.Earliest, due.Latest));
    }

    [Fact]
    public void With_any_one_year_taken_away_the_bounds_of_the_others_hold_the_truth()
    {
        var exact = 0;
        foreach (var year in (int[])[2020, 2021, 2022, 2023, 2024, 2025, 2026])
        {
            var without = Without(year);
            for (var day = new DateOnly(year - 1, 11, 20); day < new DateOnly(year, 11, 15); day = day.AddDays(1))
            {
                if (without.AddWorkingDays(day, 30) is UnknownYear
                    && Deadlines.Of(Noon(day), 30, ClockUnit.WorkingDays, default, without) is UnknownDeadline bounds
                    && Shipped.AddWorkingDays(day, 30) is KnownDay truth)
                {
                    exact++;
                    Assert.InRange(truth.Day, bounds.Earliest, bounds.Latest);
                }
            }
        }

        Assert.True(exact > 2000);
    }

    [Fact]
    public void A_clock_says_how_it_stands()
    {
        var clock = new TicketClock
        {
            Number = 1, Code = "complaint", StartedAt = TicketHouse.At("2026-09-20 10:00"), Amount = 15, Unit = ClockUnit.Days,
        };
        Assert.Equal(ClockStatus.Running, clock.Read(TicketHouse.At("2026-10-04 23:59"), Shipped).Status);
        Assert.Equal(ClockStatus.DueToday, clock.Read(TicketHouse.At("2026-10-05 00:00"), Shipped).Status);
        Assert.Equal(ClockStatus.DueToday, clock.Read(TicketHouse.At("2026-10-05 23:59"), Shipped).Status);
        var late = clock.Read(TicketHouse.At("2026-10-06 01:00"), Shipped);
        Assert.Equal((ClockStatus.Overdue, TimeSpan.FromHours(-1)), (late.Status, late.Left));
        Assert.Equal(ClockStatus.Met, Ended("2026-10-05 23:59"));
        Assert.Equal(ClockStatus.Missed, Ended("2026-10-06 00:00"));

        ClockStatus Ended(string at) =>
            (clock with { EndedAt = TicketHouse.At(at) }).Read(TicketHouse.At("2026-11-01 00:00"), Shipped).Status;
    }

    [Fact]
    public void An_unknown_clock_becomes_known_when_the_year_is_announced()
    {
        var clock = new TicketClock
        {
            Code = "privacy-limit", StartedAt = TicketHouse.At("2024-12-20 10:00"), Amount = 30, Unit = ClockUnit.WorkingDays,
        };
        var now = TicketHouse.At("2025-01-10 10:00");
        var unknown = clock.Read(now, Without(2025, 2026));
        Assert.Equal((ClockStatus.Unknown, null), (unknown.Status, unknown.Left));
        Assert.Equal(ClockStatus.Running, clock.Read(now, Shipped).Status);
        Assert.Equal(ClockStatus.Overdue, clock.Read(TicketHouse.At("2025-06-01 10:00"), Without(2025, 2026)).Status);
        // Ended before the earliest end it is met, whatever the year brings.
        Assert.Equal(ClockStatus.Met, (clock with { EndedAt = now }).Read(now, Without(2025, 2026)).Status);
    }

    private static DateTimeOffset Noon(DateOnly day) => new(day.ToDateTime(new TimeOnly(12, 0)), Deadlines.Beijing);

    private static WorkingCalendar Without(params int[] years) => new(
        Shipped.AnnouncedYears.Where(year => !years.Contains(year)).Select(year => new CalendarYear(
            year, ["notice"], [.. Days(year).Select(day => new AnnouncedDay(day, "x", Shipped.IsWorkingDay(day) == DayKind.DayOff))])));

    private static IEnumerable<DateOnly> Days(int year) =>
        Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365).Select(i => new DateOnly(year, 1, 1).AddDays(i));

    private static DateOnly Faulty(string fault, DateOnly from, int amount, ClockUnit unit)
    {
        var (day, left) = (fault == "the first day counts" ? from.AddDays(-1) : from, amount);
        while (left > 0)
        {
            day = day.AddDays(1);
            var weekend = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
            var works = unit == ClockUnit.Days || fault switch
            {
                "weekends count" => weekend || Shipped.IsWorkingDay(day) == DayKind.WorkingDay,
                "make-up days ignored" => !weekend && Shipped.IsWorkingDay(day) == DayKind.WorkingDay,
                "holidays ignored" => !weekend,
                _ => Shipped.IsWorkingDay(day) == DayKind.WorkingDay,
            };
            left -= works ? 1 : 0;
        }

        return fault == "one day late" ? day.AddDays(1) : day;
    }
}
