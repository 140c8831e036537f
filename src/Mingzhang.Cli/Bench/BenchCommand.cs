using System.CommandLine;
using System.Diagnostics;
using Mingzhang.Cli.Output;

namespace Mingzhang.Cli.Bench;

/// <summary>
/// <c>mz bench</c>: all figures side by side, each beside its yardstick, in one run of the measuring program, which is a process of its own
/// with the collector's settings of the web host.
/// </summary>
internal static class BenchCommand
{
    private const string Program = "Mingzhang.Bench.dll";

    /// <summary>Makes the command.</summary>
    public static Command Make(CommonOptions common)
    {
        var quick = new Option<bool>("--quick") { Description = "Small, at most two minutes (快速)" };
        var longer = new Option<bool>("--long") { Description = "With ten million accounts on the quiet day (完整)" };
        var smallest = new Option<bool>("--smallest") { Description = "A look that every part runs", Hidden = true };
        Option<string?>[] values =
        [
            new("--rounds") { Description = "How often each figure is taken, 1 to 50 (轮数)", HelpName = "N" },
            new("--accounts") { Description = "Accounts of the large house (账户数)", HelpName = "N" },
            new("--seconds") { Description = "Seconds of a measurement over HTTP and of pgbench (秒)", HelpName = "N" },
            new("--only") { Description = "Parts out of server,file,days,http (只测部分)", HelpName = "LIST" },
            new("--folder") { Description = "Where databases are written: the disk that is measured (目录)", HelpName = "DIR" },
            new("--out") { Description = "Where page and chart go; default: bench/results, with --quick nowhere (输出)", HelpName = "DIR" },
        ];
        var command = new Command("bench", "Measure all figures side by side (性能基准)") { quick, longer, smallest };
        Array.ForEach(values, command.Add);
        command.Add(Capacity(common));
        command.SetAction(parsed =>
        {
            List<string> forwarded = ["side"];
            forwarded.AddRange(new[] { quick, longer, smallest }.Where(parsed.GetValue).Select(flag => flag.Name));
            forwarded.AddRange(values.Where(value => parsed.GetValue(value) is not null)
                .SelectMany(value => new[] { value.Name, parsed.GetValue(value)! }));
            if (!parsed.GetValue(quick) && !parsed.GetValue(smallest) && !forwarded.Contains("--out") && Root() is { } root)
            {
                forwarded.AddRange(["--out", Path.Combine(root, "bench", "results")]);
            }

            return Run(common.ScreenOf(parsed), forwarded);
        });
        return command;
    }

    private static Command Capacity(CommonOptions common)
    {
        var seed = new Option<string?>("--seed") { Description = "Of the simulation's chances (种子)", HelpName = "N" };
        var target = new Option<string?>("--out") { Description = "Where the page goes (输出)", HelpName = "DIR" };
        var command = new Command("capacity", "From measured figures to a country: what breaks first, simulated (容量推演)")
        {
            seed, target,
        };
        command.SetAction(parsed => Run(common.ScreenOf(parsed), [
            "capacity", .. parsed.GetValue(seed) is { } number ? new[] { "--seed", number } : [],
            .. parsed.GetValue(target) is { } folder ? new[] { "--out", Path.GetFullPath(folder) } : []]));
        return command;
    }

    private static int Run(Screen screen, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Dotnet, [Measuring(), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        process.ErrorDataReceived += (_, line) => Tell(screen, line.Data);
        process.BeginErrorReadLine();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            screen.Line(line);
        }

        process.WaitForExit();
        screen.Json(new { exitCode = process.ExitCode });
        return process.ExitCode;
    }

    private static void Tell(Screen screen, string? line)
    {
        if (line is not null)
        {
            screen.Error.WriteLine(line);
        }
    }

    private static string Dotnet =>
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    /// <summary>The measuring program: as told, built from the sources in Release, or beside this one.</summary>
    private static string Measuring()
    {
        if (Environment.GetEnvironmentVariable("MZ_BENCH") is { Length: > 0 } told && File.Exists(told))
        {
            return told;
        }

        if (Root() is { } root)
        {
            using var build = Process.Start(new ProcessStartInfo(
                Dotnet, ["build", "-c", "Release", "-m:1", "-v", "q", "--nologo", Path.Combine(root, "bench", "Mingzhang.Bench")])
            {
                RedirectStandardOutput = true,
            })!;
            var text = build.StandardOutput.ReadToEnd();
            build.WaitForExit();
            var built = Path.Combine(root, "artifacts", "bin", "Mingzhang.Bench", "release", Program);
            return build.ExitCode == 0 ? built : throw Missing(text);
        }

        var beside = Path.Combine(AppContext.BaseDirectory, Program);
        return File.Exists(beside) ? beside : throw Missing("it is not beside mz");
    }

    private static ProblemException Missing(string why) => new(ExitCode.House, Problem.Of(
        "mz bench", $"the measuring program is needed: {why.Split('\n')[0]}",
        "run it in a checkout that builds, or set MZ_BENCH to its file",
        "需要测量程序", "请在可构建的源码目录中运行，或用 MZ_BENCH 指定其文件"));

    private static string? Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Mingzhang.slnx")))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
