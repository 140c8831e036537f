using Mingzhang.Crash.Tool.Days;

namespace Mingzhang.Crash;

/// <summary>T12 at commit size: day ends killed and continued. More: `dotnet run -c Release --project tests/Mingzhang.Crash.Tool -- days
/// 1000000 100`.</summary>
public sealed class DayKillTests(ITestOutputHelper output)
{
    public static TheoryData<DayPlant> Plants => [.. Enum.GetValues<DayPlant>().Where(plant => plant != DayPlant.None)];

    [Fact]
    public async Task A_killed_day_end_that_is_continued_equals_one_that_was_never_killed()
    {
        DayKillReport report = await new DayRun(accounts: 2_000, days: 75, kills: 6, seed: 12).RunAsync();
        output.WriteLine(report.Text);
        Assert.Empty(report.Violations);

        // The day may end before the last kills; half of them it cannot escape.
        Assert.True(report.Kills >= 3 && report.Rows > 5 * report.Accounts, "hardly anything happened; the run proves nothing");
    }

    [Theory]
    [MemberData(nameof(Plants))]
    public async Task The_harness_catches(DayPlant plant)
    {
        DayKillReport report = await new DayRun(accounts: 150, days: 75, kills: 1, seed: 12, plant).RunAsync();
        output.WriteLine(report.Violations.Count == 0 ? "nothing noticed" : report.Violations[0]);
        Assert.NotEmpty(report.Violations);
    }
}
