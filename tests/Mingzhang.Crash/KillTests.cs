using Mingzhang.Crash.Tool;
using Mingzhang.Store.Postgres;

namespace Mingzhang.Crash;

/// <summary>T4 at commit size: kill -9 under load. The long run is `dotnet run --project tests/Mingzhang.Crash.Tool -- kills
/// 200`.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    public static TheoryData<Plant> Plants => [.. Enum.GetValues<Plant>().Where(p => p is not (Plant.None or Plant.NoSync))];

    [Fact]
    public void Nothing_acknowledged_is_lost_and_nothing_happens_twice()
    {
        KillReport report = new KillRun(kills: 20, seed: 4, verifyEvery: 4).Run();
        output.WriteLine(Report.Of(report));
        Assert.Empty(report.Violations);
        Assert.True(report.Acknowledged > 500, "hardly anything was acknowledged; the run proves nothing");
    }

    /// <summary>The same on PostgreSQL beside a second node that lives on and gets half of the load. Skipped where none is
    /// installed.</summary>
    [Fact]
    public void A_node_that_is_killed_leaves_the_other_and_the_books_sound()
    {
        using PrivateServer? server = PrivateServer.Start();
        Assert.SkipWhen(server is null, "PostgreSQL is not installed");
        KillReport report = new KillRun(kills: 8, seed: 5, verifyEvery: 4, database: server!.NewDatabase()).Run();
        output.WriteLine(Report.Of(report));
        Assert.Empty(report.Violations);
        Assert.True(report.Acknowledged > 200, "hardly anything was acknowledged; the run proves nothing");
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
