using System.Buffers.Binary;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Mingzhang.Engine.Integrity;
using Mingzhang.Engine.Verification;

namespace Mingzhang.Engine.Tests;

public sealed class VerifyTests(ITestOutputHelper output)
{
    private const string Covered = "a value that must be covered";

    [Fact]
    public async Task Sound_books_verify_also_while_the_house_works_and_after_a_crash()
    {
        using var fixture = new HouseFixture();
        using var house = fixture.Open(settleAtOnce: 0);
        await FillAsync(house);
        var running = await house.VerifyAsync();
        Assert.True(running.IsSound, running.First?.ToString());
        Assert.True(running is { Accounts: 7, Rows: > 30, TrialBalanceMinor: 0 });
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
    [InlineData("UPDATE journal SET body = CAST(body AS BLOB) WHERE sequence = 2 AND account_id = $a", "journal", 2L)]
    [InlineData("UPDATE journal SET key = CAST(key AS BLOB) WHERE sequence = 2 AND account_id = $a", "journal", 2L)]
    [InlineData("UPDATE account SET status = CAST(status AS BLOB) WHERE account_id = $a", "account", null)]
    [InlineData("DELETE FROM journal WHERE sequence = 2 AND account_id = $a", "journal", 2L)]
    [InlineData("DELETE FROM entry WHERE sequence = (SELECT max(sequence) FROM entry WHERE account_id = $a) AND account_id = $a",
        "account", null)]
    [InlineData("UPDATE entry SET position = 1 WHERE sequence = 2 AND account_id = $a", "journal", 2L)]
    [InlineData("UPDATE entry SET key_hash = 5 WHERE sequence = 2 AND account_id = $a", "entry", 2L)]
    [InlineData("UPDATE account SET debt = debt + 1 WHERE account_id = $a", "account", null)]
    [InlineData("UPDATE account SET next_date = 20300101 WHERE account_id = $a", "account", null)]
    [InlineData("DELETE FROM account WHERE account_id = $a", "account", null)]
    [InlineData("UPDATE snapshot SET state = replace(state, 'CNY', 'TWD') WHERE account_id = $a", "snapshot", null)]
    public async Task A_planted_change_of_an_account_is_named(string change, string table, long? sequence)
    {
        var report = await TamperedAsync(change);
        Assert.NotNull(report.First);
        Assert.Equal((table, Sample.Account(3)), (report.First.Table, report.First.Account!.Value));
        Assert.Equal(Sample.Account(3).PartitionId, report.First.Partition);
        Assert.True(sequence is null || sequence == report.First.Sequence, report.First.ToString());
    }

    [Fact]
    public async Task An_invariant_that_breaks_in_books_that_are_one_is_named()
    {
        using var fixture = new HouseFixture();
        using (var house = fixture.Open(settleAtOnce: 0))
        {
            await FillAsync(house);
        }

        var readers = Mingzhang.Store.LedgerStores.OpenAudit(fixture.Path, 1);
        using var reader = readers[0];
        var planted = new LiveInvariant(12, "planted", found => found.Account == Sample.Account(3) ? "1 is not 2" : null);
        var report = new Verifier(Sample.Book, readers) { Invariants = [planted] }.Run();
        Assert.Equal((1L, "invariant", Sample.Account(3)), (report.Differences, report.First!.Table, report.First.Account!.Value));
        Assert.Equal("12 (planted): 1 is not 2", report.First.What);
    }

    [Theory]
    [InlineData("UPDATE ledger_day SET debit = debit + 1, credit = credit + 1 WHERE partition_id = 3", "ledger_day")]
    [InlineData("UPDATE house SET business_date = 20260101", "house")]
    [InlineData("UPDATE settled SET position = 999999", "settled")]
    [InlineData("UPDATE follower SET position = 999999 WHERE name = 'outbox'", "follower")]
    [InlineData("DELETE FROM entry WHERE account_id = $a; DELETE FROM account WHERE account_id = $a; DELETE FROM snapshot WHERE "
        + "account_id = $a", "journal")]
    [InlineData("UPDATE outbox SET payload = replace(payload, 'CNY', 'TWD') WHERE account_id = $a", "outbox")]
    [InlineData("UPDATE outbox SET type = 'x' WHERE account_id = $a", "outbox")]
    [InlineData("UPDATE outbox SET account_id = account_id + 1 WHERE account_id = $a", "outbox")]
    [InlineData("UPDATE outbox SET part = part + 7 WHERE account_id = $a", "outbox")]
    [InlineData("UPDATE outbox SET partition_id = 5000 WHERE account_id = $a", "outbox")]
    [InlineData("UPDATE outbox SET delivered_at = 1 WHERE account_id = $a", "outbox")]
    [InlineData("UPDATE outbox SET last_error = 'x' WHERE account_id = $a", "outbox")]
    [InlineData("UPDATE fork_clock SET origin_id = origin_id + 64", "fork_clock")]
    [InlineData("UPDATE fork_clock SET partition_id = partition_id + 1", "fork_clock")]
    [InlineData("UPDATE house SET next_fork = 9", "house")]
    [InlineData("UPDATE house SET recorded_at = 5", "house")]
    [InlineData("UPDATE schema_version SET version = 7 WHERE version = 2", "schema_version")]
    [InlineData("UPDATE schema_version SET applied_at = -1 WHERE version = 2", "schema_version")]
    [InlineData("UPDATE webhook SET url = 'ftp://x'", "webhook")]
    [InlineData("UPDATE webhook SET since = 99999", "webhook")]
    [InlineData("UPDATE webhook SET active = 3", "webhook")]
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
        var most = int.Parse(Environment.GetEnvironmentVariable("MZ_FLIPS") ?? "150", CultureInfo.InvariantCulture);
        var (random, missed) = (new Random(20261122), new List<string>());
        var (tried, found) = (0, 0);
        while (tried < most)
        {
            var at = random.Next(sound.Length);
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
                missed.Add($"page {(at / 4096) + 1} byte {at % 4096}: {Missed(sound, at, content, Content(fixture.Path))}");
            }
        }

        output.WriteLine($"{found} of {tried} named; not named:\n{string.Join('\n', missed)}");
        Assert.DoesNotContain(missed, miss => miss.Contains(Covered, StringComparison.Ordinal));
        Assert.True(found * 10 > tried * 8, $"{found} of {tried}");
    }

    /// <summary>
    /// What a flip that was not named changed: a value that stands in one place only, so that no comparison can find it
    /// (docs/operations.md), or no value at all, and then where it lies.
    /// </summary>
    private static string Missed(byte[] file, int at, Dictionary<string, string> sound, Dictionary<string, string> now)
    {
        var changed = sound.Keys.Where(column => sound[column] != now[column]).ToList();
        return changed.Count == 0 ? "no value, " + PlaceOf(file, at)
            : changed.All(KeptOnce.Contains) ? "kept once, " + changed[0] : $"{Covered}, {string.Join(", ", changed)}";
    }

    /// <summary>The kind of place in the file: its header, or within a page what is in use or free.</summary>
    private static string PlaceOf(byte[] file, int at)
    {
        if (at < 100)
        {
            return $"file header byte {at}";
        }

        var (start, inside) = (at / 4096 * 4096, at % 4096);
        var header = start == 0 ? 100 : 0;
        var page = file.AsSpan(start, 4096);
        if (page[header] is not (2 or 5 or 10 or 13))
        {
            return "page that is no b-tree (free or overflow)";
        }

        int Short(ReadOnlySpan<byte> bytes, int from) => BinaryPrimitives.ReadUInt16BigEndian(bytes[from..]);
        var pointers = header + (page[header] is 2 or 5 ? 12 : 8);
        var content = Short(page, header + 5) is 0 ? 65536 : Short(page, header + 5);
        if (inside >= pointers + (2 * Short(page, header + 3)) && inside < content)
        {
            return "unallocated space";
        }

        for (var block = Short(page, header + 1); block != 0; block = Short(page, block))
        {
            if (inside >= block && inside < block + Short(page, block + 2))
            {
                return "freed block";
            }
        }

        return inside < pointers ? $"page header byte {inside - header}" : "cell, but nothing that can be selected";
    }

    private static readonly HashSet<string> KeptOnce =
    [
        "house.business_date", "house.recorded_at", "fork_clock.business_date", "schema_version.applied_at", "webhook.url",
        "webhook.secret", "webhook.since", "webhook.active",
    ];

    /// <summary>Everything that can be selected, column by column.</summary>
    private static Dictionary<string, string> Content(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False;Mode=ReadOnly");
        connection.Open();
        var text = new Dictionary<string, System.Text.StringBuilder>(StringComparer.Ordinal);
        string[] tables =
        [
            "sqlite_schema", "journal", "entry", "account", "snapshot", "house", "settled", "fork_clock", "follower", "ledger_day",
            "outbox", "webhook", "schema_version",
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
                    var column = $"{table}.{reader.GetName(i)}";
                    var value = reader.GetValue(i);
                    text.TryAdd(column, new System.Text.StringBuilder());
                    text[column].Append(value is byte[] blob ? Convert.ToHexString(blob) : value).Append('|');
                }
            }
        }

        return text.ToDictionary(column => column.Key, column => column.Value.ToString());
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

    internal static async Task FillAsync(CreditHouse house)
    {
        await house.WriteAsync((connection, transaction) => connection.Execute(
            "INSERT INTO webhook (id, url, secret, since, active) VALUES ('w', 'https://example.com/hook', 's', 0, 1)", null, transaction));
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
        await house.ForkAsync(Sample.Account(2), "test");
        await house.CatchUpFollowersAsync();
    }
}
