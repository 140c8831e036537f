using Mingzhang.Engine.Verification;
using Mingzhang.Store;
using Mingzhang.Store.Moving;
using Mingzhang.Store.Sqlite;

namespace Mingzhang.Engine.Tests;

/// <summary>T17: backed up, restored, moved to PostgreSQL and back, a house has the same heads and answers its keys as before.</summary>
public sealed class MoveTests
{
    [Fact]
    public async Task Backed_up_restored_moved_to_a_server_and_back_a_house_is_the_same()
    {
        using var fixture = new HouseFixture();
        Assert.SkipWhen(LedgerStores.IsServer(fixture.Path), "the way begins with a file");
        string head;
        byte[] answer;
        using (var house = await FilledAsync(fixture))
        {
            answer = (await house.SubmitAsync(Sample.Buy(2, "b", 5_000, Sample.Start, "again"))).Body.ToArray();
            await house.SettleAsync();
            await house.BackupAsync(Path.Combine(fixture.Folder, "copy.db"));
            using var connection = house.OpenReadOnly();
            head = HouseMove.HeadHash(connection);
        }

        var restored = Path.Combine(fixture.Folder, "restored.db");
        SqliteBackup.Restore(Path.Combine(fixture.Folder, "copy.db"), restored, force: false);
        var server = HouseFixture.Cluster.NewDatabase();
        Assert.Equal(head, Moved(restored, server));
        await SameAsync(server, answer);
        var back = Path.Combine(fixture.Folder, "back.db");
        head = Moved(server, back);
        await SameAsync(back, answer);
        Assert.Contains("exists", Assert.Throws<StoreException>(() => Moved(server, back)).Message, StringComparison.Ordinal);
        Assert.Contains("has tables", Assert.Throws<StoreException>(() => Moved(back, server)).Message, StringComparison.Ordinal);
        var third = Path.Combine(fixture.Folder, "third.db");
        Assert.NotEqual(head, Moved(back, third));
        await SameAsync(third, answer);
    }

    /// <summary>Planted: what is altered on the way is named.</summary>
    [Theory]
    [InlineData("UPDATE journal SET postings = zeroblob(0) WHERE sequence = 2")]
    [InlineData("UPDATE account SET head_hash = zeroblob(32) WHERE version = (SELECT max(version) FROM account)")]
    [InlineData("DELETE FROM journal WHERE position = (SELECT max(position) FROM journal)")]
    public async Task What_is_altered_before_the_move_is_named_after_it(string sql)
    {
        using var fixture = new HouseFixture();
        Assert.SkipWhen(LedgerStores.IsServer(fixture.Path), "the file is changed by hand");
        (await FilledAsync(fixture)).Dispose();
        var target = Path.Combine(fixture.Folder, "target.db");
        using (var source = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={fixture.Path};Pooling=false"))
        {
            source.Open();
            using var change = source.CreateCommand();
            change.CommandText = sql;
            Assert.True(change.ExecuteNonQuery() > 0);
            HouseMove.Run(source, new HouseFacts(true, Sample.Start.AddMonths(3)), target, []);
        }

        Assert.False(Verifier.Run(target, Sample.Book).IsSound);
    }

    private static string Moved(string from, string to)
    {
        using var house = Open(from);
        using var source = house.OpenReadOnly();
        return HouseMove.Run(source, new HouseFacts(house.IsSandbox, house.BusinessDate), to, []).HeadHash;
    }

    private static async Task SameAsync(string path, byte[] answer)
    {
        var report = Verifier.Run(path, Sample.Book);
        Assert.True(report.IsSound, report.First?.ToString());
        using var house = Open(path);
        var again = await house.SubmitAsync(Sample.Buy(2, "b", 5_000, Sample.Start, "again"));
        Assert.True(again.Replayed);
        Assert.Equal(answer, again.Body.ToArray());
        Assert.Null((await house.SubmitAsync(Sample.Buy(1, $"new-{house.BusinessDate:O}", 100, house.BusinessDate))).Refusal);
        await house.AdvanceDayAsync();
    }

    private static CreditHouse Open(string path) => CreditHouse.Open(new HouseOptions
    {
        Store = LedgerStores.Open(new StoreOptions { Path = path, NodeCountsFor = TimeSpan.FromSeconds(1) }), Terms = Sample.Book,
    });

    private static async Task<CreditHouse> FilledAsync(HouseFixture fixture)
    {
        var house = fixture.Open();
        foreach (var customer in (long[])[1, 2, 3])
        {
            await house.SubmitAsync(Sample.Open(customer));
            await house.SubmitAsync(Sample.Buy(customer, "a", 30_000, Sample.Start));
        }

        await house.AdvanceToAsync(Sample.Start.AddMonths(3));
        await house.SettleAsync();
        return house;
    }
}
