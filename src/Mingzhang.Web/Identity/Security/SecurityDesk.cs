using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Mingzhang.Engine;
using Mingzhang.Web.Console;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.Identity.Security;

/// <summary>What a page about the own log-in shows.</summary>
/// <param name="Subject">Whose.</param>
/// <param name="Session">The session it is shown in.</param>
/// <param name="Frame">For the staff's frame.</param>
public sealed record SecurityVisit(Subject Subject, string Session, StaffFrame Frame)
{
    /// <summary>Whether it is a borrower's.</summary>
    public bool IsBorrower => Subject.Realm == Realms.App;

    /// <summary>Where the pages begin.</summary>
    public string Home => $"/{Subject.Realm}/security";
}

/// <summary>Shows the pages about the own log-in, to borrowers and staff alike.</summary>
public sealed class SecurityDesk(CreditHouse house, Speech speech)
{
    /// <summary>Who is logged in.</summary>
    public static Subject SubjectOf(HttpContext http, string realm) =>
        Subject.Of(http.User, realm) ?? throw new InvalidOperationException("A page of a realm without its log-in.");

    /// <summary>A page; with the key of a text it says what was wrong and answers 422.</summary>
    public IResult Show<TPage>(HttpContext http, string realm, string? problem = null, Dictionary<string, object?>? more = null)
        where TPage : IComponent
    {
        var done = "done." + http.Request.Query["done"];
        var notice = problem is not null ? new PageNotice(false, speech[problem])
            : Catalogue.Has(done) ? new PageNotice(true, speech[done]) : null;
        var parameters = more ?? [];
        parameters["Visit"] = new SecurityVisit(
            SubjectOf(http, realm), Doors.SessionOf(http), new StaffFrame(house.BusinessDate, house.IsSandbox, notice));
        return new RazorComponentResult<TPage>(parameters)
        {
            StatusCode = problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
        };
    }
}
