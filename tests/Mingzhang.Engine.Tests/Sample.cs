using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;

namespace Mingzhang.Engine.Tests;

/// <summary>A small product and its commands.</summary>
internal static class Sample
{
    public static DateOnly Start { get; } = new(2026, 1, 5);

    public static ProductTerms Terms { get; } = new()
    {
        Code = "pay-later",
        Version = 1,
        Slot = 1,
        EffectiveFrom = new DateOnly(2025, 1, 1),
        Name = new LocalText("花", "Pay later"),
        Currency = Currency.Cny,
        Licence = "consumer-finance",
        Cycles = [new CycleChoice(1, [8, 9, 10]), new CycleChoice(10, [20])],
        MonthsBetweenDueDayChanges = 12,
        Scenes =
        [
            new SceneTerms("shop", new LocalText("店", "Shop"), PostingMoment.Payment, 7, 0),
            new SceneTerms("online", new LocalText("网", "Online"), PostingMoment.Receipt, 7, 10),
        ],
        Limits = new LimitTerms(Cny(10_000), Cny(100_000_000), Cny(50_000_000), Cny(100_000_000)),
        MinimumPayment = new MinimumPaymentTerms(100_000, Cny(1_000), Rounding.HalfUp),
        Revolving = new PriceTerms(Rate.PerDay(500), Rounding.HalfUp),
        Overdue = new OverdueTerms(Rate.PerDay(500), Rounding.HalfUp, 0, 30, 5, 90),
        AllocationOrder = [.. Enum.GetValues<AllocationBucket>()],
        RefundWindowDays = 365,
        Closing = new ClosingTerms(CloseWithDebt.RunOff, 7, true, true, "n1"),
        Reopening = new ReopeningTerms(true, false, 0),
        Caps = [],
        RequiredConsents = ["credit"],
        SampleFields = [],
    };

    public static TermsBook Book { get; } = new([Terms]);

    public static Money Cny(long minor) => Money.Of(minor, Currency.Cny);

    public static AccountId Account(long customer) => AccountId.Of(new CustomerId(customer), 1);

    public static CommandEnvelope Open(long customer, long limit = 1_000_000) => new(
        Account(customer),
        "open",
        new OpenAccount(
            Account(customer), "pay-later", 1, [new Consent("credit", "1")], new BankCard("tok", "1234"),
            new Assessment("a", true, Cny(limit), "m1", null), 10) { EffectiveOn = Start },
        "test");

    public static CommandEnvelope Buy(long customer, string id, long minor, DateOnly on, string? key = null) => new(
        Account(customer), key ?? $"buy-{id}", new PostOfflinePurchase(id, Cny(minor), "shop", "店铺") { EffectiveOn = on }, "test");

    public static CommandEnvelope Authorise(long customer, string id, long minor, DateOnly on) => new(
        Account(customer), $"auth-{id}", new AuthorisePurchase(id, Cny(minor), "shop", "店铺") { EffectiveOn = on }, "test");

    public static CommandEnvelope Pay(long customer, string id, long minor, DateOnly on) => new(
        Account(customer),
        $"pay-{id}",
        new ReceiveRepayment(id, [new RepaymentSource("card", Cny(minor))], null, Actor.Channel) { EffectiveOn = on },
        "test");
}
