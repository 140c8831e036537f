using System.CommandLine;
using Mingzhang.Cli.House;
using Mingzhang.Cli.Output;

namespace Mingzhang.Cli.Days;

/// <summary><c>mz clock</c>: the business date, and in a sandbox the freedom to move it, also for one forked account.</summary>
internal static class ClockCommand
{
    public static Command Make(CommonOptions common) => new("clock", "The business date (业务日期)")
    {
        Show(common), Move(common), Fork(common), AdvanceFork(common),
    };

    private static Command Show(CommonOptions common) => With(
        common, new Command("show", "Show it"), (screen, house, _) =>
        {
            screen.Line($"{Shown.Day(house.House.BusinessDate)}{(house.House.IsSandbox ? " (sandbox 沙箱)" : "")}");
            screen.Json(new { businessDate = house.House.BusinessDate, sandbox = house.House.IsSandbox });
            return Task.CompletedTask;
        });

    private static Command Move(CommonOptions common)
    {
        var day = new Argument<string>("DATE") { Description = "Day to move to, such as 2026-11-22" };
        var command = new Command("move", "Sandbox: let all days up to DATE pass (沙箱：推进到某日)") { day };
        return With(common, command, async (screen, house, parsed) =>
        {
            var (report, refusal) = await house.House.AdvanceToAsync(OpenHouse.Day("DATE", parsed.GetValue(day)!));
            if (refusal is not null)
            {
                throw OpenHouse.No(refusal);
            }

            await house.House.SettleAsync();
            screen.Line($"{Shown.Day(report!.From)} → {Shown.Day(report.To)}, accounts passed {Shown.Whole(report.Accounts)} days");
            screen.Json(new { report.From, report.To, report.Accounts });
        });
    }

    private static Command Fork(CommonOptions common)
    {
        var account = new Argument<string>("ACCOUNT") { Description = "Account to copy" };
        var command = new Command("fork", "Sandbox: copy an account, with a clock of its own (沙箱：复制账户)") { account };
        return With(common, command, async (screen, house, parsed) =>
        {
            var origin = OpenHouse.Id(parsed.GetValue(account)!);
            var (fork, refusal) = await house.House.ForkAsync(origin, "mz");
            if (refusal is not null)
            {
                throw OpenHouse.No(refusal);
            }

            screen.Line($"{origin} → {fork}");
            screen.Json(new { origin, fork });
        });
    }

    private static Command AdvanceFork(CommonOptions common)
    {
        var account = new Argument<string>("ACCOUNT") { Description = "The copy" };
        var day = new Argument<string>("DATE") { Description = "Day to run it to" };
        var command = new Command("advance-fork", "Sandbox: run a copy ahead, years if you like (沙箱：推进副本)") { account, day };
        return With(common, command, async (screen, house, parsed) =>
        {
            var fork = OpenHouse.Id(parsed.GetValue(account)!);
            var (state, refusal) = await house.House.AdvanceForkAsync(fork, OpenHouse.Day("DATE", parsed.GetValue(day)!));
            if (refusal is not null)
            {
                throw OpenHouse.No(refusal);
            }

            var on = house.House.BusinessDateOf(fork);
            var (balance, available) = (state!.PostedBalance(), state!.Available(on, null));
            screen.Line($"{fork} is at {Shown.Day(on)}: balance {Shown.Money(balance)}, available {Shown.Money(available)}");
            screen.Json(new { account = fork, businessDate = on, balance, available });
        });
    }

    private static Command With(CommonOptions common, Command command, Func<Screen, OpenHouse, ParseResult, Task> act)
    {
        command.Add(common.Database);
        command.Add(common.Products);
        command.SetAction(async parsed =>
        {
            using var house = OpenHouse.Of(common, parsed);
            await act(common.ScreenOf(parsed), house, parsed);
            return (int)ExitCode.Done;
        });
        return command;
    }
}
