namespace Mingzhang.Domain.Calendar;

/// <summary>Working days in mainland China as announced by the State Council. A year not announced is unknown, never guessed.</summary>
/// <remarks>
/// A notice may also set days of the December before it: 2022-12-31 is a day off by the notice for 2023. So the last days of the
/// newest announced year can still change until the next notice comes (it comes in November or December).
/// Files: <c>data/calendar/*.json</c> (NateScarlet/holiday-cn, MIT); the shell reads them.
/// </remarks>
public sealed class WorkingCalendar
{
    private readonly Dictionary<DateOnly, bool> _isOff = [];
    private readonly HashSet<int> _announced = [];

    /// <summary>A calendar of some years; of two that name a day the later decides. Throws when a year comes twice.</summary>
    public WorkingCalendar(IEnumerable<CalendarYear> years)
    {
        foreach (var year in years.Where(y => y.IsAnnounced).OrderBy(y => y.Year))
        {
            if (!_announced.Add(year.Year))
            {
                throw new ArgumentException($"The year {year.Year} comes twice.", nameof(years));
            }

            foreach (var day in year.Days)
            {
                _isOff[day.Day] = day.IsOff;
            }
        }
    }

    /// <summary>The announced years, rising.</summary>
    public IEnumerable<int> AnnouncedYears => _announced.Order();

    /// <summary>Reads calendar files; a year may come once.</summary>
    /// <param name="files">Name and text of each file.</param>
    /// <returns>The calendar, or every broken rule of every file.</returns>
    public static CalendarParse Parse(IEnumerable<(string Name, string Json)> files)
    {
        var years = new List<CalendarYear>();
        var errors = new List<ProductError>();
        foreach (var (name, json) in files)
        {
            var found = new ProductErrors(name);
            if (JsonText.Read(json, found, CalendarReader.Read) is { } year && found.None)
            {
                if (years.Exists(other => other.Year == year.Year))
                {
                    found.Add("year", new BrokenRule("a year has one file", "Remove one of the two.", "每年只能有一个文件", "请删除其中一个。"));
                }

                years.Add(year);
            }

            errors.AddRange(found.All);
        }

        return errors.Count == 0 ? new CalendarRead(new WorkingCalendar(years)) : new CalendarRejected(ValueList.From(errors));
    }

    /// <summary>Whether a day is a working day; <see cref="DayKind.Unknown"/> when its year is not announced.</summary>
    public DayKind IsWorkingDay(DateOnly day)
    {
        if (!_announced.Contains(day.Year))
        {
            return DayKind.Unknown;
        }

        var isOff = _isOff.TryGetValue(day, out var announced) ? announced : day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        return isOff ? DayKind.DayOff : DayKind.WorkingDay;
    }

    /// <summary>The <paramref name="workingDays"/>-th working day after a day; the day itself does not count.</summary>
    /// <param name="from">The day of the request.</param>
    /// <param name="workingDays">0 or more; 0 is the day itself. Throws below 0.</param>
    /// <example>15 working days from 2020-01-17 → 2020-02-14, across the holiday. 1 from 2026-12-31 → unknown year 2027.</example>
    public WorkingDayAnswer AddWorkingDays(DateOnly from, int workingDays)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workingDays);
        var day = from;
        var left = workingDays;
        while (left > 0)
        {
            day = day.AddDays(1);
            var kind = IsWorkingDay(day);
            if (kind == DayKind.Unknown)
            {
                return new UnknownYear(day.Year);
            }

            left -= kind == DayKind.WorkingDay ? 1 : 0;
        }

        return new KnownDay(day);
    }
}
