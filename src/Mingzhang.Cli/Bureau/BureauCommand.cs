using System.CommandLine;
using System.Globalization;
using Mingzhang.Cli.House;
using Mingzhang.Cli.Output;
using Mingzhang.Services.Bureau;

namespace Mingzhang.Cli.Bureau;

/// <summary><c>mz bureau</c>: the monthly file for the credit bureau, checked before it leaves.</summary>
internal static class BureauCommand
{
    public static Command Make(CommonOptions common)
    {
        var month = new Argument<string>("MONTH") { Description = "A month that is over, such as 2026-06 (月份)" };
        var target = new Option<string?>("--out") { Description = "File to write (输出文件)", HelpName = "FILE" };
        var command = new Command("bureau", "The monthly file for the credit bureau, sample columns (征信报送文件)")
        {
            month, target, common.Database, common.Products,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            using var open = OpenHouse.Of(common, parsed);
            var of = Month(parsed.GetValue(month)!, open.House.BusinessDate);
            var (lines, findings) = await new BureauReport(open.House).OfAsync(of, cancel);
            if (parsed.GetValue(target) is { } file)
            {
                await File.WriteAllTextAsync(file, BureauReport.Write(lines), cancel);
            }

            Write(common.ScreenOf(parsed), of, lines, findings);
            return (int)(findings.Any(one => one.Rule != "no-consent") ? ExitCode.Refused : ExitCode.Done);
        });
        return command;
    }

    private static void Write(Screen screen, DateOnly month, IReadOnlyList<BureauLine> lines, IReadOnlyList<BureauFinding> findings)
    {
        screen.Line($"{month:yyyy-MM}: {Shown.Whole(lines.Count)} accounts told, {Shown.Whole(findings.Count)} findings. 征信报送");
        var table = Shown.Table("account", "product", "status", ">balance (minor)");
        foreach (var line in lines)
        {
            table.Row(line.Account.ToString(), line.Product, line.Told.Status.ToString(), Shown.Whole(line.Told.BalanceMinor));
        }

        screen.Human.Write(table);
        foreach (var finding in findings)
        {
            screen.Line($" - {finding.Account} {finding.Rule}: {finding.Detail}");
        }

        screen.Json(new { month, lines, findings });
    }

    private static DateOnly Month(string text, DateOnly today)
    {
        var good = DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month);
        return good && month.AddMonths(1) <= today ? month : throw new ProblemException(ExitCode.Usage, Problem.Of(
            "MONTH", $"'{text}' is no month that is over", "Write it like 2026-06.", $"“{text}”不是已结束的月份", "请写成 2026-06。"));
    }
}
