using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Opening;

namespace Mingzhang.Engine.Tests;

public sealed class SubmitTests
{
    [Fact]
    public async Task An_opened_account_is_there_after_a_crash()
    {
        using var fixture = new HouseFixture();
        using var house = fixture.Open();
        var opened = await house.SubmitAsync(Sample.Open(7));
        Assert.True(opened.IsAccepted, opened.Refusal?.ToString());
        var bought = await house.SubmitAsync(Sample.Buy(7, "p1", 12_345, Sample.Start));
        Assert.Equal(2, bought.Sequence);
        var before = await house.ReadAsync(Sample.Account(7));

        fixture.Crash();
        using var again = fixture.Open();
        var after = await again.ReadAsync(Sample.Account(7));
        Assert.Equal(before, after);
        Assert.Equal(12_345, after!.Items[0].Amount.MinorUnits);
    }

    [Fact]
    public async Task What_accounts_have_alike_is_in_memory_once_also_when_they_are_read_again()
    {
        using var fixture = new HouseFixture();
        using var house = fixture.Open();
        await house.SubmitManyAsync([Sample.Open(7), Sample.Open(8)]);
        await SharedAsync(house);
        fixture.Crash();
        using var again = fixture.Open();
        await SharedAsync(again);

        static async Task SharedAsync(CreditHouse house)
        {
            var (one, other) = ((await house.ReadAsync(Sample.Account(7)))!, (await house.ReadAsync(Sample.Account(8)))!);
            Assert.Same(one.Terms, other.Terms);
            Assert.Same(one.Product, other.Product);
            Assert.Same(one.Consents[0], other.Consents[0]);
        }
    }

    [Fact]
    public async Task A_house_closed_twice_is_closed()
    {
        using var fixture = new HouseFixture();
        var house = fixture.Open();
        await house.SubmitAsync(Sample.Open(7));
        house.Dispose();
        house.Dispose();
        using var again = fixture.Open();
        Assert.NotNull(await again.ReadAsync(Sample.Account(7)));
    }

    [Theory]
    [InlineData(32)]
    [InlineData(0)]
    public async Task The_same_key_gets_the_same_bytes_also_after_a_crash_and_for_refusals(int settleAtOnce)
    {
        using var fixture = new HouseFixture();
        using var house = fixture.Open(settleAtOnce: settleAtOnce);
        var early = await house.SubmitAsync(Sample.Buy(7, "p0", 5, Sample.Start));
        Assert.IsType<AccountNotOpen>(early.Refusal);
        Assert.Equal(1, early.Sequence);
        await house.SubmitAsync(Sample.Open(7));
        var bought = await house.SubmitAsync(Sample.Buy(7, "p1", 500, Sample.Start));
        var refused = await house.SubmitAsync(Sample.Buy(7, "p1", 500, Sample.Start, key: "other"));
        Assert.NotNull(refused.Refusal);

        fixture.Crash();
        using var again = fixture.Open(settleAtOnce: settleAtOnce);
        foreach (var open in (CreditHouse[])[house, again])
        {
            var replays = await open.SubmitManyAsync(
                [Sample.Buy(7, "p0", 5, Sample.Start), Sample.Buy(7, "p1", 500, Sample.Start),
                    Sample.Buy(7, "p1", 500, Sample.Start, key: "other")]);
            foreach (var (first, second) in new[] { early, bought, refused }.Zip(replays))
            {
                Assert.True(second.Replayed);
                Assert.Equal(first.Body.ToArray(), second.Body.ToArray());
                Assert.Equal((first.Sequence, first.BookedOn, first.IsAccepted, first.Refusal),
                    (second.Sequence, second.BookedOn, second.IsAccepted, second.Refusal));
                Assert.Equal(first.Events, second.Events);
            }
        }
    }

    [Fact]
    public async Task The_same_key_with_other_content_is_refused_and_not_stored()
    {
        using var fixture = new HouseFixture();
        using var house = fixture.Open();
        await house.SubmitAsync(Sample.Open(7));
        await house.SubmitAsync(Sample.Buy(7, "p1", 500, Sample.Start));
        var other = await house.SubmitAsync(Sample.Buy(7, "p1", 501, Sample.Start));
        Assert.IsType<KeyReusedWithOtherContent>(other.Refusal);
        Assert.Null(other.Row);
        Assert.Equal(2, house.Rows(Sample.Account(7)).Count);
    }

    [Fact]
    public async Task Duplicates_within_one_batch_have_one_effect()
    {
        using var fixture = new HouseFixture();
        using var house = fixture.Open();
        await house.SubmitAsync(Sample.Open(7));
        var results = await house.SubmitManyAsync([.. Enumerable.Repeat(Sample.Buy(7, "p1", 500, Sample.Start), 50)]);
        Assert.Single(results, result => !result.Replayed);
        Assert.All(results, result => Assert.Equal(2, result.Sequence));
    }

    [Fact]
    public async Task A_failed_commit_stops_the_house_and_nothing_was_acknowledged()
    {
        using var fixture = new HouseFixture();
        using var house = fixture.Open();
        await house.SubmitAsync(Sample.Open(7));
        fixture.BeforeCommit = _ => throw new IOException("the disk is gone");
        await Assert.ThrowsAnyAsync<Exception>(() => house.SubmitAsync(Sample.Buy(7, "p1", 500, Sample.Start)));
        await Assert.ThrowsAsync<HouseStoppedException>(() => house.SubmitAsync(Sample.Buy(7, "p2", 500, Sample.Start)));
        await Assert.ThrowsAsync<HouseStoppedException>(() => house.Stopped);
        fixture.BeforeCommit = null;
        fixture.Crash();
        using var again = fixture.Open();
        Assert.Single(again.Rows(Sample.Account(7)));
    }

    [Fact]
    public async Task Accounts_beyond_the_cache_come_back_from_the_store()
    {
        using var fixture = new HouseFixture();
        using var house = fixture.Open(cached: 16, settleAtOnce: 0);
        await house.SubmitManyAsync([.. Enumerable.Range(1, 200).Select(customer => Sample.Open(customer))]);
        for (var round = 0; round < 40; round++)
        {
            var id = $"{round}";
            var results = await house.SubmitManyAsync(
                [.. Enumerable.Range(1, 200).Select(customer => Sample.Authorise(customer, id, 100, Sample.Start))]);
            Assert.All(results, (result, i) => Assert.True(result.IsAccepted && result.Sequence == round + 2, $"{i}: {result.Refusal}"));
        }

        Assert.Equal(4_000, (await house.ReadAsync(Sample.Account(200)))!.SpentOnDay.MinorUnits);
    }
}
