using System.CommandLine;
using Mingzhang.Cli.House;
using Mingzhang.Cli.Output;
using Mingzhang.Engine.Verification;
using Mingzhang.Store;
using Mingzhang.Store.Moving;
using Mingzhang.Web.Hosting;

namespace Mingzhang.Cli.Copies;

/// <summary><c>mz move</c>: a whole house into an empty database of either kind, verified there.</summary>
internal static class MoveCommand
{
    public static Command Make(CommonOptions common)
    {
        var to = new Option<string>("--to")
        {
            Description = "New file, or an empty PostgreSQL database (目标数据库)", HelpName = "TARGET", Required = true,
        };
        var command = new Command("move", "Move the house into an empty database, file or PostgreSQL; verified there (迁移数据库)")
        {
            to, common.Database, common.Products,
        };
        command.SetAction(async parsed =>
        {
            var screen = common.ScreenOf(parsed);
            var target = parsed.GetValue(to)!;
            target = LedgerStores.IsServer(target) ? target : Path.GetFullPath(target);
            var terms = HouseDoor.Products(parsed.GetValue(common.Products)!);
            using var house = HouseDoor.Open(parsed.GetValue(common.Database)!, terms);
            await house.SettleAsync();
            using var source = house.OpenReadOnly();
            MustBeAlone(source);
            var facts = new HouseFacts(house.IsSandbox, house.BusinessDate);
            var moved = HouseMove.Run(source, facts, target, HouseTables.All);
            var verified = Verifier.Run(target, terms);
            screen.Line(verified.First is { } first
                ? $"NOT sound in {LedgerStores.Shown(target)}. 账簿有差异。First: {first}"
                : $"{Shown.Whole(moved.Rows)} rows of {Shown.Whole(moved.Tables)} tables → {LedgerStores.Shown(target)}, verified; "
                    + $"head {moved.HeadHash}");
            screen.Json(new
            {
                verified = verified.IsSound, first = verified.First, moved.Tables, moved.Rows, head = moved.HeadHash,
                database = LedgerStores.Shown(target),
            });
            return (int)(verified.IsSound ? ExitCode.Done : ExitCode.Difference);
        });
        return command;
    }

    // A file is locked by whoever has it open; on a server others say that they live.
    private static void MustBeAlone(System.Data.Common.DbConnection source)
    {
        if (source is Microsoft.Data.Sqlite.SqliteConnection)
        {
            return;
        }

        using var command = source.CreateCommand();
        command.CommandText =
            "SELECT count(*) FROM node WHERE held_until >= CAST(date_part('epoch', clock_timestamp()) * 1000 AS BIGINT)";
        if ((long)command.ExecuteScalar()! > 1)
        {
            throw new ProblemException(ExitCode.House, Problem.Of(
                "--db", "other nodes of this house are alive", "Stop them first.", "该账务库还有其他节点在运行", "请先停止其他节点。"));
        }
    }
}
