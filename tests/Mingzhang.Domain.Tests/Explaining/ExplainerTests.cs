namespace Mingzhang.Domain.Tests.Explaining;

public sealed class ExplainerTests
{
    private static TestLine Revolver() => TestLine.Opened("2026-05-20", 3_000)
        .Buy(1_000, "p-1").On("2026-06-10").Pay(100, "r-1").On("2026-06-20").Buy(300, "p-2", "online-shop").Buy(85.93m, "p-3");

    [Fact]
    public void The_limit_explains_itself_in_terms_and_in_history()
    {
        var line = Revolver();
        var limit = Explainer.Limit(line.State, line.History, line.Book, line.Today, null);
        Assert.Equal(Yuan(1_714.07m), limit.Available);
        Assert.Equal(limit.Available.MinorUnits, limit.Terms.Sum(term => term.Amount.MinorUnits));
        Assert.Equal(limit.Available.MinorUnits, limit.History.Sum(step => step.Change.MinorUnits));
        Assert.Contains(limit.History, step => step is { Event: "repayment-received", Reference: "r-1" } && step.Change == Yuan(100));
        Assert.Contains(limit.Terms, term =>
            term is { Kind: LimitTermKind.Hold, Reference: "p-2" } && term.ReturnsOn == new DateOnly(2026, 6, 30));
    }

    [Fact]
    public void A_bill_explains_every_line_and_its_minimum()
    {
        var line = Revolver().On("2026-07-01");
        var bill = Explainer.Bill(line.History, line.Book, new DateOnly(2026, 7, 1))!;
        Assert.Equal(bill.Bill.Closing.MinorUnits, bill.Bill.Opening.MinorUnits + bill.Lines.Sum(l => l.Amount.MinorUnits));
        var interest = Assert.Single(bill.Lines, l => l.Event == "interest-posted");
        Assert.Equal("interest.revolving: 900000000 / 1000000, rounded once", interest.Why);
        Assert.Equal(bill.Bill.Minimum, bill.Minimum[^1].Output);
        Assert.Null(Explainer.Bill(line.History, line.Book, new DateOnly(2026, 7, 2)));
    }

    [Fact]
    public void The_slider_tells_what_a_payment_would_do_and_the_payment_then_does_it()
    {
        var line = Revolver().On("2026-07-05");
        var preview = Explainer.Payment(line.State, line.Terms, line.Today, line.Today, Yuan(400))!;
        var paid = line.Accept(line.Payment(400)).OfType<RepaymentReceived>().Single();
        Assert.Equal(paid.Allocations, preview.Allocations);
        Assert.Equal(paid.LimitReturned, preview.LimitReturned);
        line.On("2026-08-01");
        Assert.Equal(line.Bill("2026-08-01").Closing, preview.NextStatement);
        Assert.Null(Explainer.Payment(line.State, line.Terms, line.Today, line.Today, Yuan(99_999)));
        Assert.Null(Explainer.Payment(line.State, line.Terms, line.Today, line.Today.AddDays(-1), Yuan(1)));
    }

    [Fact]
    public void Not_fully_repaid_names_the_residue_first()
    {
        var line = TestLine.Opened("2026-05-20", 1_000).Buy(1_000).On("2026-06-10").Pay(100).On("2026-07-02").Pay(900).On("2026-07-12");
        line.Accept(new Restrict("risk-1", [Permission.Spend], RestrictionReason.Risk, null, Actor.Staff, null)
            { EffectiveOn = line.Today });
        var use = Explainer.Use(line.State, line.Terms, line.Today, null, null);
        Assert.Equal((UseVerdict.NotFullyRepaid, "P01_RESIDUE"), (use.Verdict, use.Reasons[0].Code));
        Assert.False(use.Usable);
    }

    [Theory]
    [InlineData(RestrictionReason.Risk, "C03_FROZEN_RISK")]
    [InlineData(RestrictionReason.IdentityExpired, "C04_ID_EXPIRED")]
    [InlineData(RestrictionReason.DeviceChanged, "C08_DEVICE_CHANGED")]
    [InlineData(RestrictionReason.AccessCondition, "C01_ACCESS_CHANGED")]
    [InlineData(RestrictionReason.OverIndebted, "C09_OVER_INDEBTED")]
    [InlineData(RestrictionReason.FundingPaused, "C12_FUNDING_PAUSED")]
    [InlineData(RestrictionReason.StoppedByBorrower, "C07_CLOSED")]
    public void Each_restriction_has_its_code(RestrictionReason reason, string code)
    {
        var line = TestLine.Opened();
        line.Accept(new Restrict("x-1", [Permission.Spend], reason, null, Actor.Staff, "收入证明") { EffectiveOn = line.Today });
        Assert.Equal(code, Explainer.Use(line.State, line.Terms, line.Today, null, null).Reasons.Single().Code);
    }

    [Fact]
    public void Pending_and_failed_payments_are_named()
    {
        var line = TestLine.Opened("2026-05-20", 1_000).Buy(1_000).On("2026-06-12");
        line.Accept(new SubmitPayment("r-1", Yuan(1_000)) { EffectiveOn = line.Today });
        var pending = Explainer.Use(line.State, line.Terms, line.Today, null, null);
        Assert.Contains(pending.Reasons, reason => reason.Code == "P03_PAYMENT_PENDING");
        line.Accept(new FailPayment("r-1", "closed card") { EffectiveOn = line.Today });
        var failed = Explainer.Use(line.State, line.Terms, line.Today, null, null);
        Assert.Contains(failed.Reasons, reason => reason.Code == "P04_PAYMENT_RETURNED");
    }

    [Fact]
    public void Amount_and_scene_are_part_of_the_question()
    {
        var line = TestLine.Opened(limit: 30_000);
        Assert.Equal("C06_SCENE_NOT_SUPPORTED", Explainer.Use(line.State, line.Terms, line.Today, null, "casino").Reasons.Single().Code);
        Assert.Equal("C11_SINGLE_CAP", Explainer.Use(line.State, line.Terms, line.Today, Yuan(20_001), null).Reasons.Single().Code);
    }
}
