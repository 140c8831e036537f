using System.CommandLine;
using Mingzhang.Cli.House;
using Mingzhang.Cli.Output;
using Mingzhang.Services.Reading;

namespace Mingzhang.Cli.Explain;

/// <summary><c>mz as-of</c>: one account as it was on a day, by what was known on another.</summary>
internal static class AsOfCommand
{
    public static Command Make(CommonOptions common)
    {
        var account = new Argument<string>("ACCOUNT") { Description = "Account number such as 1000001-01 (账户编号)" };
        var day = new Option<string?>("--on", "--day") { Description = "The day it was (哪一天的状态); default today", HelpName = "DATE" };
        var known = new Option<string?>("--known") { Description = "The day it was known on (截至哪一天所知); default today", HelpName = "DATE" };
        var command = new Command("as-of", "One account as of any two dates (任意两日的账户状态)")
        {
            account, day, known, common.Database, common.Products,
        };
        command.SetAction(parsed =>
        {
            var screen = common.ScreenOf(parsed);
            using var house = OpenHouse.Of(common, parsed);
            var id = OpenHouse.Id(parsed.GetValue(account)!);
            var today = house.House.BusinessDateOf(id);
            var on = parsed.GetValue(day) is { } text ? OpenHouse.DayUpTo("--on", text, today) : today;
            var knownOn = parsed.GetValue(known) is { } other ? OpenHouse.DayUpTo("--known", other, today) : today;
            var view = house.AccountAsOf(id, on, knownOn);
            Write(screen, view, knownOn);
            screen.Json(new { account = id, asOf = on, knownOn, view.TotalDebt, view.Available, view.State });
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static void Write(Screen screen, AccountView view, DateOnly knownOn)
    {
        var facts = Shown.Facts();
        facts.Row("account", view.State.Id.ToString());
        facts.Row("as of, known on", $"{Shown.Day(view.Today)}, {Shown.Day(knownOn)}");
        facts.Row("life", view.State.Lifecycle.GetType().Name);
        facts.Row("total limit", Shown.Money(view.State.TotalLimit));
        facts.Row("available", Shown.Money(view.Available));
        facts.Row("billed", Shown.Money(view.Billed));
        facts.Row("unbilled", Shown.Money(view.Unbilled));
        facts.Row("owed with accruals", Shown.Money(view.TotalDebt));
        facts.Row("credit balance", Shown.Money(view.State.CreditBalance));
        facts.Row("days past due", Shown.Whole(view.State.DaysPastDue(view.Today)));
        facts.Row("next statement", Shown.Day(view.State.Cycle.NextStatementOn));
        screen.Human.Write(facts);
        foreach (var restriction in view.State.Restrictions)
        {
            var (since, until) = (Shown.Day(restriction.PlacedOn), Shown.Day(restriction.Until));
            screen.Line($" - restricted: {restriction.Reason} since {since}, until {until} {restriction.Note}");
        }
    }
}
