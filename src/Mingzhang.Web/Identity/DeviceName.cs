namespace Mingzhang.Web.Identity;

/// <summary>What people call the device a browser says it runs on; for them to recognise, never to decide anything by.</summary>
public static class DeviceName
{
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("MicroMessenger/", "WeChat"), ("AlipayClient/", "Alipay"), ("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"),
        ("HeadlessChrome/", "Chromium"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
        ("Mac OS X", "Mac"), ("Linux", "Linux"),
    ];

    /// <summary>Such as <c>Chrome · Android</c>; only words of this list, whatever the header holds.</summary>
    public static string Of(string userAgent) => $"{First(Browsers, userAgent)} · {First(Systems, userAgent)}";

    private static string First((string Mark, string Name)[] known, string text) =>
        known.FirstOrDefault(one => text.Contains(one.Mark, StringComparison.Ordinal)).Name ?? "?";
}
