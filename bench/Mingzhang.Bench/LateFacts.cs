using System.Diagnostics;
using System.Globalization;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;

namespace Mingzhang.Bench;

/// <summary>Late facts on one account with a long history: where their time goes.</summary>
internal static class LateFacts
{
    private const int Days = 200;

    /// <summary>Builds the account, sends late facts, and tells the times.</summary>
    public static async Task RunAsync(Arguments arguments, Action<string> line)
    {
        using var house = await House.CreateAsync(arguments, 1);
        var account = AccountId.Of(new CustomerId(1), 1);
        await FillAsync(house.Engine, account, arguments.Rows);
        var before = house.Engine.Rows(account).Count;
        var times = new List<double>();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < arguments.Late; i++)
        {
            var from = Stopwatch.GetTimestamp();
            var on = house.Engine.BusinessDate.AddDays(-1 - (i % 30));
            var id = string.Create(CultureInfo.InvariantCulture, $"late-{i}");
            var result = await house.Engine.SubmitAsync(new CommandEnvelope(
                account, id, new PostOfflinePurchase(id, Money.Of(100 + i, Currency.Cny), "shop", "m") { EffectiveOn = on }, "bench"));
            times.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
            if (!result.IsAccepted)
            {
                throw new InvalidOperationException($"A late fact was refused: {result.Refusal}");
            }
        }

        var seconds = watch.Elapsed.TotalSeconds;
        var first = times[0];
        var (p50, p99) = Measures.Percentiles(times);
        line($"| {arguments.Late} late facts on an account of {before:#,0} rows | {seconds:0.0} s; "
            + $"first {first:0} ms, p50 {p50:0} ms, p99 {p99:0} ms |");
        Parts(house.Engine, account, line);
    }

    private static void Parts(CreditHouse house, AccountId account, Action<string> line)
    {
        for (var round = 0; round < 3; round++)
        {
            var from = Stopwatch.GetTimestamp();
            var rows = house.Rows(account);
            var read = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
            from = Stopwatch.GetTimestamp();
            var history = house.History(account);
            var decoded = Stopwatch.GetElapsedTime(from).TotalMilliseconds - read;
            from = Stopwatch.GetTimestamp();
            _ = Domain.Corrections.AccountCorrector.AsOf(history, house.Terms, house.BusinessDate, house.BusinessDate);
            var folded = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
            var bytes = rows.Sum(row => (long)row.Body.Length);
            var corrected = rows.Where(row => row.Body.AsSpan().IndexOf("account-corrected"u8) >= 0).ToList();
            line($"| parts, round {round + 1}: {rows.Count:#,0} rows, {bytes:#,0} bytes, of them {corrected.Count} corrections "
                + $"with {corrected.Sum(row => (long)row.Body.Length):#,0} "
                + $"| read {read:0} ms, decode {decoded:0} ms, fold once {folded:0} ms |");
        }
    }

    private static async Task FillAsync(CreditHouse house, AccountId account, int rows)
    {
        for (var (day, number) = (0, 0); day < Days; day++)
        {
            var commands = new List<CommandEnvelope>();
            for (var i = 0; i < rows / Days; i += 3, number++)
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"p{number:000000}");
                var amount = Money.Of(1_000, Currency.Cny);
                var on = house.BusinessDate;
                AccountCommand[] life =
                [
                    new AuthorisePurchase(id, amount, "shop", "merchant-42") { EffectiveOn = on },
                    new CapturePurchase(id, amount, true) { EffectiveOn = on },
                    new ReceiveRepayment(id, [new RepaymentSource("card-1", amount)], null, Actor.Channel) { EffectiveOn = on },
                ];
                commands.AddRange(life.Select((command, step) => new CommandEnvelope(account, $"{id}-{step}", command, "bench")));
            }

            _ = await house.SubmitManyAsync(commands);
            _ = await house.AdvanceDayAsync();
        }
    }
}
