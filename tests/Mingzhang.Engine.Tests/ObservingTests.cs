using System.Diagnostics;
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
        Assert.Equal(1, seen["mingzhang.commands kind=PostOfflinePurchase outcome=refused code=INVALID_COMMAND"]);
        Assert.True(house.CacheHits >= 4 && house.CacheMisses == 1, $"{house.CacheHits} and {house.CacheMisses}");
        foreach (var name in (string[])["command.duration", "decision.duration", "commit.duration", "batch.rows"])
        {
            Assert.True(seen["mingzhang." + name] > 0, name);
        }

        Assert.True(seen.ContainsKey("mingzhang.day.duration outcome=done"));
        Assert.DoesNotContain(seen.Keys, key => key.Contains(Sample.Account(1).ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_command_is_one_span_with_its_stages_and_names_no_account()
    {
        using var fixture = new HouseFixture();
        using var house = fixture.Open();
        var ended = new List<Activity>();
        using var listener = Spans(ended);
        using var caller = new Activity("caller").Start();
        await house.SubmitAsync(Sample.Open(770_077));
        Assert.Same(caller, Activity.Current);
        await house.SubmitManyAsync([Sample.Buy(770_077, "c", 1_000, Sample.Start)]);

        var spans = Of(ended, caller);
        Assert.Equal(["command OpenAccount", "command PostOfflinePurchase"], spans.Select(span => span.OperationName));
        foreach (var span in spans)
        {
            Assert.Equal(["decided", "committed"], span.Events.Select(stage => stage.Name));
            Assert.Equal("accepted", span.GetTagItem("mingzhang.outcome"));
            Assert.DoesNotContain(span.TagObjects, tag => $"{tag.Value}".Contains("770077", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_command_the_house_stopped_on_is_a_failed_span()
    {
        using var fixture = new HouseFixture { BeforeCommit = rows => throw new IOException("no") };
        using var house = fixture.Open();
        var ended = new List<Activity>();
        using var listener = Spans(ended);
        using var caller = new Activity("caller").Start();
        await Assert.ThrowsAnyAsync<Exception>(() => house.SubmitAsync(Sample.Open(1)));
        Assert.Equal(ActivityStatusCode.Error, Assert.Single(Of(ended, caller)).Status);
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
            var stamp = HouseMetrics.Stamp();
            HouseMetrics.Decided(stamp);
            HouseMetrics.Committed(3, stamp);
            HouseMetrics.Answered(envelope.Command, result, stamp);
            CommandSpan.Stage(CommandSpan.Begin(envelope), "decided");
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

    private static ActivityListener Spans(List<Activity> ended)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == HouseMetrics.Name,
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                lock (ended)
                {
                    ended.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static List<Activity> Of(List<Activity> ended, Activity caller)
    {
        lock (ended)
        {
            return ended.FindAll(one => one.ParentSpanId == caller.SpanId);
        }
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
