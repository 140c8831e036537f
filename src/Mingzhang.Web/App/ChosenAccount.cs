using Mingzhang.Domain.Values;

namespace Mingzhang.Web.App;

/// <summary>
/// Which of a customer's accounts a request is about. The cookie says which one is shown; a form says which one it was shown for, so that
/// a page that was opened before the choice changed does not act on the other account.
/// </summary>
public sealed class ChosenAccount
{
    /// <summary>The hidden field of forms.</summary>
    public const string Field = "account";

    private const string Cookie = "mz-account";

    /// <summary>The account of the page; null while none is.</summary>
    public AccountId? Shown { get; set; }

    /// <summary>The account that the request names, as text; it may be anything.</summary>
    /// <returns>The text, and whether a form names it: what a form is sent for is never done on another account.</returns>
    public async Task<(string? Account, bool ByForm)> AskedAsync(HttpContext http)
    {
        var form = HttpMethods.IsPost(http.Request.Method) && http.Request.HasFormContentType ? await http.Request.ReadFormAsync() : null;
        return form?.TryGetValue(Field, out var named) == true ? (named.ToString(), true) : (http.Request.Cookies[Cookie], false);
    }

    /// <summary>Shows an account from now on.</summary>
    public static void Keep(HttpContext http, AccountId account) => http.Response.Cookies.Append(
        Cookie, account.ToString(),
        new CookieOptions
        {
            HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Strict, Path = "/app", MaxAge = TimeSpan.FromDays(365),
        });
}
