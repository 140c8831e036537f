namespace Mingzhang.Engine.Lanes;

/// <summary>How often date, clocks and product versions had changed when they were read last; decisions carry it to their commit.</summary>
internal sealed class HouseFactsSeen
{
    private long _number;

    /// <summary>The number; set after what it counts was read.</summary>
    public long Number
    {
        get => Volatile.Read(ref _number);
        set => Volatile.Write(ref _number, value);
    }
}
