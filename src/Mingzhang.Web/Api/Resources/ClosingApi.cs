using Mingzhang.Domain.Closing;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Values;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>What stands in the way of closing.</summary>
/// <param name="CanCloseNow">Whether nothing blocks.</param>
/// <param name="CanRunOff">Whether use can be stopped now and the account closes when settled.</param>
/// <param name="NoticeVersion">The consequence notice that a request must acknowledge.</param>
/// <param name="Blockers">Each with its facts; the code is K01 to K18 by number.</param>
internal sealed record ClosingCheck(bool CanCloseNow, bool CanRunOff, string NoticeVersion, ValueList<ClosingBlocker> Blockers);

/// <summary>Leaving: check, request, confirm, call off; closing by the house.</summary>
internal static class ClosingApi
{
    public static void Map(ApiRoutes api)
    {
        api.Account<object?, ClosingCheck>(
            "/closing", "check-closing", "What stands in the way of closing, and how to get past it.", _ => null, (account, _) =>
                Check(account));
        api.Command(
            "POST", "/closing", "request-closing", ApiScopes.AccountsWrite, "Step 1: use stops at this moment.",
            f => new RequestClosing(
                f.Choice<ClosingMode>("mode", "now: only when nothing blocks. runOff: stop use now, close when settled."),
                f.Id("noticeVersion", "Version of the consequence notice that was read; see GET closing."),
                f.Text("reason", "The customer's reason.")) { EffectiveOn = f.EffectiveOn() },
            """{"mode":"runOff","noticeVersion":"closing-notice.v1","reason":"not needed"}""");
        api.Command(
            "POST", "/closing/confirmation", "confirm-closing", ApiScopes.AccountsWrite, "Step 2: confirmed by verification.",
            f => new ConfirmClosing(
                f.YesNo("verified", "Whether identity was verified."),
                f.OptionalYesNo("videoInterviewPassed", "Where a video interview is needed: whether it was passed.") ?? false)
            {
                EffectiveOn = f.EffectiveOn(),
            },
            """{"verified":true}""");
        api.Command(
            "POST", "/closing/cancellation", "cancel-closing", ApiScopes.AccountsWrite, "The customer changed their mind.",
            f => new CancelClosing(f.Text("reason", "Why.")) { EffectiveOn = f.EffectiveOn() }, """{"reason":"stays"}""");
        api.Command(
            "POST", "/closing/force", "force-closing", ApiScopes.StaffWrite, "Closing by the house, always run-off, with notice.",
            f => new ForceClosing(f.Text("reason", "Why; the customer reads it."), f.Id("noticeId", "The notice that was given."))
            {
                EffectiveOn = f.EffectiveOn(),
            },
            """{"reason":"product ends","noticeId":"notice-7"}""");
    }

    /// <summary>The check; also the explanation of why an account cannot close.</summary>
    public static ClosingCheck Check(AccountCall account)
    {
        var blockers = Explainer.Closing(account.State, account.Terms, account.Today);
        return new ClosingCheck(
            !blockers.Any(blocker => blocker.Blocks), !blockers.Any(blocker => blocker is { Blocks: true, RunsOff: false }),
            account.Terms.Closing.NoticeVersion, blockers);
    }
}
