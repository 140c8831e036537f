using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Diagnosis;
using Mingzhang.Web.Api.Fields;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>The answer to "why can't I use it?".</summary>
internal sealed record UseAnswer(
    AccountId Account, DateOnly AsOf, DateTimeOffset At, UseVerdict Verdict, bool Usable, IReadOnlyList<UseCause> Reasons,
    IReadOnlyList<UseStage> Stages, Money TotalDebt, Money Available, string AccessRules, long Version, string OfficialContact);

/// <summary>May it be used, and if not, why: the whole diagnosis, and what it rests on to keep.</summary>
internal static class UseApi
{
    private const string Contact =
        "Only the house's own app and console answer; nobody asks for a payment code, and nobody lifts a limit for money.";

    public static void Map(ApiRoutes api)
    {
        api.AccountLater<Asked, UseAnswer>(
            "/explain/use", "explain-use",
            "May it be used, and if not, why: every cause over ledger, permission store, shop and service, the one to solve first ahead.",
            Query,
            async (account, asked) => await Diagnoser(account).AskAsync(Question(account, asked)) is { } found
                ? Answer(found) : Problems.NoAccount);
        api.AccountLater<Asked, UseTrace>(
            "/explain/use/trace", "explain-use-trace", "What the answer rests on: events, times and ids, without secrets or names.", Query,
            async (account, asked) => await Diagnoser(account).TraceAsync(Question(account, asked)) is { } trace
                ? trace : Problems.NoAccount);
    }

    private static Asked Query(FieldReader q) => new(
        q.OptionalAmount("amountMinor", "For this amount; none = any."), q.OptionalId("scene", "In this scene."),
        q.OptionalId("merchantId", "At this shop."),
        q.OptionalWhole("shownVersion", "The version of the page on the screen.", 0, long.MaxValue),
        q.OptionalWhole("shownAt", "When that page was made, milliseconds since 1970 UTC.", 0, 253_402_300_799_999));

    private static UseQuestion Question(AccountCall account, Asked asked) => new(account.Id)
    {
        Amount = asked.AmountMinor is { } minor ? account.Money(minor) : null, Scene = asked.Scene, MerchantId = asked.MerchantId,
        Shown = asked.ShownVersion is { } version
            ? new Shown(version, DateTimeOffset.FromUnixTimeMilliseconds(asked.ShownAt ?? 0)) : null,
    };

    private static UseAnswer Answer(UseDiagnosis found) => new(
        found.Account, found.AsOf, found.At, found.Verdict, found.Usable, found.Causes, found.Stages, found.Owed, found.Available,
        found.Rules, found.Version, Contact);

    private static UseDiagnoser Diagnoser(AccountCall account) =>
        account.Call.Http.RequestServices.GetRequiredService<UseDiagnoser>();

    private sealed record Asked(long? AmountMinor, string? Scene, string? MerchantId, long? ShownVersion, long? ShownAt);
}
