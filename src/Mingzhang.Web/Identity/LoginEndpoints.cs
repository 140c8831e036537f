using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Mingzhang.Engine;
using Mingzhang.Web.Hosting;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.Identity;

/// <summary>Logging in and out of the two areas; an unknown user and a wrong password answer the same.</summary>
public static class LoginEndpoints
{
    /// <summary>Maps the log-in pages and the ways out.</summary>
    public static void MapLogin(this WebApplication app)
    {
        Map(app, Realms.App, "/login", "/app", "/app/logout");
        Map(app, Realms.Console, "/console/login", "/console", "/console/logout");
    }

    private static void Map(WebApplication app, string realm, string address, string home, string exit)
    {
        var forms = app.MapGroup("").AddEndpointFilter<FormFilter>().ExcludeFromDescription();
        forms.MapGet(address, (CreditHouse house) => Page(house, realm, null, 200)).AllowAnonymous();
        forms.MapPost(address, (HttpContext http, PeopleStore people, CreditHouse house, Speech speech) =>
            EnterAsync(http, people, house, speech, realm, home)).AllowAnonymous().RequireRateLimiting(Access.LoginRate);
        forms.MapPost(exit, async (HttpContext http) =>
        {
            await http.SignOutAsync(realm);
            return Results.Redirect(address);
        }).RequireAuthorization(realm);
    }

    private static async Task<IResult> EnterAsync(
        HttpContext http, PeopleStore people, CreditHouse house, Speech speech, string realm, string home)
    {
        var form = await http.Request.ReadFormAsync();
        var name = form["login"].ToString().Trim();
        var known = name.Length is > 0 and <= 64 ? people.Login(realm, name) : null;
        if (!Secrets.Fits(known?.PasswordHash, form["password"].ToString()))
        {
            return Page(house, realm, new PageNotice(false, speech["login.wrong"]), StatusCodes.Status401Unauthorized);
        }

        var identity = new ClaimsIdentity(realm);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, known!.Name));
        if (known.CustomerId != 0)
        {
            identity.AddClaim(new Claim(Realms.CustomerClaim, known.CustomerId.ToString(CultureInfo.InvariantCulture)));
        }

        await http.SignInAsync(realm, new ClaimsPrincipal(identity));
        return Results.Redirect(home);
    }

    private static RazorComponentResult<LoginPage> Page(CreditHouse house, string realm, PageNotice? notice, int status) =>
        new(new Dictionary<string, object?> { ["Realm"] = realm, ["Sandbox"] = house.IsSandbox, ["Notice"] = notice })
        {
            StatusCode = status,
        };
}
