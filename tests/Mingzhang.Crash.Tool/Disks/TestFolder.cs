namespace Mingzhang.Crash.Tool.Disks;

/// <summary>A folder in memory where there is one, so that syncs cost nothing; it goes with the run.</summary>
public sealed class TestFolder : IDisposable
{
    private const string InMemory = "/dev/shm";

    private int _copies;

    /// <summary>Where it is.</summary>
    public string Path { get; } = Directory.Exists(InMemory)
        ? Directory.CreateDirectory(System.IO.Path.Combine(InMemory, "mz-disk-" + System.IO.Path.GetRandomFileName())).FullName
        : Directory.CreateTempSubdirectory("mz-disk-").FullName;

    /// <summary>A new folder in it.</summary>
    public string New() => Directory.CreateDirectory(System.IO.Path.Combine(Path, $"{++_copies}")).FullName;

    /// <summary>A new folder with these files.</summary>
    public string New(IReadOnlyDictionary<string, byte[]> files)
    {
        string folder = New();
        foreach ((string name, byte[] bytes) in files)
        {
            File.WriteAllBytes(System.IO.Path.Combine(folder, name), bytes);
        }

        return folder;
    }

    /// <summary>All files of a folder but the shared memory, which no restart of a machine leaves.</summary>
    public static Dictionary<string, byte[]> FilesIn(string folder) => Directory.GetFiles(folder)
        .Where(file => !file.EndsWith("-shm", StringComparison.Ordinal))
        .ToDictionary(file => System.IO.Path.GetFileName(file), File.ReadAllBytes);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
