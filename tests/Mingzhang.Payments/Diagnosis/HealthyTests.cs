using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Permissions;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Diagnosis;
using Mingzhang.Services.Entitlements;

namespace Mingzhang.Payments.Diagnosis;

/// <summary>No cause where there is none; what is late or wrong is found and repaired by itself.</summary>
public sealed class HealthyTests
{
    private const int Accounts = 1_000;

    [Fact]
    public async Task A_thousand_healthy_accounts_have_no_cause()
    {
        using var house = new UseHouse();
        var random = new Random(20261122);
        for (var n = 0; n < Accounts; n++)
        {
            var story = new FaultStory(house.House, house.NextCustomer());
            var account = await story.OpenAsync("pay-later", 5_000_00);
            var spent = random.Next(100, 4_000_00);
            await story.BuyAsync(account, spent);
            if (n % 3 == 0)
            {
                await story.PayAsync(account, random.Next(1, spent));
            }
            else if (n % 3 == 1)
            {
                await story.RestrictAsync(account, RestrictionReason.Risk);
                await story.DoAsync(account, on => new LiftRestriction("injected", Actor.Staff, "checked") { EffectiveOn = on });
            }

            var found = await house.Diagnoser.AskAsync(new UseQuestion(account));
            Assert.True(
                found is { Usable: true, Verdict: UseVerdict.Normal, Causes.Count: 0 },
                $"{account}: {string.Join("; ", found!.Causes.Select(one => $"{one.Code} {one.Evidence}"))}");
        }

        await house.PumpAsync();
        Assert.Equal(0, await SweepAsync(house, pages: 6));
    }

    [Theory]
    [InlineData("limit")]
    [InlineData("permission")]
    [InlineData("figures")]
    public async Task A_row_that_is_wrong_is_found_and_repaired_but_for_figures_which_staff_end(string kind)
    {
        using var house = new UseHouse();
        var story = new FaultStory(house.House, house.NextCustomer());
        var account = await story.OpenAsync("pay-later", 5_000_00);
        await house.PumpAsync();
        await house.Entitlements.SpoilAsync(account, figures => kind switch
        {
            "limit" => figures with { Available = 1 },
            "permission" => figures with { Spend = false },
            _ => figures with { Posted = 1 },
        });
        Assert.Equal(1, await SweepAsync(house, pages: 1));
        var fault = Assert.Single(house.Entitlements.Faults(account, 10));
        Assert.Equal(kind, fault.Kind);
        if (kind == EntitlementDesk.Figures)
        {
            Assert.Equal(0, fault.EndedAt);
            await house.Entitlements.ResolveAsync(account);
        }

        Assert.True(Assert.Single(house.Entitlements.Faults(account, 10)).EndedAt > 0);
        Assert.Equal(0, await SweepAsync(house, pages: 1));
        Assert.Equal(UseVerdict.Normal, (await house.Diagnoser.AskAsync(new UseQuestion(account)))!.Verdict);
    }

    [Fact]
    public async Task What_waited_too_long_is_noted_once_for_each_account_and_over_when_it_is_worked_out()
    {
        using var house = new UseHouse();
        var stories = Enumerable.Range(0, 3).Select(_ => new FaultStory(house.House, house.NextCustomer())).ToList();
        var accounts = new List<AccountId>();
        foreach (var story in stories)
        {
            accounts.Add(await story.OpenAsync("pay-later", 5_000_00));
            await story.BuyAsync(accounts[^1], 100_00);
        }

        await house.PumpAsync();
        foreach (var (story, account) in stories.Zip(accounts))
        {
            await story.PayAsync(account, 50_00);
        }

        await house.House.CatchUpFollowersAsync();
        var desk = new EntitlementDesk(house.House, house.Reader, house.Access, new Later(EntitlementDesk.Late * 2));
        Assert.Equal(3, await desk.CheckAsync(CancellationToken.None));
        Assert.Equal(3, await desk.CheckAsync(CancellationToken.None)); // still so; what is open is not noted again
        Assert.All(accounts, account => Assert.Equal(("lag", 0L), KindAndEnd(Assert.Single(desk.Faults(account, 10)))));
        await desk.RefreshAsync(CancellationToken.None);
        Assert.All(accounts, account => Assert.All(desk.Faults(account, 10), fault => Assert.True(fault.EndedAt > 0)));
        Assert.Equal(0, await desk.CheckAsync(CancellationToken.None));

        static (string Kind, long End) KindAndEnd(UseFault fault) => (fault.Kind, fault.EndedAt);
    }

    [Fact]
    public async Task What_the_follower_missed_is_found_by_looking()
    {
        using var house = new UseHouse();
        var injected = await house.Injector.InjectAsync("A01_LEDGER_SYNC", house.NextCustomer());
        await house.Entitlements.HoldAsync(injected!.Question.Account, "", TimeSpan.Zero);
        Assert.Equal(1, await SweepAsync(house, pages: 1));
        Assert.Equal(UseVerdict.Normal, (await house.Diagnoser.AskAsync(injected.Question))!.Verdict);
    }

    [Fact]
    public async Task Accounts_that_pay_everything_due_are_counted_and_those_that_stay_unusable_too()
    {
        using var house = new UseHouse();
        var story = new FaultStory(house.House, house.NextCustomer());
        var account = await story.OpenAsync("pay-later", 5_000_00);
        await story.BuyAsync(account, 1_000_00);
        var late = await story.OverdueAsync(account, days: 9);
        var soon = await story.OverdueAsync(account, days: 2);
        await house.PumpAsync();
        await story.PayAllAsync(late); // has a cooling period
        await story.PayAllAsync(soon);
        await house.PumpAsync();
        var day = Assert.Single(house.Entitlements.Days(10));
        Assert.Equal((2, 1), (day.Cleared, day.Unusable));
    }

    [Fact]
    public async Task A_till_is_refused_while_the_store_stands_still_and_served_when_it_goes_on()
    {
        using var house = new UseHouse();
        var injected = await house.Injector.InjectAsync("A02_PERMISSION_LAG", house.NextCustomer());
        var account = injected!.Question.Account;
        await house.Checkout.KeepAsync(new Services.Checkout.Merchant("shop-1", "Corner Shop", "5411", "groceries", true));
        var state = (await house.House.ReadAsync(account))!;
        var (_, refused) = await house.Checkout.AuthoriseAsync(state, "shop-1", "o-1", state.TotalLimit, "k1", "test");
        Assert.IsType<UseNotGranted>(refused);
        await house.Entitlements.HoldAsync(account, "", TimeSpan.Zero);
        var (_, served) = await house.Checkout.AuthoriseAsync(state, "shop-1", "o-2", state.TotalLimit, "k2", "test");
        Assert.Null(served);
        Assert.Equal(2, house.Checkout.Attempts(account, 10).Count);
        Assert.IsType<MerchantUnknown>(await AtAsync("shop-0"));
        await house.Checkout.KeepAsync(new Services.Checkout.Merchant("shop-2", "Betting", "7995", "groceries", true));
        Assert.IsType<MerchantNotEligible>(await AtAsync("shop-2"));

        async Task<Refusal?> AtAsync(string shop) =>
            (await house.Checkout.AuthoriseAsync(state, shop, "o-3", state.TotalLimit, "k3", "test")).Refusal;
    }

    [Fact]
    public async Task A_till_waits_for_the_lender_as_the_diagnosis_says()
    {
        using var house = new UseHouse();
        var account = (await house.Injector.InjectAsync("A04_LENDER_CONFIRM", house.NextCustomer()))!.Question.Account;
        await house.Checkout.KeepAsync(new Services.Checkout.Merchant("shop-1", "Corner Shop", "5411", "groceries", true));
        var state = (await house.House.ReadAsync(account))!;
        var small = FaultStory.Yuan(1_00);
        var (_, refused) = await house.Checkout.AuthoriseAsync(state, "shop-1", "o-1", small, "k1", "test");
        Assert.Equal("lender", Assert.IsType<UseNotGranted>(refused).Cause);
        Assert.True(await house.Neighbours.ConfirmLenderAsync(account, "r-1", "bank"));
        Assert.Null((await house.Checkout.AuthoriseAsync(state, "shop-1", "o-2", small, "k2", "test")).Refusal);
    }

    private static async Task<int> SweepAsync(UseHouse house, int pages)
    {
        var found = 0;
        for (var page = 0; page < pages; page++)
        {
            found += await house.Entitlements.CheckAsync(CancellationToken.None);
        }

        return found;
    }
}
