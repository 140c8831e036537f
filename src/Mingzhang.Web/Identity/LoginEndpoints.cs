using Microsoft.AspNetCore.Http.HttpResults;
using Mingzhang.Engine;
using Mingzhang.Web.Console;
using Mingzhang.Web.Hosting;
using Mingzhang.Web.Identity.Roles;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.Identity;

/// <summary>Logging in and out of the two areas; an unknown user and a wrong password answer the same.</summary>
public static class LoginEndpoints
{
    /// <summary>Maps the log-in pages and the ways out.</summary>
    public static void MapLogin(this WebApplication app)
    {
        Map(app, Realms.App, "/login", "/app/logout");
        Map(app, Realms.Console, "/console/login", "/console/logout");
    }

    private static void Map(WebApplication app, string realm, string address, string exit)
    {
        var forms = app.MapGroup("").AddEndpointFilter<FormFilter>().ExcludeFromDescription();
        forms.MapGet(address, (CreditHouse house) => Page(house, realm, null, 200)).AllowAnonymous();
        forms.MapPost(address, (HttpContext http, Logins logins, Doors doors, StaffBook staff, CreditHouse house, Speech speech) =>
            EnterAsync(http, logins, doors, staff, house, speech, realm)).AllowAnonymous().RequireRateLimiting(Access.LoginRate);
        forms.MapPost(exit, async (HttpContext http, Doors doors) =>
        {
            await doors.LeaveAsync(http, realm);
            return Results.Redirect(address);
        }).RequireAuthorization(realm).Needs(Can.UseOwnLogin);
    }

    private static async Task<IResult> EnterAsync(
        HttpContext http, Logins logins, Doors doors, StaffBook staff, CreditHouse house, Speech speech, string realm)
    {
        var form = await http.Request.ReadFormAsync();
        var name = form["login"].ToString().Trim();
        var known = name.Length is > 0 and <= 64 ? logins.Find(realm, name) : null;
        var fits = Secrets.Fits(known?.PasswordHash, form["password"].ToString());
        if (!fits || (realm == Realms.Console && staff.Find(known!.Name) is not { Active: 1 }))
        {
            return Page(house, realm, new PageNotice(false, speech["login.wrong"]), StatusCodes.Status401Unauthorized);
        }

        var home = realm == Realms.App ? "/app"
            : ConsoleMenu.Of(staff.Find(known!.Name)).FirstOrDefault()?.Url ?? "/console/security";
        await doors.EnterAsync(http, known!.Subject, "password");
        return Results.Redirect(home);
    }

    private static RazorComponentResult<LoginPage> Page(CreditHouse house, string realm, PageNotice? notice, int status) =>
        new(new Dictionary<string, object?> { ["Realm"] = realm, ["Sandbox"] = house.IsSandbox, ["Notice"] = notice })
        {
            StatusCode = status,
        };
}
