using Microsoft.Data.Sqlite;

namespace Mingzhang.Store.Sqlite;

/// <summary>Copies of a database: written while it is in use, put on disk with a checked fsync, and checked before they count.</summary>
public static class SqliteBackup
{
    /// <summary>
    /// Copies <paramref name="source"/> to the new file <paramref name="target"/>. Throws <see cref="StoreException"/> when the
    /// target exists or the copy is not sound.
    /// </summary>
    public static void Write(string source, string target)
    {
        if (File.Exists(target))
        {
            throw new StoreException($"{target} exists; a backup never overwrites a file.");
        }

        var part = target + ".part";
        File.Delete(part);
        try
        {
            using (var from = SqliteConnections.OpenReader(source))
            using (var to = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = part, Pooling = false }.ToString()))
            {
                to.Open();
                from.BackupDatabase(to);
                SqliteConnections.Run(to, "PRAGMA journal_mode = DELETE");
            }

            Finish(part, target);
        }
        catch
        {
            File.Delete(part); // on a full disk it would hold what others need
            throw;
        }

        BackupNote.Leave(BackupNote.Of(source));
    }

    /// <summary>
    /// Puts a backup in the place of a database. Refuses to overwrite unless <paramref name="force"/>, and while a process writes
    /// there.
    /// </summary>
    public static void Restore(string backup, string target, bool force)
    {
        Check(backup);
        if (File.Exists(target) && !force)
        {
            throw new StoreException($"{target} exists. Restoring would replace it; say so with force, or choose another path.");
        }

        using var taken = WriterLock.Take(target);
        var part = target + ".part";
        File.Copy(backup, part, overwrite: true);
        File.Delete(target + "-wal");
        File.Delete(target + "-shm");
        Finish(part, target);
    }

    /// <summary>
    /// Runs the database's own check on a file that no process has open. Throws <see cref="StoreException"/> with the first
    /// finding.
    /// </summary>
    public static void Check(string path)
    {
        try
        {
            using var connection = SqliteConnections.OpenReader(path);
            var id = Convert.ToInt64(SqliteConnections.Scalar(connection, "PRAGMA application_id"), null);
            var finding = id == SqliteConnections.ApplicationId
                ? (string)SqliteConnections.Scalar(connection, "PRAGMA integrity_check(1)")!
                : "it is not a Mingzhang ledger";
            if (finding != "ok")
            {
                throw new StoreException($"{path} is not sound: {finding}.");
            }
        }
        catch (SqliteException cause)
        {
            throw new StoreException($"{path} is not sound: {cause.Message}", cause) { Code = cause.SqliteErrorCode };
        }
    }

    private static void Finish(string part, string target)
    {
        CheckedFile.Sync(part);
        Check(part);
        File.Move(part, target, overwrite: true);
        CheckedFile.Sync(target);
    }
}
