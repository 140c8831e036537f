namespace Mingzhang.Crash.Tool.Disks;

/// <summary>What SQLite asks of a disk.</summary>
public enum DiskAct
{
    Open,
    Read,
    Write,
    Truncate,
    Sync,
    Delete,
}

/// <summary>What the disk does.</summary>
public enum DiskAnswer
{
    /// <summary>What it was asked.</summary>
    Does,

    /// <summary>Nothing, and says so: EIO.</summary>
    Fails,

    /// <summary>Nothing, and says that there is no room: ENOSPC. Anything but a write or an opening fails as <see cref="Fails"/>.</summary>
    IsFull,

    /// <summary>The first half of a write, then EIO. Anything but a write fails as <see cref="Fails"/>.</summary>
    TearsOff,

    /// <summary>Planted: nothing, and says that it did.</summary>
    Swallows,
}

/// <summary>One thing asked of a disk.</summary>
/// <param name="Act">What.</param>
/// <param name="File">Name of the file in the folder.</param>
/// <param name="At">Where a write or read begins; the new length of a truncation.</param>
/// <param name="Length">Bytes of a write or read.</param>
public readonly record struct DiskAsk(DiskAct Act, string File, long At, int Length);

/// <summary>A folder whose files SQLite reaches through <see cref="WatchedVfs"/>: what it asks can fail, and can be recorded.</summary>
/// <remarks>Plain files that .NET writes (the lock beside a database) and the shared memory beside it are not watched.</remarks>
public sealed class WatchedDisk : IDisposable
{
    public WatchedDisk(string folder)
    {
        Folder = Path.GetFullPath(folder);
        WatchedVfs.Watch(this);
    }

    /// <summary>What is watched.</summary>
    public string Folder { get; }

    /// <summary>Says what the disk does; asked one at a time. Null: it works.</summary>
    public Func<DiskAsk, DiskAnswer>? Plan { get; set; }

    /// <summary>Gets what was done.</summary>
    public DiskRecord? Record { get; set; }

    /// <inheritdoc/>
    public void Dispose() => WatchedVfs.Forget(this);

    /// <summary>Held from asking until what was done is recorded, so that the record has the order in which the disk worked.</summary>
    internal Lock Gate { get; } = new();

    internal DiskAnswer Ask(in DiskAsk ask) => Plan?.Invoke(ask) ?? DiskAnswer.Does;

    internal void Did(in DiskAsk ask, ReadOnlySpan<byte> bytes) => Record?.Add(ask, bytes);
}
