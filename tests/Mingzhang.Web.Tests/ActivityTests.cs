using Microsoft.Extensions.DependencyInjection;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Diagnosis;
using Mingzhang.Services.Progress.Spend;
using Mingzhang.Services.Reading;

namespace Mingzhang.Web.Tests;

/// <summary>A page of activity costs what it shows, however old the account is.</summary>
public sealed class ActivityTests(OwnHost host) : IClassFixture<OwnHost>
{
    private const int Bought = 300;

    [Fact]
    public async Task A_page_reads_the_entries_it_shows_and_pages_together_give_everything_once()
    {
        var house = host.Services.GetRequiredService<CreditHouse>();
        var story = new FaultStory(house, new CustomerId(51_000_001));
        var account = await story.OpenAsync("pay-later", 1_000_000);
        for (var i = 0; i < Bought; i++)
        {
            await story.BuyAsync(account, 100 + i);
        }

        var view = (await host.Services.GetRequiredService<AccountReader>().FindAsync(account))!;
        var read = 0;
        IReadOnlyList<HistoryEntry> Read(long after, long upTo)
        {
            var entries = house.History(account, after, upTo);
            read += entries.Count;
            return entries;
        }

        var all = new List<ActivityLine>();
        ActivityPlace? before = null;
        var pages = 0;
        do
        {
            read = 0;
            var found = Activity.Page(view, new ActivityAsk(before, null, _ => true, 30), Read, _ => null);
            Assert.InRange(read, 1, 2 * Activity.Step); // 30 lines, and more only where a step ends
            all.AddRange(found.Lines);
            before = found.Older;
            pages++;
        }
        while (before is not null);
        Assert.Equal(Bought / 30, pages);
        Assert.True(view.History.Count > 3 * Activity.Step - 10, $"{view.History.Count} entries");
        Assert.Equal(
            Activity.Of(view).Select(line => line.ToString()).Order(StringComparer.Ordinal),
            all.Select(line => line.ToString()).Order(StringComparer.Ordinal));
        var reader = host.Services.GetRequiredService<ActivityReader>();
        Assert.All(reader.Find(view, new ActivityAsk(null, null, _ => true, 30)).Lines, line => Assert.NotNull(line.Label));
    }

    [Fact]
    public async Task A_purchase_posted_long_after_it_was_authorised_still_names_its_shop()
    {
        var house = host.Services.GetRequiredService<CreditHouse>();
        var account = AccountId.Of(new CustomerId(Services.Sandbox.DemoCustomer.All.Single(one => one.Story == "paid").Customer), 1);
        await house.CatchUpFollowersAsync(TestContext.Current.CancellationToken);
        var spend = host.Services.GetRequiredService<SpendDesk>();
        foreach (var authorised in house.History(account).SelectMany(entry => entry.Events).OfType<Domain.Purchases.PurchaseAuthorised>())
        {
            Assert.Equal(
                new ActivityShop(authorised.Fact.Merchant, authorised.Fact.Scene), spend.ShopOf(account, authorised.Fact.PurchaseId));
        }
    }
}
