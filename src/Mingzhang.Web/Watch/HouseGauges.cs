using System.Data.Common;
using System.Diagnostics.Metrics;
using Mingzhang.Engine;
using Mingzhang.Engine.Observing;
using Mingzhang.Services.Reading;
using Mingzhang.Store;

namespace Mingzhang.Web.Watch;

/// <summary>Instruments that look at this host's house when they are read.</summary>
internal sealed class HouseGauges : IHostedService, IDisposable
{
    private readonly CreditHouse _house;
    private readonly Meter _meter;

    /// <summary>Makes them.</summary>
    public HouseGauges(CreditHouse house, AccountReader reader, IMeterFactory factory)
    {
        _house = house;
        var meter = _meter = factory.Create(HouseMetrics.Name);
        meter.CreateObservableCounter("mingzhang.journal.position", () => house.LastPosition, "{row}", "Last committed journal position.");
        meter.CreateObservableGauge("mingzhang.queue.depth", () => house.Waiting, "{work}", "Work waiting in the lanes.");
        meter.CreateObservableCounter("mingzhang.cache.hits", () => house.CacheHits, "{account}", "Accounts found in memory.");
        meter.CreateObservableCounter("mingzhang.cache.misses", () => house.CacheMisses, "{account}", "Accounts read from the store.");
        meter.CreateObservableCounter(
            "mingzhang.history.entries", () => reader.EntriesRead, "{entry}", "Entries of histories read for views.");
        meter.CreateObservableGauge("mingzhang.backlog", () => Read(vitals => [new(vitals.Backlog)]), "{row}", "Rows not settled yet.");
        meter.CreateObservableGauge("mingzhang.follower.lag", () => Read(vitals => vitals.Followers.Select(Lag)), "{row}", "Rows behind.");
        meter.CreateObservableGauge(
            "mingzhang.day.rate", () => house.LastDay?.AccountsPerSecond ?? 0, "{account}/s", "Accounts a second in the last day end.");
        meter.CreateObservableGauge("mingzhang.up", () => house.Fault is null ? 1 : 0, "{house}", "1 while it runs, 0 when it stopped.");
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private static Measurement<long> Lag(KeyValuePair<string, long> lag) =>
        new(lag.Value, new KeyValuePair<string, object?>("follower", lag.Key));

    // A store that cannot be read has no figure; the health check says why.
    private IEnumerable<Measurement<long>> Read(Func<HouseVitals, IEnumerable<Measurement<long>>> figures)
    {
        try
        {
            return figures(_house.Vitals());
        }
        catch (Exception cause) when (cause is StoreException or DbException or ObjectDisposedException)
        {
            return [];
        }
    }
}
