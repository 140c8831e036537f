using System.Reflection;
using Mingzhang.Domain.Calendar;

namespace Mingzhang.Services.Reading;

/// <summary>The working calendar that comes with the program: <c>data/calendar/*.json</c> (NateScarlet/holiday-cn, MIT).</summary>
public static class ShippedCalendar
{
    /// <summary>Reads it; throws when a shipped file is broken, which is a bug.</summary>
    public static WorkingCalendar Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var names = assembly.GetManifestResourceNames().Where(name => name.StartsWith("calendar/", StringComparison.Ordinal));
        return WorkingCalendar.Parse(names.Order(StringComparer.Ordinal).Select(name => (name, Text(assembly, name)))) switch
        {
            CalendarRead read => read.Calendar,
            CalendarRejected rejected => throw new InvalidOperationException(
                "The shipped calendar breaks rules: " + string.Join(Environment.NewLine, rejected.Errors)),
            _ => throw new InvalidOperationException("A third answer of the calendar."),
        };
    }

    private static string Text(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
