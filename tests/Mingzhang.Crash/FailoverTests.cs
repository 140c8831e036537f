using Mingzhang.Crash.Tool.Failovers;

namespace Mingzhang.Crash;

/// <summary>T10 at commit size. More: <c>dotnet run -c Release --project tests/Mingzhang.Crash.Tool -- failovers 50</c>. Skipped where
/// PostgreSQL is not installed.</summary>
public sealed class FailoverTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_synchronous_standby_has_everything_that_was_acknowledged()
    {
        FailoverReport report = await RunAsync(FailoverPlant.None);
        Assert.Empty(report.Violations);
        Assert.True(report.Heard > 200, "hardly anything happened; the run proves nothing");
    }

    [Theory]
    [InlineData(FailoverPlant.Asynchronous)]
    [InlineData(FailoverPlant.AckBeforeCommit)]
    public async Task A_failover_shows(FailoverPlant plant)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("MZ_LONG") is null, "takes long: set MZ_LONG=1");
        Assert.NotEmpty((await RunAsync(plant)).Violations);
    }

    private async Task<FailoverReport> RunAsync(FailoverPlant plant)
    {
        FailoverReport? report = await new FailoverRun(failovers: 1, seed: 10, plant).RunAsync();
        Assert.SkipWhen(report is null, "PostgreSQL is not installed");
        output.WriteLine(report!.Text);
        return report;
    }
}
