using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Mingzhang.Web.Identity.Once;

/// <summary>What the page after asking for a code knows.</summary>
/// <param name="Phone">The number that was typed.</param>
/// <param name="Letter">In a sandbox, what would have been sent; else empty.</param>
public sealed record Asked(string Phone, string Letter);

/// <summary>
/// Carries a typed number to the next page, sealed in a cookie for a quarter of an hour: it stays out of addresses and logs.
/// </summary>
public sealed class AskNote(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Good = TimeSpan.FromMinutes(15);

    private ITimeLimitedDataProtector Protector => protection.CreateProtector("mz-asked").ToTimeLimitedDataProtector();

    /// <summary>Writes it for a purpose.</summary>
    public void Write(HttpContext http, OncePurpose purpose, Asked asked) => http.Response.Cookies.Append(
        NameOf(purpose), Protector.Protect(JsonSerializer.Serialize(asked), Good), new CookieOptions
        {
            HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Lax, MaxAge = Good, IsEssential = true,
        });

    /// <summary>Reads it; null when nobody asked, or too long ago.</summary>
    public Asked? Read(HttpContext http, OncePurpose purpose)
    {
        try
        {
            return http.Request.Cookies[NameOf(purpose)] is { } text ? JsonSerializer.Deserialize<Asked>(Protector.Unprotect(text)) : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Forgets it.</summary>
    public static void Drop(HttpContext http, OncePurpose purpose) => http.Response.Cookies.Delete(NameOf(purpose));

    private static string NameOf(OncePurpose purpose) => "mz-asked-" + purpose.Name;
}
