using System.Text.Json.Nodes;
using Mingzhang.Domain.Values;
using Mingzhang.Services.People;
using Mingzhang.Web.Hosting;
using Mingzhang.Web.Identity.Keys;
using Mingzhang.Web.Texts;

namespace Mingzhang.Web.Identity.Security;

/// <summary>The passkeys of a log-in: adding, removing, confirming with one, and logging in with one.</summary>
internal static class PasskeyPages
{
    private const int LongestName = 40;

    /// <summary>Maps the pages of a realm's group.</summary>
    public static void Map(RouteGroupBuilder pages, string realm)
    {
        pages.MapGet("/security/passkeys", (HttpContext http, SecurityDesk desk) => desk.Show<PasskeysPage>(http, realm));
        pages.MapPost("/security/passkeys/options", (HttpContext http, PasskeyDesk keys, Proof proof, PersonShelf people, Speech speech) =>
            OptionsAsync(http, keys, proof, people, speech, realm));
        pages.MapPost("/security/passkeys", (HttpContext http, SecurityDesk desk, PasskeyDesk keys) => AddAsync(http, desk, keys, realm));
        pages.MapPost("/security/passkeys/remove", (HttpContext http, SecurityDesk desk, PasskeyShelf shelf, Proof proof) =>
            RemoveAsync(http, desk, shelf, proof, realm));
        if (realm == Realms.App)
        {
            pages.MapPost("/step-up", StepUpAsync);
        }
    }

    /// <summary>Maps logging in with a passkey.</summary>
    public static void MapEntrance(RouteGroupBuilder forms, string address, string realm, Func<HttpContext, Subject, Task<IResult>> enter)
    {
        forms.MapPost(address + "/passkey/options", async (PasskeyDesk keys) => Json(await keys.BeginEnterAsync()))
            .AllowAnonymous().RequireRateLimiting(Access.LoginRate);
        forms.MapPost(address + "/passkey", async (HttpContext http, PasskeyDesk keys) =>
        {
            var form = await http.Request.ReadFormAsync();
            return await keys.EnterAsync(realm, form["step"].ToString(), form["assertion"].ToString()) is { } subject
                ? await enter(http, subject) : Results.Redirect(address + "?passkey=no");
        }).AllowAnonymous().RequireRateLimiting(Access.LoginRate);
    }

    private static IResult Json(PasskeyQuestion question) =>
        Results.Json(new JsonObject { ["step"] = question.Step, ["options"] = JsonNode.Parse(question.Options) });

    private static IResult Says(string text) => Results.Text(text, statusCode: StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> OptionsAsync(
        HttpContext http, PasskeyDesk keys, Proof proof, PersonShelf people, Speech speech, string realm)
    {
        var form = await http.Request.ReadFormAsync();
        var subject = SecurityDesk.SubjectOf(http, realm);
        return await proof.AskAsync(subject, form) is { } problem ? Says(speech[problem])
            : Json(await keys.BeginRegisterAsync(subject, NameOf(people, subject)));
    }

    private static string NameOf(PersonShelf people, Subject subject) =>
        subject.CustomerId == 0 ? subject.Name : people.Find(new CustomerId(subject.CustomerId))?.Name ?? "Mingzhang";

    private static async Task<IResult> AddAsync(HttpContext http, SecurityDesk desk, PasskeyDesk keys, string realm)
    {
        var form = await http.Request.ReadFormAsync();
        var name = form["name"].ToString().Trim();
        name = name.Length is 0 or > LongestName ? DeviceName.Of(http.Request.Headers.UserAgent.ToString()) : name;
        return await keys.RegisterAsync(
            SecurityDesk.SubjectOf(http, realm), form["step"].ToString(), form["assertion"].ToString(), name)
            ? Results.Redirect($"/{realm}/security/passkeys?done=passkey-added")
            : desk.Show<PasskeysPage>(http, realm, "passkey.unfit");
    }

    private static async Task<IResult> RemoveAsync(HttpContext http, SecurityDesk desk, PasskeyShelf shelf, Proof proof, string realm)
    {
        var form = await http.Request.ReadFormAsync();
        var subject = SecurityDesk.SubjectOf(http, realm);
        var problem = await proof.AskAsync(subject, form)
            ?? (await shelf.DropAsync(subject, form["credential"].ToString()) ? null : "passkey.unknown");
        return problem is null ? Results.Redirect($"/{realm}/security/passkeys?done=passkey-removed")
            : desk.Show<PasskeysPage>(http, realm, problem);
    }

    private static async Task<IResult> StepUpAsync(HttpContext http, PasskeyDesk keys)
    {
        var form = await http.Request.ReadFormAsync();
        var subject = SecurityDesk.SubjectOf(http, Realms.App);
        return Json(await keys.BeginStepUpAsync(subject, StepUp.PayloadOf(subject, form["for"].ToString(), form)));
    }
}
