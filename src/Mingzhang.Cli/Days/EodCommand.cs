using System.CommandLine;
using Mingzhang.Cli.House;
using Mingzhang.Cli.Output;

namespace Mingzhang.Cli.Days;

/// <summary><c>mz eod</c>: one day passes.</summary>
internal static class EodCommand
{
    public static Command Make(CommonOptions common)
    {
        var resume = new Option<bool>("--resume") { Description = "Only finish an interrupted day end (只补完中断的日终)" };
        var command = new Command("eod", "Run the end of day: the next business day begins (日终)")
        {
            resume, common.Database, common.Products,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var screen = common.ScreenOf(parsed);
            using var house = OpenHouse.Of(common, parsed);
            var report = await Replay.ReplayProgress.ShowAsync(screen, async progress =>
            {
                progress.Begin("end of day", 1);
                var done = parsed.GetValue(resume) ? await house.House.ResumeDayAsync(null, cancel) : await DayAsync(house, cancel);
                await house.House.SettleAsync();
                progress.End();
                return done;
            });
            screen.Line($"{Shown.Day(report.From)} → {Shown.Day(report.To)}, {Shown.Whole(report.Accounts)} accounts passed a day");
            foreach (var account in report.Parked)
            {
                screen.Line($"{account}: parked, its figures would not fit into 64 bits (账户已停在当日之前，数值超出范围)");
            }

            screen.Json(new { report.From, report.To, report.Accounts, parked = report.Parked.Select(account => account.ToString()) });
            return (int)ExitCode.Done;
        });
        return command;
    }

    // A day end that was interrupted is finished before the next begins, so no day is left out.
    private static async Task<Engine.Days.DayReport> DayAsync(OpenHouse house, CancellationToken cancel)
    {
        await house.House.ResumeDayAsync(null, cancel);
        return await house.House.AdvanceDayAsync(null, cancel);
    }
}
