namespace Mingzhang.Store;

/// <summary>
/// When a database was last copied: the time of a small file, so that a backup made by another program can leave it too (<c>touch</c>).
/// </summary>
/// <remarks>Machine time. It says that a copy was made and checked, not that it still exists somewhere.</remarks>
public static class BackupNote
{
    private const string Text = "This file's time is when the database beside it was last copied and the copy checked.\n";

    /// <summary>Where the note of a database file lies: beside it.</summary>
    public static string Of(string database) => database + ".last-backup";

    /// <summary>
    /// Leaves the note. A backup counts although the note cannot be written: its age stays unknown then, never too young.
    /// </summary>
    public static void Leave(string note)
    {
        try
        {
            File.WriteAllText(note, Text);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }

    /// <summary>When the last backup was made; null when there is no note.</summary>
    public static DateTimeOffset? At(string note) =>
        File.Exists(note) ? new DateTimeOffset(File.GetLastWriteTimeUtc(note), TimeSpan.Zero) : null;
}
