using System.CommandLine;
using Mingzhang.Cli.House;
using Mingzhang.Store.Sqlite;

namespace Mingzhang.Cli.Copies;

/// <summary><c>mz backup</c> and <c>mz restore</c>: checked copies; a backup is made while the house works.</summary>
internal static class BackupCommand
{
    public static Command Backup(CommonOptions common)
    {
        var target = new Argument<string>("FILE") { Description = "New file for the copy (备份文件)" };
        var command = new Command("backup", "Copy the database while it is in use; the copy is checked (在线备份)") { target, common.Database };
        command.SetAction(parsed =>
        {
            var screen = common.ScreenOf(parsed);
            var from = HouseDoor.Existing(HouseDoor.FileOnly(parsed.GetValue(common.Database)!));
            var to = Path.GetFullPath(parsed.GetValue(target)!);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            SqliteBackup.Write(from, to);
            screen.Line($"{from} → {to}, {new FileInfo(to).Length:N0} bytes, checked");
            screen.Json(new { database = from, backup = to, bytes = new FileInfo(to).Length });
            return (int)ExitCode.Done;
        });
        return command;
    }

    public static Command Restore(CommonOptions common)
    {
        var backup = new Argument<string>("FILE") { Description = "The backup (备份文件)" };
        var force = new Option<bool>("--force") { Description = "Replace a database that is there (覆盖现有数据库)" };
        var command = new Command("restore", "Put a backup in the place of the database (恢复)") { backup, force, common.Database };
        command.SetAction(parsed =>
        {
            var screen = common.ScreenOf(parsed);
            var from = HouseDoor.Existing(parsed.GetValue(backup)!, "FILE");
            var to = Path.GetFullPath(HouseDoor.FileOnly(parsed.GetValue(common.Database)!));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            SqliteBackup.Restore(from, to, parsed.GetValue(force));
            screen.Line($"{from} → {to}, checked; mz verify refolds it");
            screen.Json(new { backup = from, database = to, bytes = new FileInfo(to).Length });
            return (int)ExitCode.Done;
        });
        return command;
    }
}
