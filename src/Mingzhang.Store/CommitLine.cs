namespace Mingzhang.Store;

/// <summary>
/// The batches of one lane, of which each may build on those before it: when one is rejected, so are all after it until the lane has
/// gone back.
/// </summary>
public sealed class CommitLine
{
    private long _rejected = -1;

    /// <summary>How often the lane has gone back.</summary>
    public long Generation { get; private set; }

    /// <summary>Whether a batch of this generation was rejected.</summary>
    public bool IsRejected => Volatile.Read(ref _rejected) == Generation;

    /// <summary>The lane has gone back: what it decides from here on may be committed again.</summary>
    public void GoBack() => Generation++;

    internal bool Rejects(long generation) => Volatile.Read(ref _rejected) >= generation;

    internal void Reject(long generation) => Volatile.Write(ref _rejected, generation);
}
