namespace Mingzhang.Engine.Verification;

/// <summary>Collects differences from several threads and keeps the first in order of the books.</summary>
internal sealed class Findings
{
    private readonly Lock _gate = new();
    private Difference? _first;
    private long _count;

    public Difference? First
    {
        get
        {
            lock (_gate)
            {
                return _first;
            }
        }
    }

    public long Count => Interlocked.Read(ref _count);

    public void Add(Difference difference)
    {
        lock (_gate)
        {
            _count++;
            if (_first is null || Order(difference).CompareTo(Order(_first)) < 0)
            {
                _first = difference;
            }
        }
    }

    /// <summary>Findings in an account's own rows come before those in what follows from them.</summary>
    private static (int, int, long, long) Order(Difference difference) => (
        difference.Account is null ? 1 : 0, difference.Partition ?? int.MaxValue, difference.Account?.Value ?? 0, difference.Sequence
            ?? long.MaxValue);
}
