using System.Runtime.InteropServices;

namespace Mingzhang.Store;

/// <summary>
/// Durability of plain files: our own fsync, whose result is looked at (the runtime's hides failures; docs/decisions/0005).
/// </summary>
public static partial class CheckedFile
{
    private const int ReadOnly = 0;

    /// <summary>Puts a file and the folder's entry for it on disk. Throws <see cref="IOException"/> when either fails.</summary>
    public static void Sync(string path)
    {
        SyncOne(path);
        SyncOne(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
    }

    /// <summary>Puts a file's bytes on disk, without its folder's entry.</summary>
    public static void SyncData(string path) => SyncOne(path);

    private static void SyncOne(string path)
    {
        var descriptor = Open(path, ReadOnly);
        if (descriptor < 0)
        {
            throw new IOException($"Cannot open {path} to sync it: error {Marshal.GetLastPInvokeError()}.");
        }

        try
        {
            if (FSync(descriptor) != 0)
            {
                throw new IOException($"fsync of {path} failed: error {Marshal.GetLastPInvokeError()}.");
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
