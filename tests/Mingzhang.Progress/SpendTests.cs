using Mingzhang.Domain.Ledger;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Tests;
using Mingzhang.Services.Progress.Spend;
using Mingzhang.Store;

namespace Mingzhang.Progress;

/// <summary>What is kept of spending is what the journal tells, on both databases, whatever was corrected.</summary>
public sealed class SpendTests
{
    private static readonly DateOnly Ever = new(2000, 1, 1);
    private static readonly DateOnly Never = new(2100, 1, 1);

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 2)]
    [InlineData(true, 3)]
    public async Task What_is_kept_equals_a_recomputation_from_the_journal(bool server, int seed)
    {
        using var house = new ProgressHouse(server);
        var accepted = new Dictionary<string, int>();
        await house.AcceptAsync(Sample.Open(1, 5_000_000));
        await house.AcceptAsync(Sample.Open(2, 5_000_000));
        for (var customer = 1; customer <= 2; customer++)
        {
            var history = new SpendHistories(house, (seed * 100) + customer, customer);
            await history.PlayAsync(80);
            foreach (var (kind, count) in history.Accepted)
            {
                accepted[kind] = accepted.GetValueOrDefault(kind) + count;
            }

            await CheckAsync(house, customer);
        }

        // A run that never did what it is for would prove nothing.
        string[] needed = ["ReverseFact", "AmendFact", "ReceiveRefund", "late PostOfflinePurchase", "CapturePurchase"];
        Assert.True(needed.All(accepted.ContainsKey), $"seed {seed}: {string.Join(", ", accepted)}");

        Assert.True(await house.Spend.RenewAsync() >= 2);
        Assert.True(await house.Spend.GoOnAsync(TestContext.Current.CancellationToken) >= 2);
        Assert.Equal(0, await house.Spend.GoOnAsync(TestContext.Current.CancellationToken));

        for (var customer = 1; customer <= 2; customer++)
        {
            await CheckAsync(house, customer);
        }
    }

    [Fact]
    public async Task The_check_catches_a_line_that_is_wrong_and_one_that_is_missing()
    {
        using var house = new ProgressHouse(server: false);
        await house.AcceptAsync(Sample.Open(1));
        await house.AcceptAsync(Sample.Buy(1, "p1", 5_000, Sample.Start));
        await house.AcceptAsync(Sample.Buy(1, "p2", 7_000, Sample.Start));
        await CheckAsync(house, 1);

        var account = Sample.Account(1);
        var who = new { partition = account.PartitionId, account = account.Value };
        Assert.Equal(1, house.Run("UPDATE spend_line SET amount = amount + 1 WHERE partition_id = @partition AND purchase_id = 'p1'", who));
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => CheckAsync(house, 1));
        Assert.Equal(1, house.Run("DELETE FROM spend_line WHERE partition_id = @partition AND purchase_id = 'p1'", who));
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => CheckAsync(house, 1));

        await house.Spend.RebuildAsync(account);
        await CheckAsync(house, 1);
    }

    [Fact]
    public async Task A_refund_that_only_releases_a_hold_is_no_spending_and_what_waits_for_receipt_counts_when_it_posts()
    {
        using var house = new ProgressHouse(server: false);
        var day = Sample.Start;
        await house.AcceptAsync(Sample.Open(1));
        Assert.Null(await house.SendAsync(1, "a", new AuthorisePurchase("p1", Sample.Cny(10_000), "online", "京东商城") { EffectiveOn = day }));
        Assert.Null(await house.SendAsync(1, "c", new CapturePurchase("p1", Sample.Cny(10_000), true) { EffectiveOn = day }));
        Assert.Null(await house.SendAsync(1, "f", new ReceiveRefund("f1", "p1", Sample.Cny(4_000)) { EffectiveOn = day }));
        await house.CatchUpAsync();
        Assert.Empty(await house.Spend.LinesAsync(Sample.Account(1), Ever, Never));

        await house.MoveAsync(day.AddDays(10));
        await house.CatchUpAsync();
        var line = Assert.Single(await house.Spend.LinesAsync(Sample.Account(1), Ever, Never));
        Assert.Equal((6_000, day.AddDays(10), "京东商城", 0L), (line.Amount, line.On, line.Merchant, line.Origin));
        await CheckAsync(house, 1);
    }

    /// <summary>Line by line as the journal tells it; without disputes the sum is what is owed to merchants in the ledger.</summary>
    private static async Task CheckAsync(ProgressHouse house, long customer)
    {
        var account = Sample.Account(customer);
        await house.CatchUpAsync();
        var kept = await house.Spend.LinesAsync(account, Ever, Never);
        var told = house.Spend.Recompute(account).Lines;
        Assert.Equal(told.Select(Plain).Order(StringComparer.Ordinal), kept.Select(Plain).Order(StringComparer.Ordinal));

        var ledger = house.House.Rows(account).Where(row => row.Kind != RowKind.Refused)
            .SelectMany(row => PostingCodec.Read(row.Postings))
            .Where(posting => posting.Account == LedgerAccount.MerchantPayable).Sum(posting => posting.Amount.MinorUnits);
        Assert.Equal(-ledger, kept.Where(line => line.Kind != SpendKind.Dispute).Sum(line => line.Amount));
    }

    private static string Plain(SpendLine line) =>
        FormattableString.Invariant($"{line.On:O} {line.Origin} {line.Kind} {line.PurchaseId} {line.Merchant} {line.Scene} {line.Amount}");
}
