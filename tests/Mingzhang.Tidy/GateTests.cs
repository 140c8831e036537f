using System.Diagnostics;

namespace Mingzhang.Tidy;

/// <summary>The gate project builds with the solution; here it is shown to bite (docs/decisions/0003).</summary>
public sealed class GateTests
{
    private const string Shapes = """
        namespace Sample;

        public /*closed*/ abstract record Happening { private protected Happening() { } }

        public sealed record Bought(long Minor) : Happening;

        public sealed record Repaid(long Minor) : Happening;

        public /*closed*/ abstract record Stage { private protected Stage() { } }

        public sealed record Open : Stage;

        public sealed record Shut : Stage;

        """;

    [Fact]
    public void A_complete_switch_passes()
    {
        (int exit, string output) = Build(Switch("(Open, _) => 1, (Shut, Bought) => 2, (Shut, Repaid) => 3"));
        Assert.True(exit == 0, output);
        Assert.Contains("closed 2 hierarchies", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_arm_fails_and_names_the_forgotten_pair()
    {
        (int exit, string output) = Build(Switch("(Open, _) => 1, (Shut, Bought) => 2"));
        Assert.NotEqual(0, exit);
        Assert.Contains("error CS8509", output, StringComparison.Ordinal);
        Assert.Contains("Sample.Shut, Sample.Repaid", output, StringComparison.Ordinal);
    }

    private static string Switch(string arms) =>
        $"static class A {{ static int F(Stage s, Happening h) => (s, h) switch {{ {arms} }}; }}";

    /// <summary>Builds the gate over sample sources in a folder of its own, so that the real gate's output is left alone.</summary>
    private static (int Exit, string Output) Build(string code)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mingzhang-gate-");
        try
        {
            string sources = folder.CreateSubdirectory("sources").FullName;
            File.WriteAllText(Path.Combine(sources, "Sample.cs"), Shapes + code);
            ProcessStartInfo start = new("dotnet")
            {
                WorkingDirectory = Repo.Root,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            string[] arguments =
            [
                "build", "gate/Mingzhang.Domain.Gate", "-m:1", "-v:minimal", "-nodeReuse:false", "--disable-build-servers",
                $"-p:GateSources={sources}", $"-p:ArtifactsPath={Path.Combine(folder.FullName, "artifacts")}",
            ];
            arguments.ToList().ForEach(start.ArgumentList.Add);

            // The test host hands its own build settings down; a build of its own starts clean.
            string[] handedDown = [.. start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase))];
            Array.ForEach(handedDown, name => start.Environment.Remove(name));

            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            string output = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
            process.WaitForExit();
            return (process.ExitCode, output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
