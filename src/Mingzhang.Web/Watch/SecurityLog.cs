using System.Security.Claims;
using Mingzhang.Web.Identity;

namespace Mingzhang.Web.Watch;

/// <summary>
/// What security is watched by: every log-in with its means and outcome, and every request that was turned away. Customers by their number,
/// staff by their log-in; never what somebody typed.
/// </summary>
internal static partial class SecurityLog
{
    /// <summary>Logs what is turned away: without a log-in, without the right, too often.</summary>
    public static void UseSecurityLog(this WebApplication app) => app.Use(async (http, next) =>
    {
        await next(http);
        if (http.Response.StatusCode is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden
            or StatusCodes.Status429TooManyRequests)
        {
            var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "none";
            var log = http.RequestServices.GetRequiredService<ILogger<Doors>>();
            TurnedAway(log, http.Response.StatusCode, http.Request.Method, route, Who(http.User));
        }
    });

    [LoggerMessage(EventId = 5001, Level = LogLevel.Information, Message = "Log-in to {Realm} by {Means}: {Outcome}, subject {Subject}.")]
    public static partial void LogIn(ILogger log, string realm, string means, string outcome, string subject);

    [LoggerMessage(
        EventId = 5002, Level = LogLevel.Information, Message = "Turned away with {Status}: {Method} {Route}, subject {Subject}.")]
    private static partial void TurnedAway(ILogger log, int status, string method, string route, string subject);

    private static string Who(ClaimsPrincipal user) =>
        user.FindFirstValue(Realms.CustomerClaim) is { } customer ? $"customer:{customer}"
        : user.FindFirstValue(Api.BearerKeys.IdClaim) is { } key ? $"key:{key}"
        : user.FindFirstValue(ClaimTypes.NameIdentifier) is { } staff ? $"staff:{staff}" : "nobody";
}
