using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;
using Mingzhang.Web.Api.Fields;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>Opening, reopening, due day and consents.</summary>
internal static class OpeningApi
{
    private const string Example = """
        {"customerId":"1000042","product":"pay-later","consents":[{"code":"credit-agreement","version":"2026-01"}],
        "card":{"token":"tok-42","lastFour":"4242"},
        "assessment":{"id":"as-42","approved":true,"limitMinor":1000000,"model":"score-7"},"dueDay":10}
        """;

    private const string Again = """
        {"termsVersion":1,"consents":[{"code":"credit-agreement","version":"2026-01"}],"card":{"token":"tok-42","lastFour":"4242"},
        "assessment":{"id":"as-43","approved":true,"limitMinor":1000000,"model":"score-7"}}
        """;

    public static void Map(ApiRoutes api)
    {
        api.Opening("open-account", "Open an account: one per customer and product.", Open, Example);
        api.Command(
            "POST", "/reopening", "reopen-account", ApiScopes.AccountsWrite, "Open a closed account again under a new assessment.",
            f => new ReopenAccount((int)f.Whole("termsVersion", "Version of the terms.", 1, int.MaxValue), f.Consents(), f.Card(),
                f.Assessment())
            {
                EffectiveOn = f.EffectiveOn(),
            },
            Again);
        api.Command(
            "PUT", "/due-day", "change-due-day", ApiScopes.AccountsWrite, "Move the due day; the statement day moves with it.",
            f => new ChangeDueDay((int)f.Whole("dueDay", "Day of the month.", 1, 28)) { EffectiveOn = f.EffectiveOn() },
                """{"dueDay":15}""");
        api.Command(
            "POST", "/consents/{code}/withdrawal", "withdraw-consent", ApiScopes.AccountsWrite,
            "Withdraw a consent; a required one ends use.",
            f => new WithdrawConsent(f.PathId("code", "Which consent.")) { EffectiveOn = f.EffectiveOn() }, "{}");
    }

    private static OpenAccount Open(CommandFields f)
    {
        var customer = f.Customer("customerId", "The customer's number, digits in a text.");
        var product = f.Id("product", "Product code, such as pay-later.");
        var version = f.OptionalWhole("termsVersion", "Version of the terms; default: the one in force.", 1, int.MaxValue);
        var consents = f.Consents();
        var card = f.Card();
        var assessment = f.Assessment();
        var dueDay = f.OptionalWhole("dueDay", "Day of the month; default: the product's first.", 1, 28);
        var on = f.EffectiveOn();
        var terms = TermsOf(f, product, on);
        return new OpenAccount(
            AccountId.Of(customer, terms?.Slot ?? 0), product, (int)(version ?? terms?.Version ?? 1), consents, card, assessment,
                (int?)dueDay)
        {
            EffectiveOn = on,
        };
    }

    private static ProductTerms? TermsOf(CommandFields f, string product, DateOnly on)
    {
        var book = f.Setting.Book;
        var known = book.InForce(product, on) ?? book.All.FirstOrDefault(terms => terms.Code == product);
        if (known is null && product.Length > 0)
        {
            f.Add("product", field => Rules.Word(field, book.All.Select(terms => terms.Code).Distinct()));
        }

        return known;
    }
}
