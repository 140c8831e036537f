using Mingzhang.Domain.Disclosure;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Opening;
using Mingzhang.Web.Api.Fields;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>What a person has over all accounts and owes to others; how much more is possible, and why.</summary>
internal static class ExposureApi
{
    private const string Example = """
        {"owedMinor":3000000,"monthlyMinor":150000,"institutions":2,"monthlyIncomeMinor":1200000,"evidence":"bureau-7781",
        "consent":{"code":"debt-declaration","version":"2026-08"}}
        """;

    public static void Map(ApiRoutes api)
    {
        api.Command(
            "POST", "/debt-declarations", "declare-debts", ApiScopes.AccountsWrite,
            "Declare debts to others and income; it counts for all accounts of the person.",
            f => new DeclareDebts(
                f.MoneyIn(f, "owedMinor", "Everything owed to other lenders.", 0),
                f.MoneyIn(f, "monthlyMinor", "What that takes a month.", 0),
                (int)f.Whole("institutions", "Lenders with anything unsettled.", 0, 1_000),
                f.MoneyIn(f, "monthlyIncomeMinor", "Income a month.", 0),
                f.Id("evidence", "Reference of the papers or of the bureau report."),
                f.Object("consent", "Consent to keep and use it.", true, c => new Consent(
                    c.Id("code", "Which consent."), c.Id("version", "Version of its text.")))!) { EffectiveOn = f.EffectiveOn() },
            Example);
        api.AccountLater<object?, ExposureExplanation>(
            "/exposure", "get-exposure", "How much the person may still borrow here, and why: which account contributes what.", _ => null,
            async (account, _) =>
                ExposureExplainer.Of(account.State, account.Terms, await account.House.PersonAsync(account.State), account.Today)
                    is { } explained ? explained : Problems.NoAccount);
    }
}
