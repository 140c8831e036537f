using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Corrections;
using Mingzhang.Engine.Encoding;
using Mingzhang.Engine.Lanes;
using Mingzhang.Store;
using Mingzhang.Store.Sqlite;

namespace Mingzhang.Engine.Tests;

/// <summary>Late facts read what is new of a history, and decide as if they had read it all.</summary>
public sealed class HistoryTests
{
    [Fact]
    public async Task Late_facts_from_kept_histories_decide_what_the_whole_history_decides()
    {
        using var fixture = new HouseFixture();
        using var house = fixture.Open();
        await house.SubmitManyAsync([Sample.Open(7), Sample.Open(8)]);
        for (var month = 1; month <= 4; month++)
        {
            await house.SubmitManyAsync([.. Enumerable.Range(0, 5).Select(i => Sample.Buy(7, $"{month}-{i}", 1_000, house.BusinessDate))]);
            await house.AdvanceToAsync(house.BusinessDate.AddMonths(1));
            for (var i = 0; i < 4; i++)
            {
                var late = Sample.Buy(7, $"late-{month}-{i}", 700 + i, house.BusinessDate.AddDays(-3 - (9 * i)));
                var (state, whole) = ((await house.ReadAsync(Sample.Account(7)))!, house.History(Sample.Account(7)));
                var expected = (Accepted)AccountCorrector.Decide(state, whole, late.Command, Sample.Book, house.BusinessDate);
                var answer = await house.SubmitAsync(late);
                Assert.Equal(expected.Events, answer.Events);
                Assert.Equal(expected.After, answer.After);
            }

            var paid = await house.SubmitAsync(Sample.Pay(7, $"r{month}", 900, house.BusinessDate));
            var withdrawal = new ReverseFact(paid.Sequence, "wrong") { EffectiveOn = house.BusinessDate };
            var withdrawn = await house.SubmitAsync(new CommandEnvelope(Sample.Account(7), $"reverse-{month}", withdrawal, "test"));
            Assert.IsType<AccountCorrected>(Assert.Single(withdrawn.Events));
        }

        var report = await house.VerifyAsync();
        Assert.True(report.IsSound, report.First?.ToString());
    }

    [Fact]
    public async Task A_kept_history_reads_only_what_is_new_and_the_oldest_goes_first()
    {
        using var fixture = new HouseFixture();
        using (var house = fixture.Open())
        {
            await house.SubmitManyAsync([.. Enumerable.Range(1, 4).Select(customer => Sample.Open(customer))]);
            await house.SubmitManyAsync(
                [.. Enumerable.Range(0, 80).Select(i => Sample.Authorise(1 + (i % 4), $"a{i}", 100, Sample.Start))]);
        }

        using var store = SqliteStore.Open(new StoreOptions { Path = fixture.Path });
        using var reader = store.OpenReader();
        var shelf = new HistoryShelf(reader, mostEntries: 50);
        Assert.Equal(21, shelf.Of(Sample.Account(1)).Count);
        Assert.Equal(21, shelf.Of(Sample.Account(1)).Count);
        Assert.Equal(21, shelf.RowsRead);
        shelf.Of(Sample.Account(2));
        shelf.Of(Sample.Account(1));
        Assert.Equal((42, 2), (shelf.RowsRead, shelf.Accounts));
        shelf.Of(Sample.Account(3));
        Assert.Equal((63, 2), (shelf.RowsRead, shelf.Accounts));
        shelf.Of(Sample.Account(1));
        Assert.Equal(63, shelf.RowsRead);
        shelf.Of(Sample.Account(2));
        Assert.Equal(84, shelf.RowsRead);
    }

    [Fact]
    public async Task A_correction_is_read_without_its_state_and_otherwise_whole()
    {
        using var fixture = new HouseFixture();
        using var house = fixture.Open();
        await house.SubmitManyAsync([Sample.Open(7), Sample.Buy(7, "p1", 50_000, Sample.Start)]);
        await house.AdvanceToAsync(new DateOnly(2026, 2, 20));
        var result = await house.SubmitAsync(Sample.Pay(7, "r1", 20_000, new DateOnly(2026, 2, 3)));
        var whole = (AccountCorrected)result.Events[0];
        var light = (AccountCorrected)CorrectionFacts.Read(result.Row!.Body)[0];
        Assert.NotEqual(whole, light);
        Assert.Equal(whole, light with { After = whole.After });
    }
}
