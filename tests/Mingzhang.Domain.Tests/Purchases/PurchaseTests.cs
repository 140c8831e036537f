namespace Mingzhang.Domain.Tests.Purchases;

public sealed class PurchaseTests
{
    private static AuthorisePurchase Ask(TestLine line, decimal yuan, string id = "p-x", string scene = "groceries") =>
        new(id, Yuan(yuan), scene, "街角书店") { EffectiveOn = line.Today };

    [Fact]
    public void A_receipt_scene_holds_the_limit_until_receipt_is_confirmed()
    {
        var line = TestLine.Opened().Buy(300, "p-1", "online-shop");
        Assert.Equal(0, line.State.PostedBalance().MinorUnits);
        Assert.Equal(Yuan(9_700), line.State.Available(line.Today, null));
        var events = line.Accept(new ConfirmReceipt("p-1") { EffectiveOn = line.Today });
        Assert.Collection(events, e => Assert.IsType<ReceiptConfirmed>(e), e =>
            Assert.Equal(Yuan(300), Assert.IsType<PurchasePosted>(e).FromHold));
        Assert.Equal(Yuan(9_700), line.State.Available(line.Today, null));
        line.Prove();
    }

    [Fact]
    public void Receipt_counts_as_confirmed_after_ten_days_and_an_authorisation_expires_after_its_hold_days()
    {
        var line = TestLine.Opened("2026-04-02").Buy(300, "p-1", "online-shop");
        line.Accept(Ask(line, 50, "p-2"));
        line.On("2026-04-12");
        Assert.Equal("p-1", Assert.Single(line.Events.OfType<PurchasePosted>()).PurchaseId);
        Assert.Equal("p-2", Assert.Single(line.Events.OfType<HoldExpired>()).PurchaseId);
        line.Prove();
    }

    [Fact]
    public void A_purchase_that_posts_on_the_statement_day_belongs_to_the_next_bill()
    {
        var line = TestLine.Opened("2026-04-21").Buy(300, "p-1", "online-shop").On("2026-05-01");
        Assert.Equal(0, line.Bill("2026-05-01").Closing.MinorUnits);
        Assert.Equal(Yuan(300), line.State.PostedBalance());
    }

    [Fact]
    public void A_capture_takes_part_of_the_hold_and_a_final_one_releases_the_rest()
    {
        var line = TestLine.Opened();
        line.Accept(Ask(line, 100));
        line.Accept(new CapturePurchase("p-x", Yuan(30), false) { EffectiveOn = line.Today });
        Assert.Equal(Yuan(9_900), line.State.Available(line.Today, null));
        Assert.Equal(Yuan(70), line.Refuse<CaptureAboveHold>(new CapturePurchase("p-x", Yuan(80), true) { EffectiveOn = line.Today }).Held);
        var events = line.Accept(new CapturePurchase("p-x", Yuan(50), true) { EffectiveOn = line.Today });
        Assert.Equal(Yuan(20), events.OfType<PurchaseCaptured>().Single().Released);
        Assert.Equal(Yuan(9_920), line.State.Available(line.Today, null));
        Assert.Equal(PurchaseStage.Posted,
            line.Refuse<PurchaseInOtherStage>(new CapturePurchase("p-x", Yuan(1), true) { EffectiveOn = line.Today }).Stage);
        line.Refuse<PurchaseUnknown>(new CapturePurchase("p-none", Yuan(1), true) { EffectiveOn = line.Today });
        line.Prove();
    }

    [Fact]
    public void A_released_hold_gives_the_limit_back()
    {
        var line = TestLine.Opened();
        line.Accept(Ask(line, 100));
        Assert.Equal(Yuan(100), line.Accept(new ReleaseHold("p-x") { EffectiveOn = line.Today }).OfType<HoldReleased>().Single().Amount);
        Assert.Equal(Yuan(10_000), line.State.Available(line.Today, null));
        line.Prove();
    }

    [Fact]
    public void An_offline_purchase_posts_above_the_limit_and_is_flagged()
    {
        var line = TestLine.Opened(limit: 1_000);
        line.Accept(new PostOfflinePurchase("off-1", Yuan(1_200), "travel", "城际列车") { EffectiveOn = line.Today });
        Assert.Single(line.Events.OfType<OfflinePurchaseTaken>());
        Assert.True(line.Events.OfType<PurchasePosted>().Single().Forced);
        Assert.Equal(Yuan(-200), line.State.Available(line.Today, null));
        Assert.Equal(Yuan(-200), line.Refuse<LimitExceeded>(Ask(line, 1)).Available);
        line.Prove();
    }

    [Fact]
    public void A_product_without_scenes_takes_no_offline_purchase_either()
    {
        var line = TestLine.Opened(terms: LoanLine.Cash);
        var bought = new PostOfflinePurchase("off-1", Yuan(100), "travel", "城际列车") { EffectiveOn = line.Today };
        Assert.Equal("travel", line.Refuse<SceneNotEligible>(bought).Scene);
    }

    [Fact]
    public void A_purchase_is_refused_with_the_first_reason_that_holds()
    {
        var line = TestLine.Opened();
        Assert.Equal("casino", line.Refuse<SceneNotEligible>(Ask(line, 1, scene: "casino")).Scene);
        Assert.Equal(Yuan(20_000), line.Refuse<AboveSinglePurchaseCap>(Ask(line, 20_001)).Cap);
        Assert.Equal(Yuan(10_000), line.Refuse<LimitExceeded>(Ask(line, 10_001)).Available);
        line.Buy(5_000, "p-1");
        line.Refuse<PurchaseExists>(Ask(line, 1, "p-1"));
        line.Refuse<AmountNotPositive>(Ask(line, -1));
        line.Refuse<CurrencyMismatch>(new AuthorisePurchase("p-y", Money.Of(1, Currency.Twd), "groceries", "x")
            { EffectiveOn = line.Today });
        var rich = TestLine.Opened(limit: 50_000).Buy(19_000).Buy(10_000);
        Assert.Equal(Yuan(29_000), rich.Refuse<AboveDailyCap>(Ask(rich, 1_001)).SpentToday);
    }

    [Fact]
    public void A_refund_before_posting_releases_the_hold_and_no_bill_arises()
    {
        var line = TestLine.Opened().Buy(300, "p-1", "online-shop");
        line.Accept(new AnnounceRefund("f-1", "p-1", Yuan(300)) { EffectiveOn = line.Today });
        Assert.Single(line.Events.OfType<RefundAnnounced>());
        line.Accept(new ReceiveRefund("f-1", "p-1", Yuan(300)) { EffectiveOn = line.Today });
        Assert.Equal(Yuan(300), line.Events.OfType<RefundReceived>().Single().FromHold);
        Assert.Equal(Yuan(10_000), line.State.Available(line.Today, null));
        Assert.Empty(line.State.PendingRefunds);
        line.Refuse<RefundExists>(new ReceiveRefund("f-1", null, Yuan(1)) { EffectiveOn = line.Today });
        line.Prove();
    }

    [Fact]
    public void A_refund_pays_its_own_purchase_then_the_bill_and_the_rest_becomes_a_credit_balance()
    {
        var line = TestLine.Opened().Buy(300, "p-1").Buy(100, "p-2").On("2026-05-02").Pay(350, named: new DebtName("p-1", null, null));
        var refund = line.Accept(new ReceiveRefund("f-1", "p-1", Yuan(300)) { EffectiveOn = line.Today }).OfType<RefundReceived>().Single();
        Assert.Equal(Yuan(250), refund.ToCredit);
        Assert.Equal(Yuan(250), line.State.CreditBalance);
        line.Buy(200, "p-3");
        Assert.Equal(Yuan(200), line.Events.OfType<CreditApplied>().Single().Amount);
        Assert.Equal(Yuan(60), line.Refuse<CreditBalanceTooSmall>(new ReturnCreditBalance("o-1", Yuan(61))
            { EffectiveOn = line.Today }).CreditBalance
            + Yuan(10));
        line.Accept(new ReturnCreditBalance("o-1", Yuan(50)) { EffectiveOn = line.Today });
        Assert.Single(line.Events.OfType<CreditBalanceReturned>());
        Assert.Equal(0, line.State.PostedBalance().MinorUnits);
        line.Prove();
    }
}
