using System.CommandLine;
using Mingzhang.Cli.House;
using Mingzhang.Cli.Output;
using Mingzhang.Engine;
using Mingzhang.Store;

namespace Mingzhang.Cli;

/// <summary>The command line: finds the command, runs it, and turns every expected failure into words and an exit code.</summary>
public static class MzProgram
{
    /// <summary>Runs <c>mz</c> with arguments; returns the exit code (<see cref="ExitCode"/>).</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var options = new CommonOptions();
        var parsed = Root(options).Parse(args);
        var screen = new Screen(args.Contains(options.Json.Name, StringComparer.Ordinal), output, error);
        if (parsed.Errors.Count > 0)
        {
            screen.Say(ExitCode.Usage, [.. parsed.Errors.Select(e => Problem.Of(
                "command line", e.Message.TrimEnd('.'), "See mz --help.", "命令行有误", "请参阅 mz --help。"))]);
            return (int)ExitCode.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = output, Error = error, EnableDefaultExceptionHandler = false,
            });
        }
        catch (ProblemException e)
        {
            screen.Say(e.Code, e.Problems);
            return (int)e.Code;
        }
        catch (Exception e) when (e is StoreException or HouseStoppedException or Services.People.PeopleKeysException or IOException
            or UnauthorizedAccessException)
        {
            screen.Say(ExitCode.House, [Problem.Of(
                "database", e.Message.TrimEnd('.'), "Nothing that was acknowledged is lost; put it right and run the command again.",
                HouseFault.Zh(e), "已确认的数据不会丢失；请排除故障后重新执行。")]);
            return (int)ExitCode.House;
        }
    }

    private static RootCommand Root(CommonOptions options)
    {
        var root = new RootCommand("Mingzhang (明账): a consumer-credit account system in which every number explains itself.")
        {
            Demo.DemoCommand.Make(options),
            Replay.ReplayCommand.Make(options),
            Parity.ParityCommand.Make(options),
            Explain.ExplainCommand.Make(options),
            Explain.AsOfCommand.Make(options),
            Explain.CorrectCommand.Make(options),
            Quotes.QuoteCommand.Make(options),
            Relief.ReliefCommand.Make(options),
            Products.ProductCommand.Make(options),
            Days.ClockCommand.Make(options),
            Days.EodCommand.Make(options),
            Lenders.LendersCommand.Make(options),
            Bureau.BureauCommand.Make(options),
            Tickets.TicketsCommand.Make(options),
            Copies.VerifyCommand.Make(options),
            Copies.BackupCommand.Backup(options),
            Copies.BackupCommand.Restore(options),
            Bench.BenchCommand.Make(options),
            Copies.MoveCommand.Make(options),
            People.PeopleCommand.Make(options),
            Certificates.KeysCommand.Make(options),
            Staff.StaffCommand.Make(options),
            Certificates.VerifyCertificateCommand.Make(options),
            Certificates.ProveCommand.Make(options),
        };
        root.Add(options.Json);
        return root;
    }
}
