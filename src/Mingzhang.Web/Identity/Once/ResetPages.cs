using Mingzhang.Web.Hosting;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.Identity.Once;

/// <summary>Setting a password without the old one: borrowers by a code to their phone, staff by a code they were handed.</summary>
internal static class ResetPages
{
    /// <summary>Maps them; nobody is logged in here.</summary>
    public static void MapResets(this WebApplication app)
    {
        var pages = app.MapGroup("").AllowAnonymous().RequireRateLimiting(Access.LoginRate).AddEndpointFilter<FormFilter>()
            .ExcludeFromDescription();
        pages.MapGet("/login/forgot", (CodePost post) => Door.Page<ForgotPage>(new() { ["Reaches"] = post.IsSetUp }));
        pages.MapPost("/login/forgot", AskAsync);
        pages.MapGet("/login/reset", (HttpContext http, AskNote note) => note.Read(http, OncePurpose.Password) is { } asked
            ? Door.Page<ResetPage>(new() { ["Letter"] = asked.Letter }) : Results.Redirect("/login/forgot"));
        pages.MapPost("/login/reset", SetAsync);
        pages.MapGet("/console/login/first", () => Door.Page<StaffResetPage>([]));
        pages.MapPost("/console/login/first", SetStaffAsync);
    }

    private static async Task<IResult> AskAsync(HttpContext http, ResetDesk desk, AskNote note, CodePost post, Speech speech)
    {
        var phone = (await http.Request.ReadFormAsync())["phone"].ToString().Trim();
        if (!Phones.IsMobile(phone))
        {
            return Door.Page<ForgotPage>(new() { ["Reaches"] = post.IsSetUp, ["Problem"] = "once.phone-wrong" });
        }

        note.Write(http, OncePurpose.Password, new Asked(phone, await desk.AskAsync(OncePurpose.Password, phone, speech)));
        return Results.Redirect("/login/reset");
    }

    private static async Task<IResult> SetAsync(HttpContext http, ResetDesk desk, AskNote note)
    {
        var form = await http.Request.ReadFormAsync();
        if (note.Read(http, OncePurpose.Password) is not { } asked)
        {
            return Results.Redirect("/login/forgot");
        }

        var chosen = form["new"].ToString();
        // What is wrong with the new one is said before a try at the code is spent.
        var problem = Fault(chosen, form["again"].ToString(), asked.Phone)
            ?? (await desk.SetAsync(asked.Phone, form["code"].ToString(), chosen) ? null : "once.wrong");
        if (problem is not null)
        {
            return Door.Page<ResetPage>(new() { ["Letter"] = asked.Letter, ["Problem"] = problem });
        }

        AskNote.Drop(http, OncePurpose.Password);
        return Results.Redirect("/login?done=password-set");
    }

    private static async Task<IResult> SetStaffAsync(HttpContext http, ResetDesk desk)
    {
        var form = await http.Request.ReadFormAsync();
        var (name, chosen) = (form["login"].ToString().Trim(), form["new"].ToString());
        var problem = Fault(chosen, form["again"].ToString(), name)
            ?? await desk.SetStaffAsync(name, form["code"].ToString(), chosen) switch
            {
                LoginAnswer.Right => null,
                LoginAnswer.Wrong => "once.staff-wrong",
                LoginAnswer.Locked => "login.locked",
                _ => throw new InvalidOperationException("A fourth answer of the log-in."),
            };
        return problem is null ? Results.Redirect("/console/login?done=password-set")
            : Door.Page<StaffResetPage>(new() { ["Name"] = name, ["Problem"] = problem });
    }

    private static string? Fault(string chosen, string again, string name)
    {
        var fault = chosen != again ? PasswordFault.Mistyped : PasswordRules.Fault(chosen, name);
        return fault == PasswordFault.None ? null : "password-fault." + fault;
    }
}
