using System.Diagnostics;
using System.Globalization;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Store.Postgres;

namespace Mingzhang.Bench.Side;

/// <summary>Days: a day end beside the same work as one statement, a day with nothing due, a day end beside traffic.</summary>
internal sealed class DayFigures(SideOptions options, Board board)
{
    private static readonly DateOnly Eve = new(2026, 1, 31);

    private int Accounts => options.DayAccounts;

    /// <summary>Measures.</summary>
    public async Task RunAsync()
    {
        for (var round = 0; round < options.Rounds; round++)
        {
            var chain = PrivateServer.IsPossible ? await OnServerAsync() : null;
            using var house = await DueAsync(new Arguments(["--folder", options.Folder]));
            var rate = await EndAsync(house);
            board.Add("day end on SQLite, every account due", "accounts/s", rate, null, $"{Accounts:#,0} accounts, a bill each");
            if (chain is { } set)
            {
                board.Add("day end on SQLite to the set-based statement", "x", rate / set, Goal.Least(1.2));
            }
        }

        for (var round = 0; round < options.Rounds; round++)
        {
            await BesideTrafficAsync();
        }

        await QuietAsync();
    }

    /// <summary>On one server: the set-based statement, then the engine; the rate of the first.</summary>
    private async Task<double?> OnServerAsync()
    {
        using var house = await DueAsync(new Arguments(["--postgres", "--folder", options.Folder]));
        var set = await SetBasedDay.RateAsync(house.Server!.Text("postgres"), Accounts);
        board.Add("the same day as one set-based statement in PostgreSQL", "accounts/s", set);
        var rate = await EndAsync(house);
        board.Add("day end on PostgreSQL, every account due", "accounts/s", rate);
        board.Add("day end on PostgreSQL to the set-based statement", "x", rate / set, Goal.Least(1.2));
        return set;
    }

    /// <summary>A house on the eve of the day on which every account gets its bill.</summary>
    private async Task<House> DueAsync(Arguments arguments)
    {
        var house = await House.CreateAsync(arguments, Accounts);
        for (var from = 1; from <= Accounts; from += 2_000)
        {
            var customers = Enumerable.Range(from, Math.Min(2_000, Accounts - from + 1)).ToList();
            await SubmitAsync(house, customers.Select(Bought));
        }

        await house.Engine.AdvanceToAsync(Eve);
        GC.Collect();
        return house;
    }

    private static async Task SubmitAsync(House house, IEnumerable<CommandEnvelope> envelopes)
    {
        var results = await house.Engine.SubmitManyAsync([.. envelopes]);
        if (results.FirstOrDefault(result => !result.IsAccepted) is { } refused)
        {
            throw new InvalidOperationException($"The load was refused: {refused.Refusal}");
        }
    }

    private static CommandEnvelope Bought(int customer) => new(
        Load.Account(customer), "bought",
        new PostOfflinePurchase("p", Money.Of(50_000 + customer, Currency.Cny), "shop", "merchant-42") { EffectiveOn = Load.Day }, "bench");

    private static async Task<double> EndAsync(House house)
    {
        var watch = Stopwatch.StartNew();
        var report = await house.Engine.AdvanceDayAsync();
        return report.Accounts / watch.Elapsed.TotalSeconds;
    }

    /// <summary>The same light traffic without and with a day end beside it.</summary>
    private async Task BesideTrafficAsync()
    {
        using var house = await DueAsync(new Arguments(["--folder", options.Folder]));
        var alone = await TrafficAsync(house, 1, () => Task.Delay(TimeSpan.FromSeconds(Math.Min(3, options.Seconds))));
        var day = Stopwatch.StartNew();
        var beside = await TrafficAsync(house, 2, async () =>
        {
            await house.Engine.AdvanceDayAsync();
            day.Stop();
        });
        board.Add("light traffic alone, p99", "ms", alone, null, "8 callers, a command each 2 ms");
        board.Add("the same beside a day end, p99", "ms", beside, null, $"the day end took {day.Elapsed.TotalSeconds:0.0} s");
        board.Add("p99 beside a day end to alone", "x", beside / alone, Goal.Most(2));
    }

    private async Task<double> TrafficAsync(House house, int seed, Func<Task> meanwhile)
    {
        using var stop = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            var (random, times) = (new Random((seed * 100) + caller), new List<double>());
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"t-{seed}-{caller}-{i}");
                var on = house.Engine.BusinessDate;
                var command = new PostOfflinePurchase(id, Money.Of(100, Currency.Cny), "shop", "m") { EffectiveOn = on };
                var from = Stopwatch.GetTimestamp();
                _ = await house.Engine.SubmitAsync(
                    new CommandEnvelope(Load.Account(1 + random.Next(Accounts)), id, command, "bench"));
                times.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
                await Task.Delay(2);
            }

            return times;
        })).ToList();
        await meanwhile();
        await stop.CancelAsync();
        var all = (await Task.WhenAll(callers)).SelectMany(times => times).ToList();
        return Measures.Percentiles(all).P99;
    }

    private async Task QuietAsync()
    {
        using var house = await House.CreateAsync(new Arguments(["--folder", options.Folder]), options.QuietAccounts);
        for (var round = 0; round < options.Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            var report = await house.Engine.AdvanceDayAsync();
            board.Add(
                "a day with nothing due", "s", watch.Elapsed.TotalSeconds, Goal.Most(1),
                $"{options.QuietAccounts:#,0} accounts, {report.Accounts} passed");
        }
    }
}
