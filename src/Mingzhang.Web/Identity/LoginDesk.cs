using System.Globalization;
using Microsoft.AspNetCore.DataProtection;
using Mingzhang.Domain.Values;
using Mingzhang.Web.Console;
using Mingzhang.Web.Identity.Keys;
using Mingzhang.Web.Identity.Roles;
using Mingzhang.Web.Notices;
using Mingzhang.Web.Watch;

namespace Mingzhang.Web.Identity;

/// <summary>What came of a name and a password.</summary>
public enum LoginAnswer
{
    /// <summary>They fit.</summary>
    Right,

    /// <summary>They do not, whoever it is.</summary>
    Wrong,

    /// <summary>This name, known or not, was tried too often.</summary>
    Locked,
}

/// <summary>
/// Lets in by name and password, and asks for a code when the subject has them. Whether a name is known changes neither answer nor time:
/// wrong ones are counted under any name.
/// </summary>
public sealed class LoginDesk(
    Logins logins, Attempts attempts, Doors doors, StaffBook staff, CodeDesk codes, IDataProtectionProvider protection, TimeProvider time,
    ILogger<LoginDesk> log)
{
    private const string HalfCookie = "mz-half-";
    private const int LongestName = 64;
    private const int LongestPassword = 256;
    private static readonly TimeSpan HalfGood = TimeSpan.FromMinutes(5);

    private ITimeLimitedDataProtector Protector => protection.CreateProtector("mz-half").ToTimeLimitedDataProtector();

    /// <summary>Checks a name and a password.</summary>
    public async Task<(LoginAnswer Answer, Subject? Subject)> CheckAsync(string realm, string name, string password)
    {
        var shaped = name.Length is > 0 and <= LongestName && password.Length <= LongestPassword;
        var key = shaped ? logins.KeyOf(realm, name) : "";
        var known = shaped ? logins.Find(realm, name) : null;
        if (attempts.AreTooMany(realm, key, time.GetUtcNow()))
        {
            SecurityLog.LogIn(log, realm, "password", "locked", known?.Subject.Id ?? "unknown");
            return (LoginAnswer.Locked, null);
        }

        var fits = Secrets.Fits(known?.PasswordHash, shaped ? password : "");
        if (!fits || known is null || (realm == Realms.Console && staff.Find(known.Name) is not { Active: 1 }))
        {
            await attempts.AddAsync(realm, key, time.GetUtcNow());
            SecurityLog.LogIn(log, realm, "password", "wrong", known?.Subject.Id ?? "unknown");
            return (LoginAnswer.Wrong, null);
        }

        await attempts.ForgetAsync(realm, key);
        return (LoginAnswer.Right, known.Subject);
    }

    /// <summary>Opens a session; where to go, or null for staff who are let in nowhere.</summary>
    public async Task<string?> OpenAsync(HttpContext http, Subject subject, string via)
    {
        if (subject.Realm == Realms.Console && staff.Find(subject.Name) is not { Active: 1 })
        {
            return null;
        }

        var named = subject.Name.Length > 0 ? subject : subject with { Name = logins.NameOf(new CustomerId(subject.CustomerId)) ?? "" };
        if (named.Name.Length == 0)
        {
            return null;
        }

        SecurityLog.LogIn(log, named.Realm, via, "let in", named.Id);
        if (await doors.EnterAsync(http, named, via) && named.CustomerId != 0)
        {
            await http.RequestServices.GetRequiredService<SecurityNotices>().NewDeviceAsync(http, named);
        }

        return subject.Realm == Realms.App ? "/app"
            : ConsoleMenu.Of(staff.Find(subject.Name)).FirstOrDefault()?.Url ?? "/console/security";
    }

    /// <summary>Whether a code has to follow; if so, remembers for five minutes that the password was right.</summary>
    public bool NeedsSecond(HttpContext http, Subject subject)
    {
        if (!codes.IsOn(subject))
        {
            return false;
        }

        var who = string.Create(CultureInfo.InvariantCulture, $"{subject.Realm}|{subject.CustomerId}|{subject.Name}");
        http.Response.Cookies.Append(HalfCookie + subject.Realm, Protector.Protect(who, HalfGood), Half(http));
        return true;
    }

    /// <summary>The code of the second step: where to go, or whether another may be typed.</summary>
    public async Task<(string? Home, bool Again)> FinishAsync(HttpContext http, string realm, string code)
    {
        if (Remembered(http.Request.Cookies[HalfCookie + realm]) is not { } subject || subject.Realm != realm)
        {
            return (null, false);
        }

        if (!await codes.AskAsync(subject, code))
        {
            SecurityLog.LogIn(log, realm, "code", "wrong", subject.Id);
            return (null, true);
        }

        http.Response.Cookies.Delete(HalfCookie + realm);
        return (await OpenAsync(http, subject, "code"), false);
    }

    private Subject? Remembered(string? half)
    {
        try
        {
            return half is null ? null : Protector.Unprotect(half).Split('|', 3) switch
            {
                [var realm, var customer, var name] => new Subject(realm, name, long.Parse(customer, CultureInfo.InvariantCulture)),
                _ => null,
            };
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    private static CookieOptions Half(HttpContext http) => new()
    {
        HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Lax, MaxAge = HalfGood, IsEssential = true,
    };
}
