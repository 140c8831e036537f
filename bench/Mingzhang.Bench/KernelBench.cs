using System.Diagnostics;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;

namespace Mingzhang.Bench;

/// <summary>One decision and one day of the pure core, without engine, store or files: <c>kernel</c>.</summary>
/// <remarks>A decision is checks, events, the folded state and the invariants that are checked after every command.</remarks>
internal static class KernelBench
{
    private const int Rounds = 400;
    private const int PerRound = 2_000;

    private static readonly DateOnly First = new(2026, 3, 15);
    private static readonly DateOnly Today = new(2026, 5, 20);

    public static void Run()
    {
        var terms = Load.Book.Find("pay-later", 1)!;
        var typical = Typical(terms);
        var held = Accepted(typical, new AuthorisePurchase("p-x", Yuan(50), "shop", "m") { EffectiveOn = Today }, terms);
        Console.WriteLine(
            $"Typical account: {typical.Items.Count} due items, {typical.Bills.Count} bills, {typical.Purchases.Count} purchases.");
        Console.WriteLine();
        Console.WriteLine("| what | median µs | p99 µs | bytes | objects |");
        Console.WriteLine("|---|---|---|---|---|");
        Decision("authorise a purchase", typical, k => Authorise(10 + (k % 40)), terms);
        Decision("post a purchase (capture)", held, k => Capture(10 + (k % 40)), terms);
        Decision("post a repayment of a part", typical, k => Repay(10 + (k % 40)), terms);
        Decision("refuse (above the limit)", typical, _ => Authorise(9_999), terms);
        QuietDay(typical);
        Life(terms);
    }

    /// <summary>What each decision and schedule makes, by type: <c>objects</c>.</summary>
    public static void Objects()
    {
        var terms = Load.Book.Find("pay-later", 1)!;
        var typical = Typical(terms);
        var held = Accepted(typical, new AuthorisePurchase("p-x", Yuan(50), "shop", "m") { EffectiveOn = Today }, terms);
        ObjectCount.Told("authorise a purchase", Deciding(typical, k => Authorise(10 + (k % 40)), terms), PerRound);
        ObjectCount.Told("post a purchase (capture)", Deciding(held, k => Capture(10 + (k % 40)), terms), PerRound);
        ObjectCount.Told("post a repayment of a part", Deciding(typical, k => Repay(10 + (k % 40)), terms), PerRound);
        ObjectCount.Told("refuse (above the limit)", Deciding(typical, _ => Authorise(9_999), terms), PerRound);
    }

    private static AuthorisePurchase Authorise(long yuan) => new("p-y", Yuan(yuan), "shop", "m") { EffectiveOn = Today };

    private static CapturePurchase Capture(long yuan) => new("p-x", Yuan(yuan), true) { EffectiveOn = Today };

    private static ReceiveRepayment Repay(long yuan) =>
        new("r-x", [new RepaymentSource("card", Yuan(yuan))], null, Actor.Channel) { EffectiveOn = Today };

    // Two bills, the first paid; purchases on each; nothing overdue.
    private static AccountState Typical(ProductTerms terms)
    {
        var day = First;
        var state = AccountState.Empty(Load.Account(1), Currency.Cny);
        for (var n = 0; day < Today; n++, day = day.AddDays(1))
        {
            state = n == 0 ? Accepted(state, Opening, terms) : Passed(state, terms, day);
            if (n % 6 == 0)
            {
                var id = $"p-{n}";
                state = Accepted(state, new AuthorisePurchase(id, Yuan(30 + n), "shop", "m") { EffectiveOn = day }, terms);
                state = Accepted(state, new CapturePurchase(id, Yuan(30 + n), true) { EffectiveOn = day }, terms);
            }

            if (day.Day == 10 && state.LatestBill() is { Shortfall.IsPositive: true } bill)
            {
                state = Accepted(state, new ReceiveRepayment($"r-{n}", [new RepaymentSource("card", bill.Closing)], null, Actor.Channel)
                {
                    EffectiveOn = day,
                }, terms);
            }
        }

        return Passed(state, terms, Today);
    }

    private static void Decision(string name, AccountState state, Func<int, AccountCommand> command, ProductTerms terms) =>
        Measure(name, Deciding(state, command, terms), PerRound);

    private static Func<long> Deciding(AccountState state, Func<int, AccountCommand> command, ProductTerms terms)
    {
        var commands = Enumerable.Range(0, PerRound).Select(command).ToArray();
        return () =>
        {
            long sum = 0;
            foreach (var one in commands)
            {
                NoTrace trace = default;
                sum += AccountDecider.Decide(state, one, terms, Today, ref trace) is Accepted accepted ? accepted.Events.Count : 0;
            }

            return sum;
        };
    }

    // What the kernel does with an account that has nothing to do on a day.
    private static void QuietDay(AccountState state)
    {
        var day = Today;
        Measure("an account-day with nothing due", () =>
        {
            long due = 0;
            for (var n = 0; n < PerRound; n++)
            {
                due += state.NextDate <= day ? 1 : 0;
            }

            return due;
        }, PerRound);
    }

    // 66 days of one account from its opening, a purchase every sixth day, bills paid: every command and statement, by account-day.
    private static void Life(ProductTerms terms) => Measure(
        "an account-day of a life, commands and statements included", () => Typical(terms).Version, Today.DayNumber - First.DayNumber);

    private static void Measure(string name, Func<long> play, int each)
    {
        var took = new double[Rounds];
        var bytes = 0L;
        long check = 0;
        for (var round = -200; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var from = Stopwatch.GetTimestamp();
            check += play();
            var elapsed = Stopwatch.GetElapsedTime(from).TotalMicroseconds / each;
            if (round >= 0)
            {
                took[round] = elapsed;
                bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / each;
            }
        }

        Array.Sort(took);
        var objects = ObjectCount.Of(play, each).Sum(made => made.Objects);
        Console.WriteLine($"| {name} | {took[Rounds / 2]:0.0000} | {took[Rounds * 99 / 100]:0.0000} | {bytes} | {objects:0.0} |");
        GC.KeepAlive(check);
    }

    private static AccountState Passed(AccountState state, ProductTerms terms, DateOnly day)
    {
        while (state.NextDate <= day)
        {
            NoTrace trace = default;
            var next = state.NextDate;
            state = ((Accepted)AccountDecider.Decide(state, new PassDay { EffectiveOn = next }, terms, next, ref trace)).After;
        }

        return state;
    }

    private static AccountState Accepted(AccountState state, AccountCommand command, ProductTerms terms)
    {
        NoTrace trace = default;
        return AccountDecider.Decide(state, command, terms, command.EffectiveOn, ref trace) is Accepted accepted
            ? accepted.After : throw new InvalidOperationException($"{command} was refused");
    }

    private static OpenAccount Opening => new(
        Load.Account(1), "pay-later", 1, [new Consent("credit", "1")], new BankCard("token-1", "1234"),
        new Assessment("a-1", true, Yuan(5_000), "model-1", null), 10) { EffectiveOn = First };

    private static Money Yuan(long yuan) => Money.Of(yuan * 100, Currency.Cny);
}
