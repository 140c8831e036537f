using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Values;
using Mingzhang.Web.Api.Fields;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>Purchases: hold, capture, receipt, release, and those without an authorisation.</summary>
internal static class PurchasesApi
{
    private const string Purchase = "The purchase's id, given by the caller.";

    public static void Map(ApiRoutes api)
    {
        api.Account<object?, ValueList<Purchase>>(
            "/purchases", "list-purchases", "Purchases that hold limit, owe, or can be refunded.", _ => null, (account, _) =>
                account.State.Purchases);
        api.Command(
            "POST", "/purchases", "authorise-purchase", ApiScopes.PaymentsWrite, "Authorise a purchase: places a hold.",
            f => new AuthorisePurchase(f.Id("purchaseId", Purchase), f.Money(), f.Id("scene", "Scene code of the product."), Merchant(f))
            {
                EffectiveOn = f.EffectiveOn(), Plan = LoansApi.Checkout(f),
            },
            """{"purchaseId":"ord-1","amountMinor":12890,"scene":"groceries","merchant":"盒马鲜生"}""");
        api.Command(
            "POST", "/purchases/{purchaseId}/captures", "capture-purchase", ApiScopes.PaymentsWrite,
            "Take money from a hold, wholly or partly; final releases the rest.",
            f => new CapturePurchase(f.PathId("purchaseId", Purchase), f.Money(),
                f.YesNo("final", "Whether the rest of the hold is released."))
            {
                EffectiveOn = f.EffectiveOn(),
            },
            """{"amountMinor":12890,"final":true}""");
        api.Command(
            "POST", "/purchases/{purchaseId}/receipt", "confirm-receipt", ApiScopes.PaymentsWrite, "The buyer confirmed receipt: it posts.",
            f => new ConfirmReceipt(f.PathId("purchaseId", Purchase)) { EffectiveOn = f.EffectiveOn() }, "{}");
        api.Command(
            "POST", "/purchases/{purchaseId}/release", "release-hold", ApiScopes.PaymentsWrite, "Give an authorisation up.",
            f => new ReleaseHold(f.PathId("purchaseId", Purchase)) { EffectiveOn = f.EffectiveOn() }, "{}");
        api.Command(
            "POST", "/offline-purchases", "post-offline-purchase", ApiScopes.PaymentsWrite,
            "Take in a purchase that happened without an authorisation; posts even above the limit, flagged.",
            f => new PostOfflinePurchase(f.Id("purchaseId", Purchase), f.Money(), f.Id("scene", "Scene code of the product."), Merchant(f))
            {
                EffectiveOn = f.EffectiveOn(),
            },
            """{"purchaseId":"off-1","amountMinor":2200,"scene":"travel","merchant":"杭州地铁"}""");
    }

    private static string Merchant(CommandFields f) => f.Text("merchant", "The merchant's name or id.", 100);
}
