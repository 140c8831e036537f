namespace Mingzhang.Engine.Days;

/// <summary>A day end as it runs or ran in this process.</summary>
/// <param name="To">The business date it leads to.</param>
/// <param name="BeganAt">Machine time.</param>
public sealed record DayStatus(DateOnly To, DateTimeOffset BeganAt)
{
    /// <summary>Accounts passed so far, on disk.</summary>
    public long Accounts { get; init; }

    /// <summary>Accounts parked before a due day.</summary>
    public int Parked { get; init; }

    /// <summary>Seconds it took; null while it runs.</summary>
    public double? Seconds { get; init; }

    /// <summary>Whether it was broken off; resuming does the rest.</summary>
    public bool Failed { get; init; }

    /// <summary>Accounts a second, over all of a finished run.</summary>
    public double AccountsPerSecond => Seconds is > 0 ? Accounts / Seconds.Value : 0;
}
