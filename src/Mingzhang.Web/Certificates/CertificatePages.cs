using System.Globalization;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Approvals;
using Mingzhang.Services.Certificates;
using Mingzhang.Web.Console;
using Mingzhang.Web.Identity.Roles;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.Certificates;

/// <summary>Certificates for staff: the latest, those of an account, and proposing to take one back.</summary>
internal static class CertificatePages
{
    private const int Most = 100;
    private const int LongestReason = 200;

    /// <summary>Maps them.</summary>
    public static void MapCertificatePages(this RouteGroupBuilder pages)
    {
        pages.MapGet("/certificates", (StaffDesk desk, CertificateDesk certificates, HttpContext http) =>
            ShowAsync(desk, certificates, http, null)).Needs(Can.SeeAccounts);
        pages.MapPost("/certificates/{number}/revoke", RevokeAsync).Needs(Can.Propose);
    }

    private static async Task<IResult> ShowAsync(StaffDesk desk, CertificateDesk certificates, HttpContext http, PageNotice? notice)
    {
        var asked = http.Request.Query["of"].ToString().Trim();
        IReadOnlyList<Certificate> rows = asked.Length == 0 ? certificates.Latest(Most)
            : CertificateNumber.TryParse(asked, out var number) ? await certificates.FindAsync(number) is { } one ? [one] : []
            : AccountId.TryParse(asked, out var account) ? await certificates.OfAsync(account, Most) : [];
        return desk.Show<CertificateListPage>(http, new() { ["Rows"] = rows, ["Asked"] = asked }, notice);
    }

    private static async Task<IResult> RevokeAsync(
        string number, StaffDesk desk, CertificateDesk certificates, ApprovalDesk approvals, Speech speech, HttpContext http)
    {
        if (!CertificateNumber.TryParse(number, out var read) || await certificates.FindAsync(read) is not { } certificate)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        if (form["reason"].ToString().Trim() is not { Length: > 0 and <= LongestReason } reason)
        {
            return await ShowAsync(desk, certificates, http, new PageNotice(false, speech["staff.reason-missing"]));
        }

        var answer = await approvals.ProposeAsync(RevocationProposals.Draft(certificate, reason), StaffDesk.SignerOf(http));
        return answer.Proposal is { } proposal
            ? Results.Redirect(string.Create(CultureInfo.InvariantCulture, $"/console/approvals/{proposal.Number}?done=proposed"))
            : await ShowAsync(desk, certificates, http, desk.Refused(answer.Refusal!));
    }
}
