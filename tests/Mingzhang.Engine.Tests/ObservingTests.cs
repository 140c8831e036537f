using System.Diagnostics.Metrics;
using Mingzhang.Engine.Observing;

namespace Mingzhang.Engine.Tests;

/// <summary>What a house tells of itself, and that it costs nothing while nobody asks. Alone: the instruments are the process's.</summary>
[CollectionDefinition(nameof(ObservingTests), DisableParallelization = true)]
[Collection(nameof(ObservingTests))]
public sealed class ObservingTests
{
    [Fact]
    public async Task Commands_are_counted_by_kind_outcome_and_code_and_the_book_by_gauges()
    {
        using var fixture = new HouseFixture();
        using var house = fixture.Open();
        var seen = new Dictionary<string, double>(StringComparer.Ordinal);
        using var listener = Listen(seen);
        await house.SubmitAsync(Sample.Open(1));
        await house.SubmitAsync(Sample.Open(1));
        await house.SubmitAsync(Sample.Open(1) with { Key = "open-again" });
        await house.SubmitAsync(Sample.Buy(1, "b", 1_000, Sample.Start));
        await house.SubmitManyAsync([Sample.Buy(1, "c", 1_000, Sample.Start), Sample.Buy(1, "d", 1_000, Sample.Start) with { Key = "" }]);
        await house.AdvanceDayAsync();

        Assert.Equal(1, seen["mingzhang.commands kind=OpenAccount outcome=accepted code=none"]);
        Assert.Equal(1, seen["mingzhang.commands kind=OpenAccount outcome=replayed code=none"]);
        Assert.Equal(1, seen["mingzhang.commands kind=OpenAccount outcome=refused code=ACCOUNT_ALREADY_OPEN"]);
        Assert.Equal(2, seen["mingzhang.commands kind=PostOfflinePurchase outcome=accepted code=none"]);
        Assert.True(seen["mingzhang.decision.duration"] > 0);
        Assert.True(seen.ContainsKey("mingzhang.day.duration outcome=done"));
        Assert.DoesNotContain(seen.Keys, key => key.Contains(Sample.Account(1).ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void While_nobody_listens_the_instruments_allocate_nothing()
    {
        var envelope = Sample.Open(1);
        var result = new CommandResult(new Domain.Accounts.AccountNotOpen(), null);
        Use();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
        {
            Use();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Use()
        {
            HouseMetrics.Decided(envelope.Command, result, HouseMetrics.Stamp());
            HouseMetrics.Transaction(3);
            HouseMetrics.Day(1, 3, failed: false);
            HouseMetrics.Violation("4");
        }
    }

    [Fact]
    public async Task Vitals_tell_of_the_last_day_end_and_of_the_writer()
    {
        using var fixture = new HouseFixture();
        using var house = fixture.Open();
        Assert.Null(house.Vitals().LastDay);
        await house.SubmitAsync(Sample.Open(1));
        await house.AdvanceToAsync(Sample.Start.AddMonths(2));
        await house.ProbeWriterAsync(TimeSpan.FromSeconds(30));
        await house.CatchUpFollowersAsync();
        var vitals = house.Vitals();
        Assert.Equal((false, 0, 0L), (vitals.LastDay!.Failed, vitals.LastDay.Parked, vitals.Backlog));
        Assert.True(vitals.LastDay is { Seconds: > 0, Accounts: > 0 }, vitals.ToString());
        Assert.All(vitals.Followers.Values, lag => Assert.Equal(0, lag));
    }

    [Fact]
    public async Task A_writer_that_failed_fails_its_probe()
    {
        using var fixture = new HouseFixture { BeforeCommit = rows => throw new IOException("no") };
        using var house = fixture.Open();
        await Assert.ThrowsAnyAsync<Exception>(() => house.SubmitAsync(Sample.Open(1)));
        await Assert.ThrowsAsync<Store.StoreException>(() => house.ProbeWriterAsync(TimeSpan.FromSeconds(30)));
    }

    private static MeterListener Listen(Dictionary<string, double> seen)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == HouseMetrics.Name)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(seen, instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(seen, instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(seen, instrument, value, tags));
        listener.Start();
        return listener;
    }

    private static void Add(
        Dictionary<string, double> seen, Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var name = instrument.Name;
        foreach (var (key, tag) in tags)
        {
            name += $" {key}={tag}";
        }

        lock (seen)
        {
            seen[name] = seen.GetValueOrDefault(name) + value;
        }
    }
}
