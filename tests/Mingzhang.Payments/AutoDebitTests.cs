using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Permissions;
using Mingzhang.Domain.Repayment;
using Mingzhang.Engine;
using Mingzhang.Engine.Tests;
using Mingzhang.SandboxBank;
using Mingzhang.Services.Payments;
using Mingzhang.Services.Reading;

namespace Mingzhang.Payments;

/// <summary>Automatic repayment: source after source, several attempts, never more than is owed.</summary>
public sealed class AutoDebitTests
{
    [Fact]
    public async Task A_bill_is_collected_from_one_source_after_the_other_until_it_is_paid()
    {
        await using var storm = await PaymentStorm.StartAsync(Faults.None);
        var paid = new ReceiveRepayment("cash-1", [new RepaymentSource("cash", Sample.Cny(46_000_000))], null, Actor.Staff)
        {
            EffectiveOn = storm.House.BusinessDate,
        };
        Assert.True((await storm.House.SubmitAsync(new CommandEnvelope(Sample.Account(1), "cash", paid, "test"))).IsAccepted);
        var one = await DueAsync(storm, 1, ["empty-1a", "card-1"]);
        Assert.Equal((AutoDebitState.Done, 4_000_000, 4_000_000), (one.State, one.Amount, one.Collected));
        var moved = storm.Desk.Of(one.Account, 10).Where(t => t.Purpose == TransferPurpose.AutoRepay).ToList();
        Assert.Equal(one.Amount, moved.Sum(transfer => transfer.Moved));
        Assert.Contains(moved, transfer => transfer is { State: TransferState.Failed, Source: "empty-1a" });
    }

    [Fact]
    public async Task What_a_source_has_is_taken_and_the_rest_asked_of_the_next()
    {
        await using var storm = await PaymentStorm.StartAsync(Faults.None);
        var one = await DueAsync(storm, 1, ["card-1", "savings-1"]);
        Assert.Equal((AutoDebitState.GivenUp, 10_000_000), (one.State, one.Collected)); // each has 50,000.00
        await storm.PassDaysAsync(1);
        await storm.SettleAsync();
    }

    [Fact]
    public async Task A_bill_that_was_paid_takes_nothing_though_the_next_is_there_and_an_old_one_is_not_collected()
    {
        await using var storm = await PaymentStorm.StartAsync(Faults.None);
        await SetAsync(storm, 1, ["card-1"]);
        await SetAsync(storm, 2, ["card-2"]);
        await PassToDueAsync(storm, 1);
        var view = await new AccountReader(storm.House).GlanceAsync(Sample.Account(1));
        var paid = new ReceiveRepayment("cash-1", [new RepaymentSource("cash", view!.Billed)], null, Actor.Staff)
        {
            EffectiveOn = storm.House.BusinessDate,
        };
        Assert.True((await storm.House.SubmitAsync(new CommandEnvelope(Sample.Account(1), "cash", paid, "test"))).IsAccepted);
        Assert.True((await storm.House.SubmitAsync(Sample.Buy(1, "later", 1_000_000, storm.House.BusinessDate))).IsAccepted);
        await storm.House.AdvanceToAsync(view.State.Cycle.NextStatementOn);
        Assert.True((await new AccountReader(storm.House).GlanceAsync(Sample.Account(1)))!.Billed.IsPositive);
        var first = await EndAsync(storm, 1);
        Assert.Equal((AutoDebitState.Done, 0L), (first.State, first.Collected));
        var old = await EndAsync(storm, 2);
        Assert.Equal((AutoDebitState.GivenUp, 0L), (old.State, old.Collected));
        Assert.Empty(storm.Desk.Of(Sample.Account(1), 10));
    }

    [Fact]
    public async Task When_no_source_gives_it_is_tried_several_times_and_given_up()
    {
        await using var storm = await PaymentStorm.StartAsync(Faults.None);
        var one = await DueAsync(storm, 2, ["empty-2a", "closed-2b"]);
        Assert.Equal((AutoDebitState.GivenUp, 0L, 3), (one.State, one.Collected, one.Attempt));
        Assert.Equal(6, storm.Desk.Of(one.Account, 20).Count(transfer => transfer.Purpose == TransferPurpose.AutoRepay));
    }

    [Fact]
    public async Task With_every_fault_of_the_bank_nothing_is_collected_twice()
    {
        await using var storm = await PaymentStorm.StartAsync(Faults.All);
        for (var customer = 3; customer < 9; customer++)
        {
            await SetAsync(storm, customer, [$"card-{customer}", $"card-{customer}"]);
        }

        await PassToDueAsync(storm, 3);
        for (var customer = 3; customer < 9; customer++)
        {
            var one = await EndAsync(storm, customer);
            Assert.InRange(one.Collected, 0, one.Amount);
        }

        await storm.PassDaysAsync(3);
        await storm.CheckAsync();
    }

    private static async Task<AutoDebit> DueAsync(PaymentStorm storm, long customer, string[] sources)
    {
        await SetAsync(storm, customer, sources);
        await PassToDueAsync(storm, customer);
        return await EndAsync(storm, customer);
    }

    private static async Task SetAsync(PaymentStorm storm, long customer, string[] sources) => Assert.True(
        (await storm.House.SubmitAsync(new CommandEnvelope(
            Sample.Account(customer), "auto-on", new SetAutoRepay(true, [.. sources]) { EffectiveOn = storm.House.BusinessDate }, "test")))
        .IsAccepted);

    internal static async Task PassToDueAsync(PaymentStorm storm, long customer)
    {
        var view = await new AccountReader(storm.House).GlanceAsync(Sample.Account(customer));
        await storm.House.AdvanceToAsync(view!.State.Cycle.NextStatementOn);
        view = await new AccountReader(storm.House).GlanceAsync(Sample.Account(customer));
        await storm.House.AdvanceToAsync(view!.State.LatestBill()!.DueOn);
        await storm.House.CatchUpFollowersAsync();
    }

    private static async Task<AutoDebit> EndAsync(PaymentStorm storm, long customer)
    {
        for (var tried = 0; ; tried++)
        {
            await storm.Automatic.GoOnAsync(CancellationToken.None);
            var one = Assert.Single(storm.Automatic.Of(Sample.Account(customer), 10));
            if (one.State != AutoDebitState.Waiting)
            {
                return one;
            }

            Assert.True(tried < 600, $"{one} never ended");
            await Task.Delay(50);
        }
    }
}
