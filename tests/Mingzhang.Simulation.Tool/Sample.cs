using Mingzhang.Oracle;

namespace Mingzhang.Simulation;

/// <summary>The pay-later product of these tests, once as the core's terms and once as the oracle's.</summary>
public static class Sample
{
    public static readonly Currency Cny = Currency.Cny;

    public static readonly AccountId Account = AccountId.Of(new CustomerId(1_000_042), 1);

    public static readonly ProductTerms Core = new()
    {
        Code = "pay-later",
        Version = 1,
        Slot = 1,
        EffectiveFrom = new DateOnly(2020, 1, 1),
        Name = new LocalText("先用后付", "Pay later"),
        Currency = Cny,
        Licence = "consumer-finance",
        Cycles = [new CycleChoice(1, [10, 9, 8]), new CycleChoice(5, [15]), new CycleChoice(10, [20])],
        MonthsBetweenDueDayChanges = 12,
        Scenes =
        [
            Scene("shop", PostingMoment.Receipt, 30, 10), Scene("store", PostingMoment.Payment, 7, 0), Scene("travel",
                PostingMoment.Payment, 30, 0),
        ],
        Limits = new LimitTerms(Yuan(500), Yuan(50_000), Yuan(10_000), Yuan(15_000)),
        MinimumPayment = new MinimumPaymentTerms(100_000, Yuan(10), Rounding.HalfUp),
        Revolving = new PriceTerms(Rate.PerDay(500), Rounding.HalfUp),
        Overdue = new OverdueTerms(Rate.PerDay(500), Rounding.HalfUp, GraceDays: 0, CoolingDays: 30, CoolingAfterDays: 7,
            TerminateAfterDays: 30),
        AllocationOrder =
        [
            AllocationBucket.OverdueCharge, AllocationBucket.OverdueInterest, AllocationBucket.OverduePrincipal,
            AllocationBucket.BilledCharge, AllocationBucket.BilledInterest, AllocationBucket.BilledUncyclable,
                AllocationBucket.BilledCyclable,
            AllocationBucket.UnbilledCharge, AllocationBucket.UnbilledInterest, AllocationBucket.UnbilledPrincipal,
        ],
        RefundWindowDays = 365,
        Closing = new ClosingTerms(CloseWithDebt.RunOff, 7, CreditBalanceBlocks: true, DisputeBlocks: true, "notice-1"),
        Reopening = new ReopeningTerms(true, AllowedAfterForcedClosing: false, WaitDays: 0),
        Caps = [new CostCap("consumer-finance", new DateOnly(2020, 1, 1), null, 240_000, 360, "sample")],
        RequiredConsents = ["credit-report"],
        SampleFields = [],
    };

    public static readonly Terms Naive = new()
    {
        StatementDayOfDueDay = new() { [8] = 1, [9] = 1, [10] = 1, [15] = 5, [20] = 10 },
        DefaultDueDay = 10,
        MonthsBetweenDueDayChanges = 12,
        Scenes = new()
        {
            ["shop"] = new SceneRule("shop", true, 30, 10), ["store"] = new SceneRule("store", false, 7, 0),
                ["travel"] = new SceneRule("travel", false, 30, 0),
        },
        LimitSmallest = 50_000,
        LimitLargest = 5_000_000,
        SingleMax = 1_000_000,
        DailyMax = 1_500_000,
        MinimumPpm = 100_000,
        MinimumFloor = 1_000,
        RevolvingPpm = 500,
        OverduePpm = 500,
        GraceDays = 0,
        CoolingDays = 30,
        CoolingAfterDays = 7,
        TerminateAfterDays = 30,
        RefundWindowDays = 365,
        DebtRunsOff = true,
        ConfirmWithinDays = 7,
        CreditBlocks = true,
        DisputeBlocks = true,
        ReopenAfterForced = false,
        ReopenWaitDays = 0,
        KnownFaults = [],
    };

    public static readonly TermsBook Book = new([Core]);

    public static Money Yuan(long yuan) => Money.Of(yuan * 100, Cny);

    public static Money Fen(long fen) => Money.Of(fen, Cny);

    public static OpenAccount Open(DateOnly on, long limitFen, int? dueDay, string product = "pay-later") => new(
        Account, product, 1, [new Consent("credit-report", "1")], new BankCard("tok-1", "1234"), Approval(limitFen),
            dueDay) { EffectiveOn = on };

    public static ReopenAccount Reopen(DateOnly on, long limitFen) =>
        new(1, [new Consent("credit-report", "2")], new BankCard("tok-1", "1234"), Approval(limitFen)) { EffectiveOn = on };

    private static Assessment Approval(long limitFen) => new("as-1", true, Fen(limitFen), "model-1", null);

    private static SceneTerms Scene(string code, PostingMoment moment, int hold, int confirm) => new(code, new LocalText(code, code),
        moment, hold, confirm);
}
