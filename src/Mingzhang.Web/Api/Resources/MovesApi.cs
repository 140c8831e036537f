using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;
using Mingzhang.Domain.Versions;
using Mingzhang.Web.Api.Fields;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>What would change for one account under another version of its product.</summary>
/// <param name="From">The version it keeps.</param>
/// <param name="To">The other.</param>
/// <param name="NeedsConsent">Whether it takes consent, or notice.</param>
/// <param name="FirstOn">The first day it could take over, with consent or when nothing is worse.</param>
/// <param name="FirstOnByNotice">The first day it could take over after notice.</param>
/// <param name="Changes">Term by term.</param>
/// <param name="Bills">Statements looked ahead.</param>
/// <param name="Payer">How the customer is taken to pay.</param>
/// <param name="KeptCost">Interest and charges under the kept version.</param>
/// <param name="OtherCost">Interest and charges under the other; absent when the account does not fit.</param>
/// <param name="KeptMinimum">Minimum of the next bill.</param>
/// <param name="OtherMinimum">The same under the other version.</param>
/// <param name="Reasons">Which part makes how much of the difference.</param>
/// <param name="DoesNotFit">Code of what of the account the version does not offer.</param>
internal sealed record MovePreview(
    int From, int To, bool NeedsConsent, DateOnly FirstOn, DateOnly FirstOnByNotice, ValueList<TermChange> Changes, int Bills,
    ShadowPayer Payer, Money KeptCost, Money? OtherCost, Money KeptMinimum, Money? OtherMinimum, ValueList<ShadowReason> Reasons,
    string? DoesNotFit);

/// <summary>Moving one account to another version: the difference first, then the move.</summary>
internal static class MovesApi
{
    public static void Map(ApiRoutes api)
    {
        api.Account<(int Version, ShadowQuestion Question), MovePreview>(
            "/version/preview", "preview-version", "What would change for the account under another version of its product.",
            q => ((int)q.Whole("version", "The other version.", 1, 1_000_000), new ShadowQuestion(
                (int)(q.OptionalWhole("bills", "Statements ahead; default 3.", 1, 24) ?? 3),
                q.OptionalChoice<ShadowPayer>("payer", "How the customer pays; default: minimum.") ?? ShadowPayer.Minimum)),
            (account, asked) => Preview(account, asked.Version, asked.Question));
        api.Command(
            "POST", "/version", "move-to-version", ApiScopes.StaffWrite,
            "Move the account to a later version from a statement day on; worse terms need consent, or 45 days of notice.",
            f =>
            {
                var version = (int)f.Whole("version", "The version.", 1, 1_000_000);
                var terms = Terms(f.Setting, version);
                return new MoveToVersion(
                    version, terms is null ? Unknown(version) : KeptTerms.Of(terms),
                    f.Choice<MoveBasis>("basis", "notWorse: no term is worse. consent: the customer agreed. notice: told 45 days before."),
                    f.OptionalId("consentId", "The customer's consent; needed with basis consent."),
                    f.OptionalDate("from", "Not before this day; default: the version's own.") ?? Later(f.Setting.Day, terms),
                    f.Text("reason", "Why; shown to the customer.")) { EffectiveOn = f.EffectiveOn() };
            },
            """{"version":2,"basis":"consent","consentId":"c-20260701-1","reason":"the customer asked for instalments"}""");
    }

    private static ApiResult<MovePreview> Preview(AccountCall account, int version, ShadowQuestion question)
    {
        if (account.House.Terms.Find(account.State.Product, version) is not { } other)
        {
            return Problems.Answer(HttpProblem.NotFound);
        }

        var (state, today) = (account.State, account.Today);
        var changes = TermsComparison.Of(account.Terms, other);
        var shadow = TermsShadow.Of(state, account.Terms, other, today, question);
        return new MovePreview(
            account.Terms.Version, version, TermsComparison.NeedsConsent(changes),
            VersionMove.FirstOn(state, other.EffectiveFrom, MoveBasis.Consent, today),
            VersionMove.FirstOn(state, other.EffectiveFrom, MoveBasis.Notice, today), changes, question.Bills, question.Payer,
            shadow.Kept.Cost, shadow.Proposed?.Cost, shadow.Kept.FirstMinimum, shadow.Proposed?.FirstMinimum, shadow.Reasons,
            shadow.Misfit?.Code.Name);
    }

    // An account's slot names its product.
    private static ProductTerms? Terms(CommandSetting setting, int version) =>
        setting.Book.All.FirstOrDefault(terms => terms.Slot == setting.Account?.Slot) is { } any
            ? setting.Book.Find(any.Code, version) : null;

    private static KeptTerms Unknown(int version) => new(version, default, default, null, 0);

    private static DateOnly Later(DateOnly day, ProductTerms? terms) =>
        terms is { } one && one.EffectiveFrom > day ? one.EffectiveFrom : day;
}
