using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Mingzhang.Crash.Tool.Disks;

/// <summary>
/// SQLite's own way to the disk with ours in between: files in a watched folder ask their <see cref="WatchedDisk"/> first, all others go
/// straight through. It needs no rights, no library and no change of the program under test.
/// </summary>
/// <remarks>
/// Layouts of <c>sqlite3_vfs</c> (version 3) and <c>sqlite3_io_methods</c> (version 3) on 64 bits. A watched file is [methods][number] and
/// then the real one.
/// </remarks>
internal static unsafe partial class WatchedVfs
{
    private const int Ok = 0;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int ReadError = 10 | (1 << 8);
    private const int WriteError = 10 | (3 << 8);
    private const int SyncError = 10 | (4 << 8);
    private const int TruncateError = 10 | (6 << 8);
    private const int DeleteError = 10 | (10 << 8);

    private const int Header = 16;
    private const int VfsSize = 168;
    private const int OpenSlot = 40;
    private const int DeleteSlot = 48;
    private const int Methods = 18;

    private static readonly List<(WatchedDisk Disk, string File)> Files = [];
    private static readonly ConcurrentDictionary<string, WatchedDisk> Disks = [];
    private static readonly Lazy<nint> Real = new(Register);
    private static nint _methods;

    public static void Watch(WatchedDisk disk)
    {
        _ = Real.Value;
        Disks[disk.Folder] = disk;
    }

    public static void Forget(WatchedDisk disk) => Disks.TryRemove(disk.Folder, out _);

    private static nint Register()
    {
        SQLitePCL.Batteries_V2.Init();
        nint real = Find(0);
        byte* ours = (byte*)NativeMemory.AllocZeroed(VfsSize);
        Buffer.MemoryCopy((void*)real, ours, VfsSize, VfsSize);
        *(int*)(ours + 4) += Header;
        *(nint*)(ours + 24) = Marshal.StringToCoTaskMemUTF8("watched");
        *(nint*)(ours + OpenSlot) = (nint)(delegate* unmanaged<nint, nint, nint, int, nint, int>)&OnOpen;
        *(nint*)(ours + DeleteSlot) = (nint)(delegate* unmanaged<nint, nint, int, int>)&OnDelete;
        _methods = NewMethods();
        return Add((nint)ours, 1) == Ok ? real : throw new InvalidOperationException("SQLite refuses the watched way to the disk");
    }

    private static nint NewMethods()
    {
        nint* table = (nint*)NativeMemory.AllocZeroed(8 * (Methods + 1));
        *(int*)table = 3;
        table[1] = (nint)(delegate* unmanaged<nint, int>)&OnClose;
        table[2] = (nint)(delegate* unmanaged<nint, nint, int, long, int>)&OnRead;
        table[3] = (nint)(delegate* unmanaged<nint, nint, int, long, int>)&OnWrite;
        table[4] = (nint)(delegate* unmanaged<nint, long, int>)&OnTruncate;
        table[5] = (nint)(delegate* unmanaged<nint, int, int>)&OnSync;
        table[6] = (nint)(delegate* unmanaged<nint, nint, int>)&OnFileSize;
        table[7] = (nint)(delegate* unmanaged<nint, int, int>)&OnLock;
        table[8] = (nint)(delegate* unmanaged<nint, int, int>)&OnUnlock;
        table[9] = (nint)(delegate* unmanaged<nint, nint, int>)&OnCheckReservedLock;
        table[10] = (nint)(delegate* unmanaged<nint, int, nint, int>)&OnFileControl;
        table[11] = (nint)(delegate* unmanaged<nint, int>)&OnSectorSize;
        table[12] = (nint)(delegate* unmanaged<nint, int>)&OnDeviceCharacteristics;
        table[13] = (nint)(delegate* unmanaged<nint, int, int, int, nint, int>)&OnShmMap;
        table[14] = (nint)(delegate* unmanaged<nint, int, int, int, int>)&OnShmLock;
        table[15] = (nint)(delegate* unmanaged<nint, void>)&OnShmBarrier;
        table[16] = (nint)(delegate* unmanaged<nint, int, int>)&OnShmUnmap;
        table[17] = (nint)(delegate* unmanaged<nint, long, int, nint, int>)&OnFetch;
        table[18] = (nint)(delegate* unmanaged<nint, long, nint, int>)&OnUnfetch;
        return (nint)table;
    }

    [UnmanagedCallersOnly]
    private static int OnOpen(nint vfs, nint name, nint file, int flags, nint outFlags)
    {
        delegate* unmanaged<nint, nint, nint, int, nint, int> open =
            (delegate* unmanaged<nint, nint, nint, int, nint, int>)Slot(Real.Value, OpenSlot);
        if (Watching(name) is not { } watched)
        {
            return open(Real.Value, name, file, flags, outFlags);
        }

        *(nint*)file = 0;
        lock (watched.Disk.Gate)
        {
            DiskAsk ask = new(DiskAct.Open, watched.File, 0, 0);
            DiskAnswer answer = watched.Disk.Ask(ask);
            int code = answer is DiskAnswer.Does or DiskAnswer.Swallows ? open(Real.Value, name, file + Header, flags, outFlags)
                : answer == DiskAnswer.IsFull ? Full : CannotOpen;
            if (code == Ok)
            {
                watched.Disk.Did(ask, default);
                *(long*)(file + 8) = Number(watched);
                *(nint*)file = _methods;
            }

            return code;
        }
    }

    [UnmanagedCallersOnly]
    private static int OnDelete(nint vfs, nint name, int syncFolder)
    {
        delegate* unmanaged<nint, nint, int, int> delete = (delegate* unmanaged<nint, nint, int, int>)Slot(Real.Value, DeleteSlot);
        if (Watching(name) is not { } watched)
        {
            return delete(Real.Value, name, syncFolder);
        }

        lock (watched.Disk.Gate)
        {
            DiskAsk ask = new(DiskAct.Delete, watched.File, 0, 0);
            DiskAnswer answer = watched.Disk.Ask(ask);
            int code = answer == DiskAnswer.Does ? delete(Real.Value, name, syncFolder) : answer == DiskAnswer.Swallows ? Ok : DeleteError;
            if (code == Ok)
            {
                watched.Disk.Did(ask, default);
            }

            return code;
        }
    }

    [UnmanagedCallersOnly]
    private static int OnRead(nint file, nint buffer, int length, long at)
    {
        (WatchedDisk disk, string name) = Of(file);
        lock (disk.Gate)
        {
            return disk.Ask(new DiskAsk(DiskAct.Read, name, at, length)) is DiskAnswer.Does or DiskAnswer.Swallows
                ? RealRead(file, buffer, length, at) : ReadError;
        }
    }

    [UnmanagedCallersOnly]
    private static int OnWrite(nint file, nint buffer, int length, long at)
    {
        (WatchedDisk disk, string name) = Of(file);
        lock (disk.Gate)
        {
            DiskAsk ask = new(DiskAct.Write, name, at, length);
            DiskAnswer answer = disk.Ask(ask);
            int written = answer == DiskAnswer.Does ? length : answer == DiskAnswer.TearsOff ? length / 2 : 0;
            int code = written == 0 ? Ok : RealWrite(file, buffer, written, at);
            if (written > 0 && code == Ok)
            {
                disk.Did(ask, new ReadOnlySpan<byte>((void*)buffer, written));
            }

            return code != Ok ? code : answer is DiskAnswer.Does or DiskAnswer.Swallows ? Ok
                : answer == DiskAnswer.IsFull ? Full : WriteError;
        }
    }

    [UnmanagedCallersOnly]
    private static int OnTruncate(nint file, long size) =>
        Change(file, new DiskAsk(DiskAct.Truncate, Of(file).File, size, 0), TruncateError);

    [UnmanagedCallersOnly]
    private static int OnSync(nint file, int flags) => Change(file, new DiskAsk(DiskAct.Sync, Of(file).File, 0, flags), SyncError);

    private static int Change(nint file, in DiskAsk ask, int error)
    {
        WatchedDisk disk = Of(file).Disk;
        lock (disk.Gate)
        {
            DiskAnswer answer = disk.Ask(ask);
            if (answer != DiskAnswer.Does)
            {
                return answer == DiskAnswer.Swallows ? Ok : error;
            }

            int code = ask.Act == DiskAct.Sync ? RealSync(file, ask.Length) : RealTruncate(file, ask.At);
            if (code == Ok)
            {
                disk.Did(ask, default);
            }

            return code;
        }
    }

    private static long Number((WatchedDisk Disk, string File) watched)
    {
        lock (Files)
        {
            Files.Add(watched);
            return Files.Count - 1;
        }
    }

    private static (WatchedDisk Disk, string File) Of(nint file)
    {
        lock (Files)
        {
            return Files[(int)*(long*)(file + 8)];
        }
    }

    private static (WatchedDisk Disk, string File)? Watching(nint name)
    {
        if (Marshal.PtrToStringUTF8(name) is { } path && Disks.TryGetValue(Path.GetDirectoryName(path) ?? "", out WatchedDisk? disk))
        {
            return (disk, Path.GetFileName(path));
        }

        return null;
    }

    private static nint Slot(nint table, int offset) => *(nint*)(table + offset);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Find(nint name);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_register")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Add(nint vfs, int makeDefault);
}
