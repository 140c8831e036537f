using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Closing;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Diagnosis;
using Mingzhang.Services.Leaving;
using Mingzhang.Services.Reading;

namespace Mingzhang.Payments.Leaving;

/// <summary>Unusual closings, the early-warning score, and closing by the house.</summary>
public sealed class LeaveWatchTests : IDisposable
{
    private readonly LeaveHouse _house = new();

    public void Dispose() => _house.Dispose();

    [Fact]
    public async Task An_ordinary_closing_opens_no_case()
    {
        var account = await _house.Story().OpenAsync("pay-later", 1_000_000);
        await RequestAsync(account, LeaveDevice.None);
        Assert.Empty(_house.Shelf.Cases(account));
    }

    [Theory]
    [InlineData(1_000_000, true)] // 10,000.00 of 20,000.00 is the bound: half of the limit
    [InlineData(999_999, false)]
    public async Task A_large_use_before_it_is_noticed(long minor, bool noticed)
    {
        var story = _house.Story();
        var account = await story.OpenAsync("pay-later", 2_000_000);
        await story.DoAsync(account, on => new AuthorisePurchase("p-1", FaultStory.Yuan(minor), "groceries", "x") { EffectiveOn = on });
        await RequestAsync(account, LeaveDevice.None);
        Assert.Equal(noticed ? ["after-draw"] : [], _house.Shelf.Cases(account).Select(one => one.Rule));
    }

    [Fact]
    public async Task A_new_device_asks_for_an_interview_until_somebody_decided()
    {
        var story = _house.Story();
        var account = await story.OpenAsync("pay-later", 1_000_000);
        await RequestAsync(account, new LeaveDevice("hash", IsNew: true));
        var one = Assert.Single(_house.Shelf.Cases(account));
        Assert.Equal(("new-device", "open", "high"), (one.Rule, one.State, one.Tier));
        var view = await _house.ViewAsync(account);
        Assert.True(_house.Desk.Check(view).NeedsInterview);
        Assert.IsType<VideoInterviewRequired>(await _house.Desk.ConfirmAsync(view, LeaveCheckTests.Ask(ClosingMode.Now, key: "key-2222")));
        Assert.True(await _house.Shelf.DecideAsync(account, one.Number, "interviewed", "seen", "staff:a", 1));
        Assert.False(await _house.Shelf.DecideAsync(account, one.Number, "stopped", "late", "staff:b", 2));
        Assert.Null(await _house.Desk.ConfirmAsync(view, LeaveCheckTests.Ask(ClosingMode.Now, key: "key-3333")));
        Assert.IsType<Closed>((await _house.ViewAsync(account)).State.Lifecycle);
    }

    [Fact]
    public async Task Three_customers_from_one_device_are_noticed_two_are_not()
    {
        var device = new LeaveDevice("one-hash", IsNew: false);
        for (var customer = 1; customer <= 3; customer++)
        {
            var account = await _house.Story().OpenAsync("pay-later", 1_000_000);
            await RequestAsync(account, device);
            Assert.Equal(customer == 3 ? ["one-device"] : [], _house.Shelf.Cases(account).Select(one => one.Rule));
        }
    }

    [Fact]
    public async Task Asking_and_calling_off_again_and_again_is_noticed_the_third_time()
    {
        var account = await _house.Story().OpenAsync("pay-later", 1_000_000);
        for (var time = 1; time <= 3; time++)
        {
            await RequestAsync(account, LeaveDevice.None, $"key-{time}000");
            Assert.Equal(time == 3 ? 1 : 0, _house.Shelf.Cases(account).Count);
            Assert.Null(await _house.Desk.CancelAsync(
                await _house.ViewAsync(account), LeaveCheckTests.Ask(ClosingMode.RunOff, key: $"key-{time}111")));
        }
    }

    [Fact]
    public async Task Twenty_closings_within_an_hour_are_noticed()
    {
        for (var closing = 1; closing <= 20; closing++)
        {
            var account = await _house.Story().OpenAsync("pay-later", 1_000_000);
            await RequestAsync(account, LeaveDevice.None);
            Assert.Equal(closing == 20 ? ["burst"] : [], _house.Shelf.Cases(account).Select(one => one.Rule));
        }
    }

    [Fact]
    public async Task The_score_explains_every_point()
    {
        var story = _house.Story();
        var account = await story.OpenAsync("pay-later", 1_000_000);
        Assert.Equal(("green", 0), Score(await _house.ViewAsync(account)));
        await story.BuyAsync(account, 9_500_00);
        var late = await story.OverdueAsync(account, 12);
        var score = _house.Warning.Of(await _house.ViewAsync(late));
        Assert.Equal(["days-past-due", "used-share"], score.Parts.Select(part => part.Factor.Code));
        Assert.Equal((12L, 36), (score.Parts[0].Found, score.Parts[0].Points)); // 3 points a day
        Assert.Equal(15, score.Parts[1].Points); // 95 per cent used: 15 above 80
        Assert.Equal((51, "orange"), (score.Points, score.Level.Code));
        Assert.Equal(score.Points, score.Parts.Sum(part => part.Points));
    }

    [Fact]
    public async Task The_house_announces_before_it_closes_and_says_why()
    {
        var story = _house.Story();
        var account = await story.OpenAsync("pay-later", 1_000_000);
        var view = await _house.ViewAsync(account);
        Assert.Null(await _house.Passive.AnnounceAsync(view, " ", "staff:a"));
        Assert.Null(await _house.Passive.AnnounceAsync(view, new string('x', 201), "staff:a"));
        var told = await _house.Passive.AnnounceAsync(view, "cash-out pattern", "staff:a");
        Assert.Equal(new DateOnly(2026, 8, 4), told!.From); // 30 days after 5 July
        Assert.Equal(told, await _house.Passive.AnnounceAsync(view, "another", "staff:b"));
        var notices = _house.Notices.Of(account.Customer, new Services.Notifications.NoticeQuery(false, null, 10, 0));
        Assert.Equal("cash-out pattern", Assert.Single(notices, one => one.Kind == "closing-announced").Fields["reason"]);
        Assert.False(_house.Passive.IsUnused(view));
        Assert.True(_house.Passive.IsUnused(await _house.ViewAsync(await story.AheadAsync(account, 365))));
    }

    [Theory]
    [InlineData("\"steps\": [\"notice\", \"pin\", \"second\"]", "\"steps\": [\"pin\"]", "every tier has the notice")]
    [InlineData("\"tier\": \"normal\"", "\"tier\": \"medium\"", "tier medium")]
    [InlineData("\"code\": \"burst\"", "\"code\": \"bursts\"", "watch bursts")]
    [InlineData("\"adverseYears\": 5", "\"adverseYears\": 0", "adverseYears")]
    [InlineData("\"points\": 3,", "\"points\": -3,", "warning factor")]
    [InlineData("\"disuseDays\": 365", "\"disuseDays\": 3", "disuseDays")]
    [InlineData("\"sample\": true", "\"sampel\": true", "sampel")]
    public void A_broken_rule_is_named(string part, string instead, string words)
    {
        var text = LeaveRulesFile.Shipped();
        Assert.Contains(part, text);
        var broken = Assert.Throws<ProductsException>(() => LeaveRulesFile.Parse(text.Replace(part, instead, StringComparison.Ordinal)));
        Assert.Contains(words, broken.Message);
    }

    private (string Level, int Points) Score(AccountView view)
    {
        var score = _house.Warning.Of(view);
        return (score.Level.Code, score.Points);
    }

    private async Task RequestAsync(AccountId account, LeaveDevice device, string key = "key-1234") =>
        Assert.Null(await _house.Desk.RequestAsync(
            await _house.ViewAsync(account), LeaveCheckTests.Ask(ClosingMode.RunOff, key: key, device: device)));
}
