using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Diagnosis;
using Mingzhang.Services.Entitlements;
using Mingzhang.Services.Incidents;

namespace Mingzhang.Services.Checkout;

/// <summary>
/// Pays at shops: the shop's category and scene are looked at, then the permission store is asked, as a till does that must answer at
/// once, and only then the ledger decides. Every attempt is kept with its outcome, so that "it did not work" can be answered.
/// </summary>
public sealed class CheckoutDesk(
    CreditHouse house, EntitlementDesk entitlements, IncidentDesk incidents, UseNeighbours neighbours, TimeProvider time)
{
    /// <summary>What an attempt that went through is called.</summary>
    public const string Accepted = "accepted";

    private const int Most = 200;

    /// <summary>A shop, or null.</summary>
    public Merchant? Find(string id)
    {
        using var connection = house.OpenReadOnly();
        return CheckoutShelf.Find(connection, id);
    }

    /// <summary>A page of shops after an id.</summary>
    public IReadOnlyList<Merchant> List(string after)
    {
        using var connection = house.OpenReadOnly();
        return CheckoutShelf.List(connection, after, Most);
    }

    /// <summary>Adds or changes a shop.</summary>
    public Task KeepAsync(Merchant merchant) => house.WriteAsync((connection, transaction) =>
    {
        CheckoutShelf.Keep(connection, transaction, merchant);
        return 0;
    });

    /// <summary>The latest attempts of an account.</summary>
    public IReadOnlyList<CheckoutAttempt> Attempts(AccountId account, int most)
    {
        using var connection = house.OpenReadOnly();
        return CheckoutShelf.Last(connection, account, most);
    }

    /// <summary>
    /// Authorises a purchase at a shop; its id is the shop's id and the order's. Refused with 206 to 208 before the ledger is asked, and
    /// with the ledger's own reasons after.
    /// </summary>
    public async Task<(string PurchaseId, Refusal? Refusal)> AuthoriseAsync(
        AccountState account, string merchantId, string orderId, Money amount, string key, string actor)
    {
        var purchase = merchantId + ":" + orderId;
        var merchant = Find(merchantId);
        var refusal = await GateAsync(account, merchant, merchantId, amount);
        if (refusal is null)
        {
            var command = new AuthorisePurchase(purchase, amount, merchant!.Scene, merchant.Name)
            {
                EffectiveOn = house.BusinessDateOf(account.Id),
            };
            refusal = (await house.SubmitAsync(new CommandEnvelope(account.Id, key, command, actor))).Refusal;
        }

        await house.WriteAsync((connection, transaction) =>
        {
            var at = time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
            CheckoutShelf.Keep(
                connection, transaction, account.Id,
                new CheckoutAttempt(at, purchase, merchantId, amount.MinorUnits, refusal?.Code.Name ?? Accepted));
            return 0;
        });
        return (purchase, refusal);
    }

    /// <summary>A shop or terminal tells that a payment did not work, with the words it knows.</summary>
    public Task ReportAsync(AccountId account, string merchantId, string orderId, Money amount, string outcome) =>
        house.WriteAsync((connection, transaction) =>
        {
            CheckoutShelf.Keep(connection, transaction, account, new CheckoutAttempt(
                time.GetUtcNow().ToUnixTimeMilliseconds() * 1000, merchantId + ":" + orderId, merchantId, amount.MinorUnits, outcome));
            return 0;
        });

    /// <summary>What stands in the way before the ledger is asked. A row that says no and is behind is worked out first.</summary>
    private async Task<Refusal?> GateAsync(AccountState account, Merchant? merchant, string merchantId, Money amount)
    {
        if (merchant is null)
        {
            return new MerchantUnknown(merchantId);
        }

        if (MccRules.Refuses(merchant.Mcc) is { } rule)
        {
            return new MerchantNotEligible(merchantId, rule);
        }

        if (!merchant.Eligible)
        {
            return new MerchantNotEligible(merchantId, "not in the list of eligible shops");
        }

        var lasting = incidents.Lasting();
        var cause = UseGate.Stops(entitlements.Find(account.Id), lasting, account.Product, amount.MinorUnits);
        if (cause is not null)
        {
            cause = UseGate.Stops(await entitlements.FreshAsync(account.Id), lasting, account.Product, amount.MinorUnits);
        }

        // A limit that a lender has lent is back when the lender has booked the repayment (A04).
        cause ??= neighbours.WaitsForLender(account.Id) is null ? null : "lender";
        return cause is null ? null : new UseNotGranted(cause);
    }
}

/// <summary>The permission store's own answer, without the ledger.</summary>
public static class UseGate
{
    /// <summary>Why use is refused at once: incident, permission or limit; null when the ledger may be asked.</summary>
    /// <param name="kept">The account's row; null = the store does not know it yet.</param>
    /// <param name="incidents">Those that last.</param>
    /// <param name="product">The account's product.</param>
    /// <param name="amountMinor">To be spent.</param>
    public static string? Stops(Entitlement? kept, IReadOnlyList<Incident> incidents, string product, long amountMinor) => kept switch
    {
        _ when incidents.FirstOrDefault(one => one.StopsUse && one.Concerns(product)) is { } incident => incident.Name,
        null or { Granted: 0 } => "not-known",
        { Figures.Spend: false } => "permission",
        // More than was available when it was worked out cannot be available now: the ledger need not be asked.
        _ when amountMinor > kept.Figures.Available => "limit",
        _ => null,
    };
}
