using Microsoft.Extensions.DependencyInjection;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Leaving;
using Mingzhang.Services.Notifications;
using Mingzhang.Services.People;
using Mingzhang.Services.Raising;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Sandbox;

namespace Mingzhang.Web.Tests;

/// <summary>What closing changes: the page names the offers and consents that end for this person, and none where there are none.</summary>
public sealed class LeaveEndsTests(OwnHost host) : IClassFixture<OwnHost>
{
    private const string Page = "/app/close/impact?mode=run-off&lang=en";

    private T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    [Fact]
    public async Task What_ends_is_named_for_whom_it_ends()
    {
        var customer = new CustomerId(DemoCustomer.All.Single(one => one.Story == "paid").Customer);
        var visitor = await host.BorrowerAsync("paid");
        var before = await Host.ReadAsync(visitor, Page);
        foreach (var none in (string[])["Consent: ", "Messages about offers", "Invitation to open", "Temporary limit on offer"])
        {
            Assert.DoesNotContain(none, before, StringComparison.Ordinal);
        }

        var text = ConsentTexts.Latest(RaiseDesk.Consent)!;
        await Get<ConsentLedger>().GiveAsync(customer, text.Code, text.Version, "app", "leave-ends");
        await Get<WishDesk>().KeepAsync(customer, [.. Wishes.Channels.Select(channel => new Wish(Wishes.Offers, channel, true))]);
        var after = await Host.ReadAsync(visitor, Page);
        Assert.Contains($"Consent: {text.En.Title}", after, StringComparison.Ordinal);
        Assert.Contains("Messages about offers", after, StringComparison.Ordinal);
        var view = (await Get<AccountReader>().FindAsync(AccountId.Of(customer, 1)))!;
        var impact = await Get<LeaveImpacts>().OfAsync(view);
        Assert.Equal([RaiseDesk.Consent], impact.Sharing);
        var offered = Get<RaiseDesk>().OfferOf(view) is { NextOn: null, Terms: { Failed: null, MostMinor: > 0 } };
        Assert.Equal(offered, after.Contains("Temporary limit on offer", StringComparison.Ordinal));
        Assert.Equal(offered ? 1 : 0, impact.Offers.Count);
        TestContext.Current.TestOutputHelper?.WriteLine($"a temporary limit is offered: {offered}");
    }

    [Fact]
    public async Task An_offer_of_any_desk_stands_on_the_page()
    {
        var view = (await Get<AccountReader>().FindAsync(AccountId.Of(new CustomerId(1_000_003), 1)))!;
        var made = new LeaveImpacts(
            Get<Engine.CreditHouse>(), Get<AccountReader>(), Get<BenefitDesk>(), Get<LeaveBook>(), Get<LeaveEnding>(), [new Both()]);
        var offers = (await made.OfAsync(view)).Offers;
        Assert.Equal(["temporary-limit", "win-back"], offers.Select(one => one.Kind));
        Assert.All(offers, one => Assert.True(Texts.Catalogue.Has("impact.offer-" + one.Kind)));
    }

    private sealed class Both : IOpenOffers
    {
        public IReadOnlyList<OpenOffer> OpenFor(AccountView view) =>
            [new OpenOffer("temporary-limit", view.State.TotalLimit), new OpenOffer("win-back", null)];
    }
}
