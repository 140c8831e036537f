using Mingzhang.Crash.Tool;

namespace Mingzhang.Crash;

/// <summary>T4 at commit size: kill -9 under load. The long run is `dotnet run --project tests/Mingzhang.Crash.Tool -- kills
/// 200`.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    public static TheoryData<Plant> Plants => [.. Enum.GetValues<Plant>().Where(p => p != Plant.None)];

    [Fact]
    public void Nothing_acknowledged_is_lost_and_nothing_happens_twice()
    {
        KillReport report = new KillRun(kills: 20, seed: 4, verifyEvery: 4).Run();
        output.WriteLine(Report.Of(report));
        Assert.Empty(report.Violations);
        Assert.True(report.Acknowledged > 500, "hardly anything was acknowledged; the run proves nothing");
    }

    [Theory]
    [MemberData(nameof(Plants))]
    public void The_harness_catches(Plant plant)
    {
        KillReport report = new KillRun(kills: 6, seed: 7, plant).Run();
        output.WriteLine(report.Violations.Count == 0 ? "nothing noticed" : report.Violations[0]);
        Assert.NotEmpty(report.Violations);
    }
}
