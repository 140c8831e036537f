using System.Diagnostics;
using System.Text.Json;

namespace Mingzhang.Cli.Tests;

/// <summary>Runs <c>mz</c>, in this process or as a child that can be killed, in a folder of its own.</summary>
internal sealed class Mz : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mz-test-");

    public string Database => Path.Combine(_folder.FullName, "house.db");

    public static string Fixture => Path.Combine(Root, "tests", "fixtures", "taiwan-30.csv");

    public static string Root { get; } = Above(AppContext.BaseDirectory, "Mingzhang.slnx")!;

    public string File(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Writes bytes to a file of the folder and returns its path.</summary>
    public string Write(string name, byte[] bytes)
    {
        System.IO.File.WriteAllBytes(File(name), bytes);
        return File(name);
    }

    /// <summary>Runs in this process, with <c>--db</c> of this folder unless the command opens no database.</summary>
    public async Task<(ExitCode Code, string Output, string Error)> RunAsync(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var alone = args[0] == "quote" || args is ["product", "check", ..] or ["tickets", "clock", ..];
        var code = await MzProgram.RunAsync(alone ? args : [.. args, "--db", Database], output, error);
        return ((ExitCode)code, output.ToString(), error.ToString());
    }

    /// <summary>Runs in this process with <c>--json</c>; the last line of the output, which must be JSON.</summary>
    public async Task<(ExitCode Code, JsonElement Answer)> JsonAsync(params string[] args)
    {
        var (code, output, _) = await RunAsync([.. args, "--json"]);
        return (code, LastLine(output));
    }

    /// <summary>Starts a child process.</summary>
    public Process Start(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "mz.dll"), .. args, "--db", Database])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    public static JsonElement LastLine(string output) =>
        JsonDocument.Parse(output.TrimEnd('\n').Split('\n')[^1]).RootElement;

    /// <summary>A file of the outside data beside the repository; reports the test as skipped when it is not there.</summary>
    public static string SharedData(string path)
    {
        var found = Above(Root, Path.Combine("shared", "data", path));
        Assert.SkipWhen(found is null, $"shared/data/{path} is not beside this repository.");
        return Path.Combine(found!, "shared", "data", path);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string? Above(string from, string file)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, file)))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
