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
    public async Task The_home_page_reads_what_it_shows_however_old_the_account_is()
    {
        var visitor = await host.BorrowerAsync("paid");
        var customer = new CustomerId(Services.Sandbox.DemoCustomer.All.Single(one => one.Story == "paid").Customer);
        var house = host.Services.GetRequiredService<CreditHouse>();
        var reader = host.Services.GetRequiredService<AccountReader>();
        var (account, story) = (AccountId.Of(customer, 1), new FaultStory(house, customer));
        for (var i = 0; i < Bought; i++)
        {
            await story.BuyAsync(account, 100 + i);
        }

        // This one has fewer than six statements, so the page looks back to the first of them, and no row twice.
        var all = house.History(account).Count;
        var before = reader.EntriesRead;
        Assert.Contains("3.99", await Host.ReadAsync(visitor, "/app?lang=en"));
        Assert.InRange(reader.EntriesRead - before, 1, all);

        // What the page asks, of an account with more of them.
        var old = await story.AheadAsync(account, 0);
        for (var i = 0; i < Bought; i++)
        {
            await story.BuyAsync(old, 100 + i);
        }

        Assert.Null((await house.AdvanceForkAsync(old, house.BusinessDateOf(old).AddDays(220))).Refusal);
        await story.BuyAsync(old, 4321);
        var view = (await reader.FindAsync(old))!;
        before = reader.EntriesRead;
        Assert.Contains(host.Services.GetRequiredService<ActivityReader>().Latest(view, 6), line => line.Amount?.MinorUnits == -4321);
        Assert.Equal(6, StatementShelf.Latest(view, 6).Count);
        Assert.Equal(0, Services.Leaving.PassiveDesk.UnusedDays(view));
        var read = reader.EntriesRead - before;
        all = house.History(old).Count;
        TestContext.Current.TestOutputHelper?.WriteLine($"{read} of {all} entries");
        Assert.True(all > Bought && read <= 2 * Activity.Step, $"{read} of {all} entries");
    }

    [Fact]
    public async Task What_is_read_from_the_end_says_what_the_whole_history_says()
    {
        var house = host.Services.GetRequiredService<CreditHouse>();
        var reader = host.Services.GetRequiredService<AccountReader>();
        foreach (var account in Services.Sandbox.DemoCustomer.All.Select(one => AccountId.Of(new CustomerId(one.Customer), 1)))
        {
            if (await reader.FindAsync(account) is not { } view)
            {
                continue;
            }

            Assert.Equal(view.History.Reverse().Select(entry => entry.Sequence), view.Latest.Select(entry => entry.Sequence));
            Assert.Equal(
                StatementShelf.Of(view).Take(6).Select(one => one.Latest), StatementShelf.Latest(view, 6).Select(one => one.Latest));
            var used = house.History(account).SelectMany(entry => entry.Events)
                .Where(one => one is Domain.Purchases.PurchaseAuthorised or Domain.Purchases.OfflinePurchaseTaken
                    or Domain.Loans.LoanDisbursed or Domain.Opening.AccountReopened)
                .Select(one => one.EffectiveOn).Append(view.State.OpenedOn).Max();
            Assert.Equal(view.Today.DayNumber - used.DayNumber, Services.Leaving.PassiveDesk.UnusedDays(view));
        }
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
