using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Permissions;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Engine.Tests;
using Mingzhang.SandboxBank;
using Mingzhang.Services.Payments;
using Mingzhang.Services.Reading;

namespace Mingzhang.Payments;

/// <summary>Payments for a day, from several cards, under mandates, back to the customer, and by somebody else.</summary>
public sealed class PlannedTests
{
    [Fact]
    public async Task A_planned_payment_waits_for_its_day_and_asks_the_second_card_for_what_the_first_does_not_give()
    {
        await using var storm = await PaymentStorm.StartAsync(Faults.None);
        var (account, desk) = (Sample.Account(1), Desk(storm));
        var on = storm.House.BusinessDate.AddDays(2);
        Assert.Null(await desk.PlanAsync(account, new PlannedPayment("a", on, PlannedRule.Sum, 7_000_000, ["card-1", "savings-1"])));
        Assert.Null(await desk.PlanAsync(account, new PlannedPayment("a", on, PlannedRule.Sum, 7_000_000, ["card-1", "savings-1"])));
        Assert.IsType<KeyReusedWithOtherContent>(await desk.PlanAsync(
            account, new PlannedPayment("a", on, PlannedRule.Sum, 7_000_001, ["card-1", "savings-1"])));
        await RunAsync(storm);
        Assert.Empty(storm.Desk.Of(account, 10));
        await storm.House.AdvanceToAsync(on);
        await RunAsync(storm);
        var one = Assert.Single(desk.Of(account, 10));
        Assert.Equal((AutoDebitState.Done, 7_000_000L), (one.State, one.Collected));
        Assert.Equal([2_000_000L, 5_000_000L], storm.Desk.Of(account, 10).Select(transfer => transfer.Moved).Order());
        await storm.CheckAsync();
    }

    [Fact]
    public async Task What_is_planned_is_never_more_than_is_owed_and_can_be_called_off()
    {
        await using var storm = await PaymentStorm.StartAsync(Faults.None);
        var (account, desk, today) = (Sample.Account(1), Desk(storm), storm.House.BusinessDate);
        var cash = new ReceiveRepayment("cash", [new RepaymentSource("cash", Sample.Cny(49_999_000))], null, Actor.Staff)
        {
            EffectiveOn = today,
        };
        Assert.True((await storm.House.SubmitAsync(new CommandEnvelope(account, "cash", cash, "test"))).IsAccepted);
        Assert.Null(await desk.PlanAsync(account, new PlannedPayment("all", today.AddDays(1), PlannedRule.Sum, 9_000_000, ["card-1"])));
        Assert.Null(await desk.PlanAsync(account, new PlannedPayment("off", today.AddDays(1), PlannedRule.All, 0, ["card-1"])));
        Assert.Null(await desk.CancelAsync(account, "off"));
        Assert.IsType<PlannedUnknown>(await desk.CancelAsync(account, "off"));
        Assert.IsType<PlannedDayWrong>(await desk.PlanAsync(
            account, new PlannedPayment("late", today.AddDays(61), PlannedRule.All, 0, ["card-1"])));
        Assert.IsType<PlannedDayWrong>(await desk.PlanAsync(
            account, new PlannedPayment("past", today.AddDays(-1), PlannedRule.All, 0, ["card-1"])));
        Assert.IsType<NoPaymentChannel>(await desk.PlanAsync(account, new PlannedPayment("none", today, PlannedRule.All, 0, [])));
        await storm.House.AdvanceDayAsync();
        await RunAsync(storm);
        Assert.Equal(1_000, storm.Desk.Of(account, 10).Sum(transfer => transfer.Moved));
        Assert.Equal(
            [(AutoDebitState.Done, 1_000L), (AutoDebitState.Stopped, 0L)],
            desk.Of(account, 10).Select(one => (one.State, one.Collected)).Order());
    }

    [Fact]
    public async Task A_mandate_that_ends_at_the_bank_is_noticed_and_comes_back_only_when_agreed_again()
    {
        await using var storm = await PaymentStorm.StartAsync(Faults.None);
        var account = Sample.Account(1);
        Assert.True((await storm.House.SubmitAsync(new CommandEnvelope(
            account, "auto", new SetAutoRepay(true, ["card-1"]) { EffectiveOn = storm.House.BusinessDate }, "test"))).IsAccepted);
        var mandate = (await storm.Mandates.InForceAsync(account, "card-1", CancellationToken.None))!;
        Assert.True(storm.Book.Do(book => book.EndMandate(mandate.Number)));
        await AutoDebitTests.PassToDueAsync(storm, 1);
        await RunAsync(storm);
        var refused = Assert.Single(storm.Desk.Of(account, 10));
        Assert.Equal(("no-mandate", mandate.Number), (refused.Reason, refused.Mandate));
        Assert.Equal("bank", Assert.Single(storm.Mandates.Of(account)).EndedBy);
        Assert.Null(await storm.Mandates.InForceAsync(account, "card-1", CancellationToken.None));
        var again = await storm.Mandates.AgreeAsync(account, "card-1", CancellationToken.None);
        Assert.True(again is { Turn: 2, EndedOn: null, Registered: true } && again.Number != mandate.Number);
        await storm.Mandates.EndAsync(account, CancellationToken.None);
        Assert.False(storm.Book.Do(book => book.Covers(again.Number, "card-1", 1)));
    }

    [Theory]
    [InlineData(1, TransferState.Done, 0)]
    [InlineData(17, TransferState.Failed, 777)]
    public async Task An_over_payment_goes_back_and_what_does_not_reach_the_customer_lies_here_again(
        long customer, TransferState ends, long left)
    {
        await using var storm = await PaymentStorm.StartAsync(Faults.None);
        var account = Sample.Account(customer);
        Assert.True((await storm.House.SubmitAsync(new CommandEnvelope(account, "much", new ReceiveRepayment(
            "much", [new RepaymentSource("cash", Sample.Cny(50_000_777))], null, Actor.Channel)
            {
                EffectiveOn = storm.House.BusinessDate,
            }, "test"))).IsAccepted);
        var state = (await storm.House.ReadAsync(account))!;
        Assert.Equal(777, state.CreditBalance.MinorUnits);
        var asked = new Transfer
        {
            Id = Transfer.NameOf(account, TransferPurpose.PayBack, "b"), Account = account, Purpose = TransferPurpose.PayBack,
            Subject = "b", Token = customer == 17 ? "closed-17" : "card-1", Source = "bank-card", Amount = Sample.Cny(777),
        };
        var fact = new ReturnCreditBalance("b", Sample.Cny(777)) { EffectiveOn = storm.House.BusinessDate };
        await storm.Desk.AskAsync(asked, new CommandEnvelope(account, "b", fact, "test"), CancellationToken.None);
        await storm.SettleAsync();
        var moved = storm.Desk.Find(asked.Id)!;
        Assert.True(moved.State == ends && moved.Booked);
        Assert.Equal(left, (await storm.House.ReadAsync(account))!.CreditBalance.MinorUnits);
        Assert.Empty(await storm.PassDaysAsync(1));
    }

    [Fact]
    public async Task A_request_is_paid_once_by_somebody_else_and_not_after_it_is_over()
    {
        await using var storm = await PaymentStorm.StartAsync(Faults.None);
        var (account, payer) = (Sample.Account(1), new CustomerId(2));
        var money = new MoneyDesk(new AccountReader(storm.House), storm.Desk, _ => "card-2");
        var requests = new PayRequestDesk(storm.House, money, storm.Desk);
        var code = await requests.MakeAsync(account, 1_234, "thanks");
        Assert.Null(requests.Find("0" + code));
        var both = await Task.WhenAll(requests.PayAsync(code, payer), requests.PayAsync(code, payer));
        await storm.SettleAsync();
        Assert.All(both, one => Assert.True(one.Refusal is null or PayRequestOver, $"{one.Refusal}"));
        var moved = Assert.Single(storm.Desk.Of(account, 10));
        Assert.True(moved.Moved == 1_234, string.Join(' ', storm.Desk.Steps(moved.Id)));
        Assert.Contains(both, one => one.Transfer is { Source: MoneyDesk.OtherPerson });
        Assert.Equal("paid", Assert.Single(requests.Of(account, 10)).State);
        Assert.IsType<PayRequestOver>((await requests.PayAsync(code, payer)).Refusal);
        var withdrawn = await requests.MakeAsync(account, 1, "");
        Assert.Null(await requests.WithdrawAsync(account, PayRequest.HashOf(withdrawn)));
        Assert.IsType<PayRequestOver>(await requests.WithdrawAsync(account, PayRequest.HashOf(withdrawn)));
        Assert.IsType<PayRequestOver>((await requests.PayAsync(withdrawn, payer)).Refusal);
        var old = await requests.MakeAsync(account, 1, "");
        await storm.House.AdvanceToAsync(storm.House.BusinessDate.AddDays(8));
        Assert.Null(requests.Find(old));
    }

    private static PlannedDesk Desk(PaymentStorm storm) => new(storm.House, storm.Desk, TimeProvider.System);

    /// <summary>What the pump of a host does, until nothing waits any more.</summary>
    private static async Task RunAsync(PaymentStorm storm)
    {
        await storm.House.CatchUpFollowersAsync();
        for (var quiet = 0; quiet < 4; quiet++)
        {
            quiet = await storm.Automatic.GoOnAsync(CancellationToken.None) > 0 ? 0 : quiet;
            await Task.Delay(150);
        }

        await storm.SettleAsync();
    }
}
