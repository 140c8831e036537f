using Mingzhang.Engine.Verification;
using Mingzhang.Store;
using Mingzhang.Store.Tests;

namespace Mingzhang.Engine.Tests;

/// <summary>The whole house on PostgreSQL. Reported as skipped where no server is installed.</summary>
public sealed class PostgresHouseTests
{
    [Fact]
    public async Task Both_databases_hold_the_same_rows_with_the_same_hashes()
    {
        using var server = new HouseFixture(server: true);
        using var file = new HouseFixture();
        foreach (var fixture in (HouseFixture[])[server, file])
        {
            using var house = fixture.Open();
            await VerifyTests.FillAsync(house);
        }

        Assert.Equal(Rows(file), Rows(server));
    }

    [Fact]
    public async Task Sound_books_verify_while_the_house_works_and_after_a_kill()
    {
        using var fixture = new HouseFixture(server: true);
        using var house = fixture.Open(settleAtOnce: 0);
        await VerifyTests.FillAsync(house);
        var running = await house.VerifyAsync();
        Assert.True(running.IsSound, running.First?.ToString());
        fixture.Crash();
        var left = Verifier.Run(fixture.Path, Sample.Book);
        Assert.True(left is { IsSound: true, TrialBalanceMinor: 0, Rows: > 30 }, left.First?.ToString());
        using var again = fixture.Open();
        var result = await again.SubmitAsync(Sample.Buy(2, "after", 100, again.BusinessDate));
        Assert.True(result.IsAccepted);
    }

    [Theory]
    [InlineData("UPDATE journal SET body = replace(body, 'CNY', 'TWD') WHERE sequence = 2", "journal")]
    [InlineData("UPDATE journal SET postings = '' WHERE sequence = 2", "journal")]
    [InlineData("UPDATE journal SET recorded_at = 1 WHERE sequence = 2", "journal")]
    [InlineData("DELETE FROM journal WHERE sequence = 2", "entry")]
    [InlineData("UPDATE entry SET key_hash = 5 WHERE sequence = 2", "entry")]
    [InlineData("UPDATE account SET debt = debt + 1", "account")]
    [InlineData("DELETE FROM account", "account")]
    [InlineData("UPDATE ledger_day SET debit = debit + 1, credit = credit + 1", "ledger_day")]
    [InlineData("UPDATE house SET business_date = 20260101", "house")]
    [InlineData("UPDATE settled SET position = 999999", "settled")]
    [InlineData("DROP INDEX account_wake_on", "sqlite_schema")]
    public async Task A_planted_change_is_named(string change, string table)
    {
        using var fixture = new HouseFixture(server: true);
        using (var house = fixture.Open())
        {
            await VerifyTests.FillAsync(house);
        }

        var before = Verifier.Run(fixture.Path, Sample.Book);
        Assert.True(before.IsSound, before.First?.ToString());
        PostgresCluster.Run(fixture.Path, change);
        var report = Verifier.Run(fixture.Path, Sample.Book);
        Assert.Equal(table, report.First?.Table);
    }

    private static List<string> Rows(HouseFixture fixture)
    {
        var readers = LedgerStores.OpenAudit(fixture.Path, 1);
        using var reader = readers[0];
        return [.. reader.After(0).Select(row => $"{row.Position} {row.Account} {row.Sequence} {row.Key} {Convert.ToHexString(row.Hash)}")];
    }
}
