using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Mingzhang.Crash.Tool;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Engine.Encoding;
using Mingzhang.Engine.Verification;
using Mingzhang.Store;

namespace Mingzhang.Crash;

/// <summary>T8: many callers, duplicates, no order; one hot account and a thousand others. MZ_SIM_SCALE multiplies the commands.</summary>
public sealed class StormTests(ITestOutputHelper output)
{
    private const int Callers = 64;
    private const int Accounts = 1_000;

    private static int Commands => 100_000 * int.Parse(
        Environment.GetEnvironmentVariable("MZ_SIM_SCALE") ?? "1", CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_storm_is_linear_per_account_and_every_duplicate_gets_the_same_bytes()
    {
        Storm storm = await Storm.RunAsync(Commands, Callers, Accounts, Answers.Honest);
        output.WriteLine(storm.Summary);
        Assert.Null(storm.Problem());
    }

    /// <summary>The checker must notice an answer that is not the journal's, an order that time forbids, and a limit that is
    /// exceeded.</summary>
    [Theory]
    [InlineData(Answers.OtherBytes)]
    [InlineData(Answers.OutOfOrder)]
    [InlineData(Answers.AcceptedAboveLimit)]
    public async Task The_checker_catches(Answers plant)
    {
        Storm storm = await Storm.RunAsync(4_000, 16, 20, plant);
        string? problem = storm.Problem();
        output.WriteLine(problem ?? "nothing noticed");
        Assert.NotNull(problem);
    }

    /// <summary>How the storm's own record is falsified before it is checked.</summary>
    public enum Answers
    {
        Honest, OtherBytes, OutOfOrder, AcceptedAboveLimit,
    }

    private sealed record Call(Request Request, long Asked, long Answered, long Sequence, bool Accepted, byte[] Body);

    private sealed class Storm
    {
        private readonly ConcurrentBag<Call> _calls = [];
        private Dictionary<AccountId, IReadOnlyList<JournalRow>> _rows = [];
        private VerifyReport? _verified;
        private Answers _plant;

        public string Summary { get; private set; } = "";

        public static async Task<Storm> RunAsync(int commands, int callers, int accounts, Answers plant)
        {
            DirectoryInfo folder = Directory.CreateTempSubdirectory("mz-storm-");
            try
            {
                using CreditHouse house = House.Open(Path.Combine(folder.FullName, "house.db"));
                Storm storm = new() { _plant = plant };
                List<Request> requests = Make(house.BusinessDate, commands, accounts);
                Stopwatch watch = Stopwatch.StartNew();
                int next = -1;
                await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
                {
                    for (int i = Interlocked.Increment(ref next); i < requests.Count; i = Interlocked.Increment(ref next))
                    {
                        await storm.AskAsync(house, requests[i]);
                    }
                })));
                TimeSpan took = watch.Elapsed;
                storm._rows = requests.Select(r => r.Account).Distinct().ToDictionary(a => a, house.Rows);
                storm._verified = await house.VerifyAsync();
                int seen = storm._rows.Count;
                storm.Summary = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{requests.Count} commands, {callers} callers, {seen} accounts, {took.TotalSeconds:0.0} s");
                return storm;
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }

        /// <summary>The first thing that is wrong, or null.</summary>
        public string? Problem()
        {
            if (!_verified!.IsSound || _verified.TrialBalanceMinor != 0)
            {
                return "verify: " + _verified.First;
            }

            List<Call> calls = [.. _calls.OrderBy(c => c.Asked)];
            if (_plant == Answers.OtherBytes)
            {
                calls[7] = calls[7] with { Body = [.. calls[7].Body, 32] };
            }

            return calls.GroupBy(c => c.Request.Account).Select(g => OfAccount(g.Key, [.. g])).FirstOrDefault(p => p is not null);
        }

        private async Task AskAsync(CreditHouse house, Request request)
        {
            long asked = Stopwatch.GetTimestamp();
            CommandResult result = await house.SubmitAsync(request.Envelope());
            _calls.Add(new Call(request, asked, Stopwatch.GetTimestamp(), result.Sequence, result.IsAccepted, result.Body.ToArray()));
        }

        /// <summary>Openings first in the list but shuffled with the rest near them; three of ten commands are repeats of others.</summary>
        private static List<Request> Make(DateOnly today, int commands, int accounts)
        {
            Random random = new(20261122);
            List<Request> list = [.. Enumerable.Range(0, accounts + 1).Select(n => new Request(5_000 + n, "open", today, "open", "-",
                100_000))];
            while (list.Count < commands)
            {
                if (random.Next(10) < 3)
                {
                    list.Add(list[random.Next(list.Count)]);
                    continue;
                }

                string key = "k" + list.Count.ToString(CultureInfo.InvariantCulture);
                long customer = 5_000 + (random.Next(4) == 0 ? 0 : random.Next(accounts + 1));
                string verb = random.Next(10) < 6 ? "authorise" : random.Next(2) == 0 ? "repay" : "offline";
                list.Add(new Request(customer, key, today, verb, verb + key, 1 + random.Next(verb == "authorise" ? 40_000 : 4_000)));
            }

            for (int i = list.Count - 1; i > 0; i--)
            {
                int j = Math.Max(0, i - random.Next(2_000));
                (list[i], list[j]) = (list[j], list[i]);
            }

            return list;
        }

        private string? OfAccount(AccountId account, List<Call> calls)
        {
            IReadOnlyList<JournalRow> rows = _rows[account];
            Dictionary<string, JournalRow> byKey = [];
            foreach (JournalRow row in rows)
            {
                if (!byKey.TryAdd(row.Key, row))
                {
                    return $"{account}: key {row.Key} stands twice";
                }
            }

            foreach (Call call in calls)
            {
                if (!byKey.TryGetValue(call.Request.Key, out JournalRow? row) || row.Sequence != call.Sequence
                    || !row.Body.AsSpan().SequenceEqual(call.Body))
                {
                    return $"{account}: the answer to {call.Request.Key} is not the journal's";
                }
            }

            return Times(account, calls) ?? Alone(account, rows, calls);
        }

        /// <summary>Real time: a command answered before another was asked stands before it.</summary>
        private string? Times(AccountId account, List<Call> calls)
        {
            // Only the first answer of a key says when it was decided at the latest; its first asking says when at the earliest.
            List<(long Asked, long Answered, long Sequence)> firsts = [.. calls.GroupBy(c => c.Request.Key)
                .Select(g => (g.Min(c => c.Asked), g.Min(c => c.Answered), g.First().Sequence)).OrderBy(f => f.Sequence)];
            if (_plant == Answers.OutOfOrder && firsts.Count > 2)
            {
                firsts[^1] = (firsts[0].Asked - 2, firsts[0].Asked - 1, firsts[^1].Sequence);
            }

            long latestAsked = long.MinValue;
            foreach ((long asked, long answered, long sequence) in firsts)
            {
                if (answered < latestAsked)
                {
                    return $"{account}: sequence {sequence} was answered before an earlier one was even asked";
                }

                latestAsked = Math.Max(latestAsked, asked);
            }

            return null;
        }

        /// <summary>One caller alone, in the order of the journal, gets the same bytes, and no accepted authorisation exceeds the
        /// limit.</summary>
        private string? Alone(AccountId account, IReadOnlyList<JournalRow> rows, List<Call> calls)
        {
            Dictionary<string, Request> requests = calls.DistinctBy(c => c.Request.Key).ToDictionary(c => c.Request.Key, c => c.Request);
            AccountState state = AccountState.Empty(account, Currency.Cny);
            NoTrace trace = default;
            foreach (JournalRow row in rows)
            {
                Request request = requests[row.Key];
                AccountCommand command = request.Envelope().Command;
                Decision decision = AccountDecider.Decide(state with { Version = row.Sequence - 1 }, command, House.Terms,
                    row.BookedOn, ref trace);
                byte[] body = decision switch
                {
                    Accepted accepted => DomainJson.Write(accepted.Events),
                    Refused refused => DomainJson.Write(refused.Reason),
                    _ => [],
                };
                if (!body.AsSpan().SequenceEqual(row.Body))
                {
                    return $"{account}: sequence {row.Sequence} alone would have got another answer";
                }

                state = decision is Accepted yes ? yes.After : state;
                long available = state.Available(row.BookedOn, null).MinorUnits - (_plant == Answers.AcceptedAboveLimit ? 100_000 : 0);
                if (decision is Accepted && request.Verb == "authorise" && available < 0)
                {
                    return $"{account}: sequence {row.Sequence} exceeds the limit";
                }
            }

            return null;
        }
    }
}
