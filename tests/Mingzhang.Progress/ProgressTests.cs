using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Permissions;
using Mingzhang.Domain.Progress;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Tests;
using Mingzhang.Services.Notifications;
using Mingzhang.Services.Progress.Score;
using Mingzhang.Services.Progress.Spend;
using Mingzhang.Services.Progress.State;
using Mingzhang.Services.Reading;

namespace Mingzhang.Progress;

/// <summary>Closing and opening progress management: two steps, three effects at once, and a way back.</summary>
public sealed class ProgressTests
{
    private static readonly AccountId Mine = Sample.Account(1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Closing_freezes_the_analysis_and_suspends_automatic_repayment_at_that_moment(bool server)
    {
        using var house = await OpenAsync(server);
        Assert.Null(await house.SendAsync(1, "auto", new SetAutoRepay(true, ["bank-card", "tok-2"]) { EffectiveOn = Sample.Start }));
        await house.AcceptAsync(Sample.Buy(1, "p1", 5_000, Sample.Start));
        Assert.Null(await CloseAsync(house));

        Assert.Empty((await StateAsync(house)).AutoRepaySources);
        var closure = house.Progress.Of(Mine).Current!;
        Assert.Equal(
            (ClosingRoute.Self, Sample.Start, "2023-01", true, "bank-card,tok-2"),
            (closure.Route, closure.ClosedOn, closure.Agreement, closure.Suspended, string.Join(',', closure.Sources)));

        // What is spent, given back and corrected afterwards changes nothing; the day after neither.
        await house.AcceptAsync(Sample.Buy(1, "p2", 7_000, Sample.Start));
        Assert.Null(await house.SendAsync(1, "f", new ReceiveRefund("f1", "p1", Sample.Cny(1_000)) { EffectiveOn = Sample.Start }));
        await house.MoveAsync(Sample.Start.AddDays(3));
        var late = new PostOfflinePurchase("p3", Sample.Cny(900), "shop", "店") { EffectiveOn = Sample.Start };
        Assert.Null(await house.SendAsync(1, "late", late));
        await house.CatchUpAsync();
        Assert.Equal(0, await house.Spend.GoOnAsync(TestContext.Current.CancellationToken));
        var frozen = await house.Reader.ReportAsync(Mine, Sample.Start);
        Assert.Equal((5_000, Sample.Start), (frozen.Lines.Sum(one => one.Line.Amount), frozen.FrozenOn!.Value));
        Assert.IsType<ProgressClosedAlready>(await house.Progress.CloseByAgentAsync(await StateAsync(house), "staff:a"));

        // Filled in: as if it had been open all the time.
        Assert.Null(await house.Progress.ReopenAsync(Mine, fill: true, resume: true, "customer:1"));
        await house.CatchUpAsync();
        var open = await house.Reader.ReportAsync(Mine, Sample.Start);
        Assert.Equal((5_000 + 7_000 - 1_000 + 900, null), (open.Lines.Sum(one => one.Line.Amount), open.FrozenOn));
        Assert.Equal(["bank-card", "tok-2"], (await StateAsync(house)).AutoRepaySources);
        Assert.IsType<ProgressOpenAlready>(await house.Progress.ReopenAsync(Mine, fill: true, resume: false, "customer:1"));
    }

    [Fact]
    public async Task A_gap_that_is_marked_stays_out_and_is_named()
    {
        using var house = await OpenAsync(server: false);
        await house.AcceptAsync(Sample.Buy(1, "p1", 5_000, Sample.Start));
        Assert.Null(await CloseAsync(house));
        await house.MoveAsync(Sample.Start.AddDays(5));
        await house.AcceptAsync(Sample.Buy(1, "p2", 7_000, house.House.BusinessDate));
        Assert.Null(await house.Progress.ReopenAsync(Mine, fill: false, resume: false, "customer:1"));
        await house.AcceptAsync(Sample.Buy(1, "p3", 300, house.House.BusinessDate));
        await house.CatchUpAsync();

        var report = await house.Reader.ReportAsync(Mine, Sample.Start);
        Assert.Equal(["p3", "p1"], report.Lines.Select(one => one.Line.PurchaseId));
        Assert.Equal((Sample.Start, Sample.Start.AddDays(5)), Assert.Single(report.Gaps));
        await house.Spend.RebuildAsync(Mine);
        Assert.Equal(["p3", "p1"], (await house.Reader.ReportAsync(Mine, Sample.Start)).Lines.Select(one => one.Line.PurchaseId));
    }

    [Fact]
    public async Task The_second_step_needs_the_first_and_uses_it_up()
    {
        using var house = await OpenAsync(server: false);
        var state = await StateAsync(house);
        Assert.IsType<ProgressStepMissing>(await house.Progress.CloseAsync(state, "made-up", "customer:1"));
        var (step, refusal) = await house.Progress.AcknowledgeAsync(state);
        Assert.Null(refusal);
        Assert.True(house.Progress.KnowsStep(Mine, step));
        Assert.False(house.Progress.KnowsStep(Sample.Account(2), step));

        house.Time.Now += ProgressDesk.StepLasts + TimeSpan.FromSeconds(1);
        Assert.False(house.Progress.KnowsStep(Mine, step));
        Assert.IsType<ProgressStepMissing>(await house.Progress.CloseAsync(state, step, "customer:1"));
        Assert.True(house.Progress.Of(Mine).IsOpen);

        Assert.Null(await CloseAsync(house));
        Assert.IsType<ProgressClosedAlready>(await house.Progress.CloseAsync(state, step, "customer:1"));
    }

    [Fact]
    public async Task Two_who_close_at_once_close_once()
    {
        using var house = await OpenAsync(server: false);
        var state = await StateAsync(house);
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(i => Task.Run(() => house.Progress.CloseByAgentAsync(state, $"staff:{i}"))));
        Assert.Single(answers, one => one is null);
        Assert.Single(house.Progress.Of(Mine).Closures);
    }

    [Fact]
    public async Task It_closes_by_itself_only_when_the_customer_said_so_and_once()
    {
        using var house = await OpenAsync(server: false);
        await house.AcceptAsync(Sample.Buy(1, "p1", 5_000, Sample.Start));
        await house.AcceptAsync(Sample.Pay(1, "r1", 5_000, Sample.Start));
        Assert.Equal(0, await GoOnAsync(house));

        await house.AcceptAsync(Sample.Buy(1, "p2", 2_000, Sample.Start));
        await house.Progress.SetAsync(Mine, closesItself: true, bookDays: 0);
        Assert.Equal(0, await GoOnAsync(house)); // something is owed
        await house.AcceptAsync(Sample.Pay(1, "r2", 2_000, Sample.Start));
        Assert.Equal(1, await GoOnAsync(house));
        Assert.Equal(ClosingRoute.Automatic, house.Progress.Of(Mine).Current!.Route);

        Assert.Null(await house.Progress.ReopenAsync(Mine, fill: true, resume: false, "customer:1"));
        await house.AcceptAsync(Sample.Buy(1, "p3", 100, Sample.Start));
        await house.AcceptAsync(Sample.Pay(1, "r3", 100, Sample.Start));
        Assert.Equal(0, await GoOnAsync(house));
        Assert.True(house.Progress.Of(Mine).IsOpen);
    }

    [Fact]
    public async Task Reminders_pause_while_it_is_closed_and_only_then()
    {
        using var house = await OpenAsync(server: false);
        Assert.False(house.Progress.Pauses(Mine));
        Assert.Null(await CloseAsync(house));
        Assert.True(house.Progress.Pauses(Mine));
        var told = house.Notices.Of(Mine.Customer, new NoticeQuery(false, null, 10, 0)).First(one => one.Kind == "progress-step");
        Assert.Equal("closed", told.Fields["step"]);
        Assert.Null(await house.Progress.ReopenAsync(Mine, fill: true, resume: false, "customer:1"));
        Assert.False(house.Progress.Pauses(Mine));
    }

    [Fact]
    public async Task A_reminder_before_the_due_day_is_left_out_while_closed_and_what_is_overdue_is_told()
    {
        using var house = await OpenAsync(server: false);
        await house.AcceptAsync(Sample.Open(2));
        await house.AcceptAsync(Sample.Buy(1, "p1", 50_000, Sample.Start));
        await house.AcceptAsync(Sample.Buy(2, "p2", 50_000, Sample.Start));
        Assert.Null(await CloseAsync(house));
        var reminders = new ReminderDesk(house.House, NoticeBook.Shipped, house.Time, house.Progress);
        for (var day = Sample.Start; day < new DateOnly(2026, 2, 20); day = day.AddDays(1))
        {
            await house.MoveAsync(day);
            await house.CatchUpAsync();
            while (await reminders.WorkAsync() > 0)
            {
            }
        }

        Assert.Equal(["payment-due-soon", "payment-due-today", "payment-still-overdue"], Reminders(2));
        Assert.Equal(["payment-still-overdue"], Reminders(1));

        IEnumerable<string> Reminders(long customer) => house.Notices
            .Of(Sample.Account(customer).Customer, new NoticeQuery(false, null, 100, 0)).Select(one => one.Kind)
            .Where(kind => kind.StartsWith("payment-due", StringComparison.Ordinal) || kind == "payment-still-overdue")
            .Distinct().Order(StringComparer.Ordinal);
    }

    private static async Task<ProgressHouse> OpenAsync(bool server)
    {
        var house = new ProgressHouse(server);
        await house.AcceptAsync(Sample.Open(1));
        return house;
    }

    private static async Task<Refusal?> CloseAsync(ProgressHouse house)
    {
        var state = await StateAsync(house);
        var (step, refusal) = await house.Progress.AcknowledgeAsync(state);
        return refusal ?? await house.Progress.CloseAsync(state, step, "customer:1");
    }

    private static async Task<AccountState> StateAsync(ProgressHouse house) => (await house.House.ReadAsync(Mine))!;

    private static Task<int> GoOnAsync(ProgressHouse house) => house.Progress.GoOnAsync(TestContext.Current.CancellationToken);
}
