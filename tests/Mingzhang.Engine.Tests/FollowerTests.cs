using System.Net;
using Dapper;
using Mingzhang.Engine.Followers;
using Mingzhang.Engine.Verification;
using Mingzhang.Store;
using Mingzhang.Store.Sqlite;

namespace Mingzhang.Engine.Tests;

public sealed class FollowerTests
{
    [Fact]
    public async Task A_follower_restarted_anywhere_has_each_row_exactly_once()
    {
        using var fixture = new HouseFixture();
        var counter = new Counter();
        fixture.Followers = [counter];
        for (var round = 0; round < 4; round++)
        {
            using var house = fixture.Open();
            await house.WriteAsync((connection, _) => connection.Execute(
                "CREATE TABLE IF NOT EXISTS counted (position INTEGER PRIMARY KEY)"));
            await house.SubmitManyAsync([.. Enumerable.Range(1, 100).Select(customer => Sample.Open((round * 100) + customer))]);
            fixture.Crash();
        }

        using var last = fixture.Open();
        await last.CatchUpFollowersAsync(TestContext.Current.CancellationToken);
        using var connection = last.OpenReadOnly();
        Assert.Equal(
            Enumerable.Range(1, 400).Select(i => (long)i),
            connection.Query<long>("SELECT position FROM counted ORDER BY position"));
        var report = await last.VerifyAsync();
        Assert.True(report.IsSound, report.First?.ToString());
    }

    [Fact]
    public async Task A_follower_that_gathers_counts_each_row_once_whenever_it_writes_and_wherever_it_is_cut_off()
    {
        using var fixture = new HouseFixture();
        for (var round = 0; round < 4; round++)
        {
            fixture.Followers = [new Gatherer()];
            using var house = fixture.Open(settleAtOnce: 0);
            await house.WriteAsync((connection, _) => connection.Execute(
                "CREATE TABLE IF NOT EXISTS summed (rows INTEGER NOT NULL); "
                + "INSERT INTO summed (rows) SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM summed)"));
            for (var part = 0; part < 5; part++)
            {
                await house.SubmitManyAsync(
                    [.. Enumerable.Range(1, 200).Select(customer => Sample.Open((round * 1_000) + (part * 200) + customer))]);
            }

            if (round % 2 == 1)
            {
                await house.CatchUpFollowersAsync(TestContext.Current.CancellationToken);
                using var connection = house.OpenReadOnly();
                Assert.Equal((round + 1) * 1_000, connection.ExecuteScalar<long>("SELECT rows FROM summed"));
            }

            fixture.Crash();
        }
    }

    [Fact]
    public async Task Slices_that_were_further_than_the_others_when_it_was_cut_off_do_nothing_twice()
    {
        const int enough = 3;
        using var fixture = new HouseFixture();
        var ahead = 0;
        for (var round = 0; ahead < enough; round++)
        {
            Assert.True(round < 40, "Slices are hardly ever ahead: the test shows nothing.");
            fixture.Followers = [new Slicer(TimeSpan.FromHours(1))];
            using var house = fixture.Open(settleAtOnce: 0);
            await house.WriteAsync((connection, _) => connection.Execute(
                "CREATE TABLE IF NOT EXISTS sliced (position INTEGER PRIMARY KEY, partition INTEGER NOT NULL)"));
            var load = house.SubmitManyAsync([.. Enumerable.Range(1, 2_400).Select(customer => Sample.Open((round * 10_000) + customer))]);
            var waits = (round * 10_000) + 77;
            _ = await house.SubmitAsync(Sample.Open(waits));
            await house.CatchUpFollowersAsync(Sample.Account(waits), TestContext.Current.CancellationToken);

            fixture.Crash();
            using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={fixture.Path};Pooling=False");
            ahead += connection.ExecuteScalar<int>(
                "SELECT count(*) > 0 FROM follower WHERE name LIKE 'slicer/%' "
                + "AND position > (SELECT position FROM follower WHERE name = 'slicer')");
            await load;
        }

        fixture.Followers = [new Slicer()];
        using var last = fixture.Open();
        await last.CatchUpFollowersAsync(TestContext.Current.CancellationToken);
        using var read = last.OpenReadOnly();
        Assert.Equal(
            Enumerable.Range(1, (int)last.LastPosition).Select(i => (long)i),
            read.Query<long>("SELECT position FROM sliced ORDER BY position"));
        Assert.Equal(last.LastPosition, last.FollowedTo("slicer"));
    }

    [Fact]
    public async Task Who_waits_for_an_account_reads_what_followed_of_it()
    {
        using var fixture = new HouseFixture { Followers = [new Slicer(TimeSpan.FromHours(1))] };
        using var house = fixture.Open(settleAtOnce: 0);
        await house.WriteAsync((connection, _) => connection.Execute(
            "CREATE TABLE sliced (position INTEGER PRIMARY KEY, partition INTEGER NOT NULL)"));
        for (var part = 0; part < 10; part++)
        {
            var load = house.SubmitManyAsync([.. Enumerable.Range(1, 500).Select(customer => Sample.Open((part * 500) + customer))]);
            var account = Sample.Account((part * 500) + 77);
            _ = await house.SubmitAsync(Sample.Open((part * 500) + 77));
            await house.CatchUpFollowersAsync(account, TestContext.Current.CancellationToken);
            using var connection = house.OpenReadOnly();
            var position = house.History(account).Count == 0 ? 0 : connection.ExecuteScalar<long>(
                "SELECT count(*) FROM sliced WHERE partition = @partition", new { partition = account.PartitionId });
            Assert.True(position > 0, $"Nothing of {account} was written.");
            await load;
        }
    }

    [Fact]
    public async Task A_webhook_gets_each_event_signed_and_again_until_it_answers()
    {
        using var fixture = new HouseFixture();
        using var house = fixture.Open();
        using var endpoint = new Endpoint();
        await house.WriteAsync((connection, transaction) => connection.Execute(
            "INSERT INTO webhook (id, url, secret, since, active) VALUES ('w', @url, 's', 0, 1)", new { url = endpoint.Url }, transaction));
        await house.SubmitAsync(Sample.Open(7));
        await house.CatchUpFollowersAsync(TestContext.Current.CancellationToken);
        var time = new MovingTime();
        using var deliverer = new WebhookDeliverer(house, new WebhookOptions { AllowLoopback = true, Time = time });

        foreach (var (answer, wait) in ((int, int)[])[(500, 60), (200, 0)])
        {
            var received = endpoint.ReceiveAsync(answer);
            Assert.Equal(1, await deliverer.DeliverAsync(TestContext.Current.CancellationToken));
            var (signature, payload) = await received;
            var seconds = time.GetUtcNow().ToUnixTimeSeconds();
            Assert.Equal(WebhookDeliverer.Sign("s", seconds, payload), signature);
            Assert.Contains("\"account-opened.v1\"", payload, StringComparison.Ordinal);
            Assert.Equal(0, await deliverer.DeliverAsync(TestContext.Current.CancellationToken));
            time.Now += TimeSpan.FromSeconds(wait);
        }
    }

    [Theory]
    [InlineData("http://example.com/", false)]
    [InlineData("https://127.0.0.1/", false)]
    [InlineData("https://10.1.2.3/", false)]
    [InlineData("https://192.168.0.9/", false)]
    [InlineData("https://169.254.169.254/", false)]
    [InlineData("https://[::1]/", false)]
    [InlineData("https://[fd00::1]/", false)]
    [InlineData("https://[::ffff:10.0.0.1]/", false)]
    [InlineData("https://user:pw@example.com/", false)]
    [InlineData("https://example.com/hook", true)]
    public void Only_public_https_addresses_are_endpoints(string url, bool allowed) =>
        Assert.Equal(allowed, WebhookDeliverer.Fault(new Uri(url), allowLoopback: false) is null);

    [Fact]
    public async Task A_backup_taken_under_load_verifies()
    {
        using var fixture = new HouseFixture();
        using var house = fixture.Open(settleAtOnce: 0);
        await house.SubmitManyAsync([.. Enumerable.Range(1, 50).Select(customer => Sample.Open(customer))]);
        var load = house.SubmitManyAsync(
            [.. Enumerable.Range(0, 2_000).Select(i => Sample.Buy(1 + (i % 50), $"p{i}", 100, Sample.Start))],
            TestContext.Current.CancellationToken);
        var copy = Path.Combine(fixture.Folder, "copy.db");
        await house.BackupAsync(copy);
        await load;
        var report = Verifier.Run(copy, Sample.Book);
        Assert.True(report.IsSound, report.First?.ToString());
        SqliteBackup.Restore(copy, Path.Combine(fixture.Folder, "other.db"), force: false);
        using var store = SqliteStore.Open(new StoreOptions { Path = Path.Combine(fixture.Folder, "other.db") });
        Assert.True(store.LastPosition >= 50);
    }

    private sealed class Endpoint : IDisposable
    {
        private readonly HttpListener _listener = new();

        public Endpoint()
        {
            Url = $"http://127.0.0.1:{Port()}/";
            _listener.Prefixes.Add(Url);
            _listener.Start();
        }

        public string Url { get; }

        public async Task<(string Signature, string Payload)> ReceiveAsync(int answer)
        {
            var context = await _listener.GetContextAsync();
            using var reader = new StreamReader(context.Request.InputStream);
            var payload = await reader.ReadToEndAsync();
            context.Response.StatusCode = answer;
            context.Response.Close();
            return (context.Request.Headers["Mingzhang-Signature"]!, payload);
        }

        public void Dispose() => _listener.Close();

        private static int Port()
        {
            using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            return ((IPEndPoint)probe.LocalEndpoint).Port;
        }
    }

    private sealed class Counter : IFollower
    {
        public string Name => "counter";

        public void Handle(object? prepared, FollowerTransaction transaction)
        {
            foreach (var one in (IReadOnlyList<FollowedRow>)prepared!)
            {
                transaction.Connection.Execute(
                    "INSERT INTO counted (position) VALUES (@position)", new { position = one.Row.Position }, transaction.Transaction);
            }
        }
    }

    /// <summary>Writes a row by its position: one more time is an error that stops the house.</summary>
    private sealed class Slicer(TimeSpan? gathers = null) : IFollower
    {
        public string Name => "slicer";

        public TimeSpan Gathers => gathers ?? TimeSpan.FromMilliseconds(5);

        public bool BySlices => true;

        public object Prepare(IReadOnlyList<FollowedRow> rows, object? gathered)
        {
            var all = (List<FollowedRow>?)gathered ?? [];
            all.AddRange(rows);
            return all;
        }

        public void Handle(object? prepared, FollowerTransaction transaction) => transaction.Write(
            "INSERT INTO sliced (position, partition) VALUES (@position, @partition)", ["@position", "@partition"],
            (List<FollowedRow>)prepared!, one => [one.Row.Position, one.Row.Account.PartitionId]);
    }

    /// <summary>Would wait for an hour; writes earlier only because load ends or somebody wants it.</summary>
    private sealed class Gatherer : IFollower
    {
        public string Name => "gatherer";

        public TimeSpan Gathers => TimeSpan.FromHours(1);

        public object Prepare(IReadOnlyList<FollowedRow> rows, object? gathered) => (int)(gathered ?? 0) + rows.Count;

        public void Handle(object? prepared, FollowerTransaction transaction) => transaction.Connection.Execute(
            "UPDATE summed SET rows = rows + @rows", new { rows = (int)prepared! }, transaction.Transaction);
    }
}
