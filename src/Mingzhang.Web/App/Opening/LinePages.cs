using System.Globalization;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Opening;
using Mingzhang.Services.People;
using Mingzhang.Services.Wording;
using Mingzhang.Web.Identity;
using Mingzhang.Web.Identity.Keys;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.App.Opening;

/// <summary>How far somebody without an account is.</summary>
/// <param name="HasPin">Whether a payment PIN is set.</param>
/// <param name="Cards">Bound cards.</param>
/// <param name="Offered">Products that could be opened.</param>
/// <param name="HasLine">Whether there is a line already.</param>
public sealed record LineSteps(bool HasPin, IReadOnlyList<BoundCard> Cards, IReadOnlyList<ProductTerms> Offered, bool HasLine);

/// <summary>From a log-in to a line: payment PIN, bank card, consents and assessment.</summary>
internal static class LinePages
{
    /// <summary>Maps them.</summary>
    public static void MapOpening(this RouteGroupBuilder pages)
    {
        pages.MapGet("/open", (HttpContext http, LineDesk lines, Pins pins, CardShelf cards) => ShowAsync(http, lines, pins, cards, null));
        pages.MapPost("/open/pin", PinAsync);
        pages.MapPost("/open/card", CardAsync);
        pages.MapGet("/open/{product}", (string product, HttpContext http, LineDesk lines) => ProductAsync(http, lines, product, null));
        pages.MapPost("/open/{product}", OpenAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, LineDesk lines, Pins pins, CardShelf cards, PageNotice? problem)
    {
        var customer = BorrowerDesk.CustomerOf(http);
        var steps = new LineSteps(
            pins.Find(customer) is not null, cards.Of(customer), await lines.OfferedAsync(customer), await lines.HasAnyAsync(customer));
        return Bare.Show<LinePage>(http, new() { ["Steps"] = steps }, problem);
    }

    private static async Task<IResult> PinAsync(
        HttpContext http, LineDesk lines, Pins pins, PinDesk desk, CardShelf cards, PersonShelf people, Speech speech)
    {
        var form = await http.Request.ReadFormAsync();
        var customer = BorrowerDesk.CustomerOf(http);
        var personal = people.Find(customer) is { } person ? new[] { person.Phone, person.IdNumber } : [];
        var problem = form["new"] != form["again"] ? "pin-fault.Mistyped"
            : !desk.MaySetAnew(customer) ? "open.pin-there"
            : await desk.SetAsync(customer, form["new"], personal) is var fault and not PinFault.None ? "pin-fault." + fault : null;
        return problem is null ? Results.Redirect("/app/open?done=pin-changed")
            : await ShowAsync(http, lines, pins, cards, new PageNotice(false, speech[problem]));
    }

    private static async Task<IResult> CardAsync(
        HttpContext http, LineDesk lines, Pins pins, CardShelf cards, CardDesk desk, StepUp stepUp, Speech speech)
    {
        var form = await http.Request.ReadFormAsync();
        var customer = BorrowerDesk.CustomerOf(http);
        var problem = BankCardNumber.Read(form["number"].ToString()) is not BankCardRead read ? speech["cards.number-wrong"]
            : await stepUp.AskAsync(form) is var asked and not StepUpAnswer.Right ? Bare.Said(asked, speech)
            : (await desk.AddAsync(customer, read.Card, http.RequestAborted)).Refusal is { } refusal
                ? RefusalText.Of(refusal, speech.IsChinese) : null;
        return problem is null ? Results.Redirect("/app/open?done=card-added")
            : await ShowAsync(http, lines, pins, cards, new PageNotice(false, problem));
    }

    private static async Task<IResult> ProductAsync(HttpContext http, LineDesk lines, string product, PageNotice? problem) =>
        (await lines.OfferedAsync(BorrowerDesk.CustomerOf(http))).FirstOrDefault(terms => terms.Code == product) is { } terms
            ? Bare.Show<LineProductPage>(http, new() { ["Terms"] = terms }, problem) : Results.NotFound();

    private static async Task<IResult> OpenAsync(string product, HttpContext http, LineDesk lines, StepUp stepUp, Speech speech)
    {
        var form = await http.Request.ReadFormAsync();
        var customer = BorrowerDesk.CustomerOf(http);
        if (form["key"].ToString() is not { Length: >= 8 and <= 100 } key)
        {
            return await ProductAsync(http, lines, product, new PageNotice(false, speech["form.stale"]));
        }

        var choice = new LineChoice(product, [.. form["consent"].OfType<string>()], Typed.Number(form["day"]));
        if (await stepUp.AskAsync(form) is var asked and not StepUpAnswer.Right)
        {
            return await ProductAsync(http, lines, product, new PageNotice(false, Bare.Said(asked, speech)));
        }

        var actor = string.Create(CultureInfo.InvariantCulture, $"customer:{customer.Value}");
        var (account, refusal) = await lines.OpenAsync(customer, choice, "web:" + key, actor, http.RequestAborted);
        return account is not null ? Results.Redirect("/app?done=line-opened")
            : await ProductAsync(http, lines, product, new PageNotice(false, Said(refusal!, speech)));
    }

    // A condition of the sample model has words; one of the lender's is shown as it came.
    internal static string Said(Refusal refusal, Speech speech) =>
        refusal is Domain.Opening.AssessmentDeclined { Condition: { } condition } && Catalogue.Has("declined." + condition)
            ? speech.Say("open.declined", speech["declined." + condition]) : RefusalText.Of(refusal, speech.IsChinese);
}
