using System.Data.Common;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Mingzhang.Engine;
using Mingzhang.Store;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.Hosting;

/// <summary>What is answered when something went wrong: a problem for machines, a page for people, never a stack trace.</summary>
public static class Failures
{
    /// <summary>An exception reached the top.</summary>
    public static Task AnswerAsync(HttpContext context) =>
        AnswerAsync(context, context.Features.Get<IExceptionHandlerFeature>()?.Error switch
        {
            BadHttpRequestException bad => bad.StatusCode,
            AntiforgeryValidationException or InvalidDataException => StatusCodes.Status422UnprocessableEntity, // a form nobody can read
            { } away when IsAway(away) => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status500InternalServerError,
        });

    /// <summary>Whether the house or its database is gone for a moment, so that the same request can be sent again.</summary>
    public static bool IsAway(Exception cause) =>
        cause is HouseStoppedException or StoreAwayException or DbException { IsTransient: true };

    /// <summary>An answer without a body, such as an unknown address.</summary>
    public static Task AnswerStatusAsync(StatusCodeContext status) =>
        AnswerAsync(status.HttpContext, status.HttpContext.Response.StatusCode);

    /// <summary>Answers a status in the form the asker reads.</summary>
    public static Task AnswerAsync(HttpContext context, int status) =>
        context.Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal)
            ? Results.Problem(statusCode: status).ExecuteAsync(context)
            : new RazorComponentResult<FailurePage>(new Dictionary<string, object?> { ["Status"] = status }) { StatusCode = status }
                .ExecuteAsync(context);
}
