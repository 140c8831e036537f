using System.CommandLine;
using Mingzhang.Cli.House;
using Mingzhang.Cli.Output;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Versions;
using Mingzhang.Services.Versions;

namespace Mingzhang.Cli.Products;

/// <summary><c>mz product shadow</c>: who would pay more or less under a version, before it is published.</summary>
internal static class ShadowCommand
{
    private const int Listed = 20;

    public static Command Make(CommonOptions common)
    {
        var file = new Argument<string>("FILE") { Description = "Product file (产品文件)" };
        var bills = new Option<int>("--bills") { Description = "Statements ahead, 1 to 24 (期数)", DefaultValueFactory = _ => 3 };
        var pay = new Option<ShadowPayer>("--pay") { Description = "How customers pay on due days (还款方式): minimum, full, nothing" };
        var all = new Option<string>("--out") { Description = "Write every account to this file, a line each (逐户写入文件)", HelpName = "PATH" };
        var command = new Command("shadow", "Run a version over all live accounts: who pays more, who less, why; stores nothing (影子运行)")
        {
            file, bills, pay, all, common.Database, common.Products,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var screen = common.ScreenOf(parsed);
            var question = new ShadowQuestion(Between(parsed.GetValue(bills)), parsed.GetValue(pay));
            using var house = OpenHouse.Of(common, parsed);
            var (terms, before) = ProductFiles.Read(parsed.GetValue(file)!, house.House.Terms);
            var totals = await RunAsync(screen, house, terms, question, parsed.GetValue(all), cancel);
            ProductCommand.Differences(screen, before, before is null ? default : TermsComparison.Of(before, terms));
            Write(screen, terms, question, totals);
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static async Task<ShadowFound> RunAsync(
        Screen screen, OpenHouse house, ProductTerms terms, ShadowQuestion question, string? path, CancellationToken cancel)
    {
        var run = new ShadowRun(house.House);
        var totals = new ShadowTotals(terms.Currency, Listed);
        await using var file = path is null ? null : new StreamWriter(Path.GetFullPath(path));
        return await Replay.ReplayProgress.ShowAsync(screen, async progress =>
        {
            progress.Begin("shadow run", (int)Math.Min(int.MaxValue, Math.Max(1, await run.CountAsync(terms.Code))));
            await foreach (var line in run.OverAsync(terms, question, cancel))
            {
                totals.Add(line);
                progress.Advance(1);
                if (file is not null)
                {
                    await file.WriteLineAsync(Screen.Written(ShadowShown.Of(line)));
                }
            }

            progress.End();
            return totals.Found;
        });
    }

    private static void Write(Screen screen, ProductTerms terms, ShadowQuestion question, ShadowFound found)
    {
        var facts = Shown.Facts();
        facts.Row("version", $"{terms.Code} v{terms.Version}, {question.Bills} bills ahead, customers pay {question.Payer}");
        facts.Row("live accounts", Shown.Whole(found.Accounts));
        facts.Row("pay more (多付)", $"{Shown.Whole(found.PayMore)}, {Shown.Money(found.More)}");
        facts.Row("pay less (少付)", $"{Shown.Whole(found.PayLess)}, {Shown.Money(found.Less)}");
        facts.Row("pay the same (不变)", Shown.Whole(found.PaySame));
        facts.Row("do not fit (不适用)", Shown.Whole(found.Misfits));
        facts.Row("loans and plans taken anew", Shown.Money(found.NewContracts));
        foreach (var (part, cost) in found.Reasons)
        {
            facts.Row("because of " + part, Shown.Money(cost));
        }

        screen.Human.Write(facts);
        var table = Shown.Table("account", "v", ">kept", ">proposed", ">difference", ">next minimum", "why");
        foreach (var line in found.Largest)
        {
            var (kept, proposed) = (line.Answer.Kept, line.Answer.Proposed);
            table.Row(
                line.Account.ToString(), Shown.Whole(line.KeptVersion), Shown.Money(kept.Cost),
                proposed is null ? "" : Shown.Money(proposed.Cost), Shown.Money(line.Answer.Difference),
                proposed is null ? "" : $"{Shown.Money(kept.FirstMinimum)} → {Shown.Money(proposed.FirstMinimum)}", Why(line));
        }

        screen.Human.Write(table);
        screen.Json(new
        {
            product = terms.Code, terms.Version, question.Bills, payer = question.Payer, found.Accounts, found.PayMore, found.PayLess,
            found.PaySame, found.Misfits, found.More, found.Less, found.NewContracts, found.Reasons,
            largest = found.Largest.Select(ShadowShown.Of),
        });
    }

    private static string Why(ShadowLine line) => line.Answer.Misfit is { } misfit
        ? misfit.Code.Name
        : string.Join(", ", line.Answer.Reasons.Select(reason => $"{reason.Part} {Shown.Money(reason.Cost)}"));

    private static int Between(int bills) => bills is >= 1 and <= 24 ? bills : throw new ProblemException(ExitCode.Usage, Problem.Of(
        "--bills", "a number from 1 to 24", "Send for instance --bills 3.", "1 至 24 的整数", "例如 --bills 3。"));
}
