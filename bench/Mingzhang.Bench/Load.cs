using System.Globalization;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;

namespace Mingzhang.Bench;

/// <summary>The load: a pay-later line and a mix of authorise, capture, repay on random accounts, each with a fresh key.</summary>
/// <param name="accounts">Customers 1 to this.</param>
/// <param name="seed">Of the random choices; also part of every key.</param>
/// <param name="stride">Only every so manieth customer, so that several loads never meet on one account. Default all.</param>
/// <param name="first">The first of them, 1 to the stride.</param>
internal sealed class Load(int accounts, int seed, int stride = 1, int first = 1)
{
    private readonly Random _random = new(seed);
    private readonly Dictionary<int, (int Step, int Number)> _steps = [];
    private long _key;

    public static DateOnly Day { get; } = new(2026, 1, 5);

    public static TermsBook Book { get; } = new(
    [
        new ProductTerms
        {
            Code = "pay-later",
            Version = 1,
            Slot = 1,
            EffectiveFrom = new DateOnly(2025, 1, 1),
            Name = new LocalText("先买后付", "Pay later"),
            Currency = Currency.Cny,
            Licence = "consumer-finance",
            Cycles = [new CycleChoice(1, [8, 9, 10])],
            MonthsBetweenDueDayChanges = 12,
            Scenes = [new SceneTerms("shop", new LocalText("商店", "Shop"), PostingMoment.Payment, 7, 0)],
            Limits = new LimitTerms(Cny(100), Cny(100_000_000), Cny(50_000_000), Cny(100_000_000)),
            MinimumPayment = new MinimumPaymentTerms(100_000, Cny(1_000), Rounding.HalfUp),
            Revolving = new PriceTerms(Rate.PerDay(500), Rounding.HalfUp),
            Overdue = new OverdueTerms(Rate.PerDay(500), Rounding.HalfUp, 0, 30, 5, 90),
            AllocationOrder = [.. Enum.GetValues<AllocationBucket>()],
            RefundWindowDays = 30,
            Closing = new ClosingTerms(CloseWithDebt.RunOff, 7, true, true, "n1"),
            Reopening = new ReopeningTerms(true, false, 0),
            Caps = [],
            RequiredConsents = ["credit"],
            SampleFields = [],
        },
    ]);

    public static CommandEnvelope Open(int customer) => new(
        Account(customer),
        "open",
        new OpenAccount(
            Account(customer), "pay-later", 1, [new Consent("credit", "1")], new BankCard("token-1", "1234"),
            new Assessment("a-1", true, Cny(50_000_00), "model-1", null), 10) { EffectiveOn = Day },
        "bench");

    /// <summary>The next command: three of a purchase's life on a random account; about one in fifty is refused for its limit.</summary>
    public CommandEnvelope Next()
    {
        var customer = first + (_random.Next(((accounts - first) / stride) + 1) * stride);
        var (step, number) = _steps.GetValueOrDefault(customer);
        _steps[customer] = step == 2 ? (0, number + 1) : (step + 1, number);
        var id = string.Create(CultureInfo.InvariantCulture, $"p{number:000000}");
        var amount = Cny(1_000 + (customer % 7 * 100));
        AccountCommand command = step switch
        {
            0 => new AuthorisePurchase(id, _random.Next(50) == 0 ? Cny(49_999_000) : amount, "shop", "merchant-42") { EffectiveOn = Day },
            1 => new CapturePurchase(id, amount, true) { EffectiveOn = Day },
            _ => new ReceiveRepayment(id, [new RepaymentSource("card-1", amount)], null, Actor.Channel) { EffectiveOn = Day },
        };
        return new CommandEnvelope(
            Account(customer), string.Create(CultureInfo.InvariantCulture, $"k-{seed}-{_key++:0000000000}"), command, "bench");
    }

    internal static AccountId Account(int customer) => AccountId.Of(new CustomerId(customer), 1);

    private static Money Cny(long minor) => Money.Of(minor, Currency.Cny);
}
