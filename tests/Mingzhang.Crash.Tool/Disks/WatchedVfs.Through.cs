using System.Runtime.InteropServices;

namespace Mingzhang.Crash.Tool.Disks;

/// <content>The real file behind a watched one, and what goes straight through to it.</content>
internal static unsafe partial class WatchedVfs
{
    private static int RealRead(nint file, nint buffer, int length, long at) =>
        ((delegate* unmanaged<nint, nint, int, long, int>)Method(file, 2))(file + Header, buffer, length, at);

    private static int RealWrite(nint file, nint buffer, int length, long at) =>
        ((delegate* unmanaged<nint, nint, int, long, int>)Method(file, 3))(file + Header, buffer, length, at);

    private static int RealTruncate(nint file, long size) =>
        ((delegate* unmanaged<nint, long, int>)Method(file, 4))(file + Header, size);

    private static int RealSync(nint file, int flags) => ((delegate* unmanaged<nint, int, int>)Method(file, 5))(file + Header, flags);

    [UnmanagedCallersOnly]
    private static int OnClose(nint file) => ((delegate* unmanaged<nint, int>)Method(file, 1))(file + Header);

    [UnmanagedCallersOnly]
    private static int OnFileSize(nint file, nint size) => ((delegate* unmanaged<nint, nint, int>)Method(file, 6))(file + Header, size);

    [UnmanagedCallersOnly]
    private static int OnLock(nint file, int level) => ((delegate* unmanaged<nint, int, int>)Method(file, 7))(file + Header, level);

    [UnmanagedCallersOnly]
    private static int OnUnlock(nint file, int level) => ((delegate* unmanaged<nint, int, int>)Method(file, 8))(file + Header, level);

    [UnmanagedCallersOnly]
    private static int OnCheckReservedLock(nint file, nint held) =>
        ((delegate* unmanaged<nint, nint, int>)Method(file, 9))(file + Header, held);

    [UnmanagedCallersOnly]
    private static int OnFileControl(nint file, int what, nint argument) =>
        ((delegate* unmanaged<nint, int, nint, int>)Method(file, 10))(file + Header, what, argument);

    [UnmanagedCallersOnly]
    private static int OnSectorSize(nint file) => ((delegate* unmanaged<nint, int>)Method(file, 11))(file + Header);

    [UnmanagedCallersOnly]
    private static int OnDeviceCharacteristics(nint file) => ((delegate* unmanaged<nint, int>)Method(file, 12))(file + Header);

    [UnmanagedCallersOnly]
    private static int OnShmMap(nint file, int region, int size, int extend, nint at) =>
        ((delegate* unmanaged<nint, int, int, int, nint, int>)Method(file, 13))(file + Header, region, size, extend, at);

    [UnmanagedCallersOnly]
    private static int OnShmLock(nint file, int from, int count, int flags) =>
        ((delegate* unmanaged<nint, int, int, int, int>)Method(file, 14))(file + Header, from, count, flags);

    [UnmanagedCallersOnly]
    private static void OnShmBarrier(nint file) => ((delegate* unmanaged<nint, void>)Method(file, 15))(file + Header);

    [UnmanagedCallersOnly]
    private static int OnShmUnmap(nint file, int delete) => ((delegate* unmanaged<nint, int, int>)Method(file, 16))(file + Header, delete);

    [UnmanagedCallersOnly]
    private static int OnFetch(nint file, long at, int length, nint page) =>
        ((delegate* unmanaged<nint, long, int, nint, int>)Method(file, 17))(file + Header, at, length, page);

    [UnmanagedCallersOnly]
    private static int OnUnfetch(nint file, long at, nint page) =>
        ((delegate* unmanaged<nint, long, nint, int>)Method(file, 18))(file + Header, at, page);

    private static nint Method(nint file, int number) => ((nint*)*(nint*)(file + Header))[number];
}
