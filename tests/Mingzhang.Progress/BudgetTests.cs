using Mingzhang.Domain.Progress;
using Mingzhang.Engine.Tests;
using Mingzhang.Services.Notifications;
using Mingzhang.Services.Progress.Budgets;
using Mingzhang.Services.Progress.Spend;
using Mingzhang.Services.Progress.State;

namespace Mingzhang.Progress;

/// <summary>Budgets tell at 80 % and at 100 %, once each a month; the bookkeeping reminds in any case.</summary>
public sealed class BudgetTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(-5, 0)]
    [InlineData(799, 0)]
    [InlineData(800, 80)]
    [InlineData(999, 80)]
    [InlineData(1_000, 100)]
    [InlineData(long.MaxValue, 100)]
    public void A_mark_is_reached_to_the_fen(long spent, int mark) => Assert.Equal(mark, new Budget(Budget.Total, 1_000).MarkAt(spent));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_mark_is_told_once_and_nothing_while_it_is_closed(bool server)
    {
        using var house = new ProgressHouse(server);
        await house.AcceptAsync(Sample.Open(1));
        var account = Sample.Account(1);
        var state = (await house.House.ReadAsync(account))!;
        var desk = new BudgetDesk(house.House, house.Reader, house.Progress, house.Notices, MerchantTypes.Shipped, house.Time);
        Assert.Null(await desk.SetAsync(state, Budget.Total, 10_000));
        await house.AcceptAsync(Sample.Buy(1, "p1", 7_999, Sample.Start));
        Assert.Equal(0, await GoOnAsync());
        await house.AcceptAsync(Sample.Buy(1, "p2", 1, Sample.Start));
        Assert.Equal(1, await GoOnAsync());
        Assert.Equal(0, await GoOnAsync());
        await house.AcceptAsync(Sample.Buy(1, "p3", 2_500, Sample.Start));
        Assert.Equal(1, await GoOnAsync());
        Assert.Equal(["100", "80"], house.Notices.Of(account.Customer, new NoticeQuery(false, null, 50, 0))
            .Where(one => one.Kind == "budget-alert").Select(one => one.Fields["percent"]).Order(StringComparer.Ordinal));

        Assert.Null(await house.Progress.CloseByAgentAsync(state, "staff:a"));
        Assert.Null(await desk.SetAsync(state, Budget.Total, 5_000));
        Assert.Equal(0, await GoOnAsync());

        async Task<int> GoOnAsync()
        {
            await house.CatchUpAsync();
            return await desk.GoOnAsync(TestContext.Current.CancellationToken);
        }
    }

    [Theory]
    [InlineData("total", -1)]
    [InlineData("total", BudgetDesk.Most + 1)]
    [InlineData("no-such-type", 100)]
    public async Task An_amount_or_type_out_of_range_is_refused_and_keeps_nothing(string what, long amount)
    {
        using var house = new ProgressHouse(server: false);
        await house.AcceptAsync(Sample.Open(1));
        var desk = new BudgetDesk(house.House, house.Reader, house.Progress, house.Notices, MerchantTypes.Shipped, house.Time);
        Assert.IsType<BudgetOutOfRange>(await desk.SetAsync((await house.House.ReadAsync(Sample.Account(1)))!, what, amount));
        Assert.Empty(desk.Of(Sample.Account(1)));
    }

    [Fact]
    public async Task The_bookkeeping_reminds_once_for_a_due_day_though_progress_management_is_closed()
    {
        using var house = new ProgressHouse(server: false);
        await house.AcceptAsync(Sample.Open(1));
        await house.AcceptAsync(Sample.Buy(1, "p1", 50_000, Sample.Start));
        var account = Sample.Account(1);
        Assert.Null(await house.Progress.CloseByAgentAsync((await house.House.ReadAsync(account))!, "staff:a"));
        await house.Progress.SetAsync(account, closesItself: false, bookDays: 3);
        var book = new BookReminders(house.House, house.Notices);
        for (var day = Sample.Start; day < new DateOnly(2026, 2, 25); day = day.AddDays(1))
        {
            await house.MoveAsync(day);
            await house.CatchUpAsync();
            await book.GoOnAsync(TestContext.Current.CancellationToken);
        }

        var told = Assert.Single(
            house.Notices.Of(account.Customer, new NoticeQuery(false, null, 100, 0)), one => one.Kind == "book-reminder");
        Assert.Equal("3", told.Fields["days"]);
        Assert.Equal("CNY50000", told.Fields["amount"]);
    }
}
