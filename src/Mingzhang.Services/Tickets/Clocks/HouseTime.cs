using Mingzhang.Engine;

namespace Mingzhang.Services.Tickets.Clocks;

/// <summary>
/// The time of the house in Beijing: in a live house the wall clock; in a sandbox its business date with the hour of the wall clock, so
/// that moving the date moves every clock of a ticket.
/// </summary>
public sealed class HouseTime(CreditHouse house, TimeProvider time)
{
    /// <summary>Now.</summary>
    public DateTimeOffset Now
    {
        get
        {
            var wall = time.GetUtcNow().ToOffset(Deadlines.Beijing);
            return house.IsSandbox
                ? new DateTimeOffset(house.BusinessDate.ToDateTime(TimeOnly.MinValue), Deadlines.Beijing) + wall.TimeOfDay
                : wall;
        }
    }

    /// <summary>The instant of the machine, microseconds since 1970 UTC: the order in which things were written down.</summary>
    public long Recorded => Micros(time.GetUtcNow());

    /// <summary>Microseconds since 1970 UTC.</summary>
    public static long Micros(DateTimeOffset at) => at.ToUnixTimeMilliseconds() * 1000;

    /// <summary>The moment of microseconds since 1970 UTC, in Beijing.</summary>
    public static DateTimeOffset Of(long micros) => DateTimeOffset.FromUnixTimeMilliseconds(micros / 1000).ToOffset(Deadlines.Beijing);
}
