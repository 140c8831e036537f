using System.Globalization;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Closing;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Leaving;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Tickets.Clocks;
using Mingzhang.Web.Api.Routes;
using Mingzhang.Web.App;
using Mingzhang.Web.Texts;

namespace Mingzhang.Web.Api.Resources;

/// <summary>How a blocker is got past.</summary>
/// <param name="Code">Its name, such as <c>K01_UNPAID_BILL</c>.</param>
/// <param name="Blocker">As in the list of blockers.</param>
/// <param name="Page">The borrower's page that solves it.</param>
/// <param name="Zh">What it is and how it goes, in Chinese.</param>
/// <param name="En">In English.</param>
/// <param name="Recheck">Where to look again.</param>
internal sealed record BlockerFix(string Code, BlockerCode Blocker, string Page, string Zh, string En, string Recheck);

/// <summary>What stands in the way of closing.</summary>
/// <param name="CanCloseNow">Whether nothing blocks.</param>
/// <param name="CanRunOff">Whether use can be stopped now and the account closes when settled.</param>
/// <param name="NoticeVersion">The consequence notice that a request must acknowledge.</param>
/// <param name="Blockers">Each with its facts; the code is K01 to K18 by number.</param>
internal sealed record ClosingCheck(bool CanCloseNow, bool CanRunOff, string NoticeVersion, ValueList<ClosingBlocker> Blockers)
{
    /// <summary>How each is got past, in the same order.</summary>
    public IReadOnlyList<BlockerFix> Fixes { get; init; } = [];

    /// <summary>The tier of friction.</summary>
    public string Tier { get; init; } = "";

    /// <summary>The steps that tier takes, each with its reason.</summary>
    public IReadOnlyList<LeaveStep> Steps { get; init; } = [];

    /// <summary>Whether the ledger runs off; else use stops and the house closes the account once it is settled.</summary>
    public bool RunsOffByContract { get; init; }

    /// <summary>What closing changes for this person.</summary>
    public required LeaveImpact Impact { get; init; }

    /// <summary>The run-off calendar to the minor unit.</summary>
    public required RunOffPlan RunOff { get; init; }

    /// <summary>The closing by the house that was announced; null = none.</summary>
    public Announcement? Announced { get; init; }
}

/// <summary>A step of leaving as it is kept: what was shown stands there by its hash.</summary>
internal sealed record ClosingStepSheet(
    long Number, string Step, string At, DateOnly Day, string Mode, string Reason, string Channel, string Means, string NoticeVersion,
    string TextHash);

/// <summary>Leaving: check, request, confirm, call off; closing by the house.</summary>
internal static class ClosingApi
{
    private const string OneAccount = "/v1/accounts/{accountId}";

    public static void Map(ApiRoutes api)
    {
        api.AccountLater<object?, ClosingCheck>(
            "/closing", "check-closing", "What stands in the way of closing, how to get past it, and what closing changes.",
            _ => null, async (account, _) => await CheckAsync(account));
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
            """{"reason":"product ends","noticeId":"notice-20260705-1"}""");
        api.AccountLater<object?, IReadOnlyList<ClosingStepSheet>>(
            "/closing/steps", "list-closing-steps", "Every step of leaving with its evidence: when, how confirmed, what was shown.",
            _ => null, (account, _) => Task.FromResult<ApiResult<IReadOnlyList<ClosingStepSheet>>>(StepsOf(account)));
        api.Manage<string, Announcement>(
            new RouteSpec(
                "POST", OneAccount + "/closing/announcement", "announce-closing", ApiScopes.StaffWrite,
                "Tell the customer that the house means to close, why and from when. A second one is not made while one holds.")
            {
                Success = 201, Example = """{"reason":"unused for 400 days"}""",
            },
            f => f.Text("reason", "Why; the customer reads it."),
            (call, reason) => StaffAsync(call, async (desk, view) => await desk.AnnounceAsync(view, reason, call.Caller.Actor)));
        api.Manage<string, Announcement>(
            new RouteSpec(
                "POST", OneAccount + "/closing/announcement/revocation", "revoke-announcement", ApiScopes.StaffWrite,
                "Take an announced closing back, such as after an objection; the customer is told.")
            {
                Example = """{"reason":"the objection was right"}""",
            },
            f => f.Text("reason", "Why; the customer reads it."),
            (call, reason) => StaffAsync(call, async (desk, view) =>
                desk.Find(view) is { } found && await desk.RevokeAsync(view, reason, call.Caller.Actor) ? found : null));
    }

    /// <summary>The check; also the explanation of why an account cannot close.</summary>
    public static async Task<ClosingCheck> CheckAsync(AccountCall account)
    {
        var services = account.Call.Http.RequestServices;
        var view = account.View;
        var check = services.GetRequiredService<LeaveDesk>().Check(view);
        return new ClosingCheck(check.CanCloseNow, check.CanRunOff, account.Terms.Closing.NoticeVersion, check.Blockers)
        {
            Fixes = [.. check.Blockers.Select(one => Fix(account, one))], Tier = check.Tier, Steps = check.Steps,
            RunsOffByContract = check.RunsOffByContract,
            Impact = await services.GetRequiredService<LeaveImpacts>().OfAsync(view), RunOff = RunOffPlan.Of(view),
            Announced = services.GetRequiredService<PassiveDesk>().Find(view),
        };
    }

    /// <summary>Takes a step of leaving by the way that app, phone and letter take (R093).</summary>
    public static async Task<ApiAnswer> TakeAsync(
        ApiCall call, CommandHandler handler, ReadCommand read, string key, bool trial, int success)
    {
        var services = call.Http.RequestServices;
        if (await services.GetRequiredService<AccountReader>().FindAsync(read.Account) is not { } view)
        {
            return Problems.NoAccount;
        }

        var leave = services.GetRequiredService<LeaveDesk>();
        if (trial)
        {
            var (no, command) = leave.Prepare(view, read.Command);
            return no is not null ? Problems.Of(no)
                : command is null ? handler.Unchanged(view, trial: true) : await handler.TryAsync(read with { Command = command });
        }

        var request = read.Command as RequestClosing;
        var ask = new LeaveAsk(
            request?.Mode ?? ClosingMode.RunOff, request is null ? "" : LeaveReasons.Read(request.Reason), "api", call.Caller.Actor, key,
            "", "", LeaveDevice.None) { Means = read.Command is ConfirmClosing ? "caller" : "" };
        return await leave.TakeAsync(view, ask, read.Command) switch
        {
            { Envelope: { } envelope, Result: { } result } => await handler.AnswerAsync(
                envelope, result,
                new ReadCommand(read.Account, envelope.Command, on => envelope.Command with { EffectiveOn = on }), success),
            { Refusal: { } refusal } => Problems.Of(refusal),
            _ => handler.Unchanged(view, trial: false),
        };
    }

    private static List<ClosingStepSheet> StepsOf(AccountCall account) =>
    [
        .. account.Call.Http.RequestServices.GetRequiredService<LeaveShelf>().StepsOf(account.Id).Select(one => new ClosingStepSheet(
            one.Number, one.Step, HouseTime.Of(one.At).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture), one.Day, one.Mode,
            one.Reason, one.Channel, one.Means, one.Version, one.TextHash)),
    ];

    private static async Task<ApiResult<Announcement>> StaffAsync(ApiCall call, Func<PassiveDesk, AccountView, Task<Announcement?>> act)
    {
        if (await call.FindAsync(call.Path("accountId")) is not { } state)
        {
            return Problems.NoAccount;
        }

        var services = call.Http.RequestServices;
        var view = (await services.GetRequiredService<AccountReader>().FindAsync(state.Id))!;
        return await act(services.GetRequiredService<PassiveDesk>(), view) is { } done
            ? done : Problems.Of(new ClosingNotAnnounced());
    }

    private static BlockerFix Fix(AccountCall account, ClosingBlocker one)
    {
        var (zh, en) = (Speech.In(Catalogue.Chinese), Speech.In(Catalogue.English));
        return new BlockerFix(
            ActionLinks.NameOf(one.Code), one.Code, ActionLinks.Of(one), Said(zh, one.Code), Said(en, one.Code),
            $"/v1/accounts/{account.Id}/explain/closing");
    }

    private static string Said(Speech speech, BlockerCode code) => $"{speech["blocker." + code]}: {speech["blocker-help." + code]}";
}
