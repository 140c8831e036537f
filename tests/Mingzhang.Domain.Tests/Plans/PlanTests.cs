namespace Mingzhang.Domain.Tests.Plans;

/// <summary>Bill and checkout instalments.</summary>
public sealed class PlanTests
{
    [Fact]
    public void A_bill_becomes_twelve_rows_and_the_total_does_not_change()
    {
        var line = Billed(1_000);
        var before = line.State.TotalDebt(line.Terms, line.Today);
        line.Accept(line.Plan(12, bill: "2026-05-01"));
        Assert.Equal(before, line.State.TotalDebt(line.Terms, line.Today));
        Assert.Equal(Yuan(9_000), line.State.Available(line.Today, null));
        var rows = line.Loan("plan-1").Rows;
        Assert.Equal((Yuan(83.33m), Yuan(7.33m)), (rows[0].Principal, rows[0].Charge));
        Assert.Equal((Yuan(83.37m), Yuan(7.37m)), (rows[11].Principal, rows[11].Charge));
        line.On("2026-05-11");
        Assert.Equal(0, line.State.DaysPastDue(line.Today));
        line.On("2026-06-01");
        var bill = line.Bill("2026-06-01");
        Assert.Equal((Yuan(90.66m), Yuan(90.66m)), (bill.Closing, bill.Minimum));
        line.On("2026-06-10").Pay(90.66m);
        Assert.Equal(Yuan(9_083.33m), line.State.Available(line.Today, null));
        line.Prove();
    }

    [Fact]
    public void Settled_early_the_charges_not_yet_due_are_waived()
    {
        var line = Billed(1_000);
        line.Accept(line.Plan(12, bill: "2026-05-01"));
        line.On("2026-06-05");
        var settlement = line.State.SettlementOf(line.Loan("plan-1"), line.Today);
        Assert.Equal((Yuan(916.67m), Yuan(0), Yuan(90.66m)), (settlement.Principal, settlement.Fee, settlement.Due));
        line.Refuse<EarlyPartNotOffered>(line.Payment(500, named: new DebtName(null, null, null, "plan-1")));
        line.Pay(1_007.33m, named: new DebtName(null, null, null, "plan-1"));
        Assert.Single(line.Events.OfType<LoanSettled>());
        Assert.Equal(Yuan(10_000), line.State.Available(line.Today, null));
        line.On("2026-07-01");
        Assert.Equal(Yuan(0), line.Bill("2026-07-01").Closing);
        line.Prove();
    }

    [Theory]
    [InlineData(EarlyFee.None, 0, 0)]
    [InlineData(EarlyFee.RemainingFee, 0, 792)]
    [InlineData(EarlyFee.PercentOrPeriod, 30_000, 270)]
    public void T16_three_policies_after_three_payments(EarlyFee fee, long ppm, decimal expected)
    {
        var terms = LoanLine.WithPlans with
        {
            Instalments = LoanLine.WithPlans.Instalments! with { Early = new EarlyTerms(false, fee, ppm) },
        };
        var line = TestLine.Opened(limit: 20_000, terms: terms).Buy(12_000).On("2026-05-01");
        line.Accept(line.Plan(12, bill: "2026-05-01"));
        line.On("2026-06-10").Pay(1_088).On("2026-07-10").Pay(1_088).On("2026-08-10").Pay(1_088);
        var settlement = line.State.SettlementOf(line.Loan("plan-1"), line.Today);
        Assert.Equal((Yuan(9_000), Yuan(expected), Yuan(0)), (settlement.Principal, settlement.Fee, settlement.Due));
        line.Pay(9_000 + expected, named: new DebtName(null, null, null, "plan-1"));
        Assert.Single(line.Events.OfType<LoanSettled>());
        Assert.Equal(expected == 0 ? 0 : 1, line.Events.OfType<EarlyFeePosted>().Count());
        line.Prove();
    }

    [Fact]
    public void A_purchase_in_instalments_begins_when_it_posts_and_the_merchant_may_bear_the_cost()
    {
        var line = TestLine.Opened(terms: LoanLine.WithPlans);
        line.Accept(Checkout(line, 1_200, 12, CostBearer.Merchant));
        line.Accept(new CapturePurchase("p-1", Yuan(1_200), true) { EffectiveOn = line.Today });
        var started = line.Events.OfType<PlanStarted>().Single();
        Assert.Equal((Yuan(90), Yuan(100), Yuan(0)), (started.MerchantFee, started.Plan.Rows[0].Principal, started.Plan.Rows[0].Charge));
        Assert.Equal(-1_110_00, line.Balances()[LedgerAccount.MerchantPayable]);
        line.On("2026-05-01");
        Assert.Equal(Yuan(100), line.Bill("2026-05-01").Closing);
        line.Refuse<DisclosureMissing>(new AuthorisePurchase("p-2", Yuan(500), "groceries", "x")
        {
            EffectiveOn = line.Today, Plan = new CheckoutPlan("plan-2", 3, CostBearer.Buyer, null),
        });
        line.Prove();
    }

    [Fact]
    public void A_later_part_never_takes_the_name_of_a_part_still_open()
    {
        var line = TestLine.Opened(terms: LoanLine.WithPlans);
        line.Accept(Checkout(line, 1_200, 12, CostBearer.Buyer));
        line.Accept(new CapturePurchase("p-1", Yuan(400), false) { EffectiveOn = line.Today });
        line.Accept(new CapturePurchase("p-1", Yuan(400), false) { EffectiveOn = line.Today });
        var total = line.State.SettlementOf(line.Loan("plan-1"), line.Today).Total;
        line.Pay(total.MinorUnits / 100m, named: new DebtName(null, null, null, "plan-1"));
        line.Accept(new CapturePurchase("p-1", Yuan(400), true) { EffectiveOn = line.Today });
        Assert.Equal(["plan-1-2", "plan-1-3"], line.State.Loans.Select(loan => loan.Id));
        line.Prove();
    }

    [Fact]
    public void A_later_part_does_not_take_the_name_of_a_part_settled_inside_the_refund_window()
    {
        var line = TestLine.Opened(terms: LoanLine.WithPlans);
        line.Accept(Checkout(line, 1_200, 12, CostBearer.Buyer));
        line.Accept(new CapturePurchase("p-1", Yuan(400), false) { EffectiveOn = line.Today });
        var total = line.State.SettlementOf(line.Loan("plan-1"), line.Today).Total;
        line.Pay(total.MinorUnits / 100m, named: new DebtName(null, null, null, "plan-1"));
        line.Accept(new CapturePurchase("p-1", Yuan(800), true) { EffectiveOn = line.Today });
        Assert.Equal(["plan-1-2"], line.State.Loans.Select(loan => loan.Id));
        line.Prove();
    }

    [Theory]
    [InlineData(EarlyMode.Shorten, 9, 100, 0)]
    [InlineData(EarlyMode.Lower, 11, 81.81, 0)]
    [InlineData(EarlyMode.Credit, 11, 100, 200)]
    public void A_refund_into_a_plan_shortens_lowers_or_is_a_credit(EarlyMode mode, int rows, decimal first, decimal credit)
    {
        var line = TestLine.Opened(terms: LoanLine.WithPlans);
        line.Accept(Checkout(line, 1_200, 12, CostBearer.Buyer));
        line.Accept(new CapturePurchase("p-1", Yuan(1_200), true) { EffectiveOn = line.Today });
        line.On("2026-05-01").On("2026-05-10").Pay(107.50m);
        line.Accept(new ReceiveRefund("f-1", "p-1", Yuan(200)) { EffectiveOn = line.Today, Mode = mode });
        var plan = line.Loan("plan-1");
        Assert.Equal((rows, Yuan(first), Yuan(credit)), (plan.Rows.Count, plan.Rows[0].Principal, line.State.CreditBalance));
        line.Prove();
    }

    [Fact]
    public void A_bill_is_convertible_from_its_statement_to_its_due_day_and_before_the_minimum_is_paid()
    {
        var line = Billed(1_000);
        line.Refuse<OfferUnknown>(line.Plan(5, bill: "2026-05-01"));
        Assert.Contains("已出账", line.Refuse<BillNotConvertible>(Of(line, bill: new(2026, 4, 1))).RuleZh, StringComparison.Ordinal);
        line.Refuse<BillNotConvertible>(Of(line, purchase: "nobody's"));
        var billed = line.Refuse<BillNotConvertible>(Of(line, purchase: line.State.Items[0].PurchaseId));
        Assert.Contains("未出账单", billed.RuleZh, StringComparison.Ordinal);
        Assert.Equal(Yuan(1_000), line.Refuse<LoanAmountNotOffered>(Of(line, new(2026, 5, 1)) with { Amount = Yuan(1_001) }).Largest);
        var minimum = Billed(1_000).On("2026-05-02").Pay(100);
        minimum.Refuse<BillNotConvertible>(minimum.Plan(3, bill: "2026-05-01"));
        line.On("2026-05-10").Accept(line.Plan(3, bill: "2026-05-01"));
        line.Refuse<LoanExists>(line.Buy(200, "late").Plan(3, purchase: "late"));
        line.Prove();
    }

    private static StartPlan Of(TestLine line, DateOnly? bill = null, string? purchase = null) =>
        new("plan-1", bill, purchase, null, 3, null) { EffectiveOn = line.Today };

    [Fact]
    public void A_plan_row_stays_in_the_limit_pool_of_its_purchase()
    {
        var line = TestLine.Opened(terms: LoanLine.WithPlans);
        line.Accept(new SetSceneLimit(new SceneLimit("groceries", Yuan(2_000)), "offer") { EffectiveOn = line.Today });
        line.Accept(Checkout(line, 1_200, 12, CostBearer.Buyer));
        line.Accept(new CapturePurchase("p-1", Yuan(1_200), true) { EffectiveOn = line.Today });
        Assert.Equal((Yuan(800), Yuan(10_000)), (line.State.Available(line.Today, "groceries"), line.State.Available(line.Today, null)));
    }

    [Fact]
    public void A_dispute_upheld_cancels_the_rows_of_its_purchase_with_their_charges_and_the_running_statement_stays_right()
    {
        var line = TestLine.Opened(terms: LoanLine.WithPlans);
        line.Accept(Checkout(line, 1_200, 12, CostBearer.Buyer));
        line.Accept(new CapturePurchase("p-1", Yuan(1_200), true) { EffectiveOn = line.Today });
        line.On("2026-05-10").Pay(107.50m);
        line.Accept(new OpenDispute("d-1", new DebtName("p-1", null, null), "never received") { EffectiveOn = line.Today });
        line.Accept(new ResolveDispute("d-1", DisputeOutcome.Upheld) { EffectiveOn = line.Today });
        Assert.Empty(line.State.Items);
        Assert.Empty(line.State.Loans);
        line.On("2026-06-05").Prove();
        Assert.NotNull(Explainer.Bill(line.History, line.Book, new DateOnly(2026, 6, 1)));
    }

    [Fact]
    public void A_disputed_plan_row_leaves_the_minimum_whole()
    {
        var line = TestLine.Opened(terms: LoanLine.WithPlans);
        line.Accept(Checkout(line, 1_200, 12, CostBearer.Merchant));
        line.Accept(new CapturePurchase("p-1", Yuan(1_200), true) { EffectiveOn = line.Today });
        line.On("2026-05-01");
        Assert.Equal(Yuan(100), line.Bill("2026-05-01").Minimum);
        line.Accept(new OpenDispute("d-1", new DebtName("p-1", null, null), "not mine") { EffectiveOn = line.Today });
        Assert.Equal(Yuan(0), line.Bill("2026-05-01").Minimum);
        line.Prove();
    }

    [Fact]
    public void Beside_a_plan_an_ordinary_repayment_pays_the_bill()
    {
        var line = Billed(1_000);
        line.Buy(500, "other");
        line.Accept(line.Plan(3, purchase: "other"));
        line.On("2026-05-20");
        Assert.Equal(10, line.State.DaysPastDue(line.Today));
        line.Pay(1_004.50m);
        Assert.Equal((Yuan(0), 0), (line.State.CreditBalance, line.State.DaysPastDue(line.Today)));
        line.Prove();
    }

    private static TestLine Billed(decimal yuan) => TestLine.Opened(terms: LoanLine.WithPlans).Buy(yuan).On("2026-05-01");

    private static AuthorisePurchase Checkout(TestLine line, decimal yuan, int count, CostBearer bornBy)
    {
        var offer = line.Terms.Instalments!.Checkout.Find(o => o.Count == count)!;
        var quote = PlanQuotes.Of(line.State, line.Terms, offer, Yuan(yuan), "p-1", bornBy, line.Today)!;
        return new AuthorisePurchase("p-1", Yuan(yuan), "groceries", "x")
        {
            EffectiveOn = line.Today, Plan = new CheckoutPlan("plan-1", count, bornBy, new CostConfirmation(quote.CostTableId, 5)),
        };
    }
}
