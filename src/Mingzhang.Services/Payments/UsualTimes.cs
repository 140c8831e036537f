using Mingzhang.Engine;

namespace Mingzhang.Services.Payments;

/// <summary>How long repaying and paying out usually take, as pages show it: looked at again after ten minutes at the earliest.</summary>
public sealed class UsualTimes(CreditHouse house, TimeProvider time)
{
    private static readonly TimeSpan Good = TimeSpan.FromMinutes(10);

    private volatile Known? _known;

    /// <summary>By purpose; empty while nothing ended well yet.</summary>
    public IReadOnlyList<TimesTaken> Of()
    {
        if (_known is { } known && time.GetElapsedTime(known.At) < Good)
        {
            return known.Times;
        }

        var times = new TransferTimes(house).Of();
        _known = times.Count == 0 ? null : new Known(time.GetTimestamp(), times);
        return times;
    }

    private sealed record Known(long At, IReadOnlyList<TimesTaken> Times);
}
