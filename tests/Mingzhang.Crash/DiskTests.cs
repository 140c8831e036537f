using Mingzhang.Crash.Tool;
using Mingzhang.Crash.Tool.Disks;
using Mingzhang.Engine;

namespace Mingzhang.Crash;

/// <summary>
/// T5, T6 and T7 at commit size: power cuts, failing I/O and full disks under a house on SQLite. More: <c>dotnet run -c Release --project
/// tests/Mingzhang.Crash.Tool -- power 40 500</c>, <c>sweep 1</c>, <c>full 100 ext4</c>.
/// </summary>
public sealed class DiskTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_power_cut_leaves_what_was_acknowledged()
    {
        PowerReport report = await new PowerRun(lives: 6, cuts: 24, seed: 5).RunAsync();
        output.WriteLine(report.Text);
        Assert.Empty(report.Violations);
        Assert.True(report.Cuts == 24 && report.Heard > 200 && report.Silences > 0, "hardly anything happened; the run proves nothing");
    }

    /// <summary>
    /// Killed between the write and the sync of a COMMIT, a house finds the rows in the machine's memory and answers with them: by then
    /// they have to be on disk.
    /// </summary>
    [Fact]
    public async Task What_is_answered_after_a_kill_outlives_a_power_cut()
    {
        using TestFolder folder = new();
        DiskRecord record = new();
        Request open = new(5_000, "open", House.Start, "open", "-", 500_000), buy = new(5_000, "buy", House.Start, "offline", "b", 700);
        string path = Path.Combine(folder.New(), "house.db");
        using (WatchedDisk disk = new(Path.GetDirectoryName(path)!) { Record = record })
        {
            using (CreditHouse house = House.Open(path, followers: false))
            {
                _ = await house.SubmitAsync(open.Envelope());
                await house.SettleAsync();
                bool gone = false;
                disk.Plan = ask => (gone |= ask.Act == DiskAct.Sync) ? DiskAnswer.Fails : DiskAnswer.Does;
                _ = await Assert.ThrowsAnyAsync<Exception>(() => house.SubmitManyAsync([buy.Envelope()]));
            }

            disk.Plan = null;
            using CreditHouse again = House.Open(path, followers: false); // these write, and so sync, by chance
            CommandResult answer = await again.SubmitAsync(buy.Envelope());
            record.Heard(buy.Key, answer.Replayed ? "replayed" : "new");
        }

        int heard = Enumerable.Range(1, record.Count).First(place => record.HeardBefore(place).Count > 0);
        Assert.Equal("replayed", record.HeardBefore(heard)[buy.Key]);
        string cut = folder.New(record.CutBefore(heard, Unsynced.Lost, new Random(1)));
        using CreditHouse after = House.Open(Path.Combine(cut, "house.db"));
        Assert.Contains(JournalAnswers.Of(after), row => row.Key == buy.Key);
    }

    [Theory]
    [InlineData(PowerPlant.NoSync)]
    [InlineData(PowerPlant.AckBeforeCommit)]
    public async Task A_power_cut_shows(PowerPlant plant)
    {
        PowerReport report = await new PowerRun(lives: 2, cuts: 24, seed: 5, plant).RunAsync();
        output.WriteLine(report.Text);
        Assert.NotEmpty(report.Violations);
    }

    [Fact]
    public async Task No_failing_write_sync_or_read_loses_an_answer()
    {
        SweepReport report = await new SweepRun(step: 97, seed: 6).RunAsync();
        output.WriteLine(report.Text);
        Assert.Empty(report.Violations);
        Assert.True(report.Stopped > 0 && report.Strikes.Count >= 5, "not every kind struck; the run proves nothing");
    }

    [Theory]
    [InlineData(SweepPlant.SwallowedWrite)]
    [InlineData(SweepPlant.SwallowedSync)]
    public async Task A_sweep_shows(SweepPlant plant)
    {
        SweepReport report = await new SweepRun(step: 17, seed: 6, plant).RunAsync();
        output.WriteLine(report.Text);
        Assert.NotEmpty(report.Violations);
    }

    [Fact]
    public async Task A_full_disk_stops_the_house_and_loses_nothing()
    {
        using BoundRoom room = new();
        FullReport report = await new FullRun(room, times: 4, seed: 7).RunAsync();
        output.WriteLine(report.Text);
        Assert.Empty(report.Violations);
        Assert.True(report is { Full: 4, Silences: > 0 }, "hardly anything happened; the run proves nothing");
    }

    [Fact]
    public async Task A_full_disk_shows_an_answer_before_COMMIT()
    {
        using BoundRoom room = new();
        FullReport report = await new FullRun(room, times: 3, seed: 7, Plant.AckBeforeCommit).RunAsync();
        output.WriteLine(report.Text);
        Assert.NotEmpty(report.Violations);
    }

    [Fact]
    public async Task A_full_disk_shows_a_write_that_is_swallowed()
    {
        using BoundRoom room = new() { Swallows = true };
        FullReport report = await new FullRun(room, times: 1, seed: 7).RunAsync();
        output.WriteLine(report.Text);
        Assert.Contains(report.Violations, one => (string[])["was answered", "lost", "verify", "malformed", "not back"] is var words
            && words.Any(word => one.Contains(word, StringComparison.Ordinal)));
    }
}
