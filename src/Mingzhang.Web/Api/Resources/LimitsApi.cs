using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Limits;
using Mingzhang.Domain.Values;
using Mingzhang.Web.Api.Fields;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>An account's limits.</summary>
/// <param name="TotalMinor">Total limit.</param>
/// <param name="AvailableMinor">Available limit of the general pool.</param>
/// <param name="Temporary">Temporary limits not yet expired.</param>
/// <param name="Scenes">Scene-bound limits.</param>
internal sealed record LimitsAnswer(
    long TotalMinor, long AvailableMinor, ValueList<TemporaryLimit> Temporary, ValueList<SceneLimit> Scenes);

/// <summary>Total, temporary and scene-bound limits.</summary>
internal static class LimitsApi
{
    public static void Map(ApiRoutes api)
    {
        api.Account<object?, LimitsAnswer>(
            "/limits", "get-limits", "All limits of the account.", _ => null, (account, _) => new LimitsAnswer(
            account.State.TotalLimit.MinorUnits, account.State.Available(account.Today, null).MinorUnits,
            account.State.TemporaryLimits, account.State.SceneLimits));
        api.Command(
            "PUT", "/limits/total", "set-limit", ApiScopes.AccountsWrite, "Set the total limit; a borrower may only lower it.",
            f => new SetLimit(f.MoneyIn(f, "totalMinor", "The new total limit in minor units.", 0), f.By(Actor.Borrower), Reason(f))
            {
                EffectiveOn = f.EffectiveOn(),
            },
            """{"totalMinor":300000,"reason":"own wish"}""");
        api.Command(
            "POST", "/limits/temporary", "grant-temporary-limit", ApiScopes.StaffWrite, "Grant a limit inside a window.",
            f => new GrantTemporaryLimit(
                new TemporaryLimit(
                    f.Id("limitId", "The temporary limit's id, given by the caller."), f.Money(), f.Date("from", "First day."),
                    f.Date("until", "First day on which it no longer counts.")),
                Reason(f)) { EffectiveOn = f.EffectiveOn() },
            """{"limitId":"summer","amountMinor":100000,"from":"2026-07-05","until":"2026-07-20","reason":"campaign"}""");
        api.Command(
            "PUT", "/limits/scenes/{scene}", "set-scene-limit", ApiScopes.StaffWrite, "Set the limit of one scene; zero removes it.",
            f => new SetSceneLimit(
                new SceneLimit(f.PathId("scene", "Scene code."), f.MoneyIn(f, "amountMinor", "Amount in minor units.", 0)), Reason(f))
            {
                EffectiveOn = f.EffectiveOn(),
            },
            """{"amountMinor":50000,"reason":"rent"}""");
    }

    private static string Reason(CommandFields f) => f.Text("reason", "Why; shown to the customer.");
}
