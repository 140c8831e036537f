using Mingzhang.Channel;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Repayment;
using Mingzhang.Engine.Tests;
using Mingzhang.SandboxBank;
using Mingzhang.Services.Payments;
using Mingzhang.Services.Reading;

namespace Mingzhang.Payments;

/// <summary>
/// No yuan is lost or doubled, whatever the bank does. <c>MZ_PAYMENTS</c> sets how many payments; the long run has 10,000.
/// </summary>
public sealed class PaymentStormTests
{
    private static int Count => int.Parse(
        Environment.GetEnvironmentVariable("MZ_PAYMENTS") ?? "400", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task With_every_fault_of_the_bank_no_yuan_is_lost_or_doubled_and_every_break_is_found()
    {
        await using var storm = await PaymentStorm.StartAsync(Faults.All);
        for (var day = 0; day < 3; day++)
        {
            await storm.PayAsync(Count / 3, seed: day + 1);
            await storm.SettleAsync();
            await storm.PassDaysAsync(1);
        }

        await storm.PassDaysAsync(4);
        await storm.CheckAsync();
        Assert.Contains(storm.Transfers(), transfer => transfer.State == TransferState.Returned);
    }

    [Fact]
    public async Task Without_faults_a_payment_is_booked_before_it_is_answered()
    {
        await using var storm = await PaymentStorm.StartAsync(Faults.None);
        var transfer = await storm.PayAsync(1, "p", 1234);
        Assert.True(transfer is { State: TransferState.Done, Booked: true, Moved: 1234 });
        Assert.Equal(["asked", "sent", "done", "booked"], storm.Desk.Steps(transfer.Id).Select(step => step.Step));
        Assert.Empty(await storm.PassDaysAsync(1));
        await storm.CheckAsync();
    }

    [Fact]
    public async Task An_empty_bank_account_fails_the_payment_and_says_why()
    {
        await using var storm = await PaymentStorm.StartAsync(Faults.None);
        var asked = await storm.PayAsync(13, "p", 1234);
        await storm.SettleAsync();
        var transfer = storm.Desk.Find(asked.Id);
        Assert.True(transfer is { State: TransferState.Failed, Booked: true, Reason: "insufficient-funds" });
        await storm.CheckAsync();
    }

    [Fact]
    public async Task Without_a_bank_nothing_is_booked_and_a_changed_amount_is_another_request()
    {
        await using var storm = await PaymentStorm.StartAsync(Faults.None);
        var state = (await storm.House.ReadAsync(Sample.Account(1)))!;
        var nowhere = new TransferDesk(storm.House, new NoChannel(), new PaymentOptions(), TimeProvider.System);
        var repayment = new ReceiveRepayment("p", [new RepaymentSource("bank-card", Sample.Cny(100))], null, Actor.Borrower)
        {
            EffectiveOn = storm.House.BusinessDate,
        };
        var (none, refusal) = await new MoneyDesk(new AccountReader(storm.House), nowhere).CollectAsync(state, repayment, "k", "test");
        Assert.True(none is null && refusal is NoPaymentChannel);
        await storm.PayAsync(1, "p", 1234);
        var (_, other) = await storm.AskAsync(1, "p", 1235);
        Assert.IsType<KeyReusedWithOtherContent>(other);
        await storm.CheckAsync();
    }

    [Fact]
    public async Task The_same_payment_asked_for_twice_is_one()
    {
        await using var storm = await PaymentStorm.StartAsync(Faults.None);
        var both = await Task.WhenAll(storm.PayAsync(1, "p", 1234), storm.PayAsync(1, "p", 1234));
        await storm.SettleAsync();
        Assert.Single(storm.Transfers());
        Assert.Equal(both[0].Id, both[1].Id);
        await storm.CheckAsync();
    }

    private sealed class NoChannel : IPaymentChannel
    {
        public bool IsSetUp => false;

        public Task<TransferAnswer?> SendAsync(TransferOrder order, CancellationToken cancel) => throw new NotSupportedException();

        public Task<TransferAnswer?> QueryAsync(string id, CancellationToken cancel) => throw new NotSupportedException();

        public Task<TransferAnswer?> VoidAsync(string id, CancellationToken cancel) => throw new NotSupportedException();

        public Task<bool?> MandateAsync(MandateOrder mandate, CancellationToken cancel) => throw new NotSupportedException();

        public Task<Settlement?> SettlementAsync(DateOnly day, CancellationToken cancel) =>
            throw new NotSupportedException();
    }
}
