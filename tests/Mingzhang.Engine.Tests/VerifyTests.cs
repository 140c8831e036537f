using Microsoft.Data.Sqlite;
using Mingzhang.Engine.Verification;

namespace Mingzhang.Engine.Tests;

public sealed class VerifyTests
{
    [Fact]
    public async Task Sound_books_verify_also_while_the_house_works_and_after_a_crash()
    {
        using var fixture = new HouseFixture();
        using var house = fixture.Open(settleAtOnce: 0);
        await FillAsync(house);
        var running = await house.VerifyAsync();
        Assert.True(running.IsSound, running.First?.ToString());
        Assert.True(running is { Accounts: 6, Rows: > 30, TrialBalanceMinor: 0 });
        await house.SubmitManyAsync([Sample.Buy(2, "late", 100, house.BusinessDate), Sample.Buy(5, "late", 100, house.BusinessDate)]);
        fixture.Crash();
        var left = Verifier.Run(fixture.Path, Sample.Book);
        Assert.True(left.IsSound, left.First?.ToString());
    }

    [Theory]
    [InlineData("UPDATE journal SET body = replace(body, 'CNY50000', 'CNY50001') WHERE sequence = 2 AND account_id = $a", "journal", 2L)]
    [InlineData("UPDATE journal SET postings = zeroblob(0) WHERE sequence = 2 AND account_id = $a", "journal", 2L)]
    [InlineData("UPDATE journal SET booked_on = 20260106 WHERE sequence = 2 AND account_id = $a", "journal", 2L)]
    [InlineData("UPDATE journal SET key = 'x' WHERE sequence = 2 AND account_id = $a", "journal", 2L)]
    [InlineData("UPDATE journal SET actor = 'x' WHERE sequence = 2 AND account_id = $a", "journal", 2L)]
    [InlineData("UPDATE journal SET recorded_at = 1 WHERE sequence = 2 AND account_id = $a", "journal", 2L)]
    [InlineData("UPDATE journal SET request_hash = zeroblob(16) WHERE sequence = 2 AND account_id = $a", "journal", 2L)]
    [InlineData("DELETE FROM journal WHERE sequence = 2 AND account_id = $a", "journal", 2L)]
    [InlineData("DELETE FROM entry WHERE sequence = (SELECT max(sequence) FROM entry WHERE account_id = $a) AND account_id = $a",
        "account", null)]
    [InlineData("UPDATE entry SET position = 1 WHERE sequence = 2 AND account_id = $a", "journal", 2L)]
    [InlineData("UPDATE entry SET key_hash = 5 WHERE sequence = 2 AND account_id = $a", "entry", 2L)]
    [InlineData("UPDATE account SET debt = debt + 1 WHERE account_id = $a", "account", null)]
    [InlineData("UPDATE account SET next_date = 20300101 WHERE account_id = $a", "account", null)]
    [InlineData("DELETE FROM account WHERE account_id = $a", "account", null)]
    [InlineData("UPDATE snapshot SET state = replace(state, 'CNY', 'TWD') WHERE account_id = $a", "snapshot", null)]
    [InlineData("UPDATE inbox SET data = replace(data, 'CNY', 'TWD') WHERE account_id = $a", "inbox", null)]
    [InlineData("DELETE FROM inbox WHERE account_id = $a", "inbox", null)]
    public async Task A_planted_change_of_an_account_is_named(string change, string table, long? sequence)
    {
        var report = await TamperedAsync(change);
        Assert.NotNull(report.First);
        Assert.Equal((table, Sample.Account(3)), (report.First.Table, report.First.Account!.Value));
        Assert.Equal(Sample.Account(3).PartitionId, report.First.Partition);
        Assert.True(sequence is null || sequence == report.First.Sequence, report.First.ToString());
    }

    [Theory]
    [InlineData("UPDATE ledger_day SET debit = debit + 1, credit = credit + 1 WHERE partition_id = 3", "ledger_day")]
    [InlineData("UPDATE house SET business_date = 20260101", "house")]
    [InlineData("UPDATE settled SET position = 999999", "settled")]
    [InlineData("UPDATE follower SET position = 999999 WHERE name = 'inbox'", "follower")]
    [InlineData("DELETE FROM entry WHERE account_id = $a; DELETE FROM account WHERE account_id = $a; DELETE FROM snapshot WHERE "
        + "account_id = $a", "journal")]
    [InlineData("CREATE INDEX x ON journal (key); DROP INDEX account_next_date", "sqlite_schema")]
    public async Task A_planted_change_elsewhere_is_named(string change, string table)
    {
        var report = await TamperedAsync(change);
        Assert.Equal(table, report.First?.Table);
    }

    [Fact]
    public async Task Two_swapped_rows_are_named()
    {
        var report = await TamperedAsync(
            "UPDATE journal SET position = -1 WHERE position = (SELECT position FROM entry WHERE account_id = $a AND sequence = 2);"
            + "UPDATE journal SET position = (SELECT position FROM entry WHERE account_id = $a AND sequence = 2) WHERE position = "
            + "(SELECT position FROM entry WHERE account_id = $a AND sequence = 3);"
            + "UPDATE journal SET position = (SELECT position FROM entry WHERE account_id = $a AND sequence = 3) WHERE position = -1");
        Assert.Equal(("journal", 2), (report.First!.Table, report.First.Sequence));
    }

    [Fact]
    public async Task A_flipped_byte_never_crashes_and_is_found_unless_nothing_stands_there()
    {
        using var fixture = new HouseFixture();
        using (var house = fixture.Open())
        {
            await FillAsync(house);
        }

        var sound = await File.ReadAllBytesAsync(fixture.Path, TestContext.Current.CancellationToken);
        var content = Content(fixture.Path);
        var random = new Random(20261122);
        var (tried, found) = (0, 0);
        while (tried < 150)
        {
            var at = random.Next(100, sound.Length);
            if (sound[at] == 0)
            {
                continue;
            }

            tried++;
            var bytes = (byte[])sound.Clone();
            bytes[at] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(fixture.Path, bytes, TestContext.Current.CancellationToken);
            if (!Verifier.Run(fixture.Path, Sample.Book).IsSound)
            {
                found++;
            }
            else
            {
                Assert.True(content == Content(fixture.Path), $"missed at page {(at / 4096) + 1} byte {at % 4096}");
            }
        }

        Assert.True(found > 120, $"{found} of {tried}");
    }

    /// <summary>Everything that can be selected, as one text.</summary>
    private static string Content(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False;Mode=ReadOnly");
        connection.Open();
        var text = new System.Text.StringBuilder();
        string[] tables =
        [
            "sqlite_schema", "journal", "entry", "account", "snapshot", "house", "settled", "fork_clock", "follower", "ledger_day",
                "inbox", "outbox",
            "webhook", "schema_version",
        ];
        foreach (var table in tables)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT * FROM " + table;
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                for (var i = 0; i < reader.FieldCount; i++)
                {
                    text.Append(reader.GetValue(i) is byte[] blob ? Convert.ToHexString(blob) : reader.GetValue(i)).Append('|');
                }
            }
        }

        return text.ToString();
    }

    private static async Task<VerifyReport> TamperedAsync(string change)
    {
        using var fixture = new HouseFixture();
        using (var house = fixture.Open())
        {
            await FillAsync(house);
        }

        Assert.True(Verifier.Run(fixture.Path, Sample.Book).IsSound);
        using (var connection = new SqliteConnection($"Data Source={fixture.Path};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = change;
            command.Parameters.AddWithValue("$a", Sample.Account(3).Value);
            Assert.True(command.ExecuteNonQuery() != 0 || change.Contains("INDEX", StringComparison.Ordinal));
        }

        return Verifier.Run(fixture.Path, Sample.Book);
    }

    private static async Task FillAsync(CreditHouse house)
    {
        for (var customer = 1; customer <= 6; customer++)
        {
            await house.SubmitManyAsync([Sample.Open(customer), Sample.Buy(customer, "p1", 50_000, Sample.Start)]);
        }

        await house.AdvanceToAsync(new DateOnly(2026, 3, 15));
        await house.SubmitManyAsync(
        [
            .. Enumerable.Range(0, 70).Select(i => Sample.Authorise(3, $"a{i}", 100, house.BusinessDate)),
            Sample.Pay(3, "r1", 20_000, house.BusinessDate), Sample.Buy(3, "p1", 1, house.BusinessDate, "refused"),
        ]);
        await house.CatchUpFollowersAsync();
    }
}
