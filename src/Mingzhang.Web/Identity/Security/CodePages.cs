using Mingzhang.Web.Identity.Keys;

namespace Mingzhang.Web.Identity.Security;

/// <summary>One-time codes: turning them on with a first code, and off.</summary>
internal static class CodePages
{
    /// <summary>Maps the pages of a realm's group.</summary>
    public static void Map(RouteGroupBuilder pages, string realm)
    {
        pages.MapGet("/security/code", (HttpContext http, SecurityDesk desk) => desk.Show<CodePage>(http, realm));
        pages.MapPost("/security/code/begin", (HttpContext http, SecurityDesk desk, CodeDesk codes, Proof proof) =>
            BeginAsync(http, desk, codes, proof, realm));
        pages.MapPost("/security/code/confirm", (HttpContext http, SecurityDesk desk, CodeDesk codes) =>
            ConfirmAsync(http, desk, codes, realm));
        pages.MapPost("/security/code/end", (HttpContext http, SecurityDesk desk, CodeDesk codes, Proof proof) =>
            EndAsync(http, desk, codes, proof, realm));
    }

    private static async Task<IResult> BeginAsync(HttpContext http, SecurityDesk desk, CodeDesk codes, Proof proof, string realm)
    {
        var subject = SecurityDesk.SubjectOf(http, realm);
        return await proof.AskAsync(subject, await http.Request.ReadFormAsync()) is { } problem ? desk.Show<CodePage>(http, realm, problem)
            : codes.IsOn(subject) ? Results.Redirect($"/{realm}/security/code")
            : desk.Show<CodePage>(http, realm, more: new() { ["Key"] = await codes.BeginAsync(subject) });
    }

    private static async Task<IResult> ConfirmAsync(HttpContext http, SecurityDesk desk, CodeDesk codes, string realm)
    {
        var form = await http.Request.ReadFormAsync();
        return await codes.ConfirmAsync(SecurityDesk.SubjectOf(http, realm), form["code"].ToString().Trim()) is { } recovery
            ? desk.Show<CodePage>(http, realm, more: new() { ["Recovery"] = recovery })
            : desk.Show<CodePage>(http, realm, "code.wrong");
    }

    private static async Task<IResult> EndAsync(HttpContext http, SecurityDesk desk, CodeDesk codes, Proof proof, string realm)
    {
        var subject = SecurityDesk.SubjectOf(http, realm);
        if (await proof.AskAsync(subject, await http.Request.ReadFormAsync()) is { } problem)
        {
            return desk.Show<CodePage>(http, realm, problem);
        }

        await codes.EndAsync(subject);
        return Results.Redirect($"/{realm}/security?done=code-off");
    }
}
