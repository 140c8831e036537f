using System.Globalization;
using Mingzhang.Engine.Approvals;
using Mingzhang.Web.Console;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.Identity.Roles;

/// <summary>Who of the staff may do what, and proposing a change of it.</summary>
internal static class StaffPages
{
    /// <summary>Maps the page and its form.</summary>
    public static void MapStaffBook(this RouteGroupBuilder pages)
    {
        pages.MapGet("/staff", (StaffDesk desk, StaffBook staff, HttpContext http) => Show(desk, staff, http, null)).Needs(Can.SeeStaff);
        pages.MapPost("/staff", ProposeAsync).Needs(Can.ManageStaff);
    }

    private static IResult Show(StaffDesk desk, StaffBook staff, HttpContext http, PageNotice? notice) => desk.Show<StaffBookPage>(
        http,
        new() { ["Members"] = staff.All(), ["MayManage"] = staff.Find(StaffDesk.SignerOf(http).Person)?.May(Can.ManageStaff) == true },
        notice);

    private static async Task<IResult> ProposeAsync(
        StaffDesk desk, StaffBook staff, ApprovalDesk approvals, Speech speech, HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        var reason = form["reason"].ToString().Trim();
        if (reason.Length is 0 or > 200)
        {
            return Show(desk, staff, http, new PageNotice(false, speech["staff.reason-missing"]));
        }

        var login = form["login"].ToString().Trim();
        var chosen = StaffRole.All.Select(role => role.Code).Where(code => form["role"].Contains(code)).ToList();
        var off = form["off"] == "1";
        // Turning somebody off needs no roles named again: they keep those they had.
        var roles = off && chosen.Count == 0 ? staff.Find(login)?.Roles ?? "" : string.Join(' ', chosen);
        var answer = await approvals.ProposeAsync(
            StaffProposals.Draft(new StaffChange(login, roles, !off), reason), StaffDesk.SignerOf(http));
        return answer.Proposal is { } proposal
            ? Results.Redirect(string.Create(CultureInfo.InvariantCulture, $"/console/approvals/{proposal.Number}?done=proposed"))
            : Show(desk, staff, http, desk.Refused(answer.Refusal!));
    }
}
