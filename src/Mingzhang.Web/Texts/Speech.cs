using System.Globalization;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Wording;

namespace Mingzhang.Web.Texts;

/// <summary>Speaks the visitor's language: the text catalogue, amounts and dates.</summary>
public sealed class Speech
{
    private readonly string _language;

    /// <summary>The visitor's language.</summary>
    public Speech(IHttpContextAccessor access) => _language = LanguageOf(access.HttpContext);

    private Speech(string language) => _language = language;

    /// <summary>One language, whoever visits.</summary>
    public static Speech In(string language) => new(language);

    /// <summary>zh-Hans or en.</summary>
    public string Language => _language;

    /// <summary>True for Chinese.</summary>
    public bool IsChinese => _language == Catalogue.Chinese;

    /// <summary>The other language's code for the switch.</summary>
    public string Other => IsChinese ? "en" : "zh";

    /// <summary>A text of the catalogue.</summary>
    public string this[string key] => Catalogue.Of(_language, key);

    /// <summary>A text with values in it.</summary>
    public string Say(string key, params object?[] values) => string.Format(CultureInfo.InvariantCulture, this[key], values);

    /// <summary>A text when the catalogue has it, else the fallback; for names that come from data.</summary>
    public string Or(string key, string fallback) => Catalogue.Has(key) ? this[key] : fallback;

    /// <summary>One of two texts that came in both languages.</summary>
    public string Pick(string chinese, string english) => IsChinese ? chinese : english;

    /// <summary>1,234.50 without a sign of currency.</summary>
    public string Money(Money amount) => RefusalText.Yuan(amount);

    /// <summary>With an explicit sign: +12.00 or −12.00.</summary>
    public string Signed(Money amount) => amount.IsNegative ? "\u2212" + RefusalText.Yuan(-amount) : "+" + RefusalText.Yuan(amount);

    /// <summary>Parts per million as percent with two digits: 146,000 → 14.60 %.</summary>
    public string Percent(long ppm) => string.Create(
        CultureInfo.InvariantCulture, $"{(ppm + 50) / 10_000}.{(ppm + 50) % 10_000 / 100:00}%");

    /// <summary>A small price as percent with all its digits: 400 → 0.04 %.</summary>
    public string Price(long ppm) => (ppm / 10_000m).ToString("0.####", CultureInfo.InvariantCulture) + "%";

    /// <summary>The day in few words.</summary>
    public string Day(DateOnly day) => day.ToString(this["format.day"], CultureInfo.InvariantCulture);

    /// <summary>The month in few words.</summary>
    public string Month(DateOnly day) => day.ToString(this["format.month"], CultureInfo.InvariantCulture);

    /// <summary>The day in full, 2026-07-05.</summary>
    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string LanguageOf(HttpContext? context) => context?.Items[SpeechMiddleware.Item] as string ?? Catalogue.Chinese;
}

/// <summary>Chooses the language: <c>?lang=</c>, then the cookie, then the browser, then Chinese.</summary>
public static class SpeechMiddleware
{
    /// <summary>Where the choice is kept during a request.</summary>
    public const string Item = "mz-language";

    private const string Cookie = "mz-lang";

    /// <summary>Adds it.</summary>
    public static IApplicationBuilder UseSpeech(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal))
        {
            return next(context); // the API answers in both languages
        }

        var asked = Known(context.Request.Query["lang"].ToString());
        if (asked is not null)
        {
            context.Response.Cookies.Append(Cookie, asked, new CookieOptions
            {
                HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(365), IsEssential = true,
            });
        }

        context.Items[Item] = asked ?? Known(context.Request.Cookies[Cookie]) ?? FromBrowser(context.Request);
        return next(context);
    });

    private static string? Known(string? text) => text switch
    {
        "zh" or Catalogue.Chinese => Catalogue.Chinese,
        "en" => Catalogue.English,
        _ => null,
    };

    private static string FromBrowser(HttpRequest request)
    {
        var wanted = request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(language => language.Quality ?? 1).FirstOrDefault()?.Value.Value;
        return wanted?.StartsWith("en", StringComparison.OrdinalIgnoreCase) == true ? Catalogue.English : Catalogue.Chinese;
    }
}
