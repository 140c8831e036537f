using Mingzhang.Domain.Values;
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
        var database = Database();
        Started(database).Dispose(); // makes the tables
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

    [Fact]
    public async Task A_commit_written_once_more_is_not_told_while_another_takes_itself_for_alone()
    {
        var database = Database();
        using var first = Started(database);
        var calls = 0;
        using var second = Started(database, _ =>
        {
            switch (++calls)
            {
                case 1: new TestWriter().AppendAsync(first, Account(1), "between").Wait(); break;
                case 2: StandStill(database, () => first.IsAlone); break;
            }
        });
        await new TestWriter().AppendAsync(second, Account(2), "a");
        Assert.Equal((2, false), (calls, first.IsAlone));
    }

    [Fact]
    public async Task A_change_of_the_house_is_not_told_while_another_takes_itself_for_alone()
    {
        var database = Database();
        using var first = Started(database);
        using var second = Started(database);
        await second.ChangeHouseAsync((_, _) =>
        {
            StandStill(database, () => first.IsAlone);
            return true;
        });
        Assert.False(first.IsAlone);
    }

    private static string Database()
    {
        Assert.SkipWhen(PostgresCluster.One.Value is null, "PostgreSQL is not installed");
        return PostgresCluster.One.Value!.NewDatabase();
    }

    private static AccountId Account(long customer) => AccountId.Of(new CustomerId(customer), 1);

    private static PostgresStore Started(string database, Action<int>? beforeCommit = null)
    {
        var store = PostgresStore.Open(new StoreOptions
        {
            Path = database, CreateAs = new HouseFacts(true, new DateOnly(2026, 1, 5)), NodeCountsFor = Length, BeforeCommit = beforeCommit,
        });
        store.Start(TestWriter.Projector, _ => { });
        return store;
    }

    /// <summary>The node that joined last: its beat waits until the others take it for dead.</summary>
    private static void StandStill(string database, Func<bool> isTakenForDead)
    {
        using var outside = new NpgsqlConnection(database);
        outside.Open();
        using var hold = outside.BeginTransaction();
        using var row = new NpgsqlCommand("SELECT 1 FROM node WHERE number = (SELECT max(number) FROM node) FOR UPDATE", outside, hold);
        row.ExecuteNonQuery();
        Assert.True(SpinWait.SpinUntil(isTakenForDead, TimeSpan.FromSeconds(20)));
        hold.Rollback();
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
