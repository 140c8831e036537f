using System.CommandLine;

namespace Mingzhang.Cli.Parity;

/// <summary><c>mz parity</c>: published cases of others, run through the product.</summary>
public static class ParityCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Make(CommonOptions common)
    {
        var names = string.Join(" | ", ParityFamilies.All.Select(family => family.Name));
        var family = new Argument<string>("FAMILY") { Description = $"{names} (案例类别)" };
        var file = new Argument<string>("FILE") { Description = "A file of cases in that family's format (案例文件)" };
        var command = new Command("parity", "Compare with published cases: every failure, then N of M (与公开案例对照)") { family, file };
        command.SetAction(parsed =>
        {
            var chosen = ParityFamilies.Find(parsed.GetValue(family)!);
            var report = ParityReport.Of(chosen, ParityFile.Read(parsed.GetValue(file)!));
            report.Write(common.ScreenOf(parsed));
            return (int)(report.IsLevel ? ExitCode.Done : ExitCode.Difference);
        });
        return command;
    }
}
