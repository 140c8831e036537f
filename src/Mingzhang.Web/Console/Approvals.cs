using System.Globalization;
using Mingzhang.Domain.Accounts;
using Mingzhang.Engine.Approvals;
using Mingzhang.Engine.Encoding;
using Mingzhang.Web.App;
using Mingzhang.Web.Identity.Roles;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.Console;

/// <summary>How the preview of an act is shown; acts without one are shown as figures before and after.</summary>
/// <param name="Act">The act, as it stands in the proposal.</param>
/// <param name="Component">A component with the parameters <c>Proposal</c> and <c>Content</c> (the preview's JSON).</param>
public sealed record PreviewView(string Act, Type Component);

/// <summary>A proposal for staff.</summary>
/// <param name="Proposal">It.</param>
/// <param name="Open">Whether it waits.</param>
/// <param name="Changed">Whether what it was made on has moved.</param>
/// <param name="Now">What would follow now, when something changed and it would be accepted.</param>
/// <param name="RefusedNow">Why it would be refused now.</param>
/// <param name="Mine">Whether the visitor made or renewed it.</param>
/// <param name="View">Shows the preview.</param>
public sealed record ProposalSheet(
    Proposal Proposal, bool Open, bool Changed, string? Now, Refusal? RefusedNow, bool Mine, Type View)
{
    /// <summary>Why the books refused what was approved; null otherwise.</summary>
    public Refusal? Refusal => Proposal.Status == ProposalStatus.Refused
        ? DomainJson.ReadRefusal(System.Text.Encoding.UTF8.GetBytes(Proposal.Outcome)) : null;
}

/// <summary>The pages of proposals: the list, one of them, and its forms.</summary>
public static class Approvals
{
    private const int PageSize = 50;

    private static readonly Dictionary<string, (Can Needs, Func<ApprovalDesk, long, Signer, string, Task<ProposalAnswer>> Make)> Acts =
        new(StringComparer.Ordinal)
        {
            ["approve"] = (Can.Decide, (desk, number, by, why) => desk.ApproveAsync(number, by, why)),
            ["reject"] = (Can.Decide, (desk, number, by, why) => desk.RejectAsync(number, by, why)),
            ["withdraw"] = (Can.Propose, (desk, number, by, why) => desk.WithdrawAsync(number, by, why)),
            ["renew"] = (Can.Propose, (desk, number, by, _) => desk.RenewAsync(number, by)),
        };

    /// <summary>Maps them.</summary>
    public static void MapApprovals(this RouteGroupBuilder pages)
    {
        pages.MapGet("/approvals", List).Needs(Can.SeeProposals);
        pages.MapGet("/approvals/{number:long}", ShowAsync).Needs(Can.SeeProposals);
        foreach (var (act, (needs, make)) in Acts)
        {
            pages.MapPost("/approvals/{number:long}/" + act, (
                long number, StaffDesk desk, ApprovalDesk approvals, IEnumerable<PreviewView> views, Speech speech, HttpContext http) =>
                ActAsync(number, act, make, desk, approvals, views, speech, http)).Needs(needs);
        }
    }

    private static IResult List(StaffDesk desk, ApprovalDesk approvals, HttpContext http)
    {
        var query = http.Request.Query;
        var open = query["state"] != "decided";
        var before = long.TryParse(query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : 0;
        var rows = approvals.List(new ProposalQuery(before, PageSize + 1, open));
        return desk.Show<ApprovalsPage>(http, new()
        {
            ["Rows"] = rows.Take(PageSize).ToList(),
            ["Open"] = open,
            ["Next"] = rows.Count > PageSize ? rows[PageSize - 1].Number : 0L,
        });
    }

    private static async Task<IResult> ShowAsync(
        long number, StaffDesk desk, ApprovalDesk approvals, IEnumerable<PreviewView> views, HttpContext http) =>
        await SheetAsync(number, approvals, views, http) is { } sheet
            ? desk.Show<ApprovalPage>(http, new() { ["Sheet"] = sheet })
            : Results.NotFound();

    private static async Task<IResult> ActAsync(
        long number, string act, Func<ApprovalDesk, long, Signer, string, Task<ProposalAnswer>> make, StaffDesk desk,
        ApprovalDesk approvals, IEnumerable<PreviewView> views, Speech speech, HttpContext http)
    {
        if (approvals.Find(number) is null)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        var why = form["reason"].ToString().Trim();
        var problem = why.Length > 200 || (why.Length == 0 && act is ("reject" or "withdraw"))
            ? new PageNotice(false, speech["staff.reason-missing"]) : null;
        Proposal? proposal = null;
        if (problem is null)
        {
            (proposal, var refusal) = await make(approvals, number, StaffDesk.SignerOf(http), why);
            problem = refusal is null ? null : desk.Refused(refusal);
        }

        return problem is null
            ? Results.Redirect(string.Create(CultureInfo.InvariantCulture, $"/console/approvals/{proposal!.Number}?done={Done(proposal)}"))
            : desk.Show<ApprovalPage>(http, new() { ["Sheet"] = await SheetAsync(number, approvals, views, http) }, problem);
    }

    private static string Done(Proposal proposal) => proposal.Status switch
    {
        ProposalStatus.Done => "carried-out",
        ProposalStatus.Open => "proposed",
        // The rest: the page itself says what became of it.
        _ => "none",
    };

    private static async Task<ProposalSheet?> SheetAsync(
        long number, ApprovalDesk approvals, IEnumerable<PreviewView> views, HttpContext http)
    {
        if (approvals.Find(number) is not { } proposal)
        {
            return null;
        }

        var view = views.FirstOrDefault(one => one.Act == proposal.Draft.Act)?.Component ?? typeof(UsualPreviewView);
        var mine = proposal.Makers.Contains(StaffDesk.SignerOf(http).Person);
        if (!approvals.IsOpen(proposal))
        {
            return new ProposalSheet(proposal, false, false, null, null, mine, view);
        }

        var (now, changed) = await approvals.LookAsync(proposal);
        return new ProposalSheet(
            proposal, true, changed is not null, changed is not null && now.Refusal is null ? now.Content : null, now.Refusal, mine, view);
    }
}
