using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Mingzhang.Domain.Values;
using Mingzhang.Services.People;
using Mingzhang.Web.Identity.Roles;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.Identity.Security;

/// <summary>Where people look after their log-in: devices, password, PIN. The same for borrowers and staff but for the PIN.</summary>
public static class SecurityPages
{
    /// <summary>Maps them into a realm's group.</summary>
    public static void MapSecurity(this RouteGroupBuilder group, string realm)
    {
        var pages = group.MapGroup("").Needs(Can.UseOwnLogin);
        var home = $"/{realm}/security";
        pages.MapGet("/security", (HttpContext http, SecurityDesk desk) => desk.Show<SecurityPage>(http, realm));
        pages.MapPost("/security/end", (HttpContext http, SecurityDesk desk, Sessions sessions) =>
            EndAsync(http, desk, sessions, realm, home));
        pages.MapPost("/security/end-all", (HttpContext http, Doors doors, Sessions sessions) => EndAllAsync(http, doors, sessions, realm));
        pages.MapGet("/security/password", (HttpContext http, SecurityDesk desk) => desk.Show<PasswordPage>(http, realm));
        pages.MapPost("/security/password", (HttpContext http, SecurityDesk desk, Logins logins, Sessions sessions, PersonShelf people) =>
            PasswordAsync(http, desk, logins, sessions, people, realm));
        PasskeyPages.Map(pages, realm);
        CodePages.Map(pages, realm);
        if (realm == Realms.App)
        {
            PinPages.Map(pages);
        }
    }

    private static async Task<IResult> EndAsync(HttpContext http, SecurityDesk desk, Sessions sessions, string realm, string home)
    {
        var form = await http.Request.ReadFormAsync();
        var ended = await sessions.EndAsync(SecurityDesk.SubjectOf(http, realm), form["session"].ToString());
        return ended ? Results.Redirect(home + "?done=session-ended") : desk.Show<SecurityPage>(http, realm, "security.no-session");
    }

    private static async Task<IResult> EndAllAsync(HttpContext http, Doors doors, Sessions sessions, string realm)
    {
        await sessions.EndAllAsync(SecurityDesk.SubjectOf(http, realm));
        await doors.LeaveAsync(http, realm);
        // What this browser kept of the pages goes, too; its number stays, so that it is no new device next time.
        http.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
        return Results.Redirect(realm == Realms.App ? "/login" : "/console/login");
    }

    private static async Task<IResult> PasswordAsync(
        HttpContext http, SecurityDesk desk, Logins logins, Sessions sessions, PersonShelf people, string realm)
    {
        var form = await http.Request.ReadFormAsync();
        var subject = SecurityDesk.SubjectOf(http, realm);
        var (old, chosen) = (form["password"].ToString(), form["new"].ToString());
        if (!Secrets.Fits(logins.Find(realm, subject.Name)?.PasswordHash, old))
        {
            return desk.Show<PasswordPage>(http, realm, "security.password-wrong");
        }

        var fault = chosen != form["again"].ToString() ? PasswordFault.Mistyped
            : chosen == old ? PasswordFault.Unchanged
            : PasswordRules.Fault(chosen, realm == Realms.App ? PhoneOf(people, subject) : subject.Name);
        if (fault != PasswordFault.None)
        {
            return desk.Show<PasswordPage>(http, realm, "password-fault." + fault);
        }

        await logins.SetPasswordAsync(subject, chosen);
        await sessions.EndAllAsync(subject, Doors.SessionOf(http));
        return Results.Redirect($"/{realm}/security?done=password-changed");
    }
    private static string PhoneOf(PersonShelf people, Subject subject) => people.Find(new CustomerId(subject.CustomerId))?.Phone ?? "";
}
