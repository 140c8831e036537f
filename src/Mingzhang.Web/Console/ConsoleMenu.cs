using System.Security.Claims;
using Mingzhang.Web.Identity.Roles;

namespace Mingzhang.Web.Console;

/// <summary>The pages on the console's side, each with what it takes to see it.</summary>
/// <param name="Icon">Its icon.</param>
/// <param name="Key">Its name in the text catalogue, after <c>console.</c>.</param>
/// <param name="Url">Where it is.</param>
/// <param name="Needs">What it takes.</param>
public sealed record ConsoleMenu(string Icon, string Key, string Url, Can Needs)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ConsoleMenu> All { get; } =
    [
        new("users", "accounts", "/console", Can.SeeAccounts),
        new("ticket", "tickets", "/console/tickets", Can.SeeAccounts),
        new("cert", "certificates", "/console/certificates", Can.SeeAccounts),
        new("med", "privacy", "/console/privacy", Can.SeeAccounts),
        new("shield", "approvals", "/console/approvals", Can.SeeProposals),
        new("book", "versions", "/console/versions", Can.SeeProducts),
        new("scale", "ledger", "/console/ledger", Can.SeeBooks),
        new("bill", "settlement", "/console/settlement", Can.SeeBooks),
        new("why", "use", "/console/use", Can.SeeHouse),
        new("go", "leaving", "/console/leaving", Can.SeeHouse),
        new("book", "campaigns", "/console/campaigns", Can.SeeHouse),
        new("bell", "outbox", "/console/outbox", Can.SeeHouse),
        new("check", "integrity", "/console/integrity", Can.SeeHouse),
        new("clock", "day", "/console/day", Can.SeeHouse),
        new("key", "staff", "/console/staff", Can.SeeStaff),
    ];

    /// <summary>Those a member of staff may see.</summary>
    public static IEnumerable<ConsoleMenu> Of(StaffMember? member) => All.Where(page => member?.May(page.Needs) == true);

    /// <summary>Those of a request.</summary>
    public static IEnumerable<ConsoleMenu> Of(HttpContext? http, StaffBook staff) =>
        Of(http?.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } login ? staff.Find(login) : null);
}
