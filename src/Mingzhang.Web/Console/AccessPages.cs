using System.Globalization;
using Mingzhang.Engine;
using Mingzhang.Engine.Approvals;
using Mingzhang.Services.Access;
using Mingzhang.Web.Identity.Roles;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.Console;

/// <summary>A version that staff look at before they propose it.</summary>
/// <param name="Json">As typed.</param>
/// <param name="Rules">What it says; null when it may not be published.</param>
/// <param name="Trial">What it would change; null when it was not tried.</param>
public sealed record AccessDraft(string Json, AccessRules? Rules, AccessTrialResult? Trial);

/// <summary>Conditions of use: the versions, and a draft that is checked, tried on the accounts and proposed.</summary>
internal static class AccessPages
{
    private const int MostTried = 20_000;
    private const int LongestReason = 200;

    /// <summary>Maps them.</summary>
    public static void MapAccessPages(this RouteGroupBuilder pages)
    {
        pages.MapGet("/rules", (StaffDesk desk, AccessDesk access, HttpContext http) => Show(desk, access, http, null, null))
            .Needs(Can.SeeProducts);
        pages.MapPost("/rules/check", CheckAsync).Needs(Can.ProposeProducts);
        pages.MapPost("/rules/propose", ProposeAsync).Needs(Can.ProposeProducts);
    }

    private static async Task<IResult> CheckAsync(
        StaffDesk desk, AccessDesk access, AccessTrial trial, CreditHouse house, HttpContext http)
    {
        var json = (await http.Request.ReadFormAsync())["rules"].ToString();
        var (rules, refusal) = AccessProposals.Check(json, access.Book, house.BusinessDate);
        return rules is null ? Show(desk, access, http, new AccessDraft(json, null, null), desk.Refused(refusal!)) : Show(
            desk, access, http, new AccessDraft(json, rules, await trial.RunAsync(rules, MostTried, http.RequestAborted)), null);
    }

    private static async Task<IResult> ProposeAsync(
        StaffDesk desk, AccessDesk access, ApprovalDesk approvals, Speech speech, HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        var (json, reason) = (form["rules"].ToString(), form["reason"].ToString().Trim());
        var draft = new AccessDraft(json, null, null);
        if (reason.Length is 0 or > LongestReason)
        {
            return Show(desk, access, http, draft, new PageNotice(false, speech["staff.reason-missing"]));
        }

        var answer = await approvals.ProposeAsync(AccessProposals.Draft(json, reason), StaffDesk.SignerOf(http));
        return answer.Proposal is { } proposal
            ? Results.Redirect(string.Create(CultureInfo.InvariantCulture, $"/console/approvals/{proposal.Number}?done=proposed"))
            : Show(desk, access, http, draft, desk.Refused(answer.Refusal!));
    }

    private static IResult Show(StaffDesk desk, AccessDesk access, HttpContext http, AccessDraft? draft, PageNotice? notice) =>
        desk.Show<AccessPage>(http, new() { ["Book"] = access.Book, ["Draft"] = draft }, notice);
}
