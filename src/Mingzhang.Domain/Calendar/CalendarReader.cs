using System.Globalization;
using System.Text.Json;

namespace Mingzhang.Domain.Calendar;

/// <summary>Reads one year in the form of NateScarlet/holiday-cn: <c>{ year, papers, days: [{ name, date, isOffDay }] }</c>.</summary>
internal static class CalendarReader
{
    public static CalendarYear Read(JsonElement root, ProductErrors errors)
    {
        var fields = new JsonFields(root, "", errors);
        fields.Allow("$schema");
        fields.Allow("$id");
        var year = new CalendarYear(
            fields["year"].Count(1949, 2999),
            fields["papers"].List(0, item => item.Text()),
            fields["days"].List(0, item => Day(item.Object())));
        fields.NoOthers();
        Check(year, errors);
        return year;
    }

    private static AnnouncedDay Day(JsonFields fields)
    {
        var day = new AnnouncedDay(fields["date"].Date(), fields["name"].Text(), fields["isOffDay"].Flag());
        fields.NoOthers();
        return day;
    }

    private static void Check(CalendarYear year, ProductErrors errors)
    {
        if (errors.Sound("papers", "days") && year.Days.Count > 0 && !year.IsAnnounced)
        {
            errors.Add("papers", new BrokenRule(
                "days off come from a notice", "Name the address of the notice, or leave the days empty while there is none.",
                "放假安排须有通知为据", "请填写通知地址；尚未公布时请让 days 为空。"));
        }

        if (!errors.Sound("year", "days"))
        {
            return;
        }

        var seen = new HashSet<DateOnly>();
        for (var i = 0; i < year.Days.Count; i++)
        {
            var day = year.Days[i].Day;
            var field = string.Create(CultureInfo.InvariantCulture, $"days[{i}].date");
            if (!seen.Add(day))
            {
                errors.Add(field, new BrokenRule("a day occurs once", "Remove the second one.", "同一天只能出现一次", "请删除重复的一项。"));
            }

            if (day.Year != year.Year && !(day.Year == year.Year - 1 && day.Month == 12))
            {
                errors.Add(field, new BrokenRule(
                    "a day lies in the file's year or in the December before", "Correct the date or the year.",
                    "日期须在文件所属年份或其前一年的十二月", "请改正日期或年份。"));
            }
        }
    }
}
