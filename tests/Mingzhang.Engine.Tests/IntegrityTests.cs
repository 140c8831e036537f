using Dapper;
using Microsoft.Data.Sqlite;
using Mingzhang.Engine.Integrity;

namespace Mingzhang.Engine.Tests;

/// <summary>The invariants looked at in a living house: silent over sound books, and each planted change is named.</summary>
public sealed class IntegrityTests
{
    [Fact]
    public async Task Sound_books_are_silent_and_every_invariant_is_looked_at()
    {
        using var fixture = new HouseFixture();
        using var house = await FilledAsync(fixture);
        using var run = house.Watch();
        Pass(run);
        Assert.True(run.Report.IsSound, string.Join('\n', run.Report.Violations));
        Assert.Equal((3, 1, 64), (run.Report.Accounts, run.Report.Passes, run.Report.HeadHash.Length));
        Assert.Equal([Canary.Number], run.Report.Lines.Where(line => line.LookedAt is null).Select(line => line.Number));
        var first = run.Report.HeadHash;
        Pass(run);
        Assert.Equal(first, run.Report.HeadHash);
        await house.SubmitAsync(Sample.Buy(1, "more", 100, house.BusinessDate));
        await house.SettleAsync();
        Pass(run);
        Assert.NotEqual(first, run.Report.HeadHash);
    }

    /// <summary>A fork taken days after its origin last changed has a history that begins later than its figures.</summary>
    [Fact]
    public async Task A_fork_of_an_account_that_has_rested_is_sound()
    {
        using var fixture = new HouseFixture();
        using var house = fixture.Open();
        await house.SubmitAsync(Sample.Open(1));
        await house.SubmitAsync(Sample.Buy(1, "a", 30_000, Sample.Start));
        await house.AdvanceToAsync(Sample.Start.AddDays(2));
        Assert.NotNull((await house.ForkAsync(Sample.Account(1), "test")).Fork);
        await house.SettleAsync();
        await house.CatchUpFollowersAsync();
        using var run = house.Watch();
        Pass(run);
        Assert.True(run.Report.IsSound, string.Join('\n', run.Report.Violations));
    }

    [Fact]
    public async Task A_run_goes_on_where_the_last_process_was_and_keeps_what_it_found()
    {
        using var fixture = new HouseFixture();
        using var house = await FilledAsync(fixture);
        var old = new IntegrityViolation(4, Sample.Account(1), "as it was", DateTimeOffset.UnixEpoch);
        using var run = house.Watch(new IntegrityMemory(1020, 7, [old]));
        Assert.False(run.Report.IsSound);
        Assert.False(run.Step(10) || run.Step(10) || run.Step(10));
        Assert.True(run.Step(10));
        Assert.Equal((8, 0), (run.Report.Passes, run.Report.Partition));
        Pass(run);
        Assert.True(run.Report.IsSound);
    }

    /// <summary>What is changed in the file, and which invariant has to say so.</summary>
    [Theory]
    [InlineData(4, "UPDATE journal SET postings = zeroblob(0) WHERE sequence = 2")]
    [InlineData(2, "UPDATE ledger_day SET debit = debit + 1 WHERE rowid_of = 1")]
    [InlineData(9, "UPDATE account SET available = available + 1")]
    [InlineData(33, "UPDATE account SET overdue_since = overdue_since + 1")]
    [InlineData(44, "UPDATE account SET debt = debt + 1")]
    [InlineData(44, "UPDATE account SET status = 'closed'")]
    [InlineData(43, "UPDATE house SET business_date = 20200101")]
    [InlineData(51, "UPDATE follower SET position = 999999 WHERE name = 'outbox'")]
    [InlineData(3, "UPDATE journal SET body = '[]' WHERE sequence = 2")]
    [InlineData(5, "DELETE FROM journal WHERE sequence = 2")]
    [InlineData(5, "UPDATE journal SET hash = zeroblob(32) WHERE sequence = 2")]
    public async Task A_change_in_the_file_is_named(int number, string sql)
    {
        using var fixture = new HouseFixture();
        Assert.SkipWhen(Store.LedgerStores.IsServer(fixture.Path), "the file is changed by hand");
        using var house = await FilledAsync(fixture);
        Tamper(fixture.Path, sql);
        using var run = house.Watch();
        Pass(run);
        Assert.True(
            run.Report.Violations.Any(one => one.Number == number),
            string.Join('\n', run.Report.Violations.Select(one => one.ToString()).Append("nothing")));
    }

    /// <summary>One change of one account's evidence per invariant; the invariant named, and no other table, has to say so.</summary>
    [Fact]
    public async Task Each_invariant_says_so_when_it_alone_is_broken()
    {
        using var fixture = new HouseFixture();
        using var house = await FilledAsync(fixture);
        var sound = house.Evidence(Sample.Account(1))!;
        var told = PlantedEvidence.All(sound).ToList();
        foreach (var (number, evidence) in told)
        {
            var invariant = InvariantTable.OfAccounts.Single(one => one.Number == number);
            Assert.True(invariant.Check(sound) is null, $"{number}: {invariant.Check(sound)}");
            Assert.False(string.IsNullOrEmpty(Found(invariant, evidence)), $"{number} is silent: {invariant.Sentence}");
        }

        var planted = told.Select(one => one.Number).ToHashSet();
        // 47 has its planted faults in LenderCheckTests, on accounts that lenders share.
        Assert.Equal([47], InvariantTable.OfAccounts.Select(one => one.Number).Where(number => !planted.Contains(number)));
    }

    private static string? Found(LiveInvariant invariant, AccountEvidence evidence)
    {
        try
        {
            return invariant.Check(evidence);
        }
        catch (Domain.Accounts.BrokenInvariantException cause)
        {
            return cause.Message;
        }
    }

    private static async Task<CreditHouse> FilledAsync(HouseFixture fixture)
    {
        var house = fixture.Open();
        foreach (var customer in (long[])[1, 2, 3])
        {
            await house.SubmitAsync(Sample.Open(customer));
            await house.SubmitAsync(Sample.Buy(customer, "a", 30_000, Sample.Start));
        }

        await house.AdvanceToAsync(Sample.Start.AddMonths(3));
        await house.SubmitAsync(Sample.Buy(2, "b", 5_000, house.BusinessDate.AddDays(-40), "late"));
        await house.SettleAsync();
        await house.CatchUpFollowersAsync();
        return house;
    }

    private static void Pass(IntegrityRun run)
    {
        while (!run.Step(2))
        {
        }
    }

    private static void Tamper(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Assert.True(connection.Execute(sql.Replace("rowid_of = 1", "ledger = (SELECT min(ledger) FROM ledger_day)")) > 0);
    }
}
