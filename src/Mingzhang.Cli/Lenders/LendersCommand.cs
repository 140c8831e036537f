using System.CommandLine;
using System.Globalization;
using Mingzhang.Cli.House;
using Mingzhang.Cli.Output;
using Mingzhang.Domain.Lenders;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Lenders;

namespace Mingzhang.Cli.Lenders;

/// <summary><c>mz lenders</c>: what each lender has, and how the rules on lending together are kept.</summary>
internal static class LendersCommand
{
    public static Command Make(CommonOptions common)
    {
        var tierOne = new Option<string?>("--tier1")
        {
            Description = "Tier-1 net capital in yuan, for the rule on one partner (一级资本净额)",
        };
        var command = new Command("lenders", "Trial balance by lender, holdings, rules on lending together (出资方账)")
        {
            tierOne, common.Database, common.Products,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var screen = common.ScreenOf(parsed);
            using var open = OpenHouse.Of(common, parsed);
            var report = await new LenderReader(open.House).ReportAsync(Currency.Cny, Capital(parsed.GetValue(tierOne)), cancel);
            Write(screen, report);
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static void Write(Screen screen, LenderReport report)
    {
        var balances = Shown.Table("lender", "ledger", ">balance");
        foreach (var line in report.Balances.Concat(report.Rest))
        {
            var lender = line.Lender.Length == 0 ? "(rest)" : line.Lender;
            balances.Row(lender, line.Ledger?.ToString() ?? "clearing", Shown.Money(line.Balance));
        }

        var holdings = Shown.Table("lender", "product", ">principal", ">of all");
        foreach (var line in report.Holdings)
        {
            holdings.Row(line.Lender, line.Product, Shown.Money(line.Principal), Percent(line.OfAllPpm));
        }

        var rules = Shown.Table("rule", "lender", ">value", ">limit", "kept", "clause");
        foreach (var finding in report.Findings)
        {
            rules.Row(
                finding.Rule, finding.Of ?? "", Percent(finding.ValuePpm), Percent(finding.LimitPpm),
                finding.Kept is { } kept ? kept ? "yes" : "NO" : "?", finding.Clause.Zh);
        }

        screen.Line($"{Shown.Whole(report.Loans)} shared loans on {Shown.Day(report.On)}. 共同出资借款");
        screen.Human.Write(balances);
        screen.Human.Write(holdings);
        screen.Human.Write(rules);
        screen.Json(report);
    }

    private static long? Capital(string? yuan) => yuan is null ? null
        : decimal.TryParse(yuan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value > 0
            && value < 10_000_000_000_000m && decimal.Truncate(value * 100) == value * 100
            ? (long)(value * 100)
            : throw new ProblemException(ExitCode.Usage, Problem.Of(
                "--tier1", $"'{yuan}' is no positive amount with at most two digits", "Write yuan such as 5000000000.",
                $"“{yuan}”不是最多两位小数的正数", "请以元为单位填写，例如 5000000000。"));

    private static string Percent(long? ppm) => ppm is { } known
        ? (known / 10_000m).ToString("0.00", CultureInfo.InvariantCulture) + " %"
        : "–";
}
