using System.CommandLine;
using System.Globalization;
using Mingzhang.Cli.House;
using Mingzhang.Cli.Output;
using Mingzhang.Domain.Explaining;
using Mingzhang.Services.Reading;

namespace Mingzhang.Cli.Explain;

/// <summary><c>mz explain</c>: the core's own answers, replayed with a recording trace.</summary>
internal static class ExplainCommand
{
    public static Command Make(CommonOptions common)
    {
        var account = new Argument<string>("ACCOUNT") { Description = "Account number such as 1000001-01 (账户编号)" };
        var scene = new Option<string?>("--scene") { Description = "Scene code such as groceries (场景)", HelpName = "CODE" };
        var amount = new Option<string?>("--amount") { Description = "Amount such as 800 or 12.50 (金额)", HelpName = "YUAN" };
        var on = new Option<string?>("--on") { Description = "Day such as 2026-11-22 (日期)", HelpName = "DATE" };
        return new Command("explain", "Why is it so? (为什么是这样)")
        {
            Sub(common, account, "limit", "Why the available limit is what it is (可用额度)", [scene], (view, parsed) => Answer(
                Explainer.Limit(view.State, view.History, view.Book, view.Today, parsed.GetValue(scene)), LimitText.Write)),
            Sub(common, account, "use", "May it be used, and if not, why (能不能用)", [scene, amount], async (house, view, parsed) => Answer(
                await UseAnswer.AskAsync(
                    house, parsed.GetValue(common.Products)!, view.State.Id, Amount(view, parsed.GetValue(amount)), parsed.GetValue(scene)),
                UseAnswer.Write)),
            Sub(common, account, "bill", "Why the bill of --on (default the latest) is what it is (账单)", [on], (view, parsed) =>
                Answer(Bill(view, parsed.GetValue(on)), BillText.Write)),
            Sub(common, account, "closing", "What stands in the way of closing (关闭)", [], (view, _) =>
                Answer(new ClosingAnswer(view.Today, Explainer.Closing(view.State, view.Terms, view.Today)), ClosingText.Write)),
            Sub(common, account, "payment", "What a payment of --amount on --on would do (还款试算)", [amount, on], (view, parsed) =>
                Answer(Payment(view, parsed.GetValue(amount), parsed.GetValue(on)), PaymentText.Write)),
        };
    }

    private static Command Sub(
        CommonOptions common, Argument<string> account, string name, string description, Option[] options,
        Func<AccountView, ParseResult, Action<Screen>> answer) =>
        Sub(common, account, name, description, options, (_, view, parsed) => Task.FromResult(answer(view, parsed)));

    private static Command Sub(
        CommonOptions common, Argument<string> account, string name, string description, Option[] options,
        Func<OpenHouse, AccountView, ParseResult, Task<Action<Screen>>> answer)
    {
        var command = new Command(name, description) { account };
        foreach (var option in (Option[])[.. options, common.Database, common.Products])
        {
            command.Add(option);
        }

        command.SetAction(async parsed =>
        {
            using var house = OpenHouse.Of(common, parsed);
            var view = await house.AccountAsync(OpenHouse.Id(parsed.GetValue(account)!));
            (await answer(house, view, parsed))(common.ScreenOf(parsed));
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Action<Screen> Answer<T>(T explanation, Action<Spectre.Console.IAnsiConsole, T> write)
        where T : class => screen =>
    {
        write(screen.Human, explanation);
        screen.Json(explanation);
    };

    private static BillExplanation Bill(AccountView view, string? on)
    {
        var issuedOn = on is null ? view.State.LatestBill()?.IssuedOn : OpenHouse.Day("--on", on);
        var bill = issuedOn is { } day && day <= view.Today ? Explainer.Bill(view.History, view.Book, day) : null;
        return bill ?? throw new ProblemException(ExitCode.Refused, Problem.Of(
            "--on", "no statement was issued on that day", "Leave --on out for the latest one.", "该日没有出账", "省略 --on 可查看最近一期账单。"));
    }

    private static PaymentPreview Payment(AccountView view, string? amount, string? on)
    {
        var money = Amount(view, amount) ?? throw new ProblemException(ExitCode.Usage, Problem.Of(
            "--amount", "a payment has an amount", "Add --amount 800.", "还款需要金额", "请加上 --amount 800。"));
        return Explainer.Payment(view.State, view.Terms, view.Today, on is null ? view.Today : OpenHouse.Day("--on", on), money)
            ?? throw new ProblemException(ExitCode.Refused, Problem.Of(
                "--amount", $"the house would refuse it: at most {Shown.Money(view.Payable)} can be paid today, and not before today",
                "Choose less, or a later day.",
                $"系统会拒绝：今天最多可还 {Shown.Money(view.Payable)}，且不能早于今天", "请减少金额或选择以后的日期。"));
    }

    private static Money? Amount(AccountView view, string? text)
    {
        if (text is null)
        {
            return null;
        }

        var good = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var yuan)
            && decimal.IsInteger(yuan * 100) && yuan is > 0 and <= 10_000_000_000;
        return good ? Money.Of((long)(yuan * 100), view.State.Currency) : throw new ProblemException(ExitCode.Usage, Problem.Of(
            "--amount", $"'{text}' is no positive amount with at most two digits", "Write it like 800 or 12.50.",
            $"“{text}”不是最多两位小数的正数金额", "请写成 800 或 12.50。"));
    }
}
