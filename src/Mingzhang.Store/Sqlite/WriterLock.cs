namespace Mingzhang.Store.Sqlite;

/// <summary>The right to write a database file: a locked file beside it, let go by the kernel when the process ends in any way.</summary>
internal sealed class WriterLock : IDisposable
{
    private readonly FileStream _file;

    private WriterLock(FileStream file) => _file = file;

    /// <summary>Takes the lock. Throws <see cref="StoreInUseException"/> when another store holds it.</summary>
    public static WriterLock Take(string database)
    {
        try
        {
            return new WriterLock(new FileStream(database + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException cause) when (cause is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
        {
            throw new StoreInUseException(
                $"{database} is open for writing in another process. One database has one writer; stop the other process, or give this "
                    + $"one its own --db.", cause);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
