using System.CommandLine;
using System.Globalization;
using Mingzhang.Cli.Replay.Taiwan;

namespace Mingzhang.Cli.Replay;

/// <summary><c>mz replay</c>: real portfolios through the same lanes as any customer.</summary>
public static class ReplayCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Make(CommonOptions common) => new("replay", "Replay real data through the house (回放真实数据)") { Taiwan(common) };

    private static Command Taiwan(CommonOptions common)
    {
        var file = new Argument<string>("FILE") { Description = "Client file of the UCI data set, such as train.csv" };
        var limit = new Option<int>("--limit")
        {
            Description = "Only the first N clients (只回放前 N 位客户)",
            HelpName = "N",
            DefaultValueFactory = _ => int.MaxValue,
        };
        limit.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var most) && most < 1)
            {
                result.AddError("--limit is 1 or more");
            }
        });
        var command = new Command("taiwan", "20,083 card clients of 2005 (UCI, DOI 10.24432/C55S3H), April to September (台湾信用卡客户)")
        {
            file, limit, common.Database, common.Products,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var run = new TaiwanRun(common.ScreenOf(parsed), parsed.GetValue(common.Database)!, parsed.GetValue(common.Products)!);
            return (int)await run.RunAsync(parsed.GetValue(file)!, parsed.GetValue(limit), cancel);
        });
        return command;
    }
}
