namespace Mingzhang.Domain.Tests.Relief;

/// <summary>Agreements about bills while a part of them is disputed.</summary>
public sealed class DisputedReliefTests
{
    [Fact]
    public void Principal_that_was_re_aged_is_due_in_full_and_comes_off_that_part_when_it_is_disputed()
    {
        var line = Billed().On("2026-05-15").Agree(ReliefLine.ReAge(0, null)).On("2026-06-05");
        var owed = line.Bill("2026-06-01").Minimum;
        Assert.True(owed > Yuan(1_300));
        line.Accept(Dispute(line, "p-2"));
        Assert.Equal(owed - Yuan(300), line.Bill("2026-06-01").Minimum);
        line.Prove();
    }

    [Fact]
    public void What_comes_back_from_a_dispute_is_due_with_the_next_bill_when_the_old_ones_were_re_aged()
    {
        var line = Billed().On("2026-05-12");
        line.Accept(Dispute(line, "p-2"));
        line.On("2026-05-15").Agree(ReliefLine.ReAge(0, null)).On("2026-05-25");
        line.Accept(new ResolveDispute("d-1", DisputeOutcome.Rejected) { EffectiveOn = line.Today });
        Assert.Equal(0, line.State.DaysPastDue(line.Today));
        Assert.Equal(Bearing.Revolving, line.State.Items.Find(item => item.PurchaseId == "p-2")!.Bearing);
        line.On("2026-06-01");
        Assert.Equal(line.Bill("2026-06-01").Closing, line.Bill("2026-06-01").Minimum);
        line.On("2026-06-12");
        Assert.Equal(2, line.State.DaysPastDue(line.Today));
        line.Prove();
    }

    [Fact]
    public void What_a_dispute_keeps_behind_when_its_bill_is_deferred_is_due_in_full_when_it_comes_back()
    {
        var line = Billed().On("2026-05-05");
        line.Accept(Dispute(line, "p-2"));
        line.On("2026-05-06").Agree(ReliefLine.Deferral(1, null)).On("2026-05-20");
        line.Accept(new ResolveDispute("d-1", DisputeOutcome.Rejected) { EffectiveOn = line.Today });
        line.On("2026-06-01");
        Assert.Equal(Yuan(400), line.Bill("2026-06-01").Minimum); // 10 % of the 1,000.00 that were deferred, and the 300.00 in full
        line.Prove();
    }

    [Fact]
    public void An_agreement_breaks_the_day_after_a_dispute_came_back_that_was_late_for_too_long()
    {
        var line = Billed(50).On("2026-05-12");
        line.Accept(Dispute(line, "p-1"));
        line.On("2026-05-15").Agree(ReliefLine.Replan(6, null)).On("2026-06-10");
        line.Pay(line.Bill("2026-06-01").Minimum.MinorUnits / 100m).On("2026-06-15");
        Assert.Single(line.State.Reliefs);
        line.Accept(new ResolveDispute("d-1", DisputeOutcome.Rejected) { EffectiveOn = line.Today });
        Assert.Equal(36, line.State.DaysPastDue(line.Today));
        line.On("2026-06-16");
        Assert.Equal(ReliefEnding.Broken, line.Events.OfType<ReliefEnded>().Single().How);
        line.Prove();
    }

    [Fact]
    public void A_quote_goes_on_when_all_that_stands_on_the_open_bill_is_disputed()
    {
        var line = Billed().On("2026-05-05");
        line.Accept(Dispute(line, "p-1"));
        line.Accept(Dispute(line, "p-2", "d-2"));
        line.Buy(600, "p-3");
        var quote = line.Relief(ReliefLine.Replan(6, null))!;
        Assert.Equal((Yuan(600), 6), (quote.After.Owed, quote.After.Days.Count));
    }

    [Fact]
    public void A_dispute_while_a_bill_waits_is_not_taken_for_a_payment_when_the_bill_is_due_again()
    {
        var line = Billed().On("2026-05-05").Agree(ReliefLine.Deferral(1, null)).On("2026-05-07");
        line.Accept(Dispute(line, "p-2"));
        line.On("2026-05-09");
        line.Accept(line.End());
        Assert.Equal((Yuan(100), Yuan(0)), (line.Bill("2026-05-01").Minimum, line.Bill("2026-05-01").PaidSince)); // of 1,000.00
        line.Accept(new ResolveDispute("d-1", DisputeOutcome.Rejected) { EffectiveOn = line.Today });
        Assert.Equal(Yuan(130), line.Bill("2026-05-01").Shortfall);
        line.Prove();
    }

    [Fact]
    public void A_dispute_upheld_while_a_bill_waits_is_off_its_minimum_when_the_bill_is_due_again()
    {
        var line = Billed().On("2026-05-05").Agree(ReliefLine.Deferral(1, null)).On("2026-05-07").Pay(40);
        line.Accept(Dispute(line, "p-2"));
        line.Accept(new ResolveDispute("d-1", DisputeOutcome.Upheld) { EffectiveOn = line.Today });
        line.Accept(line.End());
        Assert.Equal((Yuan(100), Yuan(60)), (line.Bill("2026-05-01").Minimum, line.Bill("2026-05-01").Shortfall));
        line.Prove();
    }

    [Fact]
    public void Bills_called_back_hold_what_they_held_and_a_dispute_comes_off_the_same_part()
    {
        var line = Billed().On("2026-06-05").Agree(ReliefLine.ReAge(0, null)).On("2026-06-07");
        line.Accept(line.End());
        var item = line.State.Items.Find(one => one.PurchaseId == "p-2")!;
        Assert.Equal((new DateOnly(2026, 5, 1), new DateOnly(2026, 6, 10)), (item.BilledOn, item.DueOn));
        var minimum = line.Bill("2026-06-01").Minimum;
        Assert.Equal(line.Bill("2026-06-01").Closing, minimum);
        line.Accept(Dispute(line, "p-2"));
        Assert.Equal(minimum - Yuan(300), line.Bill("2026-06-01").Minimum);
        line.Prove();
    }

    [Fact]
    public void Charges_of_a_plan_in_dispute_are_no_cost_of_an_agreement_about_something_else()
    {
        var line = Billed();
        line.Accept(line.Plan(12, bill: "2026-05-01"));
        line.Accept(new OpenDispute("d-1", new DebtName(null, null, null, "plan-1"), "not mine") { EffectiveOn = line.Today });
        line.Buy(0.58m, "p-3");
        var quote = line.Relief(ReliefLine.Replan(3, null))!;
        Assert.Equal((Yuan(0.58m), Yuan(0)), (quote.After.Owed, quote.After.Cost)); // not 3 × the charge of a row: no rate, 249
        line.Agree(ReliefLine.Replan(3, null)).Prove();
    }

    [Fact]
    public void Interest_grown_before_an_agreement_is_owed_and_no_cost_of_it()
    {
        var line = Billed().On("2026-05-10").Pay(130).On("2026-06-08").Pay(1_182.28m);
        var quote = line.Relief(ReliefLine.Deferral(1, null))!;
        Assert.Equal((Yuan(4.11m), Yuan(0)), (quote.After.Owed, quote.After.Cost)); // 0.01 left + 1,170.00 × 0.05 % × 7 days = 4.10
        Assert.Equal((quote.Before.Owed, quote.Before.Cost), (quote.After.Owed, quote.ExtraCost));
        line.Agree(ReliefLine.Deferral(1, null)).Prove();
    }

    private static TestLine Billed(decimal second = 300) =>
        TestLine.Opened("2026-04-20", terms: ReliefLine.Bills).Buy(1_000, "p-1").Buy(second, "p-2").On("2026-05-01");

    private static OpenDispute Dispute(TestLine line, string purchase, string id = "d-1") =>
        new(id, new DebtName(purchase, null, null), "never received") { EffectiveOn = line.Today };
}
