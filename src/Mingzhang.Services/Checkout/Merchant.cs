using Mingzhang.Store;

namespace Mingzhang.Services.Checkout;

/// <summary>A shop that may be paid with credit.</summary>
/// <param name="Id">Given by the house.</param>
/// <param name="Name">As borrowers see it.</param>
/// <param name="Mcc">Merchant category code, four digits (ISO 18245).</param>
/// <param name="Scene">Scene code of the products.</param>
/// <param name="Eligible">Whether it is paid at all; a shop that left or was stopped stays in the list.</param>
public sealed record Merchant(string Id, string Name, string Mcc, string Scene, bool Eligible);

/// <summary>An attempt to pay at a shop, kept whether it went through or not.</summary>
/// <param name="At">Microseconds since 1970 UTC.</param>
/// <param name="OrderId">The shop's.</param>
/// <param name="MerchantId">Where.</param>
/// <param name="AmountMinor">How much.</param>
/// <param name="Outcome">accepted, or the refusal's code.</param>
public sealed record CheckoutAttempt(long At, string OrderId, string MerchantId, long AmountMinor, string Outcome);

/// <summary>The tables of the checkout.</summary>
public static class CheckoutMigrations
{
    /// <summary>In order of version.</summary>
    public static IReadOnlyList<Migration> All { get; } =
    [
        new("checkout", 1, """
            CREATE TABLE merchant (
                merchant_id TEXT    PRIMARY KEY,
                name        TEXT    NOT NULL,
                mcc         TEXT    NOT NULL,
                scene       TEXT    NOT NULL,
                eligible    INTEGER NOT NULL
            ) WITHOUT ROWID;
            CREATE TABLE checkout_attempt (
                partition_id INTEGER NOT NULL,
                account_id   INTEGER NOT NULL,
                order_id     TEXT    NOT NULL,  -- the shop's, with its id in front
                at           INTEGER NOT NULL,  -- microseconds since 1970 UTC
                merchant_id  TEXT    NOT NULL,
                amount       INTEGER NOT NULL,
                outcome      TEXT    NOT NULL,
                PRIMARY KEY (partition_id, account_id, order_id)
            ) WITHOUT ROWID;
            CREATE INDEX checkout_attempt_at ON checkout_attempt (partition_id, account_id, at);
            """),
    ];
}

/// <summary>Category codes that credit for consumption does not pay, whoever the shop is.</summary>
/// <remarks>
/// Consumer credit may not go into homes, securities or gambling; cash-like codes would turn a purchase line into a cash loan. The codes
/// are ISO 18245's; that these and no others are refused is a sample parameter.
/// </remarks>
public static class MccRules
{
    private static readonly Dictionary<string, string> Refused = new(StringComparer.Ordinal)
    {
        ["4829"] = "money transfer", ["6010"] = "cash at a counter", ["6011"] = "cash at a machine", ["6012"] = "financial institutions",
        ["6051"] = "quasi cash", ["6211"] = "securities", ["6513"] = "real estate", ["6540"] = "stored value", ["7800"] = "lottery",
        ["7801"] = "online gambling", ["7802"] = "racing", ["7995"] = "betting",
    };

    /// <summary>Whether a text is a category code.</summary>
    public static bool IsCode(string mcc) => mcc.Length == 4 && mcc.All(char.IsAsciiDigit);

    /// <summary>Why a code is refused, or null.</summary>
    public static string? Refuses(string mcc) => Refused.TryGetValue(mcc, out var why) ? $"MCC {mcc}: {why}" : null;
}
