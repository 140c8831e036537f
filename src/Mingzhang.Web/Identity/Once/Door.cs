using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mingzhang.Web.Identity.Once;

/// <summary>Shows pages in front of the log-in; with the key of a problem they answer 422.</summary>
internal static class Door
{
    /// <summary>A page with its parameters.</summary>
    public static IResult Page<TPage>(Dictionary<string, object?> parameters)
        where TPage : IComponent => new RazorComponentResult<TPage>(parameters)
        {
            StatusCode = parameters.GetValueOrDefault("Problem") is null ? StatusCodes.Status200OK
                : StatusCodes.Status422UnprocessableEntity,
        };
}
