using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Mingzhang.Web.Identity.Keys;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.App;

/// <summary>Borrowers' pages that need a log-in and no account: who has none yet, or none any more, has rights all the same.</summary>
internal static class Bare
{
    /// <summary>A page; a bad notice answers 422, else <c>?done=</c> says what was done.</summary>
    public static IResult Show<TPage>(HttpContext http, Dictionary<string, object?> parameters, PageNotice? problem = null)
        where TPage : IComponent
    {
        var key = "done." + http.Request.Query["done"];
        parameters["Notice"] = problem ?? (Catalogue.Has(key)
            ? new PageNotice(true, http.RequestServices.GetRequiredService<Speech>()[key]) : null);
        return new RazorComponentResult<TPage>(parameters)
        {
            StatusCode = problem is { Good: false } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }

    /// <summary>Why a confirmation was not taken.</summary>
    public static string Said(StepUpAnswer answer, Speech speech) => speech[answer switch
    {
        StepUpAnswer.WrongPin => "pin.wrong",
        StepUpAnswer.LockedPin => "pin.locked",
        StepUpAnswer.WrongPasskey => "passkey.unfit",
        StepUpAnswer.SecondMissing => "passkey.second-missing",
        StepUpAnswer.Right => throw new InvalidOperationException("It was taken."),
        _ => throw new InvalidOperationException("A sixth answer of the step-up."),
    }];
}
