using System.Diagnostics;

namespace Mingzhang.Mutants.Tool;

/// <summary>A built test program in a folder of its own, in which the domain is exchanged.</summary>
internal sealed class Suite : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mz-mutants-").FullName;
    private readonly string[] _arguments;

    public Suite(string root, string name, string[] arguments)
    {
        (Name, _arguments) = (name, arguments);
        string built = Path.Combine(root, "artifacts", "bin", name, "debug");
        foreach (string file in Directory.EnumerateFiles(built, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(_folder, "artifacts", "bin", name, "debug", Path.GetRelativePath(built, file));
            _ = Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        // Tests look for the folder of the solution above them.
        foreach (string entry in (string[])["Mingzhang.slnx", "tests", "products", "docs", "data"])
        {
            _ = File.CreateSymbolicLink(Path.Combine(_folder, entry), Path.Combine(root, entry));
        }
    }

    public string Name { get; }

    private string Folder => Path.Combine(_folder, "artifacts", "bin", Name, "debug");

    public void Put(byte[] domain) => File.WriteAllBytes(Path.Combine(Folder, "Mingzhang.Domain.dll"), domain);

    /// <summary>Runs until a test fails; false then, and when it takes too long.</summary>
    public async Task<bool> PassesAsync(TimeSpan most)
    {
        ProcessStartInfo info = new("dotnet", [Path.Combine(Folder, Name + ".dll"), "-stopOnFail", "-noLogo", .. _arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder,
        };
        info.Environment["MZ_SIM_SCALE"] = "1";
        using Process process = Process.Start(info)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using CancellationTokenSource late = new(most);
        try
        {
            await process.WaitForExitAsync(late.Token);
            return process.ExitCode == 0;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return false;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
