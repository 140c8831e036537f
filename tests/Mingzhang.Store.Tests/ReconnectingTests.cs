using Mingzhang.Domain.Values;
using Mingzhang.Store.Postgres;
using Npgsql;

namespace Mingzhang.Store.Tests;

/// <summary>A node on PostgreSQL outlives connections that break. Reported as skipped where no server is installed.</summary>
public sealed class ReconnectingTests
{
    private static readonly DateOnly Day = new(2026, 1, 5);

    private static PostgresCluster Cluster
    {
        get
        {
            var cluster = PostgresCluster.One.Value;
            Assert.SkipWhen(cluster is null, "PostgreSQL is not installed");
            return cluster!;
        }
    }

    [Fact]
    public async Task Every_batch_is_there_once_however_often_connections_break()
    {
        var database = Cluster.NewDatabase();
        using var store = Started(database);
        using var enough = new CancellationTokenSource();
        var breaking = Task.Run(async () =>
        {
            for (var cuts = 0; ; cuts++)
            {
                Cluster.Break(database);
                if (enough.IsCancellationRequested)
                {
                    return cuts;
                }

                await Task.Delay(30, TestContext.Current.CancellationToken);
            }
        });
        var writer = new TestWriter();
        await Task.WhenAll(Enumerable.Range(1, 8).Select(customer => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                await writer.AppendAsync(store, Account(customer), $"{i}a", $"{i}b");
            }
        })));
        await enough.CancelAsync();
        Assert.True(await breaking > 5);
        using var reader = store.OpenReader();
        var log = reader.Log(0, 10_000);
        Assert.Equal(Enumerable.Range(1, 1_600).Select(position => (long)position), log.Select(row => row.Position));
        Assert.Equal(1_600, log.Select(row => (row.Account, row.Key)).Distinct().Count());
        Assert.Equal((1_600, (Exception?)null), (store.LastPosition, store.Fault));
    }

    [Fact]
    public async Task It_outlives_a_server_that_is_killed_and_starts_again()
    {
        using var server = PrivateServer.Start();
        Assert.SkipWhen(server is null, "PostgreSQL is not installed");
        using var store = Started(server.NewDatabase());
        using var reader = store.OpenReader();
        var writer = new TestWriter();
        await writer.AppendAsync(store, Account(1), "a");
        server.Kill();
        await Task.WhenAll(writer.AppendAsync(store, Account(1), "b"), RunAgainAsync(server));
        Assert.Equal(["a", "b"], reader.Log(0, 10).Select(row => row.Key));
    }

    [Fact]
    public async Task A_node_that_is_gone_keeps_its_locks_for_half_a_minute_at_most()
    {
        using var store = Started(Cluster.NewDatabase());
        var longest = await store.WriteAsync((connection, transaction) =>
        {
            using var ask = connection.CreateCommand();
            (ask.CommandText, ask.Transaction) = ("SHOW idle_in_transaction_session_timeout", transaction);
            return (string)ask.ExecuteScalar()!;
        });
        Assert.Equal("30s", longest);
    }

    [Fact]
    public async Task When_the_time_is_over_it_stops_and_whoever_waits_is_told()
    {
        using var server = PrivateServer.Start();
        Assert.SkipWhen(server is null, "PostgreSQL is not installed");
        using var store = Started(server.NewDatabase(), reconnectFor: TimeSpan.FromSeconds(1));
        server.Kill();
        await Assert.ThrowsAsync<StoreException>(() => new TestWriter().AppendAsync(store, Account(1), "a"));
        Assert.NotNull(store.Fault);
    }

    [Fact]
    public async Task A_database_that_lost_committed_rows_is_not_written_to()
    {
        var database = Cluster.NewDatabase();
        using var store = Started(database);
        var writer = new TestWriter();
        await writer.AppendAsync(store, Account(1), "a");
        await writer.AppendAsync(store, Account(2), "b");
        PostgresCluster.Run(
            database, "DELETE FROM journal WHERE position = 2; UPDATE journal_head SET position = 1, stamp = stamp - 1 WHERE id = 1");
        Cluster.Break(database);
        var refused = await Assert.ThrowsAsync<StoreException>(() => writer.AppendAsync(store, Account(3), "c"));
        Assert.Contains("lost rows", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_write_beside_the_journal_that_breaks_before_COMMIT_is_done_once(bool ofTheHouse)
    {
        var database = Cluster.NewDatabase();
        using var store = Started(database);
        var tries = 0;
        int Write(System.Data.Common.DbConnection connection, System.Data.Common.DbTransaction transaction)
        {
            Execute(connection, transaction, "UPDATE house SET next_fork = next_fork + 1 WHERE id = 1");
            if (++tries == 1)
            {
                Cluster.Break(database);
            }

            return Execute(connection, transaction, "UPDATE house SET next_fork = next_fork + 1 WHERE id = 1");
        }

        Assert.Equal(1, await (ofTheHouse ? store.ChangeHouseAsync(Write) : store.WriteAsync(Write)));
        Assert.Equal(2, tries);
        using var connection = store.OpenReadOnly();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT next_fork FROM house WHERE id = 1";
        Assert.Equal(2L, command.ExecuteScalar());
    }

    private static async Task RunAgainAsync(PrivateServer server)
    {
        await Task.Delay(200, TestContext.Current.CancellationToken);
        server.Run();
    }

    private static int Execute(System.Data.Common.DbConnection connection, System.Data.Common.DbTransaction transaction, string sql)
    {
        using var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        return command.ExecuteNonQuery();
    }

    private static AccountId Account(long customer) => AccountId.Of(new CustomerId(customer), 1);

    private static PostgresStore Started(string database, TimeSpan? reconnectFor = null)
    {
        var store = PostgresStore.Open(new StoreOptions
        {
            Path = database, CreateAs = new HouseFacts(true, Day), NodeCountsFor = TimeSpan.FromSeconds(1),
            ReconnectFor = reconnectFor ?? TimeSpan.FromSeconds(60),
        });
        store.Start(TestWriter.Projector, TestWriter.Ignore);
        return store;
    }
}
