using Mingzhang.Crash.Tool.Clocks;

namespace Mingzhang.Crash;

/// <summary>T11 at commit size. More: <c>dotnet run -c Release --project tests/Mingzhang.Crash.Tool -- clocks 200</c>.</summary>
public sealed class ClockTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Books_do_not_know_that_machine_time_jumped()
    {
        ClockReport report = await new ClockRun(twins: 2, seed: 11).RunAsync();
        output.WriteLine(report.Text);
        Assert.Empty(report.Violations);
        Assert.True(report is { Jumps: > 100, Rows: > 400 }, "hardly anything happened; the run proves nothing");
    }

    [Fact]
    public async Task A_day_taken_from_the_machine_shows()
    {
        ClockReport report = await new ClockRun(twins: 1, seed: 11, ClockPlant.DayOfTheMachine).RunAsync();
        output.WriteLine(report.Text);
        Assert.NotEmpty(report.Violations);
    }
}
