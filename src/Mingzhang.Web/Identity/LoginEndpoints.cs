using Microsoft.AspNetCore.Http.HttpResults;
using Mingzhang.Engine;
using Mingzhang.Web.Console;
using Mingzhang.Web.Hosting;
using Mingzhang.Web.Identity.Keys;
using Mingzhang.Web.Identity.Roles;
using Mingzhang.Web.Identity.Security;
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
        forms.MapGet(address, (HttpContext http, CreditHouse house, Speech speech) =>
        {
            var notice = http.Request.Query["passkey"] == "no" ? new PageNotice(false, speech["passkey.unfit"])
                : http.Request.Query["done"] == "password-set" ? new PageNotice(true, speech["done.password-set"]) : null;
            return Page(house, realm, notice, StatusCodes.Status200OK);
        }).AllowAnonymous();
        forms.MapPost(address, (HttpContext http, LoginDesk desk, CreditHouse house, Speech speech) =>
            EnterAsync(http, desk, house, speech, realm, address)).AllowAnonymous().RequireRateLimiting(Access.LoginRate);
        forms.MapGet(address + "/code", () => Second(address, false)).AllowAnonymous();
        forms.MapPost(address + "/code", (HttpContext http, LoginDesk desk) => SecondAsync(http, desk, realm, address))
            .AllowAnonymous().RequireRateLimiting(Access.LoginRate);
        PasskeyPages.MapEntrance(forms, address, realm, async (http, subject) =>
            await http.RequestServices.GetRequiredService<LoginDesk>().OpenAsync(http, subject, "passkey") is { } home
                ? Results.Redirect(home) : Results.Redirect(address + "?passkey=no"));
        forms.MapPost(exit, async (HttpContext http, Doors doors) =>
        {
            await doors.LeaveAsync(http, realm);
            return Results.Redirect(address);
        }).RequireAuthorization(realm).Needs(Can.UseOwnLogin);
    }

    private static async Task<IResult> EnterAsync(
        HttpContext http, LoginDesk desk, CreditHouse house, Speech speech, string realm, string address)
    {
        var form = await http.Request.ReadFormAsync();
        return await desk.CheckAsync(realm, form["login"].ToString().Trim(), form["password"].ToString()) switch
        {
            (LoginAnswer.Right, { } subject) => desk.NeedsSecond(http, subject) ? Results.Redirect(address + "/code")
                : Results.Redirect((await desk.OpenAsync(http, subject, "password"))!),
            (LoginAnswer.Locked, _) => Page(
                house, realm, new PageNotice(false, speech["login.locked"]), StatusCodes.Status429TooManyRequests),
            // The rest: wrong, whoever it is.
            _ => Page(house, realm, new PageNotice(false, speech["login.wrong"]), StatusCodes.Status401Unauthorized),
        };
    }

    private static async Task<IResult> SecondAsync(HttpContext http, LoginDesk desk, string realm, string address)
    {
        var form = await http.Request.ReadFormAsync();
        return await desk.FinishAsync(http, realm, form["code"].ToString()) switch
        {
            { Home: { } home } => Results.Redirect(home),
            { Again: true } => Second(address, true),
            _ => Results.Redirect(address),
        };
    }

    private static RazorComponentResult<SecondStepPage> Second(string address, bool wrong) =>
        new(new Dictionary<string, object?> { ["Address"] = address + "/code", ["Wrong"] = wrong })
        {
            StatusCode = wrong ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK,
        };

    private static RazorComponentResult<LoginPage> Page(CreditHouse house, string realm, PageNotice? notice, int status) =>
        new(new Dictionary<string, object?> { ["Realm"] = realm, ["Sandbox"] = house.IsSandbox, ["Notice"] = notice })
        {
            StatusCode = status,
        };
}
