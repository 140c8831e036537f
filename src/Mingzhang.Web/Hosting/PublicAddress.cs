using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Mingzhang.Web.Hosting;

/// <summary>
/// The address by which people know the house, when a proxy ends TLS before it. Links, passkeys and cookies go by it and by no header of a
/// request, which anybody could write.
/// </summary>
internal static class PublicAddress
{
    private const string Setting = "MZ_PUBLIC_URL";
    private const string ProxySetting = "MZ_PROXIES";

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

    /// <summary>The proxies whose word on a visitor's address is believed. Throws <see cref="SettingException"/>.</summary>
    public static IReadOnlyList<IPAddress> ProxiesOf(IConfiguration configuration) =>
    [
        .. (configuration[ProxySetting] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(text => IPAddress.TryParse(text, out var address) ? address : throw new SettingException(
                ProxySetting, "addresses of proxies, separated by commas, such as 10.0.0.1", "代理服务器的 IP 地址，以逗号分隔，如 10.0.0.1")),
    ];

    /// <summary>The name of a cookie: behind TLS a browser takes it from this host alone, and only by TLS.</summary>
    public static string CookieName(this WebSettings settings, string name) =>
        settings.Public is { Scheme: "https" } ? "__Host-" + name : name;

    /// <summary>Every request came to this address, from the visitor whom a trusted proxy names.</summary>
    public static void UsePublicAddress(this WebApplication app)
    {
        var settings = app.Services.GetRequiredService<WebSettings>();
        if (settings.Proxies.Count > 0)
        {
            app.UseForwardedHeaders(Trusting(settings.Proxies));
        }

        if (settings.Public is not { } address)
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

    private static ForwardedHeadersOptions Trusting(IEnumerable<IPAddress> proxies)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            options.KnownProxies.Add(proxy);
        }

        return options;
    }
}
