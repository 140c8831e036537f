namespace Mingzhang.Domain.Tests.Support;

/// <summary>Pay-later terms for examples: statement on the 1st, due on the 10th, 0.05 % a day.</summary>
internal static class TestTerms
{
    public static ProductTerms PayLater { get; } = new()
    {
        Code = "pay-later",
        Version = 1,
        Slot = 1,
        EffectiveFrom = new DateOnly(2024, 1, 1),
        Name = new LocalText("花期", "Pay later"),
        Currency = Currency.Cny,
        Licence = "consumer-finance",
        Cycles = [new CycleChoice(1, [10, 8, 9]), new CycleChoice(5, [15]), new CycleChoice(10, [20])],
        MonthsBetweenDueDayChanges = 12,
        Scenes =
        [
            new SceneTerms("groceries", new LocalText("超市", "Groceries"), PostingMoment.Payment, 7, 0),
            new SceneTerms("online-shop", new LocalText("网购", "Online shop"), PostingMoment.Receipt, 30, 10),
            new SceneTerms("travel", new LocalText("出行", "Travel"), PostingMoment.Payment, 7, 0),
        ],
        Limits = new LimitTerms(Yuan(500), Yuan(50_000), Yuan(20_000), Yuan(30_000)),
        MinimumPayment = new MinimumPaymentTerms(100_000, Yuan(0), Rounding.HalfUp),
        Revolving = new PriceTerms(Rate.PerDay(500), Rounding.HalfUp),
        Overdue = new OverdueTerms(Rate.PerDay(500), Rounding.HalfUp, GraceDays: 0, CoolingDays: 30, CoolingAfterDays: 7,
            TerminateAfterDays: 30),
        AllocationOrder = [.. Enum.GetValues<AllocationBucket>()],
        RefundWindowDays = 180,
        Closing = new ClosingTerms(CloseWithDebt.RunOff, 7, CreditBalanceBlocks: true, DisputeBlocks: true, "2026-01"),
        Reopening = new ReopeningTerms(Allowed: true, AllowedAfterForcedClosing: false, WaitDays: 0),
        Caps = [new CostCap("consumer-finance", new DateOnly(2020, 1, 1), null, 240_000, 365, "example")],
        RequiredConsents = ["bureau"],
        SampleFields = [],
    };

    public static TermsBook Book { get; } = new([PayLater]);

    public static Money Yuan(decimal yuan) => Money.Of((long)(yuan * 100), Currency.Cny);
}
