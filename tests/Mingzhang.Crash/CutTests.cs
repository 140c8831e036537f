using Mingzhang.Crash.Tool.Cuts;
using Mingzhang.Store.Postgres;

namespace Mingzhang.Crash;

/// <summary>T9 at commit size: COMMITs cut off on their way and refused for reasons that pass. More: `dotnet run --project
/// tests/Mingzhang.Crash.Tool -- cuts 1000`. Skipped where PostgreSQL is not installed.</summary>
public sealed class CutTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_commit_that_is_cut_off_loses_nothing_and_happens_once()
    {
        using PrivateServer server = Server();
        using CutRun run = new(server, faults: 18, seed: 9);
        CutReport report = await run.RunAsync();
        output.WriteLine(report.Text);
        Assert.Empty(report.Violations);
        Assert.True(report.Faults.Count == 6 && report.Unknown > 0 && report.Done > 0, "not every kind struck; the run proves nothing");
    }

    [Fact]
    public async Task A_house_that_may_connect_again_outlives_it_and_answers_every_caller()
    {
        using PrivateServer server = Server();
        using CutRun run = new(server, faults: 24, seed: 10, outlives: true);
        CutReport report = await run.RunAsync();
        output.WriteLine(report.Text);
        Assert.Empty(report.Violations);
        Assert.Equal((6, 0, 0), (report.Faults.Count, report.Stops, report.Unknown));
    }

    [Fact]
    public async Task The_harness_catches_what_is_planted()
    {
        using PrivateServer server = Server();
        foreach (CutPlant plant in Enum.GetValues<CutPlant>().Where(plant => plant != CutPlant.None))
        {
            using CutRun run = new(server, faults: 6, seed: 9, plant);
            CutReport report = await run.RunAsync();
            output.WriteLine($"{plant}: {(report.Violations.Count == 0 ? "nothing noticed" : report.Violations[0])}");
            Assert.True(report.Violations.Count > 0, $"{plant} was not noticed");
        }
    }

    private static PrivateServer Server()
    {
        PrivateServer? server = PrivateServer.Start();
        Assert.SkipWhen(server is null, "PostgreSQL is not installed");
        return server!;
    }
}
