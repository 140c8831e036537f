using Mingzhang.Store.Postgres;
using Npgsql;

namespace Mingzhang.Store.Tests;

/// <summary>What a node knows of the others. Reported as skipped where no server is installed.</summary>
public sealed class NodesTests
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_node_that_was_taken_for_dead_answers_nothing_while_another_takes_itself_for_alone_whoever_renewed_its_beat()
    {
        var cluster = PostgresCluster.One.Value;
        Assert.SkipWhen(cluster is null, "PostgreSQL is not installed");
        var database = cluster!.NewDatabase();
        using (PostgresStore.Open(new StoreOptions { Path = database, CreateAs = new HouseFacts(true, new DateOnly(2026, 1, 5)) }))
        {
            // makes the tables
        }

        using var connections = new PostgresConnections(database);
        using var first = new Nodes(connections, Length);
        using var second = new Nodes(connections, Length);
        await using var outside = new NpgsqlConnection(database);
        await outside.OpenAsync(TestContext.Current.CancellationToken);
        for (var round = 0; round < 4; round++)
        {
            await Until(() => !first.IsAlone);
            await using (var hold = await outside.BeginTransactionAsync(TestContext.Current.CancellationToken))
            {
                await AskAsync(outside, $"SELECT number FROM node WHERE number = {second.Own} FOR UPDATE");
                await Until(() => first.IsAlone); // the second one's beat waits, and its time is over
                await hold.RollbackAsync(TestContext.Current.CancellationToken);
            }

            var known = $"SELECT count(*) FROM node WHERE number = {second.Own} "
                + "AND held_until > CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)";
            while (await AskAsync(outside, known) == 0)
            {
                await Task.Delay(1, TestContext.Current.CancellationToken);
            }

            second.StayKnown();
            Assert.False(first.IsAlone, $"Round {round}: both answer, one of them from memory.");
        }
    }

    private static async Task<long> AskAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private static async Task Until(Func<bool> holds)
    {
        for (var tries = 0; !holds(); tries++)
        {
            Assert.True(tries < 2_000, "not within twenty seconds");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
