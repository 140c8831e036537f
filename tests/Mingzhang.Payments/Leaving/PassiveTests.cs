using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Closing;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Leaving;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Tickets;

namespace Mingzhang.Payments.Leaving;

/// <summary>What the house does by itself about a line: rules that propose, announcements, and a hint to the customer.</summary>
public sealed class PassiveTests : IDisposable
{
    private readonly LeaveHouse _house = new();

    public void Dispose() => _house.Dispose();

    [Fact]
    public async Task The_house_closes_only_under_its_announcement_after_its_day_and_after_an_answer()
    {
        var story = _house.Story();
        var account = await story.OpenAsync("pay-later", 1_000_000);
        var told = (await _house.Passive.AnnounceAsync(await _house.ViewAsync(account), "cash-out pattern", "staff:a"))!;
        var early = await _house.ViewAsync(account);
        Assert.Equal(new ClosingNotAnnounced(), Refused(early, "notice-7"));
        Assert.Equal(new ClosingNoticeRuns(told.From), Refused(early, told.Id));
        Assert.Equal(new ClosingNoticeRuns(told.From), Refused(OnThe(told.From.AddDays(-1), early), told.Id));
        var later = OnThe(told.From, early);
        Assert.Null(Refused(later, told.Id));
        var asked = await _house.Tickets.OpenAsync(new OpenTicket(
            account.Customer, account, TicketKind.MeasureObjection, "account", TicketChannel.App, "not so", "customer:test"));
        Assert.Equal(new ObjectionOpen(asked.Ticket!.Number.ToString()), Refused(later, told.Id));
        Assert.Null((await _house.Tickets.CloseAsync(asked.Ticket.Number, "customer:test", "key-close")).Refusal);
        Assert.Null(Refused(later, told.Id));
        Assert.False(await _house.Passive.RevokeAsync(early, " ", "staff:b"));
        Assert.True(await _house.Passive.RevokeAsync(early, "the objection was right", "staff:b"));
        Assert.Equal(new ClosingNotAnnounced(), Refused(later, told.Id));
        Assert.Equal(["announce", "revoke"], _house.Shelf.StepsOf(account).Select(one => one.Step));
    }

    [Fact]
    public async Task What_follows_a_closing_by_the_house_follows_once()
    {
        var story = _house.Story();
        var account = await story.OpenAsync("pay-later", 1_000_000);
        await _house.Benefits.GiveAsync(account, new Benefit("points", "points", "积分", "Points", 10, null));
        var view = await _house.ViewAsync(account);
        var force = new ForceClosing("unused", "notice-1") { EffectiveOn = view.Today };
        await _house.Passive.FollowAsync(view, force, "key-1", "staff:a");
        await _house.Passive.FollowAsync(view, force, "key-1", "staff:a");
        var step = Assert.Single(_house.Shelf.StepsOf(account));
        Assert.Equal(("force", "notice-1", "unused"), (step.Step, step.Version, step.Shown));
        Assert.Empty(_house.Benefits.Of(account, view.Today));
    }

    [Theory]
    [InlineData(540, false, 0, true)]
    [InlineData(539, false, 0, false)] // a day too early
    [InlineData(540, true, 0, false)] // something is owed
    [InlineData(540, false, 1, false)] // bought in a shop 540 days later: not unused
    public async Task Long_disuse_is_proposed_to_staff(int days, bool owes, int buys, bool proposed)
    {
        var story = _house.Story();
        var line = await story.OpenAsync("pay-later", 1_000_000);
        var account = await story.AheadAsync(line, days);
        for (var i = 0; i < buys; i++)
        {
            await story.BuyAsync(account, 1_00);
            await story.PayAllAsync(account);
        }

        await (owes ? story.BuyAsync(account, 1_00) : Task.CompletedTask);
        var cases = await _house.Propose.LookAsync(await _house.ViewAsync(account));
        Assert.Equal(proposed ? ["disuse"] : [], cases.Select(one => one.Rule));
        Assert.Empty(await _house.Propose.LookAsync(await _house.ViewAsync(account)));
        // A case of this kind stands in nobody's way.
        Assert.True(owes || _house.Desk.Check(await _house.ViewAsync(account)).CanCloseNow);
    }

    [Theory]
    [InlineData(6, 1_400_00, "one-merchant")] // 8,400.00 of 10,000.00 at one shop
    [InlineData(5, 1_680_00, "")] // as much, five times
    [InlineData(6, 1_300_00, "")] // 7,800.00: under 80 per cent
    [InlineData(8, 1_100_00, "one-merchant one-day")] // 8,800.00 in eight purchases on one day
    public async Task Unusual_use_is_proposed_to_staff(int count, long fen, string expected)
    {
        var story = _house.Story();
        var account = await story.OpenAsync("pay-later", 1_000_000);
        for (var i = 0; i < count; i++)
        {
            await story.BuyAsync(account, fen);
        }

        var cases = await _house.Propose.LookAsync(await _house.ViewAsync(account));
        Assert.Equal(expected, string.Join(' ', cases.Select(one => one.Rule)));
        Assert.All(cases, one => Assert.Equal("", one.Tier));
    }

    [Theory]
    [InlineData(5, 0, "failed-payments")]
    [InlineData(4, 0, "")]
    [InlineData(0, 3, "in-and-out")] // 6,000.00 sent back of a limit of 10,000.00
    [InlineData(0, 2, "")]
    public async Task Unusual_payments_open_a_case(int failed, int sentBack, string expected)
    {
        var story = _house.Story();
        var account = await story.OpenAsync("pay-later", 1_000_000);
        for (var i = 0; i < failed; i++)
        {
            var id = $"r-{i}";
            await story.DoAsync(account, on => new SubmitPayment(id, Money.Of(100, Currency.Cny)) { EffectiveOn = on });
            await story.DoAsync(account, on => new FailPayment(id, "card-refused") { EffectiveOn = on });
        }

        for (var i = 0; i < sentBack; i++)
        {
            var id = $"b-{i}";
            await story.PayAsync(account, 2_000_00);
            await story.DoAsync(account, on => new ReturnCreditBalance(id, Money.Of(2_000_00, Currency.Cny)) { EffectiveOn = on });
        }

        var cases = await _house.Propose.LookAsync(await _house.ViewAsync(account));
        Assert.Equal(expected, string.Join(' ', cases.Select(one => one.Rule)));
        Assert.Empty(await _house.Propose.LookAsync(await _house.ViewAsync(account))); // the same is said once in its days
    }

    [Fact]
    public async Task What_a_tier_of_friction_costs_and_prevents_is_counted()
    {
        var story = _house.Story();
        var (owing, free) = (await story.OpenAsync("pay-later", 1_000_000), await _house.Story().OpenAsync("pay-later", 1_000_000));
        await story.BuyAsync(owing, 100_00);
        Assert.Empty(_house.Shelf.Tiers());
        foreach (var (account, i) in ((AccountId[])[owing, free]).Select((account, i) => (account, i)))
        {
            Assert.Null(await _house.Desk.RequestAsync(
                await _house.ViewAsync(account), LeaveCheckTests.Ask(ClosingMode.RunOff, key: $"key-100{i}", device: LeaveDevice.None)));
        }

        Assert.Equal(
            [("low", 1L, 0L, 1L), ("normal", 1L, 0L, 1L)],
            _house.Shelf.Tiers().Select(one => (one.Tier, one.Asked, one.Confirmed, one.Left)));
    }

    [Fact]
    public async Task Every_account_is_looked_at_once_a_day()
    {
        for (var i = 0; i < 3; i++)
        {
            await _house.Story().OpenAsync("pay-later", 1_000_000);
        }

        await _house.House.SettleAsync();
        Assert.Equal(3, await _house.Propose.GoOnAsync(CancellationToken.None));
        Assert.Equal(0, await _house.Propose.GoOnAsync(CancellationToken.None));
        _ = await _house.House.AdvanceToAsync(new DateOnly(2026, 7, 6));
        Assert.Equal(3, await _house.Propose.GoOnAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_look_reads_the_days_of_its_rules_and_not_the_whole_history()
    {
        var story = _house.Story();
        var account = await story.OpenAsync("pay-later", 1_000_000);
        for (var i = 0; i < 350; i++)
        {
            await story.BuyAsync(account, 100);
        }

        var longest = _house.Book.On(_house.House.BusinessDate).Propose.Where(rule => rule.Code != "disuse").Max(rule => rule.Days);
        _ = await _house.House.AdvanceToAsync(_house.House.BusinessDate.AddDays(longest + 40));
        await story.BuyAsync(account, 100);
        await _house.House.SettleAsync();
        var (all, before) = (_house.House.History(account).Count, _house.Reader.EntriesRead);
        Assert.Equal(1, await _house.Propose.GoOnAsync(CancellationToken.None));
        var read = _house.Reader.EntriesRead - before;
        TestContext.Current.TestOutputHelper?.WriteLine($"before: {all} entries of the history; now: {read}");
        Assert.InRange(read, 1, 2 * Activity.Step);
        Assert.True(all > 350, $"{all} entries");
    }

    [Fact]
    public async Task The_customer_is_told_of_an_unused_line_and_dismisses_it_for_as_long_again()
    {
        var story = _house.Story();
        var line = await story.OpenAsync("pay-later", 1_000_000);
        var account = await story.AheadAsync(line, 364);
        Assert.Null(_house.Hints.DaysOf(await _house.ViewAsync(account)));
        account = await story.AheadAsync(line, 365);
        Assert.Equal(365, _house.Hints.DaysOf(await _house.ViewAsync(account)));
        await _house.Hints.DismissAsync(await _house.ViewAsync(account));
        Assert.Null(_house.Hints.DaysOf(await _house.ViewAsync(account)));
        var view = await _house.ViewAsync(account);
        Assert.Null(_house.Hints.DaysOf(OnThe(view.Today.AddDays(364), view)));
        Assert.Equal(730, _house.Hints.DaysOf(OnThe(view.Today.AddDays(365), view)));
        await story.BuyAsync(account, 1_00);
        Assert.Null(_house.Hints.DaysOf(await _house.ViewAsync(account)));
    }

    [Fact]
    public async Task Tickets_of_a_closed_account_are_opened_answered_and_closed()
    {
        var story = _house.Story();
        var account = await story.OpenAsync("pay-later", 1_000_000);
        Assert.Null(await _house.Desk.RequestAsync(await _house.ViewAsync(account), LeaveCheckTests.Ask(ClosingMode.Now)));
        Assert.Null(await _house.Desk.ConfirmAsync(
            await _house.ViewAsync(account), LeaveCheckTests.Ask(ClosingMode.Now, key: "key-5678")));
        Assert.IsType<Closed>((await _house.ViewAsync(account)).State.Lifecycle);
        var rows = _house.House.Rows(account).Count;
        foreach (var kind in Enum.GetValues<TicketKind>())
        {
            var opened = await _house.Tickets.OpenAsync(new OpenTicket(
                account.Customer, account, kind, "after-" + kind, TicketChannel.App, "a question afterwards", "customer:test"));
            Assert.Null(opened.Refusal);
            Assert.NotEmpty(_house.Tickets.Clocks(opened.Ticket!));
            Assert.Null((await _house.Tickets.CloseAsync(opened.Ticket!.Number, "customer:test", "close-" + kind)).Refusal);
        }

        // The closed account itself is not woken by any of them.
        Assert.Equal(rows, _house.House.Rows(account).Count);
        Assert.IsType<Closed>((await _house.ViewAsync(account)).State.Lifecycle);
    }

    [Theory]
    [InlineData("\"measure\": \"close\"", "\"measure\": \"shut\"", "propose disuse")]
    [InlineData("\"code\": \"one-day\"", "\"code\": \"one-night\"", "propose one-night")]
    [InlineData("\"count\": 6", "\"count\": 1", "propose one-merchant")]
    public void A_broken_rule_is_named(string part, string instead, string words)
    {
        var text = LeaveRulesFile.Shipped();
        Assert.Contains(part, text);
        var broken = Assert.Throws<ProductsException>(() => LeaveRulesFile.Parse(text.Replace(part, instead, StringComparison.Ordinal)));
        Assert.Contains(words, broken.Message);
    }

    private Refusal? Refused(AccountView view, string notice) =>
        _house.Passive.Refuse(view, new ForceClosing("r", notice) { EffectiveOn = view.Today });

    private static AccountView OnThe(DateOnly day, AccountView view) => view with { Today = day };
}
