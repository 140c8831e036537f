using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Delinquency;
using Mingzhang.Domain.Disputes;
using Mingzhang.Domain.Values;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>Disputes and write-off.</summary>
internal static class StaffApi
{
    public static void Map(ApiRoutes api)
    {
        api.Account<object?, ValueList<Dispute>>(
            "/disputes", "list-disputes", "Open disputes.", _ => null, (account, _) => account.State.Disputes);
        api.Command(
            "POST", "/disputes", "open-dispute", ApiScopes.AccountsWrite,
                "Dispute a debt: it leaves minimum, overdue and bureau status at once.",
            f => new OpenDispute(
                f.Id("disputeId", "The dispute's id, given by the caller."),
                f.Object("debt", "Which debt.", true, RepaymentsApi.Debt)!,
                    f.Text("reason", "The customer's words.")) { EffectiveOn = f.EffectiveOn() },
            """{"disputeId":"dis-1","debt":{"purchaseId":"ord-1"},"reason":"never received"}""");
        api.Command(
            "POST", "/disputes/{disputeId}/resolution", "resolve-dispute", ApiScopes.StaffWrite, "Decide a dispute.",
            f => new ResolveDispute(
                f.PathId("disputeId", "Which dispute."),
                    f.Choice<DisputeOutcome>("outcome", "upheld: the debt goes. rejected: it comes back as it was."))
            {
                EffectiveOn = f.EffectiveOn(),
            },
            """{"outcome":"upheld"}""");
        api.Command(
            "POST", "/write-off", "write-off-debt", ApiScopes.StaffWrite, "Write the debt off the books; the customer still owes it.",
            f => new WriteOffDebt(f.Text("reason", "Why.")) { EffectiveOn = f.EffectiveOn() }, """{"reason":"uncollectable"}""");
    }
}
