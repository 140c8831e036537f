using System.Globalization;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;

namespace Mingzhang.Cli.Replay.Taiwan;

/// <summary>What happens to every client on which day, and the commands for it. Keys and ids follow from client and month, so a second
/// run sends the same.</summary>
/// <remarks>
/// The statement of a month is drawn on its 25th and due on the 15th of the next month. What was paid in a month is paid on the 10th,
/// before the due day of the bill of the month before; what was bought or refunded happens on the 20th.
/// </remarks>
public static class TaiwanPlan
{
    /// <summary>Product code.</summary>
    public const string Product = "taiwan-2005";

    /// <summary>Version of the product.</summary>
    public const int TermsVersion = 1;

    /// <summary>Client 1 is customer 2,005,000,000,001.</summary>
    public const long FirstCustomer = 2_005_000_000_000;

    private const string Actor = "replay:taiwan";
    private const string Scene = "card";

    /// <summary>The accounts are opened, late in March 2005.</summary>
    public static DateOnly OpeningOn { get; } = new(2005, 3, 28);

    /// <summary>The product's slot in the account number.</summary>
    public const int Slot = 63;

    /// <summary>The account of a client.</summary>
    public static AccountId AccountOf(TaiwanClient client) => AccountOf(client.Id);

    /// <summary>The account of a client by its ID.</summary>
    public static AccountId AccountOf(long id) => AccountId.Of(new CustomerId(FirstCustomer + id), Slot);

    /// <summary>The ID of the client whose account it is; null when it is none of the replay's.</summary>
    public static long? ClientOf(AccountId account) =>
        account.Slot == Slot && account.Customer.Value > FirstCustomer ? account.Customer.Value - FirstCustomer : null;

    /// <summary>The day on which a month's payment arrives.</summary>
    public static DateOnly PaymentOn(int month) => new(2005, 4 + month, 10);

    /// <summary>The day on which a month's purchase or refund happens.</summary>
    public static DateOnly PurchaseOn(int month) => new(2005, 4 + month, 20);

    /// <summary>The statement day of a month.</summary>
    public static DateOnly StatementOn(int month) => new(2005, 4 + month, 25);

    /// <summary>Opens the account of a client with the data's limit.</summary>
    public static CommandEnvelope Open(TaiwanClient client)
    {
        var assessment = new Assessment($"uci-{client.Id.ToString(CultureInfo.InvariantCulture)}", true, Dollars(client.Limit),
            "uci:LIMIT_BAL", null);
        return Envelope(client, "taiwan:open", new OpenAccount(
            AccountOf(client), Product, TermsVersion, [], new BankCard("replay", "0000"), assessment, null) { EffectiveOn = OpeningOn });
    }

    /// <summary>What was paid in a month, towards the bill of the month before; null for nothing, and in April.</summary>
    public static CommandEnvelope? Pay(TaiwanClient client, int month)
    {
        if (month == 0 || client.Payments[month] == 0)
        {
            return null;
        }

        var id = "pay-" + Name(month);
        return Envelope(client, $"taiwan:{id}", new ReceiveRepayment(
            id, [new RepaymentSource("bank", Dollars(client.Payments[month]))], null,
                Domain.Accounts.Actor.Channel) { EffectiveOn = PaymentOn(month) });
    }

    /// <summary>Asks for a month's purchase, or receives its refund; null for neither.</summary>
    public static CommandEnvelope? Ask(TaiwanClient client, int month) => client.ResidualOf(month) switch
    {
        0 => null,
        > 0 and var bought => Envelope(client, $"taiwan:authorise-{Name(month)}", new AuthorisePurchase(
            PurchaseId(month), Dollars(bought), Scene, "UCI") { EffectiveOn = PurchaseOn(month) }),
        var refunded => Envelope(client, $"taiwan:refund-{Name(month)}", new ReceiveRefund(
            "refund-" + Name(month), null, Dollars(-refunded)) { EffectiveOn = PurchaseOn(month) }),
    };

    /// <summary>Takes the money of an authorised purchase.</summary>
    public static CommandEnvelope Capture(TaiwanClient client, int month) =>
        Envelope(client, $"taiwan:capture-{Name(month)}", new CapturePurchase(
            PurchaseId(month), Dollars(client.ResidualOf(month)), Final: true) { EffectiveOn = PurchaseOn(month) });

    /// <summary>Posts a purchase that was not authorised, for it did happen.</summary>
    public static CommandEnvelope Force(TaiwanClient client, int month) =>
        Envelope(client, $"taiwan:force-{Name(month)}", new PostOfflinePurchase(
            PurchaseId(month), Dollars(client.ResidualOf(month)), Scene, "UCI") { EffectiveOn = PurchaseOn(month) });

    /// <summary>Whole New Taiwan dollars as money.</summary>
    public static Money Dollars(long whole) => Money.Of(checked(whole * 100), Currency.Twd);

    private static string PurchaseId(int month) => "buy-" + Name(month);

    private static string Name(int month) => PurchaseOn(month).ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static CommandEnvelope Envelope(TaiwanClient client, string key, AccountCommand command) =>
        new(AccountOf(client), key, command, Actor);
}
