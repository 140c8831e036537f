using Mingzhang.Web.Hosting;
using Mingzhang.Web.Identity.Once;
using Mingzhang.Web.Texts;

namespace Mingzhang.Web.Identity.Joining;

/// <summary>Registering: a number and its code, then who it is. Known and unknown numbers read the same (T23).</summary>
internal static class JoinPages
{
    /// <summary>Maps them; nobody is logged in here.</summary>
    public static void MapJoining(this WebApplication app)
    {
        var pages = app.MapGroup("").AllowAnonymous().RequireRateLimiting(Access.LoginRate).AddEndpointFilter<FormFilter>()
            .ExcludeFromDescription();
        pages.MapGet("/register", (CodePost post) => Door.Page<JoinPhonePage>(new() { ["Reaches"] = post.ReachesPhones }));
        pages.MapPost("/register", AskAsync);
        pages.MapGet("/register/person", (HttpContext http, AskNote note) => note.Read(http, OncePurpose.Register) is { } asked
            ? Door.Page<JoinPersonPage>(new() { ["Letter"] = asked.Letter }) : Results.Redirect("/register"));
        pages.MapPost("/register/person", JoinAsync);
    }

    private static async Task<IResult> AskAsync(HttpContext http, ResetDesk desk, AskNote note, CodePost post, Speech speech)
    {
        var phone = (await http.Request.ReadFormAsync())["phone"].ToString().Trim();
        if (!Phones.IsMobile(phone))
        {
            return Door.Page<JoinPhonePage>(new() { ["Reaches"] = post.ReachesPhones, ["Problem"] = "once.phone-wrong" });
        }

        note.Write(http, OncePurpose.Register, new Asked(phone, await desk.AskAsync(OncePurpose.Register, phone, speech)));
        return Results.Redirect("/register/person");
    }

    private static async Task<IResult> JoinAsync(HttpContext http, JoinDesk desk, AskNote note, LoginDesk doors, TimeProvider time)
    {
        if (note.Read(http, OncePurpose.Register) is not { } asked)
        {
            return Results.Redirect("/register");
        }

        var form = JoinForm.Of(asked.Phone, await http.Request.ReadFormAsync());
        var faults = form.Faults(JoinForm.Today(time));
        var (subject, problem) = faults.Count > 0 ? (null, "register.faults") : await desk.JoinAsync(form);
        if (problem is not null)
        {
            return Door.Page<JoinPersonPage>(new()
            {
                ["Letter"] = asked.Letter, ["Problem"] = problem, ["Faults"] = faults, ["Typed"] = form,
            });
        }

        AskNote.Drop(http, OncePurpose.Register);
        return Results.Redirect((await doors.OpenAsync(http, subject!, "code"))!);
    }
}
