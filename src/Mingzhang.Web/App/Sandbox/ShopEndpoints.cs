using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Checkout;
using Mingzhang.Services.Wording;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.App.Sandbox;

/// <summary>Buying something in a sandbox: in life a shop does it through the API. There is no such page in a live house.</summary>
internal static class ShopEndpoints
{
    private const string Category = "5999";

    /// <summary>Maps the page and its form.</summary>
    public static void MapShop(this RouteGroupBuilder pages)
    {
        pages.MapGet("/shop", async (BorrowerDesk desk, CreditHouse house, HttpContext http) =>
            house.IsSandbox && await desk.VisitAsync(http) is { } visit ? Show(visit) : Results.NotFound());
        pages.MapPost("/shop", BuyAsync);
    }

    private static IResult Show(BorrowerVisit visit) => BorrowerDesk.Show<ShopPage>(
        visit, null, visit.Notice is { Good: false } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);

    private static async Task<IResult> BuyAsync(
        BorrowerDesk desk, CreditHouse house, CheckoutDesk checkout, Speech speech, HttpContext http)
    {
        if (!house.IsSandbox || await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        var problem = BorrowerDesk.KeyOf(form) is not { } key ? speech["form.stale"]
            : Typed.Fen(form["amount"]) is not { } fen ? speech["pay.amount-wrong"]
            : visit.Account.Terms.Scene(form["scene"].ToString()) is not { } scene ? speech["form.incomplete"]
            : await ChargeAsync(visit, house, checkout, scene, Money.Of(fen, visit.Account.State.Currency), key, speech) is { } refusal
                ? RefusalText.Of(refusal, speech.IsChinese) : null;
        return problem is null ? Results.Redirect("/app/activity?done=bought")
            : Show(visit with { Notice = new PageNotice(false, problem) });
    }

    private static async Task<Refusal?> ChargeAsync(
        BorrowerVisit visit, CreditHouse house, CheckoutDesk checkout, SceneTerms scene, Money amount, string key, Speech speech)
    {
        var shop = new Merchant("sample-" + scene.Code, speech.Say("shop.name", speech.Pick(scene.Name.Zh, scene.Name.En)), Category,
            scene.Code, true);
        await checkout.KeepAsync(shop);
        var actor = BorrowerDesk.ActorOf(visit);
        var (purchase, refusal) = await checkout.AuthoriseAsync(visit.Account.State, shop.Id, key, amount, "web:" + key, actor);
        return refusal is not null ? refusal : (await house.SubmitAsync(new CommandEnvelope(
            visit.Account.State.Id, "web:sent:" + key,
            new CapturePurchase(purchase, amount, true) { EffectiveOn = visit.Account.Today }, actor))).Refusal;
    }
}
