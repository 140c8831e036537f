using Mingzhang.Domain.Values;
using Mingzhang.Services.Checkout;
using Mingzhang.Web.Api.Fields;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>What came of paying at a shop.</summary>
internal sealed record CheckoutAnswer(string PurchaseId, string MerchantId, long AmountMinor, string Outcome);

/// <summary>Shops, and paying at them; capturing, releasing and refunding go by the purchase's own routes.</summary>
internal static class CheckoutApi
{
    private const string Pattern = "/v1/accounts/{accountId}/checkouts";

    public static void Map(ApiRoutes api)
    {
        api.House<string?, IReadOnlyList<Merchant>>(
            "/v1/merchants", "list-merchants", ApiScopes.AccountsRead, "Shops that may be paid, by id.",
            q => q.OptionalId("after", "Those after this id."),
            (call, after) => Task.FromResult<ApiResult<IReadOnlyList<Merchant>>>(Desk(call).List(after ?? "").ToList()));
        api.Manage<Merchant, Merchant>(
            new RouteSpec("POST", "/v1/merchants", "keep-merchant", ApiScopes.StaffWrite, "Add or change a shop.")
            {
                Success = 201,
                Example = """{"merchantId":"shop-1","name":"Corner Shop","mcc":"5411","scene":"groceries","eligible":true}""",
            },
            f => new Merchant(
                f.Id("merchantId", "The shop's id."), f.Text("name", "Its name, as borrowers see it.", 60),
                f.Id("mcc", "Merchant category code, four digits (ISO 18245)."), f.Id("scene", "Scene code of the products."),
                f.YesNo("eligible", "Whether it may be paid with credit.")),
            async (call, merchant) =>
            {
                if (!MccRules.IsCode(merchant.Mcc))
                {
                    return Problems.Of([new FieldError(
                        "mcc", "four digits", "Send the ISO 18245 code, such as 5411.", "四位数字", "请填写 ISO 18245 商户类别码，例如 5411。")]);
                }

                await Desk(call).KeepAsync(merchant);
                return merchant;
            });
        api.Manage<(string Merchant, string Order, long Amount), CheckoutAnswer>(
            new RouteSpec(
                "POST", Pattern, "checkout", ApiScopes.PaymentsWrite,
                "Authorise a purchase at a shop: category, scene, permission and limit are looked at in this order.")
            {
                Success = 201, Example = """{"merchantId":"shop-1","orderId":"o-1","amountMinor":5000}""",
            },
            f => (f.Id("merchantId", "The shop."), f.Id("orderId", "The shop's order."),
                f.Amount("amountMinor", "Amount in minor units.")),
            AuthoriseAsync);
    }

    private static async Task<ApiResult<CheckoutAnswer>> AuthoriseAsync(ApiCall call, (string Merchant, string Order, long Amount) asked)
    {
        if (await call.FindAsync(call.Path("accountId")) is not { } state)
        {
            return Problems.NoAccount;
        }

        var (purchase, refusal) = await Desk(call).AuthoriseAsync(
            state, asked.Merchant, asked.Order, Money.Of(asked.Amount, state.Currency), $"checkout:{asked.Merchant}:{asked.Order}",
            call.Caller.Actor);
        return refusal is not null
            ? Problems.Of(refusal) : new CheckoutAnswer(purchase, asked.Merchant, asked.Amount, CheckoutDesk.Accepted);
    }

    private static CheckoutDesk Desk(ApiCall call) => call.Http.RequestServices.GetRequiredService<CheckoutDesk>();
}
