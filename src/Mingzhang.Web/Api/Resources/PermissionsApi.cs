using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Permissions;
using Mingzhang.Domain.Values;
using Mingzhang.Web.Api.Fields;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>Restrictions, automatic repayment and linked services.</summary>
internal static class PermissionsApi
{
    public static void Map(ApiRoutes api)
    {
        api.Account<object?, ValueList<Restriction>>(
            "/restrictions", "list-restrictions", "Permissions that are away, and why.", _ => null, (account, _) =>
                account.State.Restrictions);
        api.Command(
            "POST", "/restrictions", "restrict", ApiScopes.AccountsWrite, "Take permissions away with a reason: pause, stop, freeze.",
            f => new Restrict(
                f.Id("restrictionId", "The restriction's id, given by the caller."),
                f.Choices<Permission>("permissions", "Which permissions.", 5),
                f.Choice<RestrictionReason>("reason", "Why; a borrower sends stoppedByBorrower."),
                f.OptionalDate("until", "First day on which it falls away by itself."),
                f.By(Actor.Borrower),
                f.OptionalText("note", "Words for the customer.")) { EffectiveOn = f.EffectiveOn() },
            """{"restrictionId":"pause-1","permissions":["spend"],"reason":"stoppedByBorrower"}""");
        api.Command(
            "POST", "/restrictions/{restrictionId}/lift", "lift-restriction", ApiScopes.AccountsWrite, "Give permissions back.",
            f => new LiftRestriction(f.PathId("restrictionId", "Which restriction."), f.By(Actor.Borrower), f.Text("reason", "Why."))
            {
                EffectiveOn = f.EffectiveOn(),
            },
            """{"reason":"back again"}""");
        api.Command(
            "PUT", "/auto-repay", "set-auto-repay", ApiScopes.AccountsWrite, "Switch automatic repayment on the due day on or off.",
            f => new SetAutoRepay(f.YesNo("on", "On or off."),
                f.Texts("sources", "Sources in the order they are debited; none when off.", 0, 10))
            {
                EffectiveOn = f.EffectiveOn(),
            },
            """{"on":true,"sources":["bank-card"]}""");
        api.Command(
            "PUT", "/linked-services/{service}", "set-linked-service", ApiScopes.AccountsWrite,
            "Link or unlink a service that uses the line.",
            f => new SetLinkedService(f.PathId("service", "The service's name."), f.YesNo("linked", "Linked or not."))
            {
                EffectiveOn = f.EffectiveOn(),
            },
            """{"linked":true}""");
        api.Command(
            "PUT", "/spending-cap", "set-spending-cap", ApiScopes.AccountsWrite,
            "The borrower's own cap for a calendar month. Lower holds at once; higher or none from the first of the next month.",
            f => new SetSpendingCap(f.OptionalMoney("capMinor", "Minor units; left out, the cap is taken away."))
            {
                EffectiveOn = f.EffectiveOn(),
            },
            """{"capMinor":50000}""");
    }
}
