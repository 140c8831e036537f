using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Progress;
using Mingzhang.Services.Progress.Budgets;
using Mingzhang.Services.Progress.State;
using Mingzhang.Services.Reading;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>A time that progress management was closed.</summary>
internal sealed record ClosureSheet(DateOnly ClosedOn, ClosingRoute Route, string NoticeVersion, DateOnly? ReopenedOn, GapChoice Gap);

/// <summary>Progress management of an account.</summary>
/// <param name="Open">Whether it is open.</param>
/// <param name="NoticeVersion">Version of the text about what closing changes; a closing has to name it.</param>
/// <param name="Blockers">Agreements that have to end before it can be closed.</param>
/// <param name="Closures">All times it was closed, oldest first.</param>
/// <param name="ClosesItself">The customer's own rule: close when nothing is owed any more.</param>
/// <param name="BookDays">Days before a due day on which the bookkeeping reminds; 0 = it does not.</param>
/// <param name="Budgets">Of a month, minor units.</param>
internal sealed record ProgressSheet(
    bool Open, string NoticeVersion, IReadOnlyList<ProgressBlocker> Blockers, IReadOnlyList<ClosureSheet> Closures, bool ClosesItself,
    int BookDays, IReadOnlyList<Budget> Budgets);

/// <summary>What closing takes over HTTP.</summary>
internal sealed record ProgressClosingBody(string NoticeVersion, bool Verified);

/// <summary>Progress management over HTTP: read, close, open again, budgets; and the figures of the house (R035).</summary>
internal static class ProgressApi
{
    private const string One = "/v1/accounts/{accountId}/progress";

    public static void Map(ApiRoutes api)
    {
        api.Account<object?, ProgressSheet>(
            "/progress", "get-progress", "Progress management: open or closed, what blocks closing it, budgets.", _ => null,
            (account, _) => SheetOf(account.Call, account.State));
        api.Manage<ProgressClosingBody, ProgressSheet>(
            new RouteSpec(
                "POST", One + "/closing", "close-progress", ApiScopes.AccountsWrite,
                "Close progress management: the text of the named version was shown and acknowledged, and the customer verified.")
            {
                Example = """{"noticeVersion":"2026-11","verified":true}""",
            },
            f => new ProgressClosingBody(
                f.Id("noticeVersion", "Version of the text that was shown; see GET progress."),
                f.YesNo("verified", "Whether the customer was verified after it.")),
            CloseAsync);
        api.Manage<(bool Fill, bool Resume), ProgressSheet>(
            new RouteSpec("POST", One + "/opening", "open-progress", ApiScopes.AccountsWrite, "Open progress management again.")
            {
                Example = """{"fill":true,"resumeAutoRepay":false}""",
            },
            f => (f.YesNo("fill", "true: fill the time between in from the journal; false: show it as a gap."),
                f.YesNo("resumeAutoRepay", "Switch automatic repayment on again, with the sources it had.")),
            (call, asked) => ActAsync(call, (services, state) => services.GetRequiredService<ProgressDesk>()
                .ReopenAsync(state.Id, asked.Fill, asked.Resume, call.Caller.Actor)));
        api.Manage<(string What, long Amount), ProgressSheet>(
            new RouteSpec("PUT", One + "/budgets", "set-budget", ApiScopes.AccountsWrite, "Set a budget of a month, or drop it with 0.")
            {
                Example = """{"what":"total","amountMinor":300000}""",
            },
            f => (f.Id("what", "total, or a merchant type."), f.Amount("amountMinor", "Of a month, minor units; 0 drops it.", 0)),
            (call, asked) => ActAsync(call, (services, state) => services.GetRequiredService<BudgetDesk>()
                .SetAsync(state, asked.What, asked.Amount)));
        api.House<int, ProgressRates>(
            "/v1/progress-figures", "get-progress-figures", ApiScopes.AnyStaff,
            "How many close progress management and open it again, by month and route, and how often the way is left between the steps.",
            q => (int)(q.OptionalWhole("months", "How many months, 1 to 24; default: 12.", 1, 24) ?? 12),
            (call, months) => Task.FromResult<ApiResult<ProgressRates>>(call.Caller.Customer is not null
                ? Problems.Answer(HttpProblem.Forbidden) : call.Http.RequestServices.GetRequiredService<ProgressFigures>().Of(months)));
    }

    private static Task<ApiResult<ProgressSheet>> CloseAsync(ApiCall call, ProgressClosingBody asked) =>
        ActAsync(call, async (services, state) =>
        {
            if (asked.NoticeVersion != ProgressDesk.Notice)
            {
                return new ProgressStepMissing();
            }

            if (!asked.Verified)
            {
                return new Domain.Closing.VerificationFailed();
            }

            var desk = services.GetRequiredService<ProgressDesk>();
            var (step, refusal) = await desk.AcknowledgeAsync(state);
            return refusal ?? await desk.CloseAsync(state, step, call.Caller.Actor);
        });

    private static async Task<ApiResult<ProgressSheet>> ActAsync(ApiCall call, Func<IServiceProvider, AccountState, Task<Refusal?>> act)
    {
        var services = call.Http.RequestServices;
        return await call.FindAsync(call.Path("accountId")) is not { } state
            || await services.GetRequiredService<AccountReader>().GlanceAsync(state.Id) is not { } view ? Problems.NoAccount
            : await act(services, view.State) is { } refusal ? Problems.Of(refusal) : SheetOf(call, view.State);
    }

    private static ProgressSheet SheetOf(ApiCall call, AccountState state)
    {
        var services = call.Http.RequestServices;
        var standing = services.GetRequiredService<ProgressDesk>().Of(state.Id);
        return new ProgressSheet(
            standing.IsOpen, ProgressDesk.Notice, ProgressBlocker.Of(state),
            [.. standing.Closures.Select(one => new ClosureSheet(one.ClosedOn, one.Route, one.Notice, one.ReopenedOn, one.Gap))],
            standing.ClosesItself, standing.BookDays, services.GetRequiredService<BudgetDesk>().Of(state.Id));
    }
}
