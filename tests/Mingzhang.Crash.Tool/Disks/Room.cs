using System.Diagnostics;
using System.Globalization;

namespace Mingzhang.Crash.Tool.Disks;

/// <summary>A folder whose disk can be filled and freed.</summary>
public interface IRoom : IDisposable
{
    /// <summary>Where the database is.</summary>
    string Folder { get; }

    /// <summary>What it is, for the report.</summary>
    string Kind { get; }

    /// <summary>Leaves so many bytes free.</summary>
    void Leave(long bytes);

    /// <summary>Gives everything back.</summary>
    void Free();
}

/// <summary>
/// Files that SQLite may not let grow beyond a bound: no rights needed. The shared memory beside a database is not bounded.
/// </summary>
public sealed class BoundRoom : IRoom
{
    private readonly TestFolder _folder = new();
    private readonly WatchedDisk _disk;
    private readonly Dictionary<string, long> _sizes = [];
    private long _left = long.MaxValue;

    public BoundRoom()
    {
        Folder = _folder.New();
        _disk = new WatchedDisk(Folder) { Plan = AnswerOf };
    }

    /// <inheritdoc/>
    public string Folder { get; }

    /// <inheritdoc/>
    public string Kind => "files that may not grow";

    /// <summary>Planted: a write for which there is no room is taken for done.</summary>
    public bool Swallows { get; init; }

    /// <inheritdoc/>
    public void Leave(long bytes) => Interlocked.Exchange(ref _left, bytes);

    /// <inheritdoc/>
    public void Free() => Leave(long.MaxValue);

    /// <inheritdoc/>
    public void Dispose()
    {
        _disk.Dispose();
        _folder.Dispose();
    }

    private DiskAnswer AnswerOf(DiskAsk ask)
    {
        long size = _sizes.GetValueOrDefault(ask.File);
        switch (ask.Act)
        {
            case DiskAct.Delete:
                _ = _sizes.Remove(ask.File);
                break;
            case DiskAct.Truncate:
                _sizes[ask.File] = ask.At;
                break;
            case DiskAct.Write when ask.At + ask.Length > size:
                long grows = ask.At + ask.Length - size;
                if (grows > Interlocked.Read(ref _left))
                {
                    return Swallows ? DiskAnswer.Swallows : DiskAnswer.IsFull;
                }

                _ = Interlocked.Add(ref _left, -grows);
                _sizes[ask.File] = size + grows;
                break;
            default:
                break;
        }

        return DiskAnswer.Does;
    }
}

/// <summary>A real file system of few megabytes, in memory or ext4 in a file; filled with ballast. Needs the right to mount.</summary>
public sealed class MountedRoom : IRoom
{
    private readonly string _base = Directory.CreateTempSubdirectory("mz-room-").FullName;

    private MountedRoom(string kind) => Kind = kind;

    /// <inheritdoc/>
    public string Folder => Path.Combine(_base, "disk");

    /// <inheritdoc/>
    public string Kind { get; }

    private string Ballast => Path.Combine(Folder, "ballast");

    /// <summary>Makes one of <c>tmpfs</c> or <c>ext4</c>; null where that is not possible.</summary>
    public static MountedRoom? Make(string kind, int megabytes)
    {
        MountedRoom room = new(kind);
        _ = Directory.CreateDirectory(room.Folder);
        string image = Path.Combine(room._base, "image");
        string size = megabytes.ToString(CultureInfo.InvariantCulture) + "m";
        bool made = kind == "tmpfs" ? Run("mount", "-t", "tmpfs", "-o", "size=" + size, "mingzhang", room.Folder)
            : Run("truncate", "-s", size, image) && Run("mkfs.ext4", "-q", "-m", "0", image)
                && Run("mount", "-o", "loop", image, room.Folder);
        if (made)
        {
            return room;
        }

        Directory.Delete(room._base, recursive: true);
        return null;
    }

    /// <inheritdoc/>
    public void Leave(long bytes)
    {
        long free = new DriveInfo(Folder).AvailableFreeSpace;
        byte[] block = new byte[1 << 20];
        using FileStream ballast = new(Ballast, FileMode.Append);
        try
        {
            while (free > bytes)
            {
                int size = (int)Math.Clamp(free - bytes, 1, block.Length);
                ballast.Write(block, 0, size);
                ballast.Flush();
                free -= size;
            }
        }
        catch (IOException)
        {
            return; // full to the brim
        }
    }

    /// <inheritdoc/>
    public void Free() => File.Delete(Ballast);

    /// <summary>
    /// Cuts ext4 off its disk at once, as a power cut would: nothing more is written, not even its own log. Who writes there must be
    /// frozen before.
    /// </summary>
    public void CutOff() => PowerSwitch.Off(Folder);

    /// <summary>Mounts it again after <see cref="CutOff"/>.</summary>
    public void Mount() => Must(Run("mount", "-o", "loop", Path.Combine(_base, "image"), Folder));

    /// <summary>Takes it away; what the kernel holds of it in memory is written unless the file system was shut down.</summary>
    public void Unmount() => Must(Run("umount", Folder));

    /// <inheritdoc/>
    public void Dispose()
    {
        _ = Run("umount", "-l", Folder);
        Directory.Delete(_base, recursive: true);
    }

    private static void Must(bool done)
    {
        if (!done)
        {
            throw new InvalidOperationException("the file system could not be mounted or taken away");
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardError = true, RedirectStandardOutput = true,
            })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
