namespace Mingzhang.Web.Hosting;

/// <summary>
/// The address by which people know the house, when a proxy ends TLS before it. Links, passkeys and cookies go by it and by no header of a
/// request, which anybody could write.
/// </summary>
internal static class PublicAddress
{
    private const string Setting = "MZ_PUBLIC_URL";

    /// <summary>As set, or null. Throws <see cref="SettingException"/>.</summary>
    public static Uri? Of(IConfiguration configuration)
    {
        if (configuration[Setting] is not { Length: > 0 } text)
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            && address is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
                ? address
                : throw new SettingException(
                    Setting, "an http or https address without a path, such as https://pay.example.cn",
                    "不含路径的 http(s) 地址，如 https://pay.example.cn");
    }

    /// <summary>The name of a cookie: behind TLS a browser takes it from this host alone, and only by TLS.</summary>
    public static string CookieName(this WebSettings settings, string name) =>
        settings.Public is { Scheme: "https" } ? "__Host-" + name : name;

    /// <summary>Every request came to this address.</summary>
    public static void UsePublicAddress(this WebApplication app)
    {
        if (app.Services.GetRequiredService<WebSettings>().Public is not { } address)
        {
            return;
        }

        var host = HostString.FromUriComponent(address);
        app.Use((http, next) =>
        {
            (http.Request.Scheme, http.Request.Host) = (address.Scheme, host);
            return next(http);
        });
    }
}
