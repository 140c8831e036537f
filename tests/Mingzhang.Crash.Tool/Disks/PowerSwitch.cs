using System.Runtime.InteropServices;

namespace Mingzhang.Crash.Tool.Disks;

/// <summary>The kernel's own way to cut an ext4 file system off its disk, and to freeze a process.</summary>
internal static partial class PowerSwitch
{
    private const int ReadOnly = 0;
    private const nuint Shutdown = 0x8004587D; // EXT4_IOC_SHUTDOWN
    private const uint WithoutLog = 2;
    private const int Stop = 19;

    /// <summary>Nothing reaches the disk of that file system any more; what only memory has is lost.</summary>
    public static void Off(string folder)
    {
        int descriptor = Open(folder, ReadOnly);
        uint flags = WithoutLog;
        int code = descriptor < 0 ? -1 : Control(descriptor, Shutdown, ref flags);
        int error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (code != 0)
        {
            throw new InvalidOperationException($"{folder} could not be shut down: error {error}");
        }
    }

    /// <summary>Stops a process where it is; returns when it stands still.</summary>
    public static void Freeze(int process)
    {
        _ = Signal(process, Stop);
        while (StateOf(process) is not ('T' or 'Z' or 'X'))
        {
            _ = Thread.Yield();
        }
    }

    private static char StateOf(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/stat").Split(") ")[^1][0];
        }
        catch (IOException)
        {
            return 'X'; // it is gone
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(int descriptor, nuint request, ref uint argument);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Signal(int process, int signal);
}
