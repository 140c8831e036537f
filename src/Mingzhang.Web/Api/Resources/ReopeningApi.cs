using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Opening;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Wording;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>An application to open a closed line again, and what came of it.</summary>
/// <param name="On">Business day it was made.</param>
/// <param name="Granted">Whether the line was opened.</param>
/// <param name="Limit">The limit that was granted; null when none was.</param>
/// <param name="Assessment">Id of the assessment; null when it was declined.</param>
/// <param name="Model">Model that assessed.</param>
/// <param name="Code">Why not; null when granted.</param>
/// <param name="Zh">The same in Chinese.</param>
/// <param name="En">In English.</param>
internal sealed record ReopeningSheet(
    DateOnly On, bool Granted, Money? Limit, string? Assessment, string? Model, string? Code, string? Zh, string? En);

/// <summary>Whether a closed line can be asked to open again, and what it takes.</summary>
/// <param name="CanApply">Whether an application would be assessed today.</param>
/// <param name="Code">Why not; null when it can.</param>
/// <param name="TermsVersion">Terms it would run under.</param>
/// <param name="Consents">Codes an application has to give.</param>
/// <param name="Applications">Those made so far, oldest first.</param>
internal sealed record ReopeningCheck(
    bool CanApply, string? Code, int TermsVersion, ValueList<string> Consents, IReadOnlyList<ReopeningSheet> Applications);

/// <summary>Applying for a closed line again (R064): the house's assessor decides, never the old limit.</summary>
internal static class ReopeningApi
{
    public static void Map(ApiRoutes api)
    {
        api.AccountLater<object?, ReopeningCheck>(
            "/reopening", "check-reopening", "Whether a closed line can be applied for again, what it takes, and earlier applications.",
            _ => null, async (account, _) => await CheckAsync(account));
        api.Manage<ValueList<string>, ReopeningSheet>(
            new RouteSpec(
                "POST", "/v1/accounts/{accountId}/reopening/applications", "apply-for-reopening", ApiScopes.AccountsWrite,
                "Apply for a closed line again: the house's assessor decides anew; a declined application says why.")
            {
                Success = 201, Example = """{"consents":["credit-agreement","privacy","credit-report"]}""",
            },
            f => f.Texts("consents", "Codes of the consents given for it; see GET reopening.", 0, 20), ApplyAsync);
    }

    private static async Task<ApiResult<ReopeningCheck>> CheckAsync(AccountCall account)
    {
        var lines = account.Call.Http.RequestServices.GetRequiredService<LineDesk>();
        var (terms, no) = await lines.ReopeningAsync(account.View);
        return new ReopeningCheck(
            no is null, no?.Code.Name, terms.Version, terms.RequiredConsents, [.. lines.Applications(account.Id).Select(Sheet)]);
    }

    private static async Task<ApiResult<ReopeningSheet>> ApplyAsync(ApiCall call, ValueList<string> consents)
    {
        var services = call.Http.RequestServices;
        if (await call.FindAsync(call.Path("accountId")) is not { } state
            || await services.GetRequiredService<AccountReader>().FindAsync(state.Id) is not { } view)
        {
            return Problems.NoAccount;
        }

        var key = $"api:{call.Caller.KeyId}:{call.Http.Request.Headers["Idempotency-Key"]}";
        var (granted, refusal) = await services.GetRequiredService<LineDesk>()
            .ReopenAsync(view, [.. consents], "api", key, call.Caller.Actor, call.Http.RequestAborted);
        return refusal is not null ? Problems.Of(refusal) : Sheet((view.Today, granted, null));
    }

    private static ReopeningSheet Sheet((DateOnly On, Domain.Opening.Assessment? Granted, Refusal? Refusal) one) => new(
        one.On, one.Granted is not null, one.Granted?.Limit, one.Granted?.Id, one.Granted?.Model, one.Refusal?.Code.Name,
        one.Refusal is { } zh ? RefusalText.Of(zh, chinese: true) : null,
        one.Refusal is { } en ? RefusalText.Of(en, chinese: false) : null);
}
