using Dapper;
using Mingzhang.Domain.Billing;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Tests;
using Mingzhang.Services.Notifications;

namespace Mingzhang.Notices;

public sealed class FollowerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_event_is_told_once_however_often_the_house_is_cut_off(bool server)
    {
        using var house = new NoticeHouse(server);
        for (var round = 0; round < 5; round++)
        {
            await house.House.SubmitManyAsync([.. Enumerable.Range(1, 30).Select(customer => Sample.Open((round * 30) + customer))]);
            if (round % 2 == 0)
            {
                await house.CatchUpAsync();
            }

            house.Crash();
        }

        await house.CatchUpAsync();
        Assert.Equal(150, house.Count("SELECT count(*) FROM notice WHERE partition_id >= 0 AND kind = 'account-opened'"));
    }

    [Fact]
    public async Task A_log_read_again_from_its_beginning_makes_nothing_twice()
    {
        using var house = new NoticeHouse(server: false);
        await house.House.SubmitAsync(Sample.Open(7));
        await house.House.SubmitAsync(Sample.Buy(7, "b", 20_000, Sample.Start));
        await house.MoveAsync(new DateOnly(2026, 3, 20), eachDay: false);
        var before = house.Of(7).Select(one => one.Id).ToList();
        Assert.Contains(house.Of(7), one => one.Kind == "statement-issued");
        await house.Desk.MarkAsync(new CustomerId(7), before[0]);
        await house.House.WriteAsync((connection, _) => connection.Execute(
            "UPDATE follower SET position = 0 WHERE name = 'notices'"));
        house.Crash();
        await house.CatchUpAsync();
        Assert.Equal(before, house.Of(7).Select(one => one.Id));
        Assert.True(house.Desk.Find(new CustomerId(7), before[0])!.ReadAt > 0, "what was read stays read");
    }

    [Fact]
    public async Task A_notice_carries_the_figures_of_its_event()
    {
        using var house = new NoticeHouse(server: false);
        await house.House.SubmitAsync(Sample.Open(7));
        await house.House.SubmitAsync(Sample.Buy(7, "b", 123_45, Sample.Start));
        await house.MoveAsync(new DateOnly(2026, 2, 2), eachDay: true);
        var bill = house.House.History(Sample.Account(7)).SelectMany(entry => entry.Events).OfType<StatementIssued>().First().Bill;
        var notice = house.Of(7).First(one => one.Kind == "statement-issued");
        Assert.Equal(Sample.Cny(123_45), bill.Closing);
        Assert.Equal(bill.Closing.ToString(), notice.Fields["amount"]);
        var said = NoticeWords.Say(house.Book, notice, new NoticeNames("Pay later", "1234", "*三"), chinese: false);
        Assert.Contains("123.45 yuan are due by", said.Body, StringComparison.Ordinal);
        Assert.Equal($"/app/bills/{bill.IssuedOn:yyyy-MM-dd}", said.Link);
        Assert.DoesNotContain("{", said.Title + said.Body + said.Sms, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fork_of_a_sandbox_tells_nobody()
    {
        using var house = new NoticeHouse(server: false);
        await house.House.SubmitAsync(Sample.Open(7));
        await house.House.SubmitAsync(Sample.Buy(7, "b", 20_000, Sample.Start));
        var (fork, _) = await house.House.ForkAsync(Sample.Account(7), "test");
        await house.House.AdvanceForkAsync(fork!.Value, new DateOnly(2026, 6, 1));
        await house.CatchUpAsync();
        Assert.Equal(1, house.Count("SELECT count(*) FROM notice WHERE partition_id >= 0"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Marking_all_leaves_what_came_after_the_page_was_shown(bool server)
    {
        using var house = new NoticeHouse(server);
        await house.House.SubmitAsync(Sample.Open(7));
        await house.CatchUpAsync();
        Assert.Single(house.Desk.Of(new CustomerId(7), new NoticeQuery(true, ["account-opened"], 10, 0)));
        Assert.Empty(house.Desk.Of(new CustomerId(7), new NoticeQuery(true, ["offer"], 10, 0)));
        var shown = house.Of(7).Max(one => one.MadeAt);
        house.Time.Now += TimeSpan.FromMinutes(1);
        await house.Desk.TellAsync(
            new CustomerId(7), null, "ticket-answer", "T1-1", new Dictionary<string, string> { ["ticket"] = "T1" });
        await house.Desk.TellAsync(
            new CustomerId(7), null, "ticket-answer", "T1-1", new Dictionary<string, string> { ["ticket"] = "T1" });
        await house.Desk.MarkAllAsync(new CustomerId(7), shown);
        Assert.Equal(1, house.Desk.UnreadOf(new CustomerId(7)));
        Assert.Equal(2, house.Of(7).Count);
    }
}
