using Mingzhang.Domain.Values;
using Mingzhang.Services.People;
using Mingzhang.Services.Raising;
using Mingzhang.Services.Reading;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>Applications for a higher limit.</summary>
/// <param name="Rule">The rule of today; null = staff decide.</param>
/// <param name="Consented">Whether the owner agreed to the use of how their accounts were paid.</param>
/// <param name="NextOn">A higher total limit can be asked for from this day on; null = now.</param>
/// <param name="Temporary">The temporary limit that is offered, or why not; null without rule or consent.</param>
/// <param name="Answers">Applications so far, oldest first.</param>
internal sealed record RaisesSheet(
    RaiseRule? Rule, bool Consented, DateOnly? NextOn, TemporaryOffer? Temporary, IReadOnlyList<RaiseAnswer> Answers);

/// <summary>Asking for a higher limit (R027): decided at once by a dated rule, with every number that decided.</summary>
internal static class RaisesApi
{
    public static void Map(ApiRoutes api)
    {
        api.AccountLater<object?, RaisesSheet>(
            "/limits/raises", "list-raises",
            "Whether a higher limit can be asked for, what is offered, and earlier answers with their terms.",
            _ => null, async (account, _) =>
            {
                await Task.CompletedTask;
                var raises = account.Call.Http.RequestServices.GetRequiredService<RaiseDesk>();
                return new RaisesSheet(
                    raises.RuleOn(account.Today), raises.HasConsent(account.Id.Customer), raises.NextOn(account.View, RaiseAnswer.Total),
                    raises.OfferOf(account.View), raises.Of(account.Id));
            });
        api.Manage<(long TotalMinor, ValueList<string> Consents), RaiseAnswer>(
            new RouteSpec(
                "POST", "/v1/accounts/{accountId}/limits/raises", "ask-for-raise", ApiScopes.AccountsWrite,
                "The borrower asks for a higher total limit: granted by the house's rule, in part perhaps, or declined with the reason.")
            {
                Success = 201, Example = """{"totalMinor":1200000,"consents":["behaviour-data"]}""",
            },
            f => (f.Amount("totalMinor", "The total limit asked for, in minor units."),
                f.Texts("consents", "behaviour-data when the borrower agreed to it now; empty when they did earlier.", 0, 5)),
            AskAsync);
    }

    private static async Task<ApiResult<RaiseAnswer>> AskAsync(ApiCall call, (long TotalMinor, ValueList<string> Consents) asked)
    {
        var services = call.Http.RequestServices;
        if (await call.FindAsync(call.Path("accountId")) is not { } state
            || await services.GetRequiredService<AccountReader>().FindAsync(state.Id) is not { } view)
        {
            return Problems.NoAccount;
        }

        var key = $"api:{call.Caller.KeyId}:{call.Http.Request.Headers["Idempotency-Key"]}";
        if (asked.Consents.Contains(RaiseDesk.Consent) && ConsentTexts.Latest(RaiseDesk.Consent) is { } text)
        {
            _ = await services.GetRequiredService<ConsentLedger>().GiveAsync(
                view.State.Id.Customer, text.Code, text.Version, "api", $"{text.Code} {text.Version} {key}");
        }

        var (answer, refusal) = await services.GetRequiredService<RaiseDesk>().AskAsync(view, asked.TotalMinor, key, call.Caller.Actor);
        return refusal is not null ? Problems.Of(refusal) : answer!;
    }
}
