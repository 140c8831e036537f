using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Diagnosis;
using Mingzhang.Web.Api.Fields;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>A copied account with a clock of its own.</summary>
internal sealed record ForkAnswer(AccountId Account, AccountId Origin, DateOnly BusinessDate);

/// <summary>A cause that was brought about, and what to ask: account, amount, shop, and the version on the screen.</summary>
internal sealed record CauseAnswer(string Code, AccountId Account, long? AmountMinor, string? MerchantId, long? ShownVersion);

/// <summary>A sandbox may move its clock and fork accounts.</summary>
internal static class SandboxApi
{
    private const int FarthestYears = 40;

    public static void Map(ApiRoutes api)
    {
        api.Manage<DateOnly, BusinessDateAnswer>(
            Spec("/v1/sandbox/clock", "move-clock",
                "Move the sandbox clock ahead; every account passes its days.") with { Example = """{"to":"2026-08-01"}""" },
            f => f.Date("to", "The new business date."),
            async (call, to) => await MoveAsync(call, to));
        api.Manage<string, ForkAnswer>(
            Spec("/v1/sandbox/forks", "fork-account", "Copy an account; the copy has its own clock.") with { Success = 201,
                Example = """{"accountId":"1000042-01"}""" },
            f => f.Id("accountId", "The account to copy."),
            async (call, origin) => await ForkAsync(call, origin));
        api.Manage<DateOnly, AccountAnswer>(
            Spec("/v1/sandbox/forks/{accountId}/clock", "advance-fork",
                "Run a fork ahead; nobody else's clock moves.") with { Example = """{"to":"2028-08-01"}""" },
            f => f.Date("to", "The fork's new date."),
            async (call, to) => await AdvanceAsync(call, to));
        api.Manage<(CustomerId Customer, string Code), CauseAnswer>(
            Spec("/v1/sandbox/causes", "bring-about-cause",
                "Bring a cause of 'repaid but cannot use' about on a new account, by what brings it about in life.") with
            {
                Success = 201, Example = """{"customerId":"7000001","code":"A02_PERMISSION_LAG"}""",
            },
            f => (f.Customer("customerId", "A customer without accounts."), f.Id("code", "The cause; list in docs/rules/usability.md.")),
            BringAboutAsync);
    }

    private static async Task<ApiResult<CauseAnswer>> BringAboutAsync(ApiCall call, (CustomerId Customer, string Code) asked)
    {
        if (!UseFaultInjector.Codes.Contains(asked.Code))
        {
            return Problems.Of([Rules.Word("code", UseFaultInjector.Codes)]);
        }

        if (!call.House.IsSandbox)
        {
            return Problems.Of(new SandboxOnly("causes"));
        }

        var injector = call.Http.RequestServices.GetRequiredService<UseFaultInjector>();
        if (!await injector.IsFreeAsync(asked.Customer))
        {
            return Problems.Of(new AccountAlreadyOpen());
        }

        var injected = await injector.InjectAsync(asked.Code, asked.Customer);
        var question = injected!.Question;
        return new CauseAnswer(
            injected.Code, question.Account, question.Amount?.MinorUnits, question.MerchantId, question.Shown?.Sequence);
    }

    private static RouteSpec Spec(string pattern, string name, string summary) =>
        new("POST", pattern, name, ApiScopes.SandboxWrite, summary);

    private static ApiAnswer? TooFar(DateOnly from, DateOnly to) =>
        to < from || to > from.AddYears(FarthestYears) ? Problems.Of([Rules.DateBetween("to", from, from.AddYears(FarthestYears))]) : null;

    private static async Task<ApiResult<BusinessDateAnswer>> MoveAsync(ApiCall call, DateOnly to)
    {
        if (call.House.IsSandbox && TooFar(call.House.BusinessDate, to) is { } problem)
        {
            return problem;
        }

        var (_, refusal) = await call.House.AdvanceToAsync(to);
        return refusal is null ? new BusinessDateAnswer(call.House.BusinessDate, true) : Problems.Of(refusal);
    }

    private static async Task<ApiResult<ForkAnswer>> ForkAsync(ApiCall call, string origin)
    {
        if (await call.FindAsync(origin) is not { } state)
        {
            return Problems.NoAccount;
        }

        var (fork, refusal) = await call.House.ForkAsync(state.Id, call.Caller.Actor);
        return fork is { } id
            ? (ApiResult<ForkAnswer>)new ForkAnswer(id, state.Id, call.House.BusinessDateOf(id)) with { Location = $"/v1/accounts/{id}" }
            : Problems.Of(refusal!);
    }

    private static async Task<ApiResult<AccountAnswer>> AdvanceAsync(ApiCall call, DateOnly to)
    {
        if (await call.FindAsync(call.Path("accountId")) is not { } before)
        {
            return Problems.NoAccount;
        }

        if (TooFar(call.House.BusinessDateOf(before.Id), to) is { } problem)
        {
            return problem;
        }

        var (state, refusal) = await call.House.AdvanceForkAsync(before.Id, to);
        return state is null
            ? Problems.Of(refusal!)
            : AccountAnswer.Of(state, Figures.Of(state, call.House.Terms.Find(state.Product, state.Terms.Version)!, to));
    }
}
