using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Approvals;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Verification;
using Npgsql;

namespace Mingzhang.Engine.Tests;

/// <summary>Several houses on one PostgreSQL database, each of which serves every account. Skipped where no server is installed.</summary>
public sealed class NodesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Nodes_that_meet_on_the_same_accounts_never_pass_a_limit_and_answer_a_key_once(int lanes)
    {
        const int customers = 3;
        const int purchases = 120;
        using var fixture = new HouseFixture(server: true);
        using var first = fixture.Open(lanes);
        using var second = fixture.Open(lanes);
        for (var customer = 1; customer <= customers; customer++)
        {
            Assert.True((await first.SubmitAsync(Sample.Open(customer, limit: 50_000))).IsAccepted);
        }

        // 120 purchases of 1,000 on a limit of 50,000; every one is sent to both nodes, from many callers, in other orders.
        var sent = Enumerable.Range(0, customers * purchases).Select(number =>
            Sample.Authorise(1 + (number % customers), $"p{number:0000}", 1_000, Sample.Start)).ToList();
        var answers = await Task.WhenAll(
            SendAsync(first, sent, new Random(1)), SendAsync(second, sent, new Random(2)));
        foreach (var envelope in sent)
        {
            var (one, other) = (answers[0][envelope.Key], answers[1][envelope.Key]);
            Assert.Equal(one.Sequence, other.Sequence);
            Assert.Equal(one.Body.ToArray(), other.Body.ToArray());
            Assert.Equal(one.IsAccepted, other.IsAccepted);
        }

        Assert.Equal(customers * 50, answers[0].Values.Count(answer => answer.IsAccepted));
        for (var customer = 1; customer <= customers; customer++)
        {
            var state = await first.ReadAsync(Sample.Account(customer));
            Assert.Equal(state, await second.ReadAsync(Sample.Account(customer)));
            Assert.Equal(0, state!.Available(Sample.Start, null).MinorUnits);
        }

        var report = await second.VerifyAsync();
        Assert.True(report.IsSound, report.First?.ToString());
        Assert.Equal(customers * (purchases + 1), report.Rows);
    }

    [Fact]
    public async Task A_node_whose_beat_hangs_asks_the_journal_before_it_answers()
    {
        using var fixture = new HouseFixture(server: true);
        using var first = fixture.Open();
        Assert.True((await first.SubmitAsync(Sample.Open(5))).IsAccepted);
        await using var outside = new NpgsqlConnection(fixture.Path);
        await outside.OpenAsync(TestContext.Current.CancellationToken);
        await using var hold = await outside.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var row = new NpgsqlCommand("SELECT number FROM node FOR UPDATE", outside, hold))
        {
            await row.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        using var second = fixture.Open();
        var written = await second.SubmitAsync(Sample.Buy(5, "p", 100, Sample.Start));
        Assert.True(written.IsAccepted);
        var read = Task.Run(() => first.ReadAsync(Sample.Account(5)), TestContext.Current.CancellationToken);
        await hold.RollbackAsync(TestContext.Current.CancellationToken);
        Assert.Equal(written.After, await read);
    }

    [Fact]
    public async Task What_one_node_answered_the_other_reads_and_refuses_by_at_once()
    {
        using var fixture = new HouseFixture(server: true);
        using var first = fixture.Open();
        using var second = fixture.Open();
        Assert.Null(await second.ReadAsync(Sample.Account(5)));
        Assert.True((await first.SubmitAsync(Sample.Open(5))).IsAccepted);
        for (var i = 0; i < 40; i++)
        {
            var (writes, reads) = i % 2 == 0 ? (first, second) : (second, first);
            var written = await writes.SubmitAsync(Sample.Buy(5, $"p{i}", 100 + i, Sample.Start));
            Assert.True(written.IsAccepted);
            Assert.Equal(written.After, await reads.ReadAsync(Sample.Account(5)));
            var seen = new ExpectedState(written.After!.Version, Sample.Start);
            var expected = Sample.Buy(5, $"q{i}", 1, Sample.Start) with { Expected = seen };
            Assert.True((await reads.SubmitAsync(expected)).IsAccepted);
            Assert.IsType<ChangedSince>((await writes.SubmitAsync(expected with { Key = "again" })).Refusal);
        }
    }

    [Fact]
    public async Task A_day_that_passes_on_one_node_has_passed_on_the_other()
    {
        using var fixture = new HouseFixture(server: true);
        using var first = fixture.Open();
        using var second = fixture.Open();
        for (var customer = 1; customer <= 20; customer++)
        {
            await first.SubmitAsync(Sample.Open(customer));
            await second.SubmitAsync(Sample.Buy(customer, "p1", 100_000, Sample.Start));
        }

        using var stop = new CancellationTokenSource();
        var traffic = Task.Run(async () =>
        {
            var last = Sample.Start;
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                var result = await second.SubmitAsync(Sample.Buy(1 + (i % 20), $"t{i}", 10, second.BusinessDate));
                if (result.Sequence > 0)
                {
                    Assert.True(result.BookedOn >= last, $"booked on {result.BookedOn} after {last}");
                    last = result.BookedOn!.Value;
                }
            }
        });
        var (report, refusal) = await first.AdvanceToAsync(Sample.Start.AddDays(70));
        await stop.CancelAsync();
        await traffic;
        Assert.Null(refusal);
        Assert.NotNull(report); // its count depends on how many accounts the traffic passed first
        for (var customer = 1; customer <= 20; customer++)
        {
            Assert.True((await second.ReadAsync(Sample.Account(customer)))!.NextDate > Sample.Start.AddDays(70));
        }

        Assert.Equal(Sample.Start.AddDays(70), second.BusinessDate); // the reads asked the journal; nothing else says when it is known

        var verified = await first.VerifyAsync();
        Assert.True(verified.IsSound, verified.First?.ToString());
        var bought = await second.SubmitAsync(Sample.Buy(3, "later", 50, Sample.Start.AddDays(70)));
        Assert.Equal(Sample.Start.AddDays(70), bought.BookedOn);
    }

    [Fact]
    public async Task The_leader_follows_the_journal_for_all_and_the_next_one_goes_on()
    {
        using var fixture = new HouseFixture(server: true);
        using var second = await LeaderAndSecondAsync(fixture);
        await second.SubmitAsync(Sample.Buy(1, "p2", 200, Sample.Start));
        await second.CatchUpFollowersAsync(new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token);
        Assert.True(second.Leads);
        Assert.True(second.Nodes() is { Leads: true, HasLeader: true });
        var report = await second.VerifyAsync();
        Assert.True(report.IsSound, report.First?.ToString());
    }

    [Fact]
    public async Task A_published_version_is_known_to_the_other_node_before_it_decides_again()
    {
        using var fixture = new HouseFixture(server: true);
        using var first = fixture.Open();
        using var second = fixture.Open();
        var fork = await OpenAndForkAsync(first);
        Assert.Equal(Sample.Start, second.BusinessDateOf(fork));
        var (state, refusal) = await first.AdvanceForkAsync(fork, Sample.Start.AddDays(9));
        Assert.Null(refusal);
        Assert.Equal(state, await second.ReadAsync(fork));
        Assert.Equal(Sample.Start.AddDays(9), second.BusinessDateOf(fork));
    }

    private static async Task<AccountId> OpenAndForkAsync(CreditHouse house)
    {
        await house.SubmitAsync(Sample.Open(1));
        var (fork, refusal) = await house.ForkAsync(Sample.Account(1), "test");
        Assert.Null(refusal);
        return fork!.Value;
    }

    private static async Task<CreditHouse> LeaderAndSecondAsync(HouseFixture fixture)
    {
        using var first = fixture.Open();
        var second = fixture.Open();
        Assert.True(first.Leads);
        Assert.False(second.Leads);
        await Until(() => first.Nodes() == new Observing.NodesSeen(2, Leads: true, HasLeader: true));
        Assert.Equal(new Observing.NodesSeen(2, Leads: false, HasLeader: true), second.Nodes());
        await second.SubmitAsync(Sample.Open(1));
        await second.SubmitAsync(Sample.Buy(1, "p1", 100, Sample.Start));
        await second.CatchUpFollowersAsync(new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token);
        return second;
    }

    private static async Task Until(Func<bool> holds)
    {
        for (var tries = 0; !holds(); tries++)
        {
            Assert.True(tries < 200, "not within twenty seconds");
            await Task.Delay(100);
        }
    }

    private static async Task<Dictionary<string, CommandResult>> SendAsync(CreditHouse house, List<CommandEnvelope> sent, Random random)
    {
        var order = sent.OrderBy(_ => random.Next()).ToList();
        var results = await Task.WhenAll(order.Select(envelope => Task.Run(() => house.SubmitAsync(envelope))));
        return order.Zip(results).ToDictionary(pair => pair.First.Key, pair => pair.Second);
    }
}
