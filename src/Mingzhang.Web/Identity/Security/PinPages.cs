using Mingzhang.Services.People;
using Mingzhang.Web.App;
using Mingzhang.Web.Identity.Keys;
using Mingzhang.Web.Identity.Once;
using Mingzhang.Web.Texts;

namespace Mingzhang.Web.Identity.Security;

/// <summary>Setting and changing the payment PIN.</summary>
internal static class PinPages
{
    /// <summary>Maps them into the borrowers' group.</summary>
    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/security/pin", (HttpContext http, SecurityDesk desk, AskNote note) => desk.Show<PinPage>(
            http, Realms.App, more: new() { ["Letter"] = note.Read(http, OncePurpose.Pin)?.Letter ?? "" }));
        pages.MapPost("/security/pin", ChangeAsync);
        pages.MapPost("/security/pin/code", CodeAsync);
        pages.MapPost("/security/pin/forgot", ForgotAsync);
        pages.MapPost("/security/pin/remembered", async (HttpContext http, PinDesk pins) =>
        {
            await pins.RememberedAsync(BorrowerDesk.CustomerOf(http));
            return Results.Redirect("/app/security?done=pin-kept");
        });
    }

    private static async Task<IResult> CodeAsync(HttpContext http, SecurityDesk desk, ResetDesk resets, AskNote note, Speech speech)
    {
        var subject = SecurityDesk.SubjectOf(http, Realms.App);
        if (await resets.AskPinAsync(subject, speech) is not { } letter)
        {
            return desk.Show<PinPage>(http, Realms.App, "once.no-way");
        }

        note.Write(http, OncePurpose.Pin, new Asked("", letter));
        return Results.Redirect("/app/security/pin?done=code-sent");
    }

    // Log-in, password, a code of the authenticator or of the phone, and a day's wait; without either a check by staff helps.
    private static async Task<IResult> ForgotAsync(
        HttpContext http, SecurityDesk desk, PinDesk pins, Logins logins, CodeDesk codes, ResetDesk resets)
    {
        var form = await http.Request.ReadFormAsync();
        var subject = SecurityDesk.SubjectOf(http, Realms.App);
        var problem = !Secrets.Fits(logins.Find(Realms.App, subject.Name)?.PasswordHash, form["password"].ToString())
                ? "security.password-wrong"
            : !await codes.AskAsync(subject, form["code"]) && !await resets.TakePinAsync(subject, form["code"].ToString()) ? "code.wrong"
            : await pins.ForgotAsync(BorrowerDesk.CustomerOf(http), checkedByStaff: false) ? null : "security.pin-no-code";
        if (problem is not null)
        {
            return desk.Show<PinPage>(http, Realms.App, problem);
        }

        AskNote.Drop(http, OncePurpose.Pin);
        return Results.Redirect("/app/security?done=pin-asked");
    }

    private static async Task<IResult> ChangeAsync(HttpContext http, SecurityDesk desk, PinDesk pins, PersonShelf people)
    {
        var form = await http.Request.ReadFormAsync();
        var customer = BorrowerDesk.CustomerOf(http);
        IResult Again(string why) => desk.Show<PinPage>(http, Realms.App, why);
        if (form["new"] != form["again"])
        {
            return Again("pin-fault.Mistyped");
        }

        // What is wrong with the new one is said before an attempt at the old one is spent.
        var personal = people.Find(customer) is { } person ? new[] { person.Phone, person.IdNumber } : [];
        if (PinRules.Fault(form["new"], personal) is var early and not PinFault.None)
        {
            return Again("pin-fault." + early);
        }

        if (!pins.MaySetAnew(customer))
        {
            switch (await pins.AskAsync(customer, form["pin"]))
            {
                case PinAnswer.Wrong: return Again("pin.wrong");
                case PinAnswer.Locked: return Again("pin.locked");
                case PinAnswer.Right: break;
                default: throw new InvalidOperationException("A fourth answer of the PIN desk.");
            }
        }

        return await pins.SetAsync(customer, form["new"], personal) is var fault and not PinFault.None
            ? Again("pin-fault." + fault)
            : Results.Redirect("/app/security?done=pin-changed");
    }
}
