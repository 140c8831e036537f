using Dapper;
using Mingzhang.Engine.Followers;

namespace Mingzhang.Engine.Tests;

/// <summary>Webhooks against a real HTTP server on the loopback address.</summary>
public sealed class WebhookTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_event_arrives_signed_in_the_order_of_its_account_and_once_when_the_receiver_is_well()
    {
        using var fixture = new HouseFixture();
        using var house = fixture.Open();
        await using var receiver = await Receiver.StartAsync(_ => 200);
        await FillAsync(house, receiver.Url);
        using var deliverer = Deliverer(house, new MovingTime());
        await DeliverAllAsync(deliverer);
        Assert.Equal(Expected(house), receiver.Received.Select(message => message.Id));
        Assert.All(receiver.Received, message => Assert.Equal(
            WebhookDeliverer.Sign("s", MovingTime.Start.ToUnixTimeSeconds(), message.Body), message.Signature));
        Assert.All(receiver.Received, message => Assert.Contains($"\"id\":\"{message.Id}\"", message.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failing_receiver_gets_each_event_again_later_in_order_and_none_is_lost_over_a_restart()
    {
        using var fixture = new HouseFixture();
        var (random, time) = (new Random(5), new MovingTime());
        await using var receiver = await Receiver.StartAsync(_ => random.Next(3) switch { 0 => 500, 1 => 0, _ => 204 });
        List<string> expected;
        using (var house = fixture.Open())
        {
            await FillAsync(house, receiver.Url);
            expected = Expected(house);
            using var deliverer = Deliverer(house, time);
            for (var i = 0; i < 20; i++)
            {
                await DeliverAllAsync(deliverer);
                time.Now += TimeSpan.FromSeconds(60);
            }

            fixture.Crash();
        }

        using var again = fixture.Open();
        using var second = Deliverer(again, time);
        for (var i = 0; i < 400 && Waiting(again) > 0; i++)
        {
            await DeliverAllAsync(second);
            time.Now += TimeSpan.FromHours(7);
        }

        Assert.Equal(0, Waiting(again));
        var accepted = receiver.Received.Where(message => message.Answer == 204).ToList();
        Assert.Equal(expected.Order(), accepted.Select(message => message.Id).Distinct().Order());
        foreach (var account in accepted.GroupBy(message => message.Account))
        {
            Assert.Equal(account.OrderBy(message => message.Place).Select(message => message.Id), account.Select(message => message.Id));
        }

        Assert.True(accepted.Count <= expected.Count + 1, $"{accepted.Count} for {expected.Count}");
        Assert.Contains(receiver.Received, message => message.Answer == 0);
    }

    [Fact]
    public async Task Attempts_wait_longer_each_time_and_an_event_given_up_lets_the_next_one_go()
    {
        using var fixture = new HouseFixture();
        using var house = fixture.Open();
        await using var receiver = await Receiver.StartAsync(message => message.Place == (1, 0) ? 500 : 200);
        await FillAsync(house, receiver.Url);
        var time = new MovingTime();
        using var deliverer = Deliverer(house, time, attempts: 4);
        var at = new List<double>();
        for (var second = 0; second < 400; second++)
        {
            var before = receiver.Received.Count(message => message.Place == (1, 0));
            await DeliverAllAsync(deliverer);
            at.AddRange(Enumerable.Repeat((double)second, receiver.Received.Count(message => message.Place == (1, 0)) - before));
            time.Now += TimeSpan.FromSeconds(1);
        }

        Assert.Equal([0, 20, 60, 140], at);
        var dead = receiver.Received.Where(message => message.Account == receiver.Received[0].Account).ToList();
        Assert.Equal(4, dead.TakeWhile(message => message.Place == (1, 0)).Count());
        Assert.Equal(Expected(house).Count - 1, receiver.Received.Count(message => message.Answer == 200));
        using var connection = house.OpenReadOnly();
        Assert.Equal((4L, long.MaxValue, "answered 500"), connection.QuerySingle<(long, long, string)>(
            "SELECT attempts, next_attempt, last_error FROM outbox WHERE partition_id >= 0 AND delivered_at = 0"));
    }

    [Fact]
    public async Task A_receiver_that_hangs_costs_its_timeout_and_the_other_endpoint_its_events_nothing()
    {
        using var fixture = new HouseFixture();
        using var house = fixture.Open();
        await using var slow = await Receiver.StartAsync(_ => -1);
        await using var well = await Receiver.StartAsync(_ => 200);
        await AddAsync(house, "a-slow", slow.Url);
        await FillAsync(house, well.Url);
        using var deliverer = new WebhookDeliverer(house, new WebhookOptions
        {
            AllowLoopback = true, Time = new MovingTime(), Timeout = TimeSpan.FromMilliseconds(300),
        });
        await DeliverAllAsync(deliverer);
        Assert.Equal(Expected(house), well.Received.Select(message => message.Id));
        using var connection = house.OpenReadOnly();
        Assert.Equal("took too long", connection.QuerySingle<string>(
            "SELECT last_error FROM outbox WHERE partition_id >= 0 AND webhook_id = 'a-slow' AND attempts > 0"));
    }

    [Fact]
    public async Task An_endpoint_gets_only_the_kinds_it_wants()
    {
        using var fixture = new HouseFixture();
        using var house = fixture.Open();
        await using var receiver = await Receiver.StartAsync(_ => 200);
        await house.WriteAsync((connection, transaction) => connection.Execute(
            "INSERT INTO webhook (id, url, secret, since, active, kinds) VALUES ('some', @url, 's', 0, 1, '|account-opened|')",
            new { url = receiver.Url }, transaction));
        await house.SubmitAsync(Sample.Open(1));
        await house.SubmitAsync(Sample.Buy(1, "p", 100, Sample.Start));
        await house.CatchUpFollowersAsync(Cancel);
        using var deliverer = Deliverer(house, new MovingTime());
        await DeliverAllAsync(deliverer);
        Assert.Contains("\"account-opened.v1\"", Assert.Single(receiver.Received).Body, StringComparison.Ordinal);
        Assert.True((await house.VerifyAsync()).IsSound);
    }

    [Fact]
    public async Task An_endpoint_that_failed_for_five_days_is_paused_and_loses_nothing()
    {
        using var fixture = new HouseFixture();
        using var house = fixture.Open();
        var answer = 500;
        await using var receiver = await Receiver.StartAsync(_ => answer);
        await FillAsync(house, receiver.Url);
        var time = new MovingTime();
        using var deliverer = Deliverer(house, time, attempts: 1000);
        for (var hour = 0; hour <= 5 * 24; hour += 3)
        {
            Assert.Equal(1, Active(house));
            await DeliverAllAsync(deliverer);
            time.Now += TimeSpan.FromHours(3);
        }

        await DeliverAllAsync(deliverer);
        Assert.Equal(0, Active(house));
        var waiting = Waiting(house);
        Assert.True(waiting > 0);
        answer = 200;
        await house.WriteAsync((connection, _) => connection.Execute("UPDATE webhook SET active = 1, failing_since = 0 WHERE id = 'w'"));
        for (var i = 0; i < 20; i++)
        {
            time.Now += TimeSpan.FromHours(7);
            await DeliverAllAsync(deliverer);
        }

        Assert.Equal(0, Waiting(house));
        Assert.Equal(1, Active(house));
    }

    private static long Active(CreditHouse house)
    {
        using var connection = house.OpenReadOnly();
        return connection.ExecuteScalar<long>("SELECT active FROM webhook WHERE id = 'w'");
    }

    private static WebhookDeliverer Deliverer(CreditHouse house, MovingTime time, int attempts = 16) =>
        new(house, new WebhookOptions { AllowLoopback = true, Time = time, MostAttempts = attempts });

    private static async Task DeliverAllAsync(WebhookDeliverer deliverer)
    {
        while (await deliverer.DeliverAsync(Cancel) > 0)
        {
        }
    }

    private static Task<int> AddAsync(CreditHouse house, string id, string url) => house.WriteAsync((connection, transaction) =>
        connection.Execute(
            "INSERT INTO webhook (id, url, secret, since, active) VALUES (@id, @url, 's', 0, 1)", new { id, url }, transaction));

    private static async Task FillAsync(CreditHouse house, string url)
    {
        await AddAsync(house, "w", url);
        await house.SubmitManyAsync([.. Enumerable.Range(1, 3).Select(customer => Sample.Open(customer))]);
        await house.SubmitManyAsync([.. Enumerable.Range(0, 12).Select(i => Sample.Buy(1 + (i % 3), $"p{i}", 100, Sample.Start))]);
        await house.CatchUpFollowersAsync(Cancel);
    }

    /// <summary>Ids in order of the journal, told from the outbox's key.</summary>
    private static List<string> Expected(CreditHouse house)
    {
        using var connection = house.OpenReadOnly();
        return connection.Query<string>(
            "SELECT position || '-' || part FROM outbox WHERE partition_id >= 0 AND webhook_id = 'w' ORDER BY position, part").AsList();
    }

    private static long Waiting(CreditHouse house)
    {
        using var connection = house.OpenReadOnly();
        return connection.ExecuteScalar<long>("SELECT count(*) FROM outbox WHERE partition_id >= 0 AND delivered_at = 0");
    }
}
