using System.CommandLine;
using Mingzhang.Cli.House;
using Mingzhang.Cli.Output;
using Mingzhang.Engine.Verification;
using Mingzhang.Store;

namespace Mingzhang.Cli.Copies;

/// <summary><c>mz verify</c>: refolds everything and names the first difference.</summary>
internal static class VerifyCommand
{
    public static Command Make(CommonOptions common)
    {
        var command = new Command("verify", "Prove that events, states, ledger and hash chains are one (核对账簿)")
        {
            common.Database, common.Products,
        };
        command.SetAction(parsed =>
        {
            var screen = common.ScreenOf(parsed);
            var path = HouseDoor.Existing(parsed.GetValue(common.Database)!);
            var report = Verifier.Run(path, HouseDoor.Products(parsed.GetValue(common.Products)!));
            screen.Line(report.First is { } first
                ? $"NOT sound, {Shown.Whole(report.Differences)} difference(s). 账簿有差异。First: {first}"
                : $"Sound: {Shown.Whole(report.Rows)} rows of {Shown.Whole(report.Accounts)} accounts refolded, trial balance 0. 账簿一致");
            screen.Json(new
            {
                verified = report.IsSound, report.Differences, first = report.First, report.Accounts, report.Rows,
                report.TrialBalanceMinor, database = LedgerStores.Shown(path),
            });
            return (int)(report.IsSound ? ExitCode.Done : ExitCode.Difference);
        });
        return command;
    }
}
