using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Closing;
using Mingzhang.Domain.People;
using Mingzhang.Domain.Permissions;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Encoding;
using Mingzhang.Services.Leaving;
using Mingzhang.Services.Notifications;
using Mingzhang.Services.Reading;

namespace Mingzhang.Payments.Leaving;

/// <summary>The way out itself: the calendar comes true, what waits closes, what ends ends, and nothing else does.</summary>
public sealed class LeaveWayTests : IDisposable
{
    private readonly LeaveHouse _house = new();

    public void Dispose() => _house.Dispose();

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(false, 1)] // planted: one fen less is paid, and it does not close
    public async Task Paid_as_the_calendar_says_it_closes_on_the_day_the_calendar_says(bool instalments, int less)
    {
        var story = _house.Story();
        var line = await story.OpenAsync("pay-later", 2_000_000);
        if (instalments)
        {
            await story.PlanAsync(line, 3_000_00);
        }

        await story.BuyAsync(line, 1_234_56);
        var account = await story.AheadAsync(line, 40);
        await story.BuyAsync(account, 77_77);
        Assert.Null(await _house.Desk.RequestAsync(await _house.ViewAsync(account), LeaveCheckTests.Ask(ClosingMode.RunOff)));
        Assert.Null(await _house.Desk.ConfirmAsync(
            await _house.ViewAsync(account), LeaveCheckTests.Ask(ClosingMode.RunOff, key: "key-5678")));
        var plan = RunOffPlan.Of(await _house.ViewAsync(account));
        Assert.NotEmpty(plan.Dues);
        Assert.All(plan.Dues, due => Assert.Equal(due.Amount, due.Principal + due.Interest + due.Charges));
        foreach (var due in plan.Dues)
        {
            if (due.On > _house.House.BusinessDateOf(account))
            {
                Assert.Null((await _house.House.AdvanceForkAsync(account, due.On)).Refusal);
            }

            Assert.IsNotType<Closed>((await _house.ViewAsync(account)).State.Lifecycle);
            await story.PayAsync(account, due.Amount.MinorUnits - less);
        }

        var after = (await _house.ViewAsync(account)).State.Lifecycle;
        if (less > 0)
        {
            Assert.IsNotType<Closed>(after);
            return;
        }

        Assert.Equal(plan.ClosesOn, Assert.IsType<Closed>(after).ClosedOn);
    }

    [Fact]
    public async Task A_line_that_closes_alone_waits_and_closes_by_itself_once_it_is_paid()
    {
        var story = _house.Story();
        var account = await story.OpenAsync("bank-pay-later", 1_000_000);
        await story.BuyAsync(account, 500_00);
        Assert.Null(await _house.Desk.RequestAsync(await _house.ViewAsync(account), LeaveCheckTests.Ask(ClosingMode.RunOff)));
        var half = await _house.ViewAsync(account);
        Assert.True(_house.Desk.IsHalfWaiting(half));
        Assert.Contains(half.State.Restrictions, one => one.Id == LeaveDesk.StopId);
        Assert.Null(await _house.Desk.ConfirmAsync(half, LeaveCheckTests.Ask(ClosingMode.RunOff, key: "key-5678")));
        Assert.Equal(0, await _house.Desk.CompleteAsync(CancellationToken.None));
        await story.PayAllAsync(account);
        Assert.Equal(1, await _house.Desk.CompleteAsync(CancellationToken.None));
        Assert.IsType<Closed>((await _house.ViewAsync(account)).State.Lifecycle);
        Assert.Equal(0, await _house.Desk.CompleteAsync(CancellationToken.None));
        Assert.Equal(["request", "confirm", "complete"], _house.Shelf.StepsOf(account).Select(one => one.Step));
    }

    [Fact]
    public async Task Closing_one_line_writes_nothing_to_another_and_counts_both()
    {
        var story = _house.Story();
        var (own, other) = (await story.OpenAsync("pay-later", 1_000_000), await story.OpenAsync("bank-pay-later", 700_000));
        await story.BuyAsync(other, 123_00);
        var before = DomainJson.Write((await _house.House.ReadAsync(other))!);
        var rows = _house.House.Rows(other).Count;
        var impact = await _house.Impacts.OfAsync(await _house.ViewAsync(own));
        Assert.Equal((1_700_000, 700_000, 123_00), (
            impact.TotalLimitBefore.MinorUnits, impact.TotalLimitAfter.MinorUnits, impact.TotalDebt.MinorUnits));
        Assert.Equal(other, Assert.Single(impact.Others).Account);
        await CloseAsync(own);
        Assert.IsType<Closed>((await _house.ViewAsync(own)).State.Lifecycle);
        Assert.Equal(before, DomainJson.Write((await _house.House.ReadAsync(other))!));
        Assert.Equal(rows, _house.House.Rows(other).Count);
    }

    [Fact]
    public async Task Benefits_optional_consents_and_offers_end_and_benefits_come_back_when_called_off()
    {
        var story = _house.Story();
        var account = await story.OpenAsync("pay-later", 1_000_000);
        var customer = account.Customer;
        await _house.People.AddAsync(Someone(customer));
        await _house.Consents.TakeOverAsync(customer);
        await _house.Consents.GiveAsync(customer, "partner-sharing", "2026-01", "app", "form");
        await _house.Wishes.TakeAsync(customer, (kind, channel) => Wanted(kind, channel, offers: true), false, false);
        await _house.Benefits.GiveAsync(account, new Benefit("points", "points", "积分", "Points", 10, null));
        await story.BuyAsync(account, 10_00);
        Assert.Null(await _house.Desk.RequestAsync(await _house.ViewAsync(account), LeaveCheckTests.Ask(ClosingMode.RunOff, "hardship")));
        Assert.Single(_house.Shelf.Signals(account), one => one.Kind == "hardship");
        Assert.Null(await _house.Desk.ConfirmAsync(
            await _house.ViewAsync(account), LeaveCheckTests.Ask(ClosingMode.RunOff, key: "key-5678")));
        Assert.Empty(_house.Benefits.Of(account, new DateOnly(2026, 7, 5)));
        Assert.False(_house.Consents.Of(customer).Last(line => line.Code == "partner-sharing").Given);
        Assert.True(_house.Consents.Of(customer).Last(line => line.Code == "privacy").Given);
        Assert.False(_house.Wishes.Of(customer).AgreesToMarketing("email"));
        Assert.Contains(_house.Notices.Of(customer, new NoticeQuery(false, null, 10, 0)), one => one.Kind == LeaveEnding.Told);
        Assert.Null(await _house.Desk.CancelAsync(
            await _house.ViewAsync(account), LeaveCheckTests.Ask(ClosingMode.RunOff, key: "key-9999")));
        Assert.Single(_house.Benefits.Of(account, new DateOnly(2026, 7, 5)));
        Assert.IsType<Active>((await _house.ViewAsync(account)).State.Lifecycle);
    }

    [Fact]
    public async Task The_consent_to_offers_stays_while_another_line_is_used_and_ends_with_the_last()
    {
        var story = _house.Story();
        var (first, second) = (await story.OpenAsync("pay-later", 1_000_000), await story.OpenAsync("bank-pay-later", 1_000_000));
        await _house.People.AddAsync(Someone(first.Customer));
        await _house.Wishes.TakeAsync(first.Customer, (kind, channel) => Wanted(kind, channel, offers: true), false, false);
        await LeaveAsync(second); // the bank line: its closing waits, and is no line to keep offers for
        Assert.True(_house.Wishes.Of(first.Customer).AgreesToMarketing("email"));
        await LeaveAsync(first);
        Assert.False(_house.Wishes.Of(first.Customer).AgreesToMarketing("email"));

        async Task LeaveAsync(AccountId account)
        {
            await story.BuyAsync(account, 10_00);
            Assert.Null(await _house.Desk.RequestAsync(
                await _house.ViewAsync(account), LeaveCheckTests.Ask(ClosingMode.RunOff, "unused", key: $"key-1-{account}")));
            Assert.Null(await _house.Desk.ConfirmAsync(
                await _house.ViewAsync(account), LeaveCheckTests.Ask(ClosingMode.RunOff, key: $"key-2-{account}")));
        }
    }

    [Fact]
    public async Task What_was_shown_is_kept_with_its_hash()
    {
        var story = _house.Story();
        var account = await story.OpenAsync("pay-later", 1_000_000);
        Assert.Null(await _house.Desk.RequestAsync(await _house.ViewAsync(account), LeaveCheckTests.Ask(ClosingMode.Now)));
        var step = Assert.Single(_house.Shelf.StepsOf(account));
        Assert.Equal(("what was shown", LeaveDesk.HashOf("what was shown")), (step.Shown, step.TextHash));
        Assert.Equal("closing-notice.v1", step.Version);
    }

    [Fact]
    public async Task A_thief_with_the_phone_cannot_lift_the_stop()
    {
        var story = _house.Story();
        var account = await story.OpenAsync("pay-later", 1_000_000);
        var ask = LeaveCheckTests.Ask(ClosingMode.RunOff, LeaveReasons.Theft);
        var first = await _house.Theft.ReportAsync(await _house.ViewAsync(account), ask, "");
        Assert.Equal("special", first.Ticket!.Queue);
        var again = await _house.Theft.ReportAsync(await _house.ViewAsync(account), ask with { Key = "key-again" }, "more");
        Assert.Equal(first.Ticket.Number, again.Ticket!.Number);
        var lift = new LiftRestriction(TheftDesk.StopId, Actor.Borrower, "mine") { EffectiveOn = new DateOnly(2026, 7, 5) };
        var no = await _house.House.SubmitAsync(new Engine.CommandEnvelope(account, "lift", lift, "customer:thief"));
        Assert.IsType<RestrictionNotYours>(no.Refusal);
    }

    private async Task CloseAsync(AccountId account)
    {
        Assert.Null(await _house.Desk.RequestAsync(await _house.ViewAsync(account), LeaveCheckTests.Ask(ClosingMode.Now)));
        Assert.Null(await _house.Desk.ConfirmAsync(
            await _house.ViewAsync(account), LeaveCheckTests.Ask(ClosingMode.Now, key: "key-5678")));
    }

    private static bool Wanted(NoticeKind kind, string channel, bool offers) => kind.Class == NoticeClass.Marketing
        ? offers : Wishes.RuleOf(kind, channel) is ChannelRule.Always or ChannelRule.On;

    private static Services.People.Person Someone(CustomerId customer) => new(customer.Value, "测试", "19900001234");
}
