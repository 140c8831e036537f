using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Mingzhang.Domain.Values;
using Mingzhang.Services.People;

namespace Mingzhang.Web.Identity;

/// <summary>Opens and ends sessions for browsers, and asks at every request whether the cookie's session still lives.</summary>
public sealed class Doors(Sessions sessions, DeviceShelf devices)
{
    /// <summary>Claim with the session's secret.</summary>
    public const string SessionClaim = "session";

    private const string DeviceCookie = "mz-device";

    /// <summary>Logs a subject in with a session of its own; one the browser held before ends. A borrower's device
    /// is known from now on.</summary>
    /// <returns>True on a device new to the subject.</returns>
    public async Task<bool> EnterAsync(HttpContext http, Subject subject, string via)
    {
        await EndOwnAsync(http, subject.Realm);
        var device = DeviceName.Of(http.Request.Headers.UserAgent.ToString());
        var number = Device(http);
        var (secret, isNew) = await sessions.OpenAsync(subject, device, number, via);
        if (subject.CustomerId != 0)
        {
            _ = await devices.SeenAsync(new CustomerId(subject.CustomerId), Sessions.HashOf(number), device);
        }

        var identity = new ClaimsIdentity(subject.Realm);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, subject.Name));
        identity.AddClaim(new Claim(SessionClaim, secret));
        if (subject.CustomerId != 0)
        {
            identity.AddClaim(new Claim(Realms.CustomerClaim, subject.CustomerId.ToString(CultureInfo.InvariantCulture)));
        }

        await http.SignInAsync(subject.Realm, new ClaimsPrincipal(identity));
        return isNew;
    }

    /// <summary>Logs the browser out of a realm.</summary>
    public async Task LeaveAsync(HttpContext http, string realm)
    {
        await EndOwnAsync(http, realm);
        await http.SignOutAsync(realm);
    }

    /// <summary>The hash of the session a request came with; empty when it came with none.</summary>
    public static string SessionOf(HttpContext http) =>
        http.User.FindFirstValue(SessionClaim) is { } secret ? Sessions.HashOf(secret) : "";

    /// <summary>The hash of the browser a request came from, as its session keeps it; empty when it told none.</summary>
    public static string DeviceOf(HttpContext http) =>
        http.Request.Cookies[DeviceCookie] is { Length: 32 } device ? Sessions.HashOf(device) : "";

    /// <summary>Turns a cookie away whose session ended.</summary>
    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var realm = context.Scheme.Name;
        var sessions = context.HttpContext.RequestServices.GetRequiredService<Sessions>();
        if (context.Principal is not { } user || Subject.Of(user, realm) is not { } subject
            || user.FindFirstValue(SessionClaim) is not { } secret || await sessions.CheckAsync(subject, secret) is null)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(realm);
        }
    }

    private async Task EndOwnAsync(HttpContext http, string realm)
    {
        var had = await http.AuthenticateAsync(realm);
        if (had.Principal is { } user && Subject.Of(user, realm) is { } subject && user.FindFirstValue(SessionClaim) is { } secret)
        {
            await sessions.EndAsync(subject, Sessions.HashOf(secret));
        }
    }

    // The browser's own number: it says nothing about anybody and proves nothing, it only tells a known device from a new one.
    private static string Device(HttpContext http)
    {
        var known = http.Request.Cookies[DeviceCookie];
        var device = known is { Length: 32 } ? known : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        http.Response.Cookies.Append(DeviceCookie, device, new CookieOptions
        {
            HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(365),
            IsEssential = true,
        });
        return device;
    }
}
